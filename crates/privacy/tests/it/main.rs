//! Privacy through its API, on a real database.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod asking;
mod audit;
mod contract;
mod cookies;
mod documents;
mod processing;
mod statement;
mod uses;
