//! What administrators do to the accounts of their people.

pub mod add;
pub mod initial_password;
pub mod resume;
pub mod suspend;
