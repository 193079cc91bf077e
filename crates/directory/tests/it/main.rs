//! The directory through its API, on a real database.

mod avatars;
mod contract;
mod departments;
mod organisation;
mod people;
mod profile;
mod roles;
