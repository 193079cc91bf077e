//! Catch up: a device says how far it got, and gets exactly what it missed. It opens its socket first and asks then:
//! what is said meanwhile comes twice rather than never, and numbers tell it apart.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};

use chrono::TimeDelta;
use kernel::{Cx, Event, Json, MemberId, Result, Tx};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::conversations::view;
use crate::events::MessageRecalled;
use crate::messages::rows::{self, MessageRow};
use crate::model::{Conversation, ConversationId, Message};
use crate::seat::Seat;
use crate::settings::Windows;

/// Messages of one conversation in one answer; of more it gets the rest by `after`.
const MESSAGES: i64 = 100;
/// Messages in one answer, of all conversations together, the newest first; of the others it only says that there are some.
const ALL_MESSAGES: i64 = 1000;
/// Conversations one may ask about.
const POSITIONS: usize = 2000;
/// Changed conversations in one answer; who missed more loads the list anew.
const CONVERSATIONS: i64 = 500;
/// Events looked through; who missed more loads everything anew.
const EVENTS: i64 = 1000;
/// A row may be committed so much later than the time it carries.
const MARGIN: TimeDelta = TimeDelta::minutes(2);

/// How far a device got.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SyncQuestion {
    /// The position of the last answer, or of the socket's `hello`; absent: everything.
    #[serde(default)]
    pub pos: Option<i64>,
    /// The conversations it keeps messages of; none is an empty list.
    pub positions: Vec<Position>,
}

/// How far it got in one conversation.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Position {
    /// Which.
    pub conversation_id: ConversationId,
    /// It has everything up to here.
    pub seq: i64,
}

/// What it missed.
#[derive(Serialize, ToSchema)]
pub struct SyncAnswer {
    /// Where it is now.
    pub pos: i64,
    /// Conversations that are new or not what they were.
    pub conversations: Vec<Conversation>,
    /// Conversations of the question that are not the caller's any more.
    pub gone: Vec<ConversationId>,
    /// Messages after the positions of the question.
    pub messages: Vec<Missed>,
    /// Messages edited, recalled or removed since `pos`.
    pub changed: Vec<Message>,
    /// Too much was missed: load the list and the open conversations anew.
    pub refetch: bool,
}

/// Messages of one conversation.
#[derive(Serialize, ToSchema)]
pub struct Missed {
    /// Which.
    pub conversation_id: ConversationId,
    /// In ascending order.
    pub items: Vec<Message>,
    /// There are more after these, or after the position of the question where there are none here.
    pub has_more: bool,
}

/// Catch up
#[utoipa::path(
    post, path = "/v1/sync", tag = "chat", operation_id = "syncConversations",
    request_body = SyncQuestion,
    responses((status = 200, body = SyncAnswer)),
    extensions(("x-access" = json!("member; one's own conversations only"))),
)]
pub async fn sync_conversations(cx: Cx, Json(question): Json<SyncQuestion>) -> Result<Json<SyncAnswer>> {
    // The position first: what happens after it was read is told again, never left out.
    let pos = cx.app().pos(cx.org).await?;
    let mut tx = cx.begin().await?;
    let answer = answer(&mut tx, question, pos).await?;
    tx.commit().await?;
    Ok(Json(answer))
}

