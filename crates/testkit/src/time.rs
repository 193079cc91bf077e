//! Time and chance that tests decide.

use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use chrono::{DateTime, TimeDelta, Utc};
use kernel::{Clock, Random};

/// Noon of Friday, 2 January 2026: where every test begins.
const NOON: i64 = 1_767_355_200_000_000;

/// A clock that stands still until it is moved.
pub struct Hand(AtomicI64);

impl Hand {
    pub(crate) fn new() -> Self {
        Self(AtomicI64::new(NOON))
    }

    /// Moves it on.
    pub fn advance(&self, by: TimeDelta) {
        self.0.fetch_add(by.num_microseconds().expect("less than 292,000 years"), Ordering::SeqCst);
    }

    /// Sets it.
    pub fn set(&self, now: DateTime<Utc>) {
        self.0.store(now.timestamp_micros(), Ordering::SeqCst);
    }
}

impl Clock for Hand {
    fn now(&self) -> DateTime<Utc> {
        DateTime::from_timestamp_micros(self.0.load(Ordering::SeqCst)).expect("a year that chrono knows")
    }
}

/// Chance that is the same in every run (SplitMix64). Never outside tests and the demo.
#[derive(Default)]
pub struct Seeded(AtomicU64);

impl Random for Seeded {
    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(8) {
            let mut z = self.0.fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::SeqCst);
            z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            let word = (z ^ (z >> 31)).to_le_bytes();
            chunk.copy_from_slice(&word[..chunk.len()]);
        }
    }
}
