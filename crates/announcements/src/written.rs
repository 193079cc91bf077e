//! What was announced, for whoever looks after it: whom it concerns, and how many have read it.

use directory::DepartmentId;
use kernel::{Cx, Error, Json, Limit, Page, Query, Result, Tx};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::audience::{Audiences, readings};
use crate::model::{AnnouncementId, AnnouncerCan, WrittenAnnouncement};
use crate::policy::{Writer, can};
use crate::stored::{self, KEPT, Stored};

/// Which page.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct WantedWritten {
    /// The last one of the page before.
    pub before: Option<AnnouncementId>,
    /// How many at most.
    #[serde(default)]
    #[param(inline)]
    pub limit: Limit,
}

/// A page of announcements for whoever looks after them.
#[derive(Serialize, ToSchema)]
pub struct WrittenAnnouncements {
    /// The newest first.
    pub items: Vec<WrittenAnnouncement>,
    /// Give it as `before` to get the next page; absent on the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// To whom the caller may announce something.
    pub can: AnnouncerCan,
}

/// List announcements with who has read them
#[utoipa::path(
    get, path = "/v1/announcements/written", tag = "announcements", operation_id = "listWrittenAnnouncements",
    params(WantedWritten),
    responses((status = 200, body = WrittenAnnouncements)),
    extensions(
        ("x-access" = json!("holder of announcements.write, for whom they concern")),
        ("x-application" = json!("announcements")),
        ("x-errors" = json!(["forbidden"])),
    ),
)]
pub async fn list_written_announcements(
    cx: Cx,
    Query(wanted): Query<WantedWritten>,
) -> Result<Json<WrittenAnnouncements>> {
    let mut tx = cx.begin().await?;
    let by = Writer::load(&mut tx).await?;
    let limit = wanted.limit.get();
    let ids = within_reach(&mut tx, &by, wanted.before).await?.into_iter().take(limit + 1).collect();
    let Page { items, next } = Page::of(ids, limit, ToString::to_string);
    let stored = stored::load(&mut tx, &items).await?;
    let items = answers(&mut tx, stored).await?;
    let can = by.can(&mut tx).await?;
    tx.commit().await?;
    Ok(Json(WrittenAnnouncements { items, next, can }))
}

/// Those that the caller could have written, the newest first. Few are kept, and what they reach is asked once.
async fn within_reach(tx: &mut Tx, by: &Writer, before: Option<AnnouncementId>) -> Result<Vec<AnnouncementId>> {
    let oldest = tx.now() - KEPT;
    let all: Vec<(AnnouncementId, Vec<DepartmentId>)> = sqlx::query_as(
        "select a.id, array(select d.department_id from announcements.addressed_department d
                            where d.announcement_id = a.id)
         from announcements.announcement a
         where coalesce(least(a.withdrawn_at, a.until_at) > $1, true) and ($2::uuid is null or a.id < $2)
         order by a.id desc",
    )
    .bind(oldest)
    .bind(before)
    .fetch_all(tx.db())
    .await?;
    if by.reaches_everyone() {
        return Ok(all.into_iter().map(|(id, _)| id).collect());
    }
    let mut named: Vec<DepartmentId> = all.iter().flat_map(|one| one.1.iter().copied()).collect();
    named.sort_unstable();
    named.dedup();
    let reached = by.reached(tx, named).await?;
    let is_reached = |named: &[DepartmentId]| named.iter().all(|one| reached.binary_search(one).is_ok());
    Ok(all.into_iter().filter(|one| !one.1.is_empty() && is_reached(&one.1)).map(|one| one.0).collect())
}

/// One of them, as it is now.
pub async fn shown(tx: &mut Tx, id: AnnouncementId) -> Result<WrittenAnnouncement> {
    let stored = stored::one(tx, id).await?;
    answers(tx, vec![stored]).await?.pop().ok_or(Error::NotFound("announcement"))
}

async fn answers(tx: &mut Tx, all: Vec<Stored>) -> Result<Vec<WrittenAnnouncement>> {
    let ids: Vec<AnnouncementId> = all.iter().map(|one| one.id).collect();
    let (now, mut audiences, mut all_read) = (tx.now(), Audiences::default(), readings(tx, &ids).await?);
    let restricted = directory::restricted(tx).await?;
    let mut answers = Vec::with_capacity(all.len());
    for stored in all {
        let audience = audiences.of(tx, &stored).await?;
        let mut read = all_read.remove(&stored.id).unwrap_or_default();
        read.retain(|one| audience.has(one.0) && !restricted.contains(&one.0));
        let (written, state) = (stored.open(tx)?, stored.state(now));
        answers.push(WrittenAnnouncement {
            id: stored.id,
            author_id: stored.author_id,
            title: written.title,
            text: written.text,
            department_ids: stored.department_ids,
            at: stored.created_at,
            edited_at: stored.edited_at,
            until: stored.until_at,
            state,
            must_be_confirmed: stored.must_be_confirmed,
            audience_count: number(audience.counted(&restricted).count()),
            read_count: number(read.len()),
            confirmed_count: number(read.iter().filter(|one| one.1).count()),
            revision: stored.revision,
            can: can(state),
        });
    }
    Ok(answers)
}

fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
