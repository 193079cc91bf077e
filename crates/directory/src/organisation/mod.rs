//! The organisation itself: what it is called and how it has its house kept.

pub mod edit;
pub mod find;
pub mod found;
pub mod names;
pub mod settings;
pub mod show;
