//! Entries: one use case per file.

pub mod create;
pub mod list;

/// What a sealed text is bound to, beside the organisation and the entry.
const TEXT: &str = "__name__.entry.text";
