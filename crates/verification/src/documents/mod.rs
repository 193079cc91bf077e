//! What an organisation shows to prove what it is.

pub mod add;
pub mod remove;
mod sniff;
