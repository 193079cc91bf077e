//! What the domain announces: ids, never words.

use kernel::{Audience, Event, MemberId};
use serde::{Deserialize, Serialize};

use crate::give::Way;

/// A member consented to a purpose (`CON-14`).
#[derive(Debug, Serialize, Deserialize)]
pub struct ConsentGiven {
    /// Who.
    pub member: MemberId,
    /// Its id in the data map.
    pub purpose: String,
    /// The version of the words they were shown.
    pub text_version: String,
    /// Where they were asked.
    pub way: Way,
}

impl Event for ConsentGiven {
    const NAME: &'static str = "consents.consent_given";
    fn audience(&self) -> Audience {
        Audience::Members(vec![self.member])
    }
}

/// A member took a consent back: what runs on it ends (`CON-06`).
#[derive(Debug, Serialize, Deserialize)]
pub struct ConsentWithdrawn {
    /// Who.
    pub member: MemberId,
    /// Its id in the data map.
    pub purpose: String,
}

impl Event for ConsentWithdrawn {
    const NAME: &'static str = "consents.consent_withdrawn";
    fn audience(&self) -> Audience {
        Audience::Members(vec![self.member])
    }
}
