//! The structure tree (`DIR-04`).

pub mod children;
pub mod create;
pub mod delete;
pub mod edit;
pub mod list;
pub mod merge;
pub(crate) mod pass;
pub(crate) mod place;
pub(crate) mod reach;
mod shape;
mod told;
pub(crate) mod tree;
