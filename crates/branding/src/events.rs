//! What this domain tells the rest of the program.

use kernel::{Audience, Event};
use serde::{Deserialize, Serialize};

/// The house looks different.
#[derive(Debug, Serialize, Deserialize)]
pub struct BrandChanged {
    /// Which of `name`, `accent`, `logo`; never what the name is or the logo shows.
    pub fields: Vec<String>,
    /// The accent before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// The accent now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
}

impl Event for BrandChanged {
    const NAME: &'static str = "branding.brand_changed";
    fn audience(&self) -> Audience {
        Audience::Org
    }
}
