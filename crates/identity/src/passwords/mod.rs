//! Passwords: which are good enough, how they are kept, how they change.

pub mod change;
pub mod credential;
pub mod hash;
pub mod rules;
pub mod words;
