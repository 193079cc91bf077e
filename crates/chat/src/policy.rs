//! Who may do what in a conversation. Read this file to know the rules; nowhere else decides, except that the writer's
//! statement checks membership, end and the right to mention everybody once more where it writes.
//! The types here are keys: only this file can cut one.

use chrono::{DateTime, Utc};
use kernel::{Error, MemberId, Result, Tx};

use crate::body::Body;
use crate::messages::rows::MessageRow;
use crate::model::{ConversationId, Kind, Message, MessageState, Role};
use crate::seat::Seat;
use crate::settings::Windows;

/// A conversation the caller may read.
pub struct ReadableConversation(Seat);
/// The conversations the caller may find something in.
pub struct SearchableConversations(Vec<Reach>);
/// A conversation the caller may write in.
pub struct PostableConversation(Seat);
/// A group the caller is in; locked.
pub struct JoinedGroup(Seat);
/// A group the caller looks after; locked.
pub struct ManagedConversation(Seat);
/// A group the caller owns; locked.
pub struct OwnedConversation(Seat);
/// A message the caller wrote and may still change; locked.
pub struct OwnMessage {
    message: Message,
    may_mention_all: bool,
}
/// A message the caller may make disappear; locked. The state says by which right.
pub struct RecallableMessage(Message, MessageState);

impl ReadableConversation {
    /// Its people may read a conversation, dissolved or not, from where they came in.
    pub async fn load(tx: &mut Tx, id: ConversationId) -> Result<Self> {
        let member = tx.member()?;
        Seat::load(tx, id, member).await?.map(Self).ok_or(Error::NotFound("conversation"))
    }

    /// The caller's place.
    pub fn seat(&self) -> &Seat {
        &self.0
    }

    /// Which.
    pub fn id(&self) -> ConversationId {
        self.0.id
    }
}

/// As far as somebody may read a conversation.
#[derive(Debug, Clone, Copy, sqlx::FromRow)]
pub struct Reach {
    pub id: ConversationId,
    /// From after this number on.
    pub after_seq: i64,
    /// When something was said last.
    pub last_at: DateTime<Utc>,
}

impl SearchableConversations {
    /// One finds what one may read: in one's own conversations, dissolved or not, from where one came in, as long as it
    /// is kept; or in one of them.
    pub async fn load(tx: &mut Tx, only: Option<ConversationId>, hidden: DateTime<Utc>) -> Result<Self> {
        let member = tx.member()?;
        if let Some(only) = only {
            ReadableConversation::load(tx, only).await?;
        }
        let reaches = sqlx::query_as(
            "select c.id, greatest(m.start_seq, c.expired_seq) as after_seq, c.last_at
             from chat.member m join chat.conversation c on c.id = m.conversation_id
             where m.member_id = $1 and ($2::uuid is null or m.conversation_id = $2) and c.last_at > $3
               and c.last_seq > greatest(m.start_seq, c.expired_seq)
             order by c.last_at desc",
        )
        .bind(member)
        .bind(only)
        .bind(hidden)
        .fetch_all(tx.db())
        .await?;
        Ok(Self(reaches))
    }

    /// Whether this message is one of those.
    pub fn may_read(&self, row: &MessageRow) -> bool {
        self.0.iter().any(|reach| reach.id == row.conversation_id && row.seq > reach.after_seq)
    }

    /// How far each reaches, those first in which something was said last.
    pub fn reaches(&self) -> &[Reach] {
        &self.0
    }
}

impl PostableConversation {
    /// Its people may write in it until it is dissolved.
    pub async fn load(tx: &mut Tx, id: ConversationId) -> Result<Self> {
        let ReadableConversation(seat) = ReadableConversation::load(tx, id).await?;
        still_open(&seat)?;
        Ok(Self(seat))
    }

    /// The caller's place.
    pub fn seat(&self) -> &Seat {
        &self.0
    }
}

impl JoinedGroup {
    /// Everybody in a group may add people, and go, until it is dissolved.
    pub async fn load(tx: &mut Tx, id: ConversationId) -> Result<Self> {
        let member = tx.member()?;
        let seat = Seat::lock(tx, id, member).await?.ok_or(Error::NotFound("conversation"))?;
        if seat.kind != Kind::Group {
            return Err(Error::Conflict("chat.not_a_group"));
        }
        still_open(&seat)?;
        Ok(Self(seat))
    }

    /// The caller's place.
    pub fn seat(&self) -> &Seat {
        &self.0
    }

    /// Which.
    pub fn id(&self) -> ConversationId {
        self.0.id
    }
}

