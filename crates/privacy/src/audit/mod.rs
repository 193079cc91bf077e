//! Who did what: the outbox and the refusals, as administrators read them.

pub mod list;
