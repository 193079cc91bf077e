//! What concerns the caller, the newest first.

use chrono::{DateTime, Utc};
use kernel::{Cx, Json, Limit, MemberId, Page, Query, Result, Tx};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::model::{Announcement, AnnouncementId, State};
use crate::policy::departments_of;
use crate::stored::{KEPT, Stored};

/// Which ones.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct WantedAnnouncements {
    /// Only those that wait to be read or confirmed.
    #[serde(default)]
    pub is_waiting: bool,
    /// The last one of the page before.
    pub before: Option<AnnouncementId>,
    /// How many at most.
    #[serde(default)]
    #[param(inline)]
    pub limit: Limit,
}

/// A page of announcements.
#[derive(Serialize, ToSchema)]
pub struct Announcements {
    /// The newest first.
    pub items: Vec<Announcement>,
    /// Give it as `before` to get the next page; absent on the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// How many wait to be read or confirmed, on all pages.
    pub waiting: i64,
}

#[derive(sqlx::FromRow)]
struct Row {
    #[sqlx(flatten)]
    stored: Stored,
    read_at: Option<DateTime<Utc>>,
    confirmed_at: Option<DateTime<Utc>>,
}

/// List announcements
#[utoipa::path(
    get, path = "/v1/announcements", tag = "announcements", operation_id = "listAnnouncements",
    params(WantedAnnouncements),
    responses((status = 200, body = Announcements)),
    extensions(
        ("x-access" = json!("member of the organisation, those that concern them")),
        ("x-application" = json!("announcements")),
    ),
)]
pub async fn list_announcements(cx: Cx, Query(wanted): Query<WantedAnnouncements>) -> Result<Json<Announcements>> {
    let mut tx = cx.begin().await?;
    let listed = list(&mut tx, cx.member, &wanted).await?;
    tx.commit().await?;
    Ok(Json(listed))
}

/// Those that are shown, and those that are not any more but were read.
async fn list(tx: &mut Tx, me: MemberId, wanted: &WantedAnnouncements) -> Result<Announcements> {
    let departments = departments_of(tx, me).await?;
    let (now, limit) = (tx.now(), wanted.limit.get());
    let rows: Vec<Row> = sqlx::query_as(
        "select a.id, a.author_id, a.written, a.is_for_everyone, a.must_be_confirmed, a.until_at, a.created_at,
                a.edited_at, a.withdrawn_at, a.revision, r.read_at, r.confirmed_at, '{}'::uuid[] as department_ids
         from announcements.announcement a
         left join announcements.reading r on r.announcement_id = a.id and r.member_id = $1
         where (a.is_for_everyone or exists (
                 select from announcements.addressed_department d
                 where d.announcement_id = a.id and d.department_id = any($2)))
             and coalesce(least(a.withdrawn_at, a.until_at) > $4, true)
             and (r.read_at is not null or (a.withdrawn_at is null and coalesce(a.until_at > $3, true)))
             and (not $5::boolean or (a.withdrawn_at is null and coalesce(a.until_at > $3, true)
                 and a.author_id <> $1
                 and (r.read_at is null or (a.must_be_confirmed and r.confirmed_at is null))))
             and ($6::uuid is null or a.id < $6)
         order by a.id desc limit $7",
    )
    .bind(me)
    .bind(&departments)
    .bind(now)
    .bind(now - KEPT)
    .bind(wanted.is_waiting)
    .bind(wanted.before)
    .bind(i64::try_from(limit + 1).unwrap_or(i64::MAX))
    .fetch_all(tx.db())
    .await?;
    let waiting: i64 = sqlx::query_scalar(
        "select count(*) from announcements.announcement a
         left join announcements.reading r on r.announcement_id = a.id and r.member_id = $1
         where (a.is_for_everyone or exists (
                 select from announcements.addressed_department d
                 where d.announcement_id = a.id and d.department_id = any($2)))
             and a.withdrawn_at is null and coalesce(a.until_at > $3, true) and a.author_id <> $1
             and (r.read_at is null or (a.must_be_confirmed and r.confirmed_at is null))",
    )
    .bind(me)
    .bind(&departments)
    .bind(now)
    .fetch_one(tx.db())
    .await?;
    let Page { items, next } = Page::of(rows, limit, |row| row.stored.id.to_string());
    let items = items.into_iter().map(|row| opened(tx, me, row)).collect::<Result<_>>()?;
    Ok(Announcements { items, next, waiting })
}

fn opened(tx: &Tx, me: MemberId, Row { stored, read_at, confirmed_at }: Row) -> Result<Announcement> {
    let (written, state) = (stored.open(tx)?, stored.state(tx.now()));
    Ok(Announcement {
        id: stored.id,
        author_id: stored.author_id,
        title: written.title,
        text: (state != State::Withdrawn).then_some(written.text),
        at: stored.created_at,
        edited_at: stored.edited_at,
        until: stored.until_at,
        state,
        must_be_confirmed: stored.must_be_confirmed,
        is_read: read_at.is_some() || stored.author_id == me,
        is_confirmed: confirmed_at.is_some(),
        revision: stored.revision,
    })
}
