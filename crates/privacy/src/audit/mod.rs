//! Who did what: the audit log, as administrators read it and take it with them.

pub mod entry;
pub mod export;
pub mod filter;
pub mod list;
