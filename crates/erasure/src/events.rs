//! What the domain announces: counts, never of whom.

use kernel::{Audience, Event};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// All about somebody is gone; that it had to go is told when it begins, by the change of their state.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct MemberErased {
    /// Which erasure.
    pub run: Uuid,
    /// How many rows were deleted.
    pub rows: u64,
    /// How many keys were destroyed before them.
    pub keys: u64,
    /// Whether the account went too: they were in no other organisation.
    pub is_account_gone: bool,
}

impl Event for MemberErased {
    const NAME: &'static str = "erasure.member_erased";
    fn audience(&self) -> Audience {
        Audience::Nobody
    }
}
