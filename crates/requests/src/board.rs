//! What people ask, for whoever answers: with the days until which it is to be done.

use chrono::{DateTime, Utc};
use kernel::{Cx, Json, Limit, Page, Query, Result, Tx};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::clock::{Clock, TARGET};
use crate::model::{State, SubjectRequest, SubjectRequestId};
use crate::policy::Desk;
use crate::stored;

/// Which ones.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct WantedSubjectRequests {
    /// Only those that are this far.
    pub state: Option<State>,
    /// Only those that have not ended.
    #[serde(default)]
    pub is_open: bool,
    /// Only those of which fifteen days are over and that have not ended.
    #[serde(default)]
    pub is_overdue: bool,
    /// The last one of the page before.
    pub before: Option<SubjectRequestId>,
    /// How many at most.
    #[serde(default)]
    #[param(inline)]
    pub limit: Limit,
}

/// A page of the board.
#[derive(Serialize, ToSchema)]
pub struct SubjectRequests {
    /// The newest first.
    pub items: Vec<SubjectRequest>,
    /// Give it as `before` to get the next page; absent on the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// How many have not ended, on all pages.
    pub open: i64,
    /// Of how many of these fifteen days are over.
    pub overdue: i64,
}

/// List requests about people's data
#[utoipa::path(
    get, path = "/v1/subject-requests", tag = "requests", operation_id = "listSubjectRequests",
    params(WantedSubjectRequests),
    responses((status = 200, body = SubjectRequests)),
    extensions(
        ("x-access" = json!("holder of people.edit, for the whole organisation")),
        ("x-errors" = json!(["forbidden"])),
    ),
)]
pub async fn list_subject_requests(
    cx: Cx,
    Query(wanted): Query<WantedSubjectRequests>,
) -> Result<Json<SubjectRequests>> {
    let mut tx = cx.begin().await?;
    let by = Desk::load(&mut tx).await?;
    let listed = list(&mut tx, &by, &wanted).await?;
    tx.commit().await?;
    Ok(Json(listed))
}

async fn list(tx: &mut Tx, _: &Desk, wanted: &WantedSubjectRequests) -> Result<SubjectRequests> {
    let (now, limit) = (tx.now(), wanted.limit.get());
    let ids: Vec<SubjectRequestId> = sqlx::query_scalar(
        "select id from requests.subject_request
         where goes_at > $1 and ($2::text is null or state = $2) and (not $3::boolean or ended_at is null)
             and (not $4::boolean or (ended_at is null and coalesce(identity_at, received_at) <= $5))
             and ($6::uuid is null or id < $6)
         order by id desc limit $7",
    )
    .bind(now)
    .bind(wanted.state)
    .bind(wanted.is_open)
    .bind(wanted.is_overdue)
    .bind(now - TARGET)
    .bind(wanted.before)
    .bind(i64::try_from(limit + 1).unwrap_or(i64::MAX))
    .fetch_all(tx.db())
    .await?;
    let (open, overdue) = counts(tx, now).await?;
    let Page { items, next } = Page::of(ids, limit, ToString::to_string);
    let (clock, stored) = (Clock::load(tx).await?, stored::load(tx, &items).await?);
    let items = stored.iter().map(|one| one.to_desk(tx, &clock)).collect::<Result<_>>()?;
    Ok(SubjectRequests { items, next, open, overdue })
}

/// How many have not ended, and of how many of these fifteen days are over.
async fn counts(tx: &mut Tx, now: DateTime<Utc>) -> Result<(i64, i64)> {
    Ok(sqlx::query_as(
        "select count(*), count(*) filter (where coalesce(identity_at, received_at) <= $2)
         from requests.subject_request where ended_at is null and goes_at > $1",
    )
    .bind(now)
    .bind(now - TARGET)
    .fetch_one(tx.db())
    .await?)
}

/// One, as the desk sees it now.
pub async fn shown(tx: &mut Tx, id: SubjectRequestId) -> Result<SubjectRequest> {
    let (clock, request) = (Clock::load(tx).await?, stored::one(tx, id).await?);
    request.to_desk(tx, &clock)
}
