//! What one does with messages.

pub mod edit;
pub mod files;
pub mod forward;
pub mod list;
pub mod readers;
pub mod recall;
pub mod rows;
pub mod send;
pub mod system;
pub mod versions;
