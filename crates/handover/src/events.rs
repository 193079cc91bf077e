//! What the domain announces: ids and small facts, never contents.

use kernel::{Audience, Event, MemberId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Something that a leaver had somebody else has now.
#[derive(Debug, Serialize, Deserialize)]
pub struct ThingPassed {
    /// Whose it was.
    pub member: MemberId,
    /// What kind of thing.
    pub kind: String,
    /// Which one.
    pub thing: Uuid,
    /// Who has it.
    pub successor: MemberId,
    /// Who decided that.
    pub by: MemberId,
}

impl Event for ThingPassed {
    const NAME: &'static str = "handover.thing_passed";
    fn audience(&self) -> Audience {
        Audience::Members(vec![self.by, self.successor])
    }
}

/// Something that a leaver had stays as it is.
#[derive(Debug, Serialize, Deserialize)]
pub struct ThingSkipped {
    /// Whose it is.
    pub member: MemberId,
    /// What kind of thing.
    pub kind: String,
    /// Which one.
    pub thing: Uuid,
    /// Who decided that.
    pub by: MemberId,
}

impl Event for ThingSkipped {
    const NAME: &'static str = "handover.thing_skipped";
    fn audience(&self) -> Audience {
        Audience::Members(vec![self.by])
    }
}
