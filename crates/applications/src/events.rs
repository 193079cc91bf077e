//! What this domain tells the rest of the program.

use directory::DepartmentId;
use kernel::{Audience, Event};
use serde::{Deserialize, Serialize};

use crate::setting::{OpenTo, WhatIsKept};

/// An application is open to others than before, or nothing that was kept for it is left. To whom it is open is for whoever
/// decides it: windows ask what is open to them.
#[derive(Debug, Serialize, Deserialize)]
pub struct ApplicationChanged {
    /// Its key.
    pub application: String,
}

impl Event for ApplicationChanged {
    const NAME: &'static str = "applications.application_changed";
    fn is_audited(&self) -> bool {
        false
    }
    fn audience(&self) -> Audience {
        Audience::Org
    }
}

/// The same for the audit log, with what was decided.
#[derive(Debug, Serialize, Deserialize)]
pub struct ApplicationDecided {
    /// Its key.
    pub application: String,
    /// To whom it was open.
    pub before: State,
    /// To whom it is.
    pub after: State,
    /// Of one that is off: what becomes of what is kept for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stored: Option<WhatIsKept>,
}

impl Event for ApplicationDecided {
    const NAME: &'static str = "applications.application_decided";
    fn audience(&self) -> Audience {
        Audience::Nobody
    }
}

/// What was kept for an application is gone, as the organisation said when it switched it off.
#[derive(Debug, Serialize, Deserialize)]
pub struct KeptErased {
    /// Its key.
    pub application: String,
    /// How many things there were.
    pub count: i64,
}

impl Event for KeptErased {
    const NAME: &'static str = "applications.kept_erased";
    fn audience(&self) -> Audience {
        Audience::Nobody
    }
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
