//! The statement: its text, and who accepted it.

pub mod accept;
pub mod acceptances;
pub mod show;
pub mod text;
