//! Conversations as one of their people sees them: a page of them takes seven statements, however many there are.

use std::collections::HashMap;

use kernel::{Bucket, MemberId, Result, Tx};

use crate::mentions;
use crate::messages::rows::{self, MessageRow};
use crate::model::{Conversation, ConversationId, Draft, Kind, Last, Message, My};
use crate::seat::Seat;
use crate::settings::Windows;

/// What a conversation's name is sealed as.
const NAME: &str = "chat.conversation_name";
/// What a draft is sealed as.
const DRAFT: &str = "chat.draft";
/// So many that were taken back unread are left out of the count; nobody counts how many more there are.
const MOST_RECALLED: i64 = 100;

/// These places, in their order, with everything that belongs to them. All of them are of one member.
pub async fn of(tx: &mut Tx, seats: Vec<Seat>) -> Result<Vec<Conversation>> {
    let Some(member) = seats.first().map(|seat| seat.member_id) else { return Ok(Vec::new()) };
    let windows = Windows::load(tx).await?;
    let peers = peers(tx, &seats, member).await?;
    let mut faces = faces(tx, &seats).await?;
    let mut drafts = drafts(tx, &seats, member).await?;
    let mentions = mentions(tx, &seats, member, &windows).await?;
    let mut recalled = recalled(tx, &seats).await?;
    let mut last = last_messages(tx, &seats, &windows).await?;
    let mut conversations = Vec::with_capacity(seats.len());
    for seat in seats {
        let name = seat.name.as_deref().map(|sealed| open_name(tx, seat.id, sealed)).transpose()?;
        conversations.push(Conversation {
            id: seat.id,
            kind: seat.kind,
            name,
            peer_id: peers.get(&seat.id).copied(),
            member_count: seat.member_count,
            faces: faces.remove(&seat.id).unwrap_or_default(),
            created_at: seat.created_at,
            dissolved_at: seat.dissolved_at,
            history: seat.history,
            revision: seat.revision,
            last: Last { seq: seat.last_seq, n: seat.last_n, at: seat.last_at },
            last_message: last.remove(&seat.id),
            my: My {
                mentions: mentions.get(&seat.id).copied().unwrap_or(0),
                draft: drafts.remove(&seat.id),
                ..my(&seat, recalled.remove(&seat.id).unwrap_or_default())
            },
            kept_days: windows.kept_days,
            can: seat.can(),
        });
    }
    Ok(conversations)
}

fn my(seat: &Seat, recalled: Vec<i64>) -> My {
    My {
        role: seat.role,
        read_seq: seat.read_seq,
        read_n: seat.read_n,
        start_seq: seat.start_seq,
        unread: (seat.unread() - i64::try_from(recalled.len()).unwrap_or(0)).max(0),
        recalled,
        mentions: 0,
        is_muted: seat.is_muted,
        is_pinned: seat.is_pinned,
        is_marked_unread: seat.is_marked_unread,
        is_hidden: seat.is_hidden(),
        draft: None,
    }
}

/// Seals what a group is called: it goes with the group's own key.
pub fn seal_name(tx: &Tx, conversation: ConversationId, name: &str) -> Result<Vec<u8>> {
    tx.seal(Bucket::Object(conversation.0), NAME, conversation.0, name.as_bytes())
}

/// What a group is called.
pub fn open_name(tx: &Tx, conversation: ConversationId, sealed: &[u8]) -> Result<String> {
    let plain = tx.open(Bucket::Object(conversation.0), NAME, conversation.0, sealed)?;
    Ok(String::from_utf8(plain).map_err(anyhow::Error::from)?)
}

/// Seals what a member has begun to write: it goes with the member's own key.
pub fn seal_draft(tx: &Tx, member: MemberId, conversation: ConversationId, draft: &Draft) -> Result<Vec<u8>> {
    let plain = serde_json::to_vec(draft).map_err(anyhow::Error::from)?;
    tx.seal(Bucket::Member(member.0), DRAFT, conversation.0, &plain)
}

async fn drafts(tx: &mut Tx, seats: &[Seat], member: MemberId) -> Result<HashMap<ConversationId, Draft>> {
    let rows: Vec<(ConversationId, Vec<u8>)> = sqlx::query_as(
        "select conversation_id, body from chat.draft
         where member_id = $1 and conversation_id = any($2) and body is not null",
    )
    .bind(member)
    .bind(ids(seats))
    .fetch_all(tx.db())
    .await?;
    let mut drafts = HashMap::with_capacity(rows.len());
    for (conversation, sealed) in rows {
        let plain = tx.open(Bucket::Member(member.0), DRAFT, conversation.0, &sealed)?;
        drafts.insert(conversation, serde_json::from_slice(&plain).map_err(anyhow::Error::from)?);
    }
    Ok(drafts)
}