impl ManagedConversation {
    /// Its owner and administrators rename a group, say what newcomers see, and take people out.
    pub async fn load(tx: &mut Tx, id: ConversationId) -> Result<Self> {
        let JoinedGroup(seat) = JoinedGroup::load(tx, id).await?;
        if seat.role < Role::Administrator {
            return Err(Error::Forbidden);
        }
        Ok(Self(seat))
    }

    /// The caller's place.
    pub fn seat(&self) -> &Seat {
        &self.0
    }

    /// Which.
    pub fn id(&self) -> ConversationId {
        self.0.id
    }

    /// Nobody takes out an equal or somebody above; oneself one does not take out but goes.
    pub fn may_remove(&self, member: MemberId, role: Role) -> Result<()> {
        if member == self.0.member_id || role >= self.0.role {
            return Err(Error::Forbidden);
        }
        Ok(())
    }
}

impl OwnedConversation {
    /// Its owner alone gives a group away, appoints administrators and dissolves it.
    pub async fn load(tx: &mut Tx, id: ConversationId) -> Result<Self> {
        let JoinedGroup(seat) = JoinedGroup::load(tx, id).await?;
        if seat.role != Role::Owner {
            return Err(Error::Forbidden);
        }
        Ok(Self(seat))
    }

    /// The caller's place.
    pub fn seat(&self) -> &Seat {
        &self.0
    }

    /// Which.
    pub fn id(&self) -> ConversationId {
        self.0.id
    }
}

impl OwnMessage {
    /// The author may change the words of a message within the organisation's window, while still in the conversation
    /// and until it is dissolved.
    pub async fn load(tx: &mut Tx, id: ConversationId, seq: i64, windows: &Windows) -> Result<Self> {
        let PostableConversation(seat) = PostableConversation::load(tx, id).await?;
        let message = visible(tx, &seat, seq, windows).await?;
        if message.author_id != seat.member_id {
            return Err(Error::Forbidden);
        }
        still_there(&message)?;
        if tx.now() > windows.edit_until(message.sent_at) {
            return Err(Error::Conflict("chat.edit_window_over"));
        }
        Ok(Self { message, may_mention_all: seat.can().mention_all })
    }

    /// The message as it is.
    pub fn message(&self) -> &Message {
        &self.message
    }

    /// `Forbidden` for whoever does not look after the group: as when it is sent.
    pub fn check_mentions_all(&self) -> Result<()> {
        if self.may_mention_all { Ok(()) } else { Err(Error::Forbidden) }
    }
}

impl RecallableMessage {
    /// The author may take a message back within the organisation's window; the owner and the administrators of a
    /// group may remove any message in it at any time.
    pub async fn load(tx: &mut Tx, id: ConversationId, seq: i64, windows: &Windows) -> Result<Self> {
        let PostableConversation(seat) = PostableConversation::load(tx, id).await?;
        let message = visible(tx, &seat, seq, windows).await?;
        let is_own = message.author_id == seat.member_id;
        let looks_after = seat.can().remove;
        if !is_own && !looks_after {
            return Err(Error::Forbidden);
        }
        still_there(&message)?;
        if is_own && tx.now() <= windows.recall_until(message.sent_at) {
            Ok(Self(message, MessageState::Recalled))
        } else if looks_after {
            Ok(Self(message, MessageState::Removed))
        } else {
            Err(Error::Conflict("chat.recall_window_over"))
        }
    }

    /// The message as it is.
    pub fn message(&self) -> &Message {
        &self.0
    }

    /// What it becomes.
    pub fn becomes(&self) -> MessageState {
        self.1
    }
}

/// A message before one came in, or past the time it is kept, does not exist, as far as one can tell.
async fn visible(tx: &mut Tx, seat: &Seat, seq: i64, windows: &Windows) -> Result<Message> {
    let (hidden, org) = (windows.hidden_before(tx.now()), tx.org());
    let row = if seq > seat.hidden_until() { MessageRow::lock(tx, seat.id, seq, hidden).await? } else { None };
    let message = row.map(|row| row.open(tx.app(), org, windows)).transpose()?.flatten();
    message.ok_or(Error::NotFound("message"))
}

/// What the program said, and what is gone already, nobody changes.
fn still_there(message: &Message) -> Result<()> {
    match (&message.body, message.state) {
        (Some(Body::Text(_) | Body::Card(_)), MessageState::Sent | MessageState::Edited) => Ok(()),
        (Some(Body::System(_)), _) => Err(Error::Forbidden),
        _ => Err(Error::Conflict("chat.message_gone")),
    }
}

fn still_open(seat: &Seat) -> Result<()> {
    match seat.dissolved_at {
        Some(_) => Err(Error::Conflict("chat.conversation_dissolved")),
        None => Ok(()),
    }
}
