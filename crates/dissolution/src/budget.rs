//! How long a turn takes: jobs of its class wait for it, and what is left goes with the next one.

use std::time::{Duration, Instant};

/// A turn is over after that, and the batch that is under way.
const LASTS: Duration = Duration::from_secs(120);

/// What is left of the time of a turn.
#[derive(Clone, Copy)]
pub struct Budget(Instant);

impl Budget {
    /// A turn begins.
    pub fn begin() -> Self {
        Self(Instant::now() + LASTS)
    }

    /// Whether the rest waits for the next turn.
    pub fn is_over(self) -> bool {
        Instant::now() >= self.0
    }
}
