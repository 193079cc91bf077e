//! The statement: its versions, its text, and who accepted it.

pub mod accept;
pub mod acceptances;
pub mod clauses;
pub mod show;
pub mod text;
pub mod versions;
