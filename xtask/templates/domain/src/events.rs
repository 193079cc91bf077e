//! What the domain announces: ids and small facts, never contents.

use kernel::{Audience, Event};
use serde::{Deserialize, Serialize};

use crate::EntryId;

/// Somebody added an entry.
#[derive(Debug, Serialize, Deserialize)]
pub struct EntryCreated {
    /// Which one.
    pub entry: EntryId,
}

impl Event for EntryCreated {
    const NAME: &'static str = "__name__.entry_created";
    fn audience(&self) -> Audience {
        Audience::Org
    }
}
