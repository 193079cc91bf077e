//! Who has not confirmed an announcement that must be confirmed. Of any other only how many have read it is told.

use directory::Member;
use kernel::{Cx, Error, Json, Limit, MemberId, Page, Path, Query, Result, Tx};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::audience::{Audiences, readings};
use crate::model::AnnouncementId;
use crate::policy::ManageableAnnouncement;

/// Which page.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct WantedUnconfirmed {
    /// The last person of the page before.
    pub after: Option<MemberId>,
    /// How many at most.
    #[serde(default)]
    #[param(inline)]
    pub limit: Limit,
}

/// A page of those who have not confirmed an announcement.
#[derive(Serialize, ToSchema)]
pub struct Unconfirmed {
    /// Those of them whom the caller sees, in the order of their ids.
    pub items: Vec<Member>,
    /// Give it as `after` to get the next page; absent on the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// How many more there are whom the caller does not see.
    pub unseen_count: i64,
}

/// List who has not confirmed an announcement
#[utoipa::path(
    get, path = "/v1/announcements/{announcement}/unconfirmed", tag = "announcements", operation_id = "listUnconfirmed",
    params(("announcement" = AnnouncementId, Path), WantedUnconfirmed),
    responses((status = 200, body = Unconfirmed)),
    extensions(
        ("x-access" = json!("holder of announcements.write, for whom it concerns")),
        ("x-application" = json!("announcements")),
        ("x-errors" = json!(["forbidden", "announcements.needs_no_confirmation"])),
    ),
)]
pub async fn list_unconfirmed(
    cx: Cx,
    Path(announcement): Path<AnnouncementId>,
    Query(wanted): Query<WantedUnconfirmed>,
) -> Result<Json<Unconfirmed>> {
    let mut tx = cx.begin().await?;
    let by = ManageableAnnouncement::look(&mut tx, announcement).await?;
    let waiting = waiting(&mut tx, &by).await?;
    let all = waiting.len();
    let mut waiting = directory::seen_members(&mut tx, waiting).await?;
    let unseen_count = i64::try_from(all - waiting.len()).unwrap_or(i64::MAX);
    waiting.retain(|member| wanted.after.is_none_or(|after| *member > after));
    let limit = wanted.limit.get();
    let some = waiting.into_iter().take(limit + 1).collect();
    let Page { items, next } = Page::of(some, limit, ToString::to_string);
    let items = directory::members(&mut tx, &items).await?;
    tx.commit().await?;
    Ok(Json(Unconfirmed { items, next, unseen_count }))
}

/// All of them, in the order of their ids.
async fn waiting(tx: &mut Tx, by: &ManageableAnnouncement) -> Result<Vec<MemberId>> {
    let announcement = &by.announcement;
    if !announcement.must_be_confirmed {
        return Err(Error::Conflict("announcements.needs_no_confirmation"));
    }
    let audience = Audiences::default().of(tx, announcement).await?;
    let mut read = readings(tx, &[announcement.id]).await?.remove(&announcement.id).unwrap_or_default();
    read.retain(|one| one.1);
    let restricted = directory::restricted(tx).await?;
    Ok(audience.counted(&restricted).filter(|member| read.binary_search_by_key(member, |one| one.0).is_err()).collect())
}
