//! See the requests one made oneself.

use kernel::{Cx, Json, Limit, MemberId, Page, Query, Result, Tx};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::clock::Clock;
use crate::model::{OwnSubjectRequest, SubjectRequestId};
use crate::stored;

/// Where the page begins.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct WantedOwn {
    /// The last one of the page before.
    pub before: Option<SubjectRequestId>,
    /// How many at most.
    #[serde(default)]
    #[param(inline)]
    pub limit: Limit,
}

/// A page of what one asked.
#[derive(Serialize, ToSchema)]
pub struct OwnSubjectRequests {
    /// The newest first.
    pub items: Vec<OwnSubjectRequest>,
    /// Give it as `before` to get the next page; absent on the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// List my requests
#[utoipa::path(
    get, path = "/v1/subject-requests/mine", tag = "requests", operation_id = "listMySubjectRequests",
    params(WantedOwn),
    responses((status = 200, body = OwnSubjectRequests)),
    extensions(("x-access" = json!("member of the organisation, their own"))),
)]
pub async fn list_my_subject_requests(cx: Cx, Query(wanted): Query<WantedOwn>) -> Result<Json<OwnSubjectRequests>> {
    let mut tx = cx.begin().await?;
    let listed = list(&mut tx, cx.member, &wanted).await?;
    tx.commit().await?;
    Ok(Json(listed))
}

async fn list(tx: &mut Tx, me: MemberId, wanted: &WantedOwn) -> Result<OwnSubjectRequests> {
    let (now, limit) = (tx.now(), wanted.limit.get());
    let ids: Vec<SubjectRequestId> = sqlx::query_scalar(
        "select id from requests.subject_request
         where member_id = $1 and goes_at > $2 and ($3::uuid is null or id < $3) order by id desc limit $4",
    )
    .bind(me)
    .bind(now)
    .bind(wanted.before)
    .bind(i64::try_from(limit + 1).unwrap_or(i64::MAX))
    .fetch_all(tx.db())
    .await?;
    let Page { items, next } = Page::of(ids, limit, ToString::to_string);
    let (clock, organisation) = (Clock::load(tx).await?, directory::organisation(tx).await?.name);
    let stored = stored::load(tx, &items).await?;
    let items = stored.iter().map(|one| one.to_applicant(tx, &clock, &organisation)).collect::<Result<_>>()?;
    Ok(OwnSubjectRequests { items, next })
}
