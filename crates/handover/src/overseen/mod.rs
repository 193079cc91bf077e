//! What people had who are shut out.

pub mod decide;
pub mod list;
pub mod show;
