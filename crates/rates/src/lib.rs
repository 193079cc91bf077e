//! How often one may ask: a bucket for each class of operation and each account or address.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, Utc};

/// Buckets kept in memory; when there are more, the full ones are forgotten first.
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
pub struct Rates(Mutex<HashMap<u64, Bucket>>);

struct Bucket {
    level: f64,
    at: DateTime<Utc>,
}

impl Rates {
    /// Takes one of `most` in `window_s` seconds from the bucket of `key`; `false` when it is empty.
    pub fn take(&self, key: impl Hash, window_s: u32, most: u32, now: DateTime<Utc>) -> bool {
        let mut hasher = DefaultHasher::new();
        key.hash(&mut hasher);
        let mut buckets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() > MANY {
            buckets.retain(|_, bucket| bucket.level < f64::from(most) / 2.0);
        }
        let full = f64::from(most);
        let bucket = buckets.entry(hasher.finish()).or_insert(Bucket { level: full, at: now });
        let passed = (now - bucket.at).as_seconds_f64().max(0.0);
        bucket.level = (bucket.level + passed * full / f64::from(window_s)).min(full);
        bucket.at = now;
        let may = bucket.level >= 1.0;
        if may {
            bucket.level -= 1.0;
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
        assert!(rates.take("ann", 60, 3, start + chrono::TimeDelta::seconds(20)));
        assert!(!rates.take("ann", 60, 3, start + chrono::TimeDelta::seconds(20)));
    }
}
