//! Announce something: it is published at once.

use axum::http::{HeaderMap, StatusCode};
use chrono::{DateTime, Utc};
use directory::{DepartmentId, edition_tag};
use kernel::{Cx, Error, Json, Result, Tx};
use serde::Deserialize;
use texts::{days, is_unseen, one_line};
use utoipa::ToSchema;

use crate::events::{AnnouncementPublished, AnnouncementsChanged};
use crate::model::{AnnouncementId, WrittenAnnouncement};
use crate::policy::Writer;
use crate::stored::{self, Written};
use crate::written;

/// More at once nobody reads.
const MOST_SHOWN: i64 = 200;
/// More are better said by the department above them.
const MOST_DEPARTMENTS: usize = 100;
const LONGEST_TITLE: usize = 120;
const LONGEST_TEXT: usize = 4_000;

/// What is announced, whole.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WriteAnnouncement {
    /// One line; at most 120 characters.
    pub title: String,
    /// Plain text, several lines; at most 4,000 characters.
    pub text: String,
    /// Whom it concerns, with what lies below; everyone when there are none. At most 100.
    #[serde(default)]
    pub department_ids: Vec<DepartmentId>,
    /// Until when it is shown, in 2200 at the latest; until it is withdrawn when absent.
    pub until: Option<DateTime<Utc>>,
    /// Whether whom it concerns has to say that they have read it.
    #[serde(default)]
    pub must_be_confirmed: bool,
    /// Of a change: whether those who have read it are asked to read it again. A new one nobody has read, and one that is
    /// over nobody is asked to.
    #[serde(default)]
    pub asks_again: bool,
}

/// The same, once all of it makes sense and its writer may say it there.
pub struct Checked {
    pub written: Written,
    pub department_ids: Vec<DepartmentId>,
    pub until: Option<DateTime<Utc>>,
    pub must_be_confirmed: bool,
}

/// Announce something
#[utoipa::path(
    post, path = "/v1/announcements", tag = "announcements", operation_id = "createAnnouncement",
    request_body = WriteAnnouncement,
    responses((status = 201, body = WrittenAnnouncement)),
    extensions(
        ("x-access" = json!("holder of announcements.write, for the whole organisation or for each of the departments")),
        ("x-application" = json!("announcements")),
        ("x-errors" = json!(["forbidden", "announcements.too_many"])),
    ),
)]
pub async fn create_announcement(
    cx: Cx,
    Json(input): Json<WriteAnnouncement>,
) -> Result<(StatusCode, HeaderMap, Json<WrittenAnnouncement>)> {
    let mut tx = cx.begin().await?;
    let by = Writer::load(&mut tx).await?;
    let id = create(&mut tx, &by, input).await?;
    let shown = written::shown(&mut tx, id).await?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, edition_tag(shown.revision), Json(shown)))
}

/// Publishes it.
pub async fn create(tx: &mut Tx, by: &Writer, input: WriteAnnouncement) -> Result<AnnouncementId> {
    let Checked { written, department_ids, until, must_be_confirmed } = checked(tx, by, input, None).await?;
    check_room(tx).await?;
    let (id, now) = (AnnouncementId(tx.new_id()), tx.now());
    let sealed = stored::seal(tx, id, &written)?;
    sqlx::query(
        "insert into announcements.announcement
             (id, author_id, written, is_for_everyone, must_be_confirmed, until_at, created_at)
         values ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(id)
    .bind(by.id())
    .bind(sealed)
    .bind(department_ids.is_empty())
    .bind(must_be_confirmed)
    .bind(until)
    .bind(now)
    .execute(tx.db())
    .await?;
    stored::address(tx, id, &department_ids).await?;
    tx.emit(&AnnouncementPublished { announcement: id, departments: department_ids, until, must_be_confirmed })?;
    tx.emit(&AnnouncementsChanged {})?;
    Ok(id)
}

/// `Conflict` when as many are shown as there can be.
pub async fn check_room(tx: &mut Tx) -> Result<()> {
    let now = tx.now();
    let shown: i64 = sqlx::query_scalar(
        "select count(*) from announcements.announcement
         where withdrawn_at is null and (until_at is null or until_at > $1)",
    )
    .bind(now)
    .fetch_one(tx.db())
    .await?;
    if shown >= MOST_SHOWN { Err(Error::Conflict("announcements.too_many")) } else { Ok(()) }
}

/// Refuses what is too long, is over before it began, names a department that is not there, or is out of the writer's reach.
/// Until when it was shown `before` stays as it is also once that is over.
pub async fn checked(
    tx: &mut Tx,
    by: &Writer,
    input: WriteAnnouncement,
    before: Option<DateTime<Utc>>,
) -> Result<Checked> {
    let WriteAnnouncement { title, text, mut department_ids, until, must_be_confirmed, asks_again: _ } = input;
    let empty = |field| Error::Invalid { field, why: "is_empty" };
    let title = one_line("title", &title, LONGEST_TITLE)?.ok_or(empty("title"))?;
    let text = several_lines(&text)?.ok_or(empty("text"))?;
    if let Some(until) = until.filter(|_| until != before)
        && days::meant("until", until)? <= tx.now()
    {
        return Err(Error::Invalid { field: "until", why: "is_over" });
    }
    department_ids.sort_unstable();
    department_ids.dedup();
    if department_ids.len() > MOST_DEPARTMENTS {
        return Err(Error::Invalid { field: "department_ids", why: "too_many" });
    }
    by.check(tx, &department_ids).await?;
    let there = directory::department_ids(tx).await?;
    if department_ids.iter().any(|one| there.binary_search(one).is_err()) {
        return Err(Error::Invalid { field: "department_ids", why: "unknown" });
    }
    Ok(Checked { written: Written { title, text }, department_ids, until, must_be_confirmed })
}

/// Lines end one way, and nothing in them reorders the others.
fn several_lines(text: &str) -> Result<Option<String>> {
    let text = text.replace("\r\n", "\n");
    let text = text.trim();
    if text.chars().count() > LONGEST_TEXT {
        return Err(Error::Invalid { field: "text", why: "is_too_long" });
    }
    if text.chars().any(|c| (c.is_control() && !matches!(c, '\n' | '\t')) || is_unseen(c)) {
        return Err(Error::Invalid { field: "text", why: "has_control_characters" });
    }
    Ok((!text.is_empty()).then(|| text.to_owned()))
}
