//! What is told of decisions about how long messages are kept. That another period is in force says `directory.organisation_changed`.

use chrono::{DateTime, Utc};
use kernel::{Audience, Event};
use serde::{Deserialize, Serialize};

/// Messages will be kept for a shorter time.
#[derive(Debug, Serialize, Deserialize)]
pub struct ShorteningBegun {
    /// Days now.
    pub from_days: i32,
    /// Days then.
    pub to_days: i32,
    /// When.
    pub takes_effect_at: DateTime<Utc>,
}

impl Event for ShorteningBegun {
    const NAME: &'static str = "retention.shortening_begun";
    fn audience(&self) -> Audience {
        Audience::Org
    }
}

/// That is in force now, or will not be.
#[derive(Debug, Serialize, Deserialize)]
pub struct ShorteningEnded {
    /// Days before.
    pub from_days: i32,
    /// Days that were decided.
    pub to_days: i32,
    /// `done`, `cancelled`, or `lapsed`: another period was in force meanwhile.
    pub state: String,
}

impl Event for ShorteningEnded {
    const NAME: &'static str = "retention.shortening_ended";
    fn audience(&self) -> Audience {
        Audience::Org
    }
}
