//! Find messages, and files by their names, in one's own conversations: newest first (`SRCH-01`).

use chrono::{DateTime, Utc};
use kernel::{Cx, Error, Json, Limit, MemberId, Query, Result, Tx};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::candidates::{Candidates, Range};
use super::hit::{HitKind, MessageHit, Wish};
use super::rows;
use crate::model::ConversationId;
use crate::policy::SearchableConversations;
use crate::settings::Windows;

/// Candidates that are opened for one answer; single characters are looked for among so many (`SRCH-01`).
const OPENED: usize = 10_000;

/// What to look for. `q`, or else `from`, `in` or a `kind` of file, says something.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct MessageSearch {
    /// Words, separated by spaces, all of which must be there: any part of Chinese text, beginnings of words, English words
    /// of the same stem. At most 100 characters.
    pub q: Option<String>,
    /// Said by this member.
    pub from: Option<MemberId>,
    /// In this conversation.
    #[serde(rename = "in")]
    pub within: Option<ConversationId>,
    /// At this instant or later.
    pub since: Option<DateTime<Utc>>,
    /// Before this instant.
    pub until: Option<DateTime<Utc>>,
    /// Only in the words, or only in the names of files or of pictures; in all of them when absent.
    #[param(inline)]
    pub kind: Option<HitKind>,
    /// `next` of the page before.
    pub cursor: Option<String>,
    /// How many at most.
    #[serde(default)]
    #[param(inline)]
    pub limit: Limit<100>,
}

/// What was found.
#[derive(Serialize, ToSchema)]
pub struct MessageHits {
    /// Newest first; there may be fewer than asked for although there is a `next`.
    pub hits: Vec<MessageHit>,
    /// Give it as `cursor` to look further back; absent where nothing is left to look through.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// Search messages
#[utoipa::path(
    get, path = "/v1/messages/search", tag = "chat", operation_id = "searchMessages",
    params(MessageSearch),
    responses((status = 200, body = MessageHits)),
    extensions(
        ("x-application" = json!("message_search")),
        ("x-access" = json!("member; only what one may read in one's own conversations")),
        ("x-rate" = json!("search")),
    ),
)]
pub async fn search_messages(cx: Cx, Query(wanted): Query<MessageSearch>) -> Result<Json<MessageHits>> {
    let mut tx = cx.begin().await?;
    let hits = search(&mut tx, wanted).await?;
    tx.commit().await?;
    Ok(Json(hits))
}

/// A page of what the caller may find.
pub async fn search(tx: &mut Tx, wanted: MessageSearch) -> Result<MessageHits> {
    let query = search::Query::parse(wanted.q.as_deref().unwrap_or_default())?;
    let is_of_files = matches!(wanted.kind, Some(HitKind::File | HitKind::Picture));
    if query.is_empty() && wanted.from.is_none() && wanted.within.is_none() && !is_of_files {
        return Err(Error::Invalid { field: "q", why: "empty" });
    }
    let before = wanted.cursor.as_deref().map(read).transpose()?;
    let windows = Windows::load(tx).await?;
    let hidden = windows.hidden_before(tx.now());
    let conversations = SearchableConversations::load(tx, wanted.within, hidden).await?;
    let reader = files::Reader::load(tx).await?;
    let wish = Wish { query, from: wanted.from, kind: wanted.kind, reader };
    let range = Range { hidden, since: wanted.since, until: wanted.until };
    let mut candidates = Candidates::new(&conversations, &wish, wanted.within, range, before);
    let (mut hits, limit) = (Vec::new(), wanted.limit.get());
    let (mut opened, mut place) = (0, before);
    // One more than asked for: it only says that there is more.
    while hits.len() <= limit && opened < OPENED {
        let Some(rows) = candidates.next(tx).await? else {
            place = None;
            break;
        };
        opened += rows.len();
        place = candidates.place();
        for row in rows {
            let hit = conversations.may_read(&row).then(|| wish.judge(tx, row, &windows)).transpose()?.flatten();
            hits.extend(hit);
        }
    }
    let next = if hits.len() > limit { hits.get(limit - 1).map(MessageHit::place) } else { place };
    hits.truncate(limit);
    let mut messages: Vec<_> = hits.iter().map(|hit| hit.message.clone()).collect();
    rows::fill_quotes(tx, &mut messages, &windows).await?;
    for (hit, message) in hits.iter_mut().zip(messages) {
        hit.message = message;
    }
    Ok(MessageHits { hits, next: next.map(write) })
}

fn write(place: search::Cursor) -> String {
    format!("{}.{}.{}", place.at.timestamp_micros(), place.scope, place.place)
}

fn read(text: &str) -> Result<search::Cursor> {
    let mut parts = text.splitn(3, '.');
    let mut parse = || {
        let at = DateTime::from_timestamp_micros(parts.next()?.parse().ok()?)?;
        let scope: Uuid = parts.next()?.parse().ok()?;
        Some(search::Cursor { at, scope, place: parts.next()?.parse().ok()? })
    };
    parse().ok_or(Error::Invalid { field: "cursor", why: "not_a_place" })
}
