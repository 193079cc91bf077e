//! vCard 3.0 (RFC 2426) and 4.0 (RFC 6350): what other books give and take; and 2.1, which old phones still give.
//!
//! No library: those there are read leniently and do not say in which line something is wrong.

mod line;
mod quoted;
mod read;
mod write;

pub use read::{Problem, read};
pub use write::{Version, Written, write};

/// Cards one file holds at most.
pub const MOST_CARDS: usize = 5_000;
/// Bytes one file holds at most, photos included.
pub const MAX_BYTES: usize = 4 * 1024 * 1024;
