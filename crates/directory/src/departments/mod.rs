//! The structure tree (`DIR-04`).

pub(crate) mod count;
pub mod create;
pub mod delete;
pub mod edit;
pub mod list;
pub(crate) mod place;
pub(crate) mod tree;
