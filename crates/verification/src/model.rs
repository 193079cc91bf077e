//! The nouns of verification, as the API shows them.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

kernel::id!(
    /// Something that proves what an organisation is.
    DocumentId
);

kernel::id!(
    /// A record of what was handed to an authority.
    DisclosureId
);

/// Where an organisation stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, sqlx::Type, ToSchema)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum VerificationState {
    /// It has not asked, or what was seen holds no more.
    #[default]
    None,
    /// It waits for a decision.
    Asked,
    /// The operator has seen that it is what it says.
    Verified,
    /// The operator has not.
    Refused,
}

/// A document without its bytes.
#[derive(Serialize, ToSchema)]
pub struct Document {
    /// Which.
    pub id: DocumentId,
    /// What its file is called.
    pub name: String,
    /// What its first bytes say.
    pub media_type: String,
    /// Bytes.
    pub size: i32,
    /// Since when it is here.
    pub added_at: DateTime<Utc>,
    /// When it goes by itself; while a decision is awaited, when the request lapses that nobody decided.
    pub goes_at: DateTime<Utc>,
}
