//! How often one may ask: a bucket for each class of operation and each account or address.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};

/// Buckets kept in memory; when there are more, those that are full again are forgotten.
const MANY: usize = 100_000;

/// A class of operations: `most` of them in `window_s` seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Class {
    /// As `x-rate` names it.
    pub name: &'static str,
    /// The window, in seconds.
    pub window_s: u32,
    /// How many are let through in one.
    pub most: u32,
}

const CLASSES: [Class; 6] = [
    Class { name: "sign_in", window_s: 60, most: 20 },
    Class { name: "public", window_s: 60, most: 120 },
    Class { name: "read", window_s: 60, most: 1200 },
    Class { name: "write", window_s: 60, most: 600 },
    Class { name: "search", window_s: 60, most: 300 },
    Class { name: "heavy", window_s: 60, most: 30 },
];

/// The class an operation names in `x-rate`, or the one of its method.
pub fn class(named: Option<&str>, is_read: bool) -> Class {
    let named = named.unwrap_or(if is_read { "read" } else { "write" });
    CLASSES.into_iter().find(|class| class.name == named).unwrap_or(CLASSES[3])
}

/// Who nobody else is counted with: one household has one IPv4 address or one IPv6 /64.
pub fn household(address: IpAddr) -> String {
    match address {
        IpAddr::V4(v4) => v4.to_string(),
        IpAddr::V6(v6) => v6.segments()[..4].iter().map(|s| format!("{s:x}")).collect::<Vec<_>>().join(":"),
    }
}

/// Token buckets, in memory: a restart forgives.
#[derive(Default)]
pub struct Rates(Mutex<Buckets>);

#[derive(Default)]
struct Buckets {
    of: HashMap<u64, Bucket>,
    /// When the full ones were last forgotten.
    swept_at: DateTime<Utc>,
}

struct Bucket {
    level: f64,
    at: DateTime<Utc>,
    /// What it holds, and in how many seconds an empty one does again.
    full: f64,
    window_s: f64,
}

impl Rates {
    /// Takes one of `most` in `window_s` seconds from the bucket of `key`; `false` when it is empty.
    pub fn take(&self, key: impl Hash, window_s: u32, most: u32, now: DateTime<Utc>) -> bool {
        let mut hasher = DefaultHasher::new();
        key.hash(&mut hasher);
        let mut buckets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        buckets.sweep(now);
        let full = f64::from(most);
        let new = Bucket { level: full, at: now, full, window_s: f64::from(window_s) };
        buckets.of.entry(hasher.finish()).or_insert(new).take(now)
    }
}

impl Buckets {
    /// When there are many, forgets those that are full by now: they say nothing. Once in a second at most, since it looks at all of them.
    fn sweep(&mut self, now: DateTime<Utc>) {
        if self.of.len() > MANY && (now - self.swept_at).abs() >= TimeDelta::seconds(1) {
            self.of.retain(|_, bucket| bucket.level_at(now) < bucket.full);
            self.swept_at = now;
        }
    }
}

impl Bucket {
    fn level_at(&self, now: DateTime<Utc>) -> f64 {
        let passed = (now - self.at).as_seconds_f64().max(0.0);
        (self.level + passed * self.full / self.window_s).min(self.full)
    }

    fn take(&mut self, now: DateTime<Utc>) -> bool {
        (self.level, self.at) = (self.level_at(now), now);
        let may = self.level >= 1.0;
        if may {
            self.level -= 1.0;
        }
        may
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_empties_and_fills_again_with_time() {
        let (rates, start) = (Rates::default(), DateTime::UNIX_EPOCH);
        let taken = (0..10).filter(|_| rates.take("ann", 60, 3, start)).count();
        assert_eq!(taken, 3);
        assert!(rates.take("bob", 60, 3, start));
        assert!(rates.take("ann", 60, 3, start + TimeDelta::seconds(20)));
        assert!(!rates.take("ann", 60, 3, start + TimeDelta::seconds(20)));
    }

    /// Also where a bucket holds one only, which it never has while it is in use.
    #[test]
    fn of_many_buckets_those_that_are_full_again_are_forgotten_and_no_other() {
        let (rates, start) = (Rates::default(), DateTime::UNIX_EPOCH + TimeDelta::days(1));
        let kept = || rates.0.lock().unwrap().of.len();
        for key in 0..=MANY {
            assert!(rates.take(("once", key), 60, 1, start));
        }
        assert!(rates.take("slow", 3600, 1, start));
        assert!(
            !rates.take(("once", 0_usize), 60, 1, start + TimeDelta::seconds(30)),
            "nothing that is in use is forgotten"
        );
        assert_eq!(kept(), MANY + 2);
        let later = start + TimeDelta::seconds(100);
        assert!(rates.take(("once", 1_usize), 60, 1, later));
        assert_eq!(kept(), 2, "the slow one, and the one that was just asked for");
        assert!(!rates.take("slow", 3600, 1, later));
        assert!(!rates.take(("once", 1_usize), 60, 1, later));
    }
}
