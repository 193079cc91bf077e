//! Identity through its API, on a real database.

mod browser;
mod clearing;
mod contract;
mod first_run;
mod guessing;
mod invitations;
mod members;
mod passwords;
mod sessions;
mod sign_in;
