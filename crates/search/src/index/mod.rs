//! The blind index: what stands in `search.entry`.

pub mod find;
pub mod forget;
pub mod put;

use chrono::{DateTime, Utc};
use kernel::{Bucket, Result, Tx};

/// Whether anything is put into the index: not while nobody of the organisation may search messages (`ORG-12`). Who puts
/// asks this, forgets all the same, and catches up by itself once it is collected again.
pub async fn is_collecting(tx: &mut Tx) -> Result<bool> {
    applications::is_open_to_anybody(tx, crate::MESSAGE_SEARCH).await
}

/// The UTC day whose key hides the words of that instant, counted from 1970-01-01.
fn day(at: DateTime<Utc>) -> i32 {
    i32::try_from(at.timestamp().div_euclid(86_400)).unwrap_or(i32::MAX)
}

/// The key's bucket: the same as that of what was said then, so that both are forgotten together.
fn bucket(day: i32) -> Bucket {
    Bucket::Day(day)
}
