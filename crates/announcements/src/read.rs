//! Say that one has read an announcement, or confirm it.

use axum::http::StatusCode;
use kernel::{Cx, Error, Json, Path, Result, Tx};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::counts;
use crate::events::AnnouncementRead;
use crate::model::{AnnouncementId, State};
use crate::policy::ReadableAnnouncement;
use crate::tell;

/// What is said.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReadAnnouncement {
    /// Whether the caller confirms it, or has only closed it.
    pub confirms: bool,
    /// What they have read: the announcement at this revision.
    pub revision: i64,
}

/// Say that I have read an announcement
#[utoipa::path(
    post, path = "/v1/announcements/{announcement}/read", tag = "announcements", operation_id = "readAnnouncement",
    params(("announcement" = AnnouncementId, Path)),
    request_body = ReadAnnouncement,
    responses((status = 204)),
    extensions(
        ("x-access" = json!("member whom the announcement concerns")),
        ("x-application" = json!("announcements")),
        ("x-errors" = json!(["announcements.changed_meanwhile"])),
    ),
)]
pub async fn read_announcement(
    cx: Cx,
    Path(announcement): Path<AnnouncementId>,
    Json(input): Json<ReadAnnouncement>,
) -> Result<StatusCode> {
    let mut tx = cx.begin().await?;
    let by = ReadableAnnouncement::load(&mut tx, announcement).await?;
    read(&mut tx, &by, input).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Remembers it, and has the bell ring no more for it; silent for whoever wrote it, once it is shown no more, and when it is
/// known. What was changed since it was seen nobody has read: 412, so that it is shown again.
pub async fn read(tx: &mut Tx, by: &ReadableAnnouncement, input: ReadAnnouncement) -> Result<()> {
    let ReadableAnnouncement { by: member, announcement } = by;
    let now = tx.now();
    if announcement.author_id == *member || announcement.state(now) != State::Shown {
        return Ok(());
    }
    if input.revision != announcement.revision {
        return Err(Error::Protocol(412, "announcements.changed_meanwhile"));
    }
    let confirmed_at = (input.confirms && announcement.must_be_confirmed).then_some(now);
    let said = sqlx::query(
        "insert into announcements.reading as r (announcement_id, member_id, read_at, confirmed_at)
         values ($1, $2, $3, $4)
         on conflict on constraint reading_pkey
         do update set confirmed_at = excluded.confirmed_at
         where r.confirmed_at is null and excluded.confirmed_at is not null",
    )
    .bind(announcement.id)
    .bind(*member)
    .bind(now)
    .bind(confirmed_at)
    .execute(tx.db())
    .await?;
    tell::has_read(tx, *member, announcement.id).await?;
    if said.rows_affected() == 0 {
        return Ok(());
    }
    counts::follow(tx, announcement.id).await?;
    tx.emit(&AnnouncementRead { announcement: announcement.id, member: *member })
}
