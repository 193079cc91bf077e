//! What one does with conversations.

pub mod change;
pub mod create;
pub mod direct;
pub mod dissolve;
pub mod draft;
pub mod files;
pub mod hand_over;
pub mod list;
pub mod my;
pub mod search;
pub mod show;
pub mod transfer;
pub mod view;
