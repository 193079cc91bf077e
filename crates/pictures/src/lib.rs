//! What a small picture really is: its bytes without what the camera wrote, and its size. No tables, no decoding.

mod bytes;
mod size;

pub use bytes::{media_type, without_metadata};
pub use size::check;
