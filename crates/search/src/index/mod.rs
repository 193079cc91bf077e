//! The blind index: what stands in `search.entry`.

pub mod find;
pub mod forget;
pub mod put;

use chrono::{DateTime, Utc};
use kernel::Bucket;

/// The UTC day whose key hides the words of that instant, counted from 1970-01-01.
fn day(at: DateTime<Utc>) -> i32 {
    i32::try_from(at.timestamp().div_euclid(86_400)).unwrap_or(i32::MAX)
}

/// The key's bucket: the same as that of what was said then, so that both are forgotten together.
fn bucket(day: i32) -> Bucket {
    Bucket::Day(day)
}
