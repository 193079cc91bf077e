//! Who is in a conversation.

pub mod add;
pub mod leave;
pub mod list;
pub mod part;
pub mod people;
pub mod remove;
pub mod role;
