//! Signing in, and the history of it.

pub mod enter;
pub mod find;
pub mod handles;
pub mod history;
pub mod record;
mod refused;
pub mod throttle;
