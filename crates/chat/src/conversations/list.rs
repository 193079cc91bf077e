//! The list of one's conversations: pinned ones first, then by what was said last.

use chrono::DateTime;
use kernel::{Cx, Error, Json, Limit, Page, Query, Result, Tx};
use serde::Deserialize;
use uuid::Uuid;

use super::view;
use crate::model::Conversation;
use crate::seat::Seat;

/// Where the page begins.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct After {
    /// `next` of the page before.
    pub after: Option<String>,
    /// How many at most.
    #[serde(default)]
    #[param(inline)]
    pub limit: Limit,
}

/// List conversations
#[utoipa::path(
    get, path = "/v1/conversations", tag = "chat", operation_id = "listConversations",
    params(After),
    responses((status = 200, body = Page<Conversation>)),
    extensions(("x-access" = json!("member; one's own conversations only"))),
)]
pub async fn list_conversations(cx: Cx, Query(wanted): Query<After>) -> Result<Json<Page<Conversation>>> {
    let mut tx = cx.begin().await?;
    let page = list(&mut tx, wanted.after.as_deref(), wanted.limit.get()).await?;
    tx.commit().await?;
    Ok(Json(page))
}

/// A page of the caller's conversations.
pub async fn list(tx: &mut Tx, after: Option<&str>, limit: usize) -> Result<Page<Conversation>> {
    let member = tx.member()?;
    let after = after.map(|text| read(text).ok_or(Error::Invalid { field: "after", why: "malformed" })).transpose()?;
    let seats: Vec<Seat> = sqlx::query_as(
        "select c.id, c.kind, c.name, c.history, c.member_count, c.created_at, c.dissolved_at, c.last_seq, c.last_n, c.last_at,
                c.expired_seq, c.expired_n, m.member_id, m.role, m.start_seq, m.start_n, m.read_seq, m.read_n, m.hidden_seq,
                c.revision, m.is_marked_unread, m.is_muted, m.is_pinned
         from chat.member m join chat.conversation c on c.id = m.conversation_id
         where m.member_id = $1
           and ($2::boolean is null or (m.is_pinned, c.last_at, c.id) < ($2, $3::timestamptz, $4::uuid))
         order by m.is_pinned desc, c.last_at desc, c.id desc limit $5",
    )
    .bind(member)
    .bind(after.map(|after| after.0))
    .bind(after.map(|after| after.1))
    .bind(after.map(|after| after.2))
    .bind(i64::try_from(limit + 1).unwrap_or(i64::MAX))
    .fetch_all(tx.db())
    .await?;
    let Page { items, next } = Page::of(seats, limit, place);
    Ok(Page { items: view::of(tx, items).await?, next })
}

fn place(seat: &Seat) -> String {
    format!("{}.{}.{}", u8::from(seat.is_pinned), seat.last_at.timestamp_micros(), seat.id)
}

fn read(text: &str) -> Option<(bool, DateTime<chrono::Utc>, Uuid)> {
    let mut parts = text.splitn(3, '.');
    let is_pinned = parts.next()? == "1";
    let at = DateTime::from_timestamp_micros(parts.next()?.parse().ok()?)?;
    Some((is_pinned, at, parts.next()?.parse().ok()?))
}
