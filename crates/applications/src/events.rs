//! What this domain tells the rest of the program.

use directory::DepartmentId;
use kernel::{Audience, Event};
use serde::{Deserialize, Serialize};

use crate::setting::OpenTo;

/// An application is open to others than before.
#[derive(Debug, Serialize, Deserialize)]
pub struct ApplicationChanged {
    /// Its key.
    pub application: String,
    /// To whom it was.
    pub before: State,
    /// To whom it is.
    pub after: State,
}

/// To whom an application is open.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// In a word.
    pub open_to: OpenTo,
    /// With what lies below them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub departments: Vec<DepartmentId>,
}

impl Event for ApplicationChanged {
    const NAME: &'static str = "applications.application_changed";
    fn audience(&self) -> Audience {
        Audience::Org
    }
}
