//! What happened, by id: the one thing that clients, subscribers and the audit log read alike.

use serde::{Deserialize, Serialize, de::DeserializeOwned};
use uuid::Uuid;

use crate::MemberId;

/// Who hears of an event over the socket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// Subscribers and the audit log only.
    Nobody,
    /// These people.
    Members(Vec<MemberId>),
    /// Everybody whose socket follows this topic, e.g. a conversation.
    Topic(Uuid),
    /// Everybody in the organisation.
    Org,
}

/// A change of who follows a topic; applied on every node when the event is delivered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TopicChange {
    /// The member's sockets follow the topic, before the event is delivered.
    Join(Uuid, MemberId),
    /// They do not any more, after it is delivered.
    Leave(Uuid, MemberId),
    /// Nobody does, after it is delivered.
    Close(Uuid),
}

/// A fact about the past. Carries identifiers and small facts, never contents; fields are only ever added.
///
/// A person stands under `member` (whom it concerns), `asked_by`, `by` or `successor`: the audit log puts pseudonyms there.
/// Lists of people are for the audience and are hidden from it.
pub trait Event: Serialize + DeserializeOwned + Send + Sync + 'static {
    /// `domain.noun_past_tense`.
    const NAME: &'static str;
    /// Fields that the audit log leaves out, separated by commas.
    const AUDIT_HIDES: &'static str = "";
    /// Whether the audit log keeps address and device even where no permission is behind it (`ACC-13`).
    const IS_TRACED: bool = false;
    /// Whether it stands in the audit log, which administrators read. Not what somebody does to their own side of things,
    /// what only they are told, nor who talks to whom.
    fn is_audited(&self) -> bool {
        true
    }
    /// Who hears of it.
    fn audience(&self) -> Audience;
    /// Whose sockets begin or cease to follow a topic with it.
    fn topics(&self) -> Vec<TopicChange> {
        Vec::new()
    }
}

/// An event as the outbox holds it.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Recorded {
    /// Position in the organisation: gapless, in the order of commits.
    pub pos: i64,
    /// Names the event; subscribers are idempotent by it.
    pub id: Uuid,
    /// [`Event::NAME`].
    pub name: String,
    /// Who hears of it.
    pub audience: sqlx::types::Json<Audience>,
    /// Topic changes that come with it.
    pub topics: Option<sqlx::types::Json<Vec<TopicChange>>>,
    /// The event itself.
    pub payload: serde_json::Value,
    /// Who did it.
    pub actor: sqlx::types::Json<crate::Actor>,
    /// When.
    pub at: chrono::DateTime<chrono::Utc>,
}

/// Something in another domain: its owner renders it and checks who may see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Ref {
    /// `domain.noun`, e.g. `chat.message`.
    pub kind: String,
    /// Which one.
    pub id: Uuid,
}