/// What the caller missed (`IM-19`).
pub async fn answer(tx: &mut Tx, question: SyncQuestion, pos: i64) -> Result<SyncAnswer> {
    let refetch = SyncAnswer {
        pos,
        conversations: Vec::new(),
        gone: Vec::new(),
        messages: Vec::new(),
        changed: Vec::new(),
        refetch: true,
    };
    if question.positions.len() > POSITIONS {
        return Ok(refetch);
    }
    let (member, windows) = (tx.member()?, Windows::load(tx).await?);
    let Some(news) = News::since(tx, question.pos, pos).await? else { return Ok(refetch) };
    let changed = changed_seats(tx, member, &news).await?;
    if changed.len() > usize::try_from(CONVERSATIONS).unwrap_or_default() {
        return Ok(refetch);
    }
    let asked: HashMap<ConversationId, i64> =
        question.positions.iter().map(|position| (position.conversation_id, position.seq)).collect();
    let seats = asked_seats(tx, member, &asked).await?;
    let gone = asked.keys().filter(|id| !seats.contains_key(id)).copied().collect();
    Ok(SyncAnswer {
        pos,
        conversations: view::of(tx, changed).await?,
        gone,
        messages: missed(tx, &asked, &seats, &windows).await?,
        changed: changed_messages(tx, member, &news, &windows).await?,
        refetch: false,
    })
}

/// What the outbox says has happened.
struct News {
    since: chrono::DateTime<chrono::Utc>,
    conversations: BTreeSet<ConversationId>,
    messages: BTreeSet<(ConversationId, i64)>,
}

/// What every event of chat carries.
#[derive(Deserialize)]
struct Concerned {
    conversation: ConversationId,
    seq: Option<i64>,
}

impl News {
    /// `None`: it is too long ago to tell.
    async fn since(tx: &mut Tx, from: Option<i64>, pos: i64) -> Result<Option<Self>> {
        let mut news =
            Self { since: chrono::DateTime::UNIX_EPOCH, conversations: BTreeSet::new(), messages: BTreeSet::new() };
        let Some(from) = from.filter(|from| *from > 0) else { return Ok(Some(news)) };
        if from > pos {
            return Ok(None);
        }
        let Some((at, events)) = tx.events_since(from, "chat.", EVENTS).await? else { return Ok(None) };
        news.since = at - MARGIN;
        for event in events {
            let Ok(concerned) = serde_json::from_value::<Concerned>(event.payload) else { continue };
            if let Some(seq) = concerned.seq {
                news.messages.insert((concerned.conversation, seq));
            }
            // What is unread is less with what was taken back.
            if concerned.seq.is_none() || event.name == MessageRecalled::NAME {
                news.conversations.insert(concerned.conversation);
            }
        }
        Ok(Some(news))
    }
}

/// The caller's conversations in which something was said or changed, by them elsewhere or by others.
async fn changed_seats(tx: &mut Tx, member: MemberId, news: &News) -> Result<Vec<Seat>> {
    Ok(sqlx::query_as(
        "select c.id, c.kind, c.name, c.history, c.member_count, c.created_at, c.dissolved_at, c.last_seq, c.last_n, c.last_at,
                c.expired_seq, c.expired_n, m.member_id, m.role, m.start_seq, m.start_n, m.read_seq, m.read_n, m.hidden_seq,
                c.revision, m.is_marked_unread, m.is_muted, m.is_pinned
         from chat.member m join chat.conversation c on c.id = m.conversation_id
         where m.member_id = $1 and (c.last_at > $2 or m.changed_at > $2 or c.id = any($3))
         order by c.last_at desc limit $4",
    )
    .bind(member)
    .bind(news.since)
    .bind(news.conversations.iter().copied().collect::<Vec<_>>())
    .bind(CONVERSATIONS + 1)
    .fetch_all(tx.db())
    .await?)
}

async fn asked_seats(
    tx: &mut Tx,
    member: MemberId,
    asked: &HashMap<ConversationId, i64>,
) -> Result<HashMap<ConversationId, Seat>> {
    let seats: Vec<Seat> = sqlx::query_as(
        "select c.id, c.kind, c.name, c.history, c.member_count, c.created_at, c.dissolved_at, c.last_seq, c.last_n, c.last_at,
                c.expired_seq, c.expired_n, m.member_id, m.role, m.start_seq, m.start_n, m.read_seq, m.read_n, m.hidden_seq,
                c.revision, m.is_marked_unread, m.is_muted, m.is_pinned
         from chat.member m join chat.conversation c on c.id = m.conversation_id
         where m.member_id = $1 and c.id = any($2)",
    )
    .bind(member)
    .bind(asked.keys().copied().collect::<Vec<_>>())
    .fetch_all(tx.db())
    .await?;
    Ok(seats.into_iter().map(|seat| (seat.id, seat)).collect())
}

