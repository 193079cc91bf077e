//! Service tokens, as administrators make, see and end them.

pub mod list;
pub mod make;
pub mod revoke;