async fn peers(tx: &mut Tx, seats: &[Seat], member: MemberId) -> Result<HashMap<ConversationId, MemberId>> {
    let direct: Vec<_> = seats.iter().filter(|seat| seat.kind == Kind::Direct).map(|seat| seat.id).collect();
    if direct.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(ConversationId, MemberId)> = sqlx::query_as(
        "select conversation_id, member_id from chat.member where conversation_id = any($1) and member_id <> $2",
    )
    .bind(direct)
    .bind(member)
    .fetch_all(tx.db())
    .await?;
    Ok(rows.into_iter().collect())
}

/// Who came to the organisation first, in each group: one short read of the primary key for each.
async fn faces(tx: &mut Tx, seats: &[Seat]) -> Result<HashMap<ConversationId, Vec<MemberId>>> {
    let groups: Vec<_> = seats.iter().filter(|seat| seat.kind == Kind::Group).map(|seat| seat.id).collect();
    if groups.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(ConversationId, Vec<MemberId>)> = sqlx::query_as(
        "select u.id, array(select m.member_id from chat.member m where m.conversation_id = u.id
                            order by m.member_id limit 9)
         from unnest($1::uuid[]) as u(id)",
    )
    .bind(groups)
    .fetch_all(tx.db())
    .await?;
    Ok(rows.into_iter().collect())
}

/// How many messages mention the member that the member has not read.
async fn mentions(
    tx: &mut Tx,
    seats: &[Seat],
    member: MemberId,
    windows: &Windows,
) -> Result<HashMap<ConversationId, i64>> {
    let after: Vec<i64> = seats.iter().map(|seat| seat.read_seq.max(seat.hidden_until())).collect();
    let hidden = windows.hidden_before(tx.now());
    let rows: Vec<(ConversationId, i64)> = sqlx::query_as(
        "select x.conversation_id, count(distinct x.seq)
         from unnest($1::uuid[], $2::bigint[]) as u(conversation, after)
         join chat.mention x on x.conversation_id = u.conversation and x.seq > u.after
         where x.member_id in ($3, $4) and x.author_id <> $3 and x.sent_at > $5 group by x.conversation_id",
    )
    .bind(ids(seats))
    .bind(after)
    .bind(member)
    .bind(mentions::EVERYBODY)
    .bind(hidden)
    .fetch_all(tx.db())
    .await?;
    Ok(rows.into_iter().collect())
}

/// What was taken back of what the member has not read: there is nothing left to read.
async fn recalled(tx: &mut Tx, seats: &[Seat]) -> Result<HashMap<ConversationId, Vec<i64>>> {
    let behind: Vec<&Seat> = seats.iter().filter(|seat| seat.unread() > 0).collect();
    if behind.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(ConversationId, Vec<i64>)> = sqlx::query_as(
        "select u.conversation, array(select r.n from chat.recalled r
                                      where r.conversation_id = u.conversation and r.seq > u.after
                                      order by r.seq limit $3)
         from unnest($1::uuid[], $2::bigint[]) as u(conversation, after)",
    )
    .bind(behind.iter().map(|seat| seat.id).collect::<Vec<_>>())
    .bind(behind.iter().map(|seat| seat.read_seq.max(seat.hidden_until())).collect::<Vec<_>>())
    .bind(MOST_RECALLED)
    .fetch_all(tx.db())
    .await?;
    Ok(rows.into_iter().collect())
}

/// The last message of each, where its reader may see it. `last_at` is when it was sent: it is found in one probe.
async fn last_messages(tx: &mut Tx, seats: &[Seat], windows: &Windows) -> Result<HashMap<ConversationId, Message>> {
    let seen: Vec<&Seat> = seats.iter().filter(|seat| seat.last_seq > seat.hidden_until()).collect();
    let hidden = windows.hidden_before(tx.now());
    let rows: Vec<MessageRow> = sqlx::query_as(
        "select m.conversation_id, m.seq, m.sent_at, m.n, m.id, m.author_id, m.state, m.edited_at, m.body
         from unnest($1::uuid[], $2::bigint[], $3::timestamptz[]) as u(conversation, seq, at)
         join chat.message m on m.conversation_id = u.conversation and m.seq = u.seq and m.sent_at = u.at
         where m.sent_at > $4",
    )
    .bind(seen.iter().map(|seat| seat.id).collect::<Vec<_>>())
    .bind(seen.iter().map(|seat| seat.last_seq).collect::<Vec<_>>())
    .bind(seen.iter().map(|seat| seat.last_at).collect::<Vec<_>>())
    .bind(hidden)
    .fetch_all(tx.db())
    .await?;
    let messages = rows::open_all(tx, rows, windows).await?;
    Ok(messages.into_iter().map(|message| (message.conversation_id, message)).collect())
}

fn ids(seats: &[Seat]) -> Vec<ConversationId> {
    seats.iter().map(|seat| seat.id).collect()
}