async fn missed(
    tx: &mut Tx,
    asked: &HashMap<ConversationId, i64>,
    seats: &HashMap<ConversationId, Seat>,
    windows: &Windows,
) -> Result<Vec<Missed>> {
    let from = |seat: &Seat| asked.get(&seat.id).copied().unwrap_or(0).max(seat.hidden_until());
    let mut behind: Vec<&Seat> = seats.values().filter(|seat| from(seat) < seat.last_seq).collect();
    if behind.is_empty() {
        return Ok(Vec::new());
    }
    behind.sort_unstable_by_key(|seat| (Reverse(seat.last_at), seat.id));
    let mut room = ALL_MESSAGES;
    let (behind, named): (Vec<&Seat>, Vec<&Seat>) = behind.into_iter().partition(|seat| {
        room -= (seat.last_seq - from(seat)).min(MESSAGES);
        room >= 0
    });
    let hidden = windows.hidden_before(tx.now());
    let rows: Vec<MessageRow> = sqlx::query_as(
        "select m.conversation_id, m.seq, m.sent_at, m.n, m.id, m.author_id, m.state, m.edited_at, m.body
         from unnest($1::uuid[], $2::bigint[], $3::timestamptz[]) as p(conversation, seq, until)
         cross join lateral chat.messages_after(p.conversation, p.seq, $4, p.until, $5) m
         order by m.conversation_id, m.seq",
    )
    .bind(behind.iter().map(|seat| seat.id).collect::<Vec<_>>())
    .bind(behind.iter().map(|seat| from(seat)).collect::<Vec<_>>())
    .bind(behind.iter().map(|seat| seat.last_at).collect::<Vec<_>>())
    .bind(hidden)
    .bind(MESSAGES + 1)
    .fetch_all(tx.db())
    .await?;
    let most = usize::try_from(MESSAGES).unwrap_or_default();
    let mut missed: Vec<Missed> =
        named.iter().map(|seat| Missed { conversation_id: seat.id, items: Vec::new(), has_more: true }).collect();
    for message in rows::open_all(tx, rows, windows).await? {
        match missed.last_mut().filter(|last| last.conversation_id == message.conversation_id) {
            Some(last) if last.items.len() == most => last.has_more = true,
            Some(last) => last.items.push(message),
            None => {
                let conversation_id = message.conversation_id;
                missed.push(Missed { conversation_id, items: vec![message], has_more: false });
            }
        }
    }
    Ok(missed)
}

/// As they are now, where the caller can see them.
async fn changed_messages(tx: &mut Tx, member: MemberId, news: &News, windows: &Windows) -> Result<Vec<Message>> {
    if news.messages.is_empty() {
        return Ok(Vec::new());
    }
    let hidden = windows.hidden_before(tx.now());
    let rows: Vec<MessageRow> = sqlx::query_as(
        "select x.conversation_id, x.seq, x.sent_at, x.n, x.id, x.author_id, x.state, x.edited_at, x.body
         from unnest($1::uuid[], $2::bigint[]) as p(conversation, seq)
         join chat.member m on m.conversation_id = p.conversation and m.member_id = $3 and m.start_seq < p.seq
         join chat.message x on x.conversation_id = p.conversation and x.seq = p.seq
         where x.sent_at > $4",
    )
    .bind(news.messages.iter().map(|(id, _)| *id).collect::<Vec<_>>())
    .bind(news.messages.iter().map(|(_, seq)| *seq).collect::<Vec<_>>())
    .bind(member)
    .bind(hidden)
    .fetch_all(tx.db())
    .await?;
    rows::open_all(tx, rows, windows).await
}
