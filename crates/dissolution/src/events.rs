//! What is told of the end of an organisation: for its audit log, and so for whoever brings it back.

use chrono::{DateTime, Utc};
use directory::SensitiveActId;
use kernel::{Audience, Event};
use serde::{Deserialize, Serialize};

/// Nobody comes in any more, and on this day it is gone.
#[derive(Debug, Serialize, Deserialize)]
pub struct DissolutionBegun {
    /// Who asked and who approved stands there.
    pub act: SensitiveActId,
    /// When it is gone.
    pub ends_at: DateTime<Utc>,
}

impl Event for DissolutionBegun {
    const NAME: &'static str = "dissolution.dissolution_begun";
    fn audience(&self) -> Audience {
        Audience::Nobody
    }
}

/// An owner brought it back.
#[derive(Debug, Serialize, Deserialize)]
pub struct OrganisationRestored {
    /// When it would have been gone.
    pub ends_at: DateTime<Utc>,
}

impl Event for OrganisationRestored {
    const NAME: &'static str = "dissolution.organisation_restored";
    fn audience(&self) -> Audience {
        Audience::Nobody
    }
}
