//! What goes over the socket and is not an event: messages, read cursors, typing, presence.

pub mod attach;
pub mod chat;
pub mod frames;
pub mod house;
pub mod presence;
pub mod relay;
pub mod typing;
