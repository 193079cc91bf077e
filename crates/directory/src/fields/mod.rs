//! Fields: what is collected of people beyond name and departments, of which kind, who sees it and who changes it
//! (`DIR-02`, `DIR-03`, `DIR-10`).

pub mod create;
pub mod delete;
pub mod edit;
pub(crate) mod erase;
pub mod fill;
pub mod list;
pub mod order;
pub mod reveal;
pub mod reveals;
pub(crate) mod rule;
pub mod stored;

pub use profiles::{Audience, BuiltIn, FieldId};
pub use rule::Rules;

/// More fields of one's own than any organisation needs.
const MOST: i64 = 100;
