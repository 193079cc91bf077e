//! What is done with personal data: the whole data map for whoever answers for it, and the files the law asks them for.

mod assessment;
mod clause;
pub mod export;
pub mod flow;
mod record;
pub mod rules;
pub mod show;
