//! What files says happened.

use kernel::{Audience, Event};
use serde::{Deserialize, Serialize};

use crate::policy::Policy;

/// Other files are allowed than before, or there is other room.
#[derive(Debug, Serialize, Deserialize)]
pub struct PolicyChanged {
    /// What was in force.
    #[serde(default)]
    pub before: Option<Policy>,
    /// What is in force now.
    #[serde(default)]
    pub after: Option<Policy>,
}

impl Event for PolicyChanged {
    const NAME: &'static str = "files.policy_changed";
    fn audience(&self) -> Audience {
        Audience::Org
    }
}
