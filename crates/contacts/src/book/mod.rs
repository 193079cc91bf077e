//! The book of contacts: one use case per file.

pub mod bring;
pub mod create;
pub mod delete;
pub mod edit;
pub mod export;
pub mod hand_over;
pub mod import;
pub mod list;
pub mod row;
pub mod show;

/// Contacts one member keeps at most; the list opens all that one sees.
pub const MOST_OWN: usize = 5_000;
/// Contacts all members together share at most: everybody's list opens those it sees.
pub const MOST_SHARED: usize = 20_000;
