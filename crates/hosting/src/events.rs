//! What hosting tells the organisation concerned: its audit log, and its administrators by it.

use kernel::{Audience, Event};
use serde::{Deserialize, Serialize};

use crate::ask::Limits;
use crate::decide::OperatorId;

/// Nobody comes in any more.
#[derive(Debug, Serialize, Deserialize)]
pub struct OrganisationSuspended {
    /// Who decided it; nobody of them, on the server's own machine.
    pub operator: Option<OperatorId>,
}

impl Event for OrganisationSuspended {
    const NAME: &'static str = "hosting.organisation_suspended";
    fn audience(&self) -> Audience {
        Audience::Nobody
    }
}

/// Its people come in again.
#[derive(Debug, Serialize, Deserialize)]
pub struct OrganisationResumed {
    /// Who decided it.
    pub operator: Option<OperatorId>,
}

impl Event for OrganisationResumed {
    const NAME: &'static str = "hosting.organisation_resumed";
    fn audience(&self) -> Audience {
        Audience::Nobody
    }
}

/// It may have more or less.
#[derive(Debug, Serialize, Deserialize)]
pub struct LimitsChanged {
    /// Who decided it.
    pub operator: Option<OperatorId>,
    /// What held.
    pub before: Limits,
    /// What holds.
    pub after: Limits,
}

impl Event for LimitsChanged {
    const NAME: &'static str = "hosting.limits_changed";
    fn audience(&self) -> Audience {
        Audience::Nobody
    }
}
