//! Texts as they are compared and as they are indexed.

pub mod fold;
pub mod script;
pub mod terms;
