//! The nouns of chat, as the API shows them.

use chrono::{DateTime, Utc};
use kernel::MemberId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::body::Body;

kernel::id!(
    /// The thing with messages in it: two people, or a group.
    ConversationId
);
kernel::id!(
    /// One message; its address inside the conversation is its `seq`.
    MessageId
);

/// What a conversation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, sqlx::Type, ToSchema)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Kind {
    /// Two people; there is one for each pair (`IM-01`).
    Direct,
    /// Up to 2,000 people with an owner (`IM-02`).
    Group,
}

/// What people see who are added later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, sqlx::Type, ToSchema)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum History {
    /// What is said from then on.
    Joining,
    /// Everything that is still kept.
    All,
}

/// What somebody may do in a group. Ordered: nobody removes or appoints an equal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, sqlx::Type, ToSchema)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Role {
    /// Talks.
    Member,
    /// Looks after it.
    Administrator,
    /// Answers for it; there is exactly one in a group and none in a direct conversation.
    Owner,
}

/// What became of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, sqlx::Type, ToSchema)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum MessageState {
    /// As it was sent.
    Sent,
    /// Changed by its author since.
    Edited,
    /// Taken back by its author; the place stays, the words are gone.
    Recalled,
    /// Taken away by the group's owner or an administrator.
    Removed,
}

/// A conversation, as one of its people sees it.
#[derive(Debug, Serialize, ToSchema)]
pub struct Conversation {
    /// Which.
    pub id: ConversationId,
    /// Two people or a group.
    pub kind: Kind,
    /// What the group is called; absent: its people's names.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The other one of a direct conversation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub peer_id: Option<MemberId>,
    /// How many people are in it.
    pub member_count: i32,
    /// The first nine people of a group, of whom its picture is made; none in a direct conversation.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub faces: Vec<MemberId>,
    /// Since when there is one.
    pub created_at: DateTime<Utc>,
    /// Nobody can write in it any more since then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dissolved_at: Option<DateTime<Utc>>,
    /// What people see who are added later.
    pub history: History,
    /// Rises when its name or its history is another: what `If-Match` names.
    pub revision: i64,
    /// Where it ends.
    pub last: Last,
    /// The last message, when the caller may see it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_message: Option<Message>,
    /// The caller's own side of it.
    pub my: My,
    /// Days a message is kept.
    pub kept_days: i32,
    /// What the caller may do.
    pub can: Can,
}

/// The end of a conversation.
#[derive(Debug, Serialize, ToSchema)]
pub struct Last {
    /// Number of the last message.
    pub seq: i64,
    /// How many of them count as something to read.
    pub n: i64,
    /// When it was sent; the conversation's beginning when there is none.
    pub at: DateTime<Utc>,
}

/// One's own side of a conversation, the same on all devices.
#[derive(Debug, Serialize, ToSchema)]
pub struct My {
    /// What one may do.
    pub role: Role,
    /// Read up to here.
    pub read_seq: i64,
    /// The same, counting only what can be unread.
    pub read_n: i64,
    /// One sees what comes after this.
    pub start_seq: i64,
    /// Messages not read yet, without the first hundred of those that were taken back.
    pub unread: i64,
    /// Those that were taken back before one read them, by their `n`; the first hundred.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub recalled: Vec<i64>,
    /// Those among them in which one is mentioned.
    pub mentions: i64,
    /// No notifications.
    pub is_muted: bool,
    /// At the top of the list.
    pub is_pinned: bool,
    /// Marked unread by oneself.
    pub is_marked_unread: bool,
    /// Out of the list until something is said.
    pub is_hidden: bool,
    /// What one has begun to write.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub draft: Option<Draft>,
}

/// Something begun and not sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Draft {
    /// The words so far.
    pub text: String,
    /// The message it answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<i64>,
}

/// What the caller may do in a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct Can {
    /// Say something.
    pub send: bool,
    /// Change its name and what newcomers see.
    pub rename: bool,
    /// Add people.
    pub add: bool,
    /// Take people and messages out.
    pub remove: bool,
    /// Give it to somebody else, appoint administrators.
    pub transfer: bool,
    /// End it.
    pub dissolve: bool,
    /// Go.
    pub leave: bool,
    /// Mention everybody at once.
    pub mention_all: bool,
}

/// Something said, or something that happened to the conversation.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Message {
    /// Which.
    pub id: MessageId,
    /// Where.
    pub conversation_id: ConversationId,
    /// Its number there: gapless, the same for everybody.
    pub seq: i64,
    /// How many messages that can be unread there are up to here.
    pub n: i64,
    /// Who said it.
    pub author_id: MemberId,
    /// When the server took it.
    pub sent_at: DateTime<Utc>,
    /// The id the author's device gave it; only in the answer to sending.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_id: Option<uuid::Uuid>,
    /// What became of it.
    pub state: MessageState,
    /// When it was changed, recalled or removed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edited_at: Option<DateTime<Utc>>,
    /// The words; null once they are gone.
    #[schema(required)]
    pub body: Option<Body>,
    /// Hidden and deleted at this instant (`RET-09`).
    pub kept_until: DateTime<Utc>,
    /// Its author may change it until then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edit_until: Option<DateTime<Utc>>,
    /// Its author may take it back until then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recall_until: Option<DateTime<Utc>>,
}
