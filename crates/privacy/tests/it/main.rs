//! Privacy through its API, on a real database.

mod audit;
mod contract;
mod cookies;
mod statement;
