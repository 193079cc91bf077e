//! What a small picture really is: its bytes without what the camera wrote, and its size. No tables, no decoding.

mod answer;
mod bytes;
mod size;

pub use answer::{Known, answer};
pub use bytes::{media_type, without_metadata};
pub use size::check;

/// The most bytes of a small picture.
pub const MAX_BYTES: usize = 256 * 1024;

/// A picture that may be shown.
#[derive(Debug)]
pub struct Picture {
    /// `image/png`, `image/jpeg` or `image/webp`.
    pub media_type: &'static str,
    /// Without what the camera wrote.
    pub bytes: Vec<u8>,
}

impl Picture {
    /// What was sent, if it is a picture that may be shown; else why not, as a word of the API.
    pub fn read(sent: &[u8]) -> Result<Self, &'static str> {
        let media_type = media_type(sent).ok_or("not_png_jpeg_webp")?;
        let bytes = without_metadata(sent).ok_or("damaged")?;
        check(&bytes)?;
        Ok(Self { media_type, bytes })
    }
}
