//! Signing in, and the history of it.

pub mod enter;
pub mod find;
pub mod history;
pub mod record;
pub mod throttle;
