//! Identity through its API, on a real database.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod browser;
mod clearing;
mod contract;
mod first_run;
mod guessing;
mod hints;
mod imports;
mod invitations;
mod members;
mod passwords;
mod proof;
mod puppets;
mod sessions;
mod sign_in;
mod ways;
