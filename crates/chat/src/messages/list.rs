//! Read a conversation, a page at a time: one range read, backwards, forwards, around a message or from a day on.

use chrono::{DateTime, TimeDelta, Utc};
use kernel::{Cx, Error, Json, Limit, Path, Query, Result, Tx};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::rows::{self, MessageRow};
use crate::model::{ConversationId, Message};
use crate::policy::ReadableConversation;
use crate::seat::Seat;
use crate::settings::Windows;

/// Where the newest messages are looked for first: fewer partitions to ask.
const RECENT: TimeDelta = TimeDelta::days(31);

/// Which part of the conversation; the newest page when none is given.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Part {
    /// Messages before this number.
    pub before: Option<i64>,
    /// Messages after this number.
    pub after: Option<i64>,
    /// Messages on both sides of this number, and itself.
    pub around: Option<i64>,
    /// Messages from this instant on, with a few before.
    pub at: Option<DateTime<Utc>>,
    /// How many at most.
    #[serde(default)]
    #[param(inline)]
    pub limit: Limit<100>,
}

/// A stretch of a conversation.
#[derive(Serialize, ToSchema)]
pub struct MessagePage {
    /// In ascending order.
    pub items: Vec<Message>,
    /// There is more before.
    pub has_older: bool,
    /// There is more after.
    pub has_newer: bool,
}

/// List messages
#[utoipa::path(
    get, path = "/v1/conversations/{conversation}/messages", tag = "chat", operation_id = "listMessages",
    params(("conversation" = ConversationId, Path), Part),
    responses((status = 200, body = MessagePage)),
    extensions(("x-access" = json!("member of the conversation, from where they came in"))),
)]
pub async fn list_messages(
    cx: Cx,
    Path(conversation): Path<ConversationId>,
    Query(part): Query<Part>,
) -> Result<Json<MessagePage>> {
    let mut tx = cx.begin().await?;
    let conversation = ReadableConversation::load(&mut tx, conversation).await?;
    let page = list(&mut tx, &conversation, part).await?;
    // It only read: nobody waits for the end of it.
    drop(tx);
    Ok(Json(page))
}

/// The part of the conversation that was asked for, as far as the caller may see it.
pub async fn list(tx: &mut Tx, conversation: &ReadableConversation, part: Part) -> Result<MessagePage> {
    let limit = i64::try_from(part.limit.get()).unwrap_or(i64::MAX);
    let windows = Windows::load(tx).await?;
    let reader = Reader { seat: conversation.seat(), hidden: windows.hidden_before(tx.now()) };
    let range = match (part.before, part.after, part.around, part.at) {
        (None, None, None, None) => reader.before(tx, i64::MAX, limit).await?,
        (Some(seq), None, None, None) => {
            Range { has_newer: seq <= reader.seat.last_seq, ..reader.before(tx, seq, limit).await? }
        }
        (None, Some(seq), None, None) => reader.after(tx, seq, limit).await?,
        (None, None, Some(seq), None) => reader.around(tx, seq, limit).await?,
        (None, None, None, Some(at)) => {
            let seq = reader.first_since(tx, at).await?;
            reader.around(tx, seq, limit).await?
        }
        _ => return Err(Error::Invalid { field: "query", why: "one_of_before_after_around_at" }),
    };
    let (has_older, has_newer) = (range.has_older, range.has_newer);
    let items = rows::open_all(tx, range.rows, &windows).await?;
    Ok(MessagePage { items, has_older, has_newer })
}

struct Range {
    rows: Vec<MessageRow>,
    has_older: bool,
    has_newer: bool,
}

/// Reads what the holder of a seat may see.
struct Reader<'a> {
    seat: &'a Seat,
    /// Sent at this instant or before: past the time it is kept.
    hidden: DateTime<Utc>,
}

impl Reader<'_> {
    /// Up to `limit` messages before `seq`, found among the recent ones if there are enough of them.
    async fn before(&self, tx: &mut Tx, seq: i64, limit: i64) -> Result<Range> {
        let recent = self.seat.last_at - RECENT;
        let is_end = seq > self.seat.last_seq;
        let mut rows = Vec::new();
        if is_end && recent > self.hidden {
            rows = self.descending(tx, seq, recent, limit + 1).await?;
        }
        if rows.len() <= usize::try_from(limit).unwrap_or_default() {
            rows = self.descending(tx, seq, self.hidden, limit + 1).await?;
        }
        let has_older = cut(&mut rows, limit);
        rows.reverse();
        Ok(Range { rows, has_older, has_newer: false })
    }

    async fn after(&self, tx: &mut Tx, seq: i64, limit: i64) -> Result<Range> {
        let mut rows = self.ascending(tx, seq, limit + 1).await?;
        let has_newer = cut(&mut rows, limit);
        Ok(Range { rows, has_older: seq > self.seat.hidden_until(), has_newer })
    }

    async fn around(&self, tx: &mut Tx, seq: i64, limit: i64) -> Result<Range> {
        let mut range = self.before(tx, seq, limit / 2).await?;
        let newer = self.after(tx, seq - 1, limit - limit / 2).await?;
        range.rows.extend(newer.rows);
        Ok(Range { has_newer: newer.has_newer, ..range })
    }

    /// The number of the first message sent at `at` or later; one after the last when there is none.
    async fn first_since(&self, tx: &mut Tx, at: DateTime<Utc>) -> Result<i64> {
        let seq: Option<i64> = sqlx::query_scalar(
            "select seq from chat.message where conversation_id = $1 and seq > $2 and sent_at >= $3 and sent_at > $4
             order by seq limit 1",
        )
        .bind(self.seat.id)
        .bind(self.seat.hidden_until())
        .bind(at)
        .bind(self.hidden)
        .fetch_optional(tx.db())
        .await?;
        Ok(seq.unwrap_or(self.seat.last_seq + 1))
    }

    // The upper bound of time leaves the partitions of months to come out of the plan.
    async fn descending(&self, tx: &mut Tx, seq: i64, since: DateTime<Utc>, limit: i64) -> Result<Vec<MessageRow>> {
        Ok(sqlx::query_as(
            "select conversation_id, seq, sent_at, n, id, author_id, state, edited_at, body
             from chat.messages_before($1, $2, $3, $4, $5, $6)",
        )
        .bind(self.seat.id)
        .bind(seq)
        .bind(self.seat.hidden_until())
        .bind(since)
        .bind(self.seat.last_at)
        .bind(limit)
        .fetch_all(tx.db())
        .await?)
    }

    async fn ascending(&self, tx: &mut Tx, seq: i64, limit: i64) -> Result<Vec<MessageRow>> {
        Ok(sqlx::query_as(
            "select conversation_id, seq, sent_at, n, id, author_id, state, edited_at, body
             from chat.messages_after($1, $2, $3, $4, $5)",
        )
        .bind(self.seat.id)
        .bind(seq.max(self.seat.hidden_until()))
        .bind(self.hidden)
        .bind(self.seat.last_at)
        .bind(limit)
        .fetch_all(tx.db())
        .await?)
    }
}

/// Takes the one row too many away; whether it was there says whether there is more.
fn cut(rows: &mut Vec<MessageRow>, limit: i64) -> bool {
    let limit = usize::try_from(limit).unwrap_or_default();
    let has_more = rows.len() > limit;
    rows.truncate(limit);
    has_more
}
