//! The organisations of the installation, from outside.

pub mod found;
pub mod limit;
pub mod list;
pub mod resume;
pub mod suspend;
