//! What administrators do to the accounts of their people.

pub mod add;
pub mod disable;
pub mod initial_password;
pub mod leave;
pub mod remove;
pub mod resume;
pub mod room;
pub(crate) mod shut_out;
pub mod suspend;
