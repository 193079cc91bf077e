//! Change what is announced, to whom, or until when.

use axum::http::HeaderMap;
use directory::{Edition, edition_tag};
use kernel::{Cx, Error, Json, Path, Result, Tx};

use crate::create::{Checked, WriteAnnouncement, check_room, checked};
use crate::events::{AnnouncementEdited, AnnouncementsChanged};
use crate::model::{AnnouncementId, State, WrittenAnnouncement};
use crate::policy::ManageableAnnouncement;
use crate::stored;
use crate::written;

/// Change an announcement
#[utoipa::path(
    put, path = "/v1/announcements/{announcement}", tag = "announcements", operation_id = "editAnnouncement",
    params(
        ("announcement" = AnnouncementId, Path),
        ("If-Match" = String, Header, description = "the revision that is changed")
    ),
    request_body = WriteAnnouncement,
    responses((status = 200, body = WrittenAnnouncement)),
    extensions(
        ("x-access" = json!("holder of announcements.write, for whom it concerned and for whom it is to concern")),
        ("x-application" = json!("announcements")),
        ("x-errors" = json!([
            "forbidden", "directory.changed_meanwhile", "announcements.is_withdrawn", "announcements.too_many"
        ])),
    ),
)]
pub async fn edit_announcement(
    cx: Cx,
    Path(announcement): Path<AnnouncementId>,
    edition: Edition,
    Json(input): Json<WriteAnnouncement>,
) -> Result<(HeaderMap, Json<WrittenAnnouncement>)> {
    let mut tx = cx.begin().await?;
    let by = ManageableAnnouncement::load(&mut tx, announcement).await?;
    edit(&mut tx, &by, &edition, input).await?;
    let shown = written::shown(&mut tx, announcement).await?;
    tx.commit().await?;
    Ok((edition_tag(shown.revision), Json(shown)))
}

/// Writes what holds from now on; silent when it is so already and nobody is asked again.
pub async fn edit(tx: &mut Tx, by: &ManageableAnnouncement, edition: &Edition, input: WriteAnnouncement) -> Result<()> {
    let ManageableAnnouncement { by, announcement: old } = by;
    edition.check(old.revision)?;
    if old.withdrawn_at.is_some() {
        return Err(Error::Conflict("announcements.is_withdrawn"));
    }
    let asks = input.asks_again;
    let Checked { written, department_ids, until, must_be_confirmed } = checked(tx, by, input, old.until_at).await?;
    let now = tx.now();
    let is_shown = until.is_none_or(|until| until > now);
    if is_shown && old.state(now) != State::Shown {
        check_room(tx).await?;
    }
    // Of one that is over, who has read it keeps it: nobody could read it again.
    let asks_again = asks && is_shown;
    let was = old.open(tx)?;
    let parts = [
        ("title", was.title != written.title),
        ("text", was.text != written.text),
        ("departments", old.department_ids != department_ids || old.is_for_everyone != department_ids.is_empty()),
        ("until", old.until_at != until),
        ("must_be_confirmed", old.must_be_confirmed != must_be_confirmed),
    ];
    let fields: Vec<String> = parts.into_iter().filter(|one| one.1).map(|one| one.0.to_owned()).collect();
    if fields.is_empty() && !asks_again {
        return Ok(());
    }
    let sealed = stored::seal(tx, old.id, &written)?;
    sqlx::query(
        "update announcements.announcement
         set written = $2, is_for_everyone = $3, must_be_confirmed = $4, until_at = $5, edited_at = $6,
             revision = revision + 1
         where id = $1",
    )
    .bind(old.id)
    .bind(sealed)
    .bind(department_ids.is_empty())
    .bind(must_be_confirmed)
    .bind(until)
    .bind(now)
    .execute(tx.db())
    .await?;
    stored::address(tx, old.id, &department_ids).await?;
    if asks_again {
        sqlx::query("delete from announcements.reading where announcement_id = $1")
            .bind(old.id)
            .execute(tx.db())
            .await?;
    }
    tx.emit(&AnnouncementEdited { announcement: old.id, fields, asks_again })?;
    tx.emit(&AnnouncementsChanged {})
}
