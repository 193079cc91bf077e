//! The first run: whoever can read what the server printed founds the organisation.

pub mod check;
pub mod claim;
pub mod code;
