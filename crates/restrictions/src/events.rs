//! What this domain tells the rest of the program: who, since when and why, by ids and codes.

use chrono::{DateTime, Utc};
use kernel::{Audience, Event, MemberId};
use serde::{Deserialize, Serialize};

use crate::model::{EndedBy, PlacedBy, Reason};

/// Somebody's data is kept and not used otherwise from now on.
#[derive(Debug, Serialize, Deserialize)]
pub struct RestrictionPlaced {
    /// Whose.
    pub member: MemberId,
    /// Why.
    pub reason: Reason,
    /// Who said so.
    pub placed_by: PlacedBy,
}

impl Event for RestrictionPlaced {
    const NAME: &'static str = "restrictions.restriction_placed";
    fn audience(&self) -> Audience {
        Audience::Members(vec![self.member])
    }
}

/// An administrator said that it ends.
#[derive(Debug, Serialize, Deserialize)]
pub struct RestrictionLiftAnnounced {
    /// Whose.
    pub member: MemberId,
    /// When it does.
    pub lifts_at: DateTime<Utc>,
}

impl Event for RestrictionLiftAnnounced {
    const NAME: &'static str = "restrictions.lift_announced";
    fn audience(&self) -> Audience {
        Audience::Members(vec![self.member])
    }
}

/// It is used again.
#[derive(Debug, Serialize, Deserialize)]
pub struct RestrictionLifted {
    /// Whose.
    pub member: MemberId,
    /// Who ended it.
    pub ended_by: EndedBy,
}

impl Event for RestrictionLifted {
    const NAME: &'static str = "restrictions.restriction_lifted";
    fn audience(&self) -> Audience {
        Audience::Members(vec![self.member])
    }
}
