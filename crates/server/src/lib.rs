//! The server: the modules composed, reached over HTTP and sockets, run by an operator. It has no logic of its own.

mod admin;
mod api;
mod audit;
mod backup;
mod checks;
mod cli;
pub mod config;
mod control;
mod demo;
mod doctor;
mod drifts;
mod edge;
mod figures;
mod healthcheck;
pub mod log;
pub mod modules;
pub mod openapi;
mod operate;
pub mod serve;
mod socket;
pub mod start;
mod verify;

pub use cli::run;

/// As in Cargo.toml.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");
