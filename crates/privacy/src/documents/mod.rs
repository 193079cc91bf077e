//! The documents anybody may read: made of the clauses and the facts of a version, in three languages (`DOC-01` to `DOC-10`).

pub mod changes;
pub mod facts;
pub mod kept;
pub mod list;
pub mod model;
pub mod render;
pub mod show;
mod tables;
#[cfg(test)]
mod tests;
mod words;
