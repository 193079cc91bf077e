//! Take an announcement back: nobody finds it any more, and those who have read it see that.

use axum::http::HeaderMap;
use directory::{Edition, edition_tag};
use kernel::{Cx, Json, Path, Result, Tx};

use crate::events::{AnnouncementWithdrawn, AnnouncementsChanged};
use crate::model::{AnnouncementId, WrittenAnnouncement};
use crate::policy::ManageableAnnouncement;
use crate::tell;
use crate::written;

/// Withdraw an announcement
#[utoipa::path(
    post, path = "/v1/announcements/{announcement}/withdraw", tag = "announcements", operation_id = "withdrawAnnouncement",
    params(
        ("announcement" = AnnouncementId, Path),
        ("If-Match" = String, Header, description = "the revision that is changed")
    ),
    responses((status = 200, body = WrittenAnnouncement)),
    extensions(
        ("x-access" = json!("holder of announcements.write, for whom it concerns")),
        ("x-errors" = json!(["forbidden", "directory.changed_meanwhile"])),
    ),
)]
pub async fn withdraw_announcement(
    cx: Cx,
    Path(announcement): Path<AnnouncementId>,
    edition: Edition,
) -> Result<(HeaderMap, Json<WrittenAnnouncement>)> {
    let mut tx = cx.begin().await?;
    let by = ManageableAnnouncement::load(&mut tx, announcement).await?;
    withdraw(&mut tx, &by, &edition).await?;
    let shown = written::shown(&mut tx, announcement).await?;
    tx.commit().await?;
    Ok((edition_tag(shown.revision), Json(shown)))
}

/// Withdraws it, with what people were told of it; silent when it is withdrawn already.
pub async fn withdraw(tx: &mut Tx, by: &ManageableAnnouncement, edition: &Edition) -> Result<()> {
    let announcement = &by.announcement;
    edition.check(announcement.revision)?;
    if announcement.withdrawn_at.is_some() {
        return Ok(());
    }
    let now = tx.now();
    sqlx::query("update announcements.announcement set withdrawn_at = $2, revision = revision + 1 where id = $1")
        .bind(announcement.id)
        .bind(now)
        .execute(tx.db())
        .await?;
    tell::take_back(tx, announcement.id).await?;
    tx.emit(&AnnouncementWithdrawn { announcement: announcement.id })?;
    tx.emit(&AnnouncementsChanged {})
}
