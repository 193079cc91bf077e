//! The nouns of the domain.

use chrono::{DateTime, Utc};
use kernel::MemberId;
use serde::Serialize;
use utoipa::ToSchema;

kernel::id!(
    /// An entry.
    EntryId
);

/// A short text for everybody.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = __Name__Entry)]
pub struct Entry {
    /// Which one.
    pub id: EntryId,
    /// Who wrote it.
    pub author_id: MemberId,
    /// What it says.
    pub text: String,
    /// When it was written.
    pub created_at: DateTime<Utc>,
}
