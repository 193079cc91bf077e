//! The inbox through its API, on a real database.

mod contract;
mod notifications;
mod settings;
