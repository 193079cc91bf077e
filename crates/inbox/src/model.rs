//! What people are told about.

use chrono::{DateTime, Utc};
use kernel::MemberId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

kernel::id!(
    /// One thing one person was told.
    NotificationId
);

/// What a notification is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, sqlx::Type, ToSchema)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
#[schema(as = NotificationKind)]
pub enum Kind {
    /// Somebody named the person.
    Mention,
    /// Somebody took the person into a group.
    AddedToGroup,
    /// Something about the person's sign-in.
    Security,
    /// Something about the organisation or the program.
    System,
}

/// The thing a notification leads to; its owner decides who may see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Target {
    /// `domain.noun`, e.g. `chat.conversation`.
    pub kind: String,
    /// Which one.
    pub id: Uuid,
    /// The place in it, e.g. a message of the conversation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seq: Option<i64>,
}

/// One thing the caller was told.
#[derive(Serialize, ToSchema)]
pub struct Notification {
    /// Which; ids rise with time.
    pub id: NotificationId,
    /// What it is about.
    pub kind: Kind,
    /// When.
    pub at: DateTime<Utc>,
    /// Whether the caller has seen it.
    pub is_read: bool,
    /// Where it leads.
    #[serde(rename = "ref", skip_serializing_if = "Option::is_none")]
    pub target: Option<Target>,
    /// Who caused it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actor_id: Option<MemberId>,
    /// In the words of whoever sent it; a code for texts of the program.
    pub text: String,
}
