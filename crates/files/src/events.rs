//! What files says happened.

use kernel::{Audience, Event};
use serde::{Deserialize, Serialize};

/// Other files are allowed than before, or there is other room.
#[derive(Debug, Serialize, Deserialize)]
pub struct PolicyChanged {}

impl Event for PolicyChanged {
    const NAME: &'static str = "files.policy_changed";
    fn audience(&self) -> Audience {
        Audience::Org
    }
}
