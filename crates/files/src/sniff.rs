//! What a file is, told from its first bytes. What its name or its sender says is never believed: a page that calls
//! itself a picture stays something to download.

use crate::model::FileKind;

/// Bytes that are enough to tell.
pub const ENOUGH: usize = 32;
/// What cannot be told.
pub const UNKNOWN: &str = "application/octet-stream";

/// Pictures of telephones; browsers do not show them.
pub const HEIF: &str = "image/heic";
/// The same container with another codec.
pub const AVIF: &str = "image/avif";
/// Scans and raw pictures.
pub const TIFF: &str = "image/tiff";
const HEIC: [&[u8]; 6] = [b"heic", b"heix", b"heim", b"hevc", b"mif1", b"msf1"];

/// Whether a worker looks at it before others can have it: it may say where it was taken.
pub fn is_looked_at(media_type: &str, kind: FileKind) -> bool {
    kind == FileKind::Picture || [HEIF, AVIF, TIFF].contains(&media_type)
}

/// The media type and what can be done with it.
pub fn sniff(first: &[u8]) -> (&'static str, FileKind) {
    let at = |from: usize, word: &[u8]| first.get(from..from + word.len()) == Some(word);
    let is_mpeg_audio = first.first() == Some(&0xFF) && first.get(1).is_some_and(|b| b & 0xE6 == 0xE2);
    match () {
        () if at(0, b"\x89PNG\r\n\x1a\n") => ("image/png", FileKind::Picture),
        () if at(0, b"\xff\xd8\xff") => ("image/jpeg", FileKind::Picture),
        () if at(0, b"GIF87a") || at(0, b"GIF89a") => ("image/gif", FileKind::Picture),
        () if at(0, b"RIFF") && at(8, b"WEBP") => ("image/webp", FileKind::Picture),
        () if at(0, b"RIFF") && at(8, b"WAVE") => ("audio/wav", FileKind::Audio),
        () if at(4, b"ftypM4A") => ("audio/mp4", FileKind::Audio),
        () if at(4, b"ftyp") && HEIC.iter().any(|brand| at(8, brand)) => (HEIF, FileKind::File),
        () if at(4, b"ftyp") && (at(8, b"avif") || at(8, b"avis")) => (AVIF, FileKind::File),
        () if at(4, b"ftyp") => ("video/mp4", FileKind::Video),
        () if at(0, b"II*\0") || at(0, b"MM\0*") => (TIFF, FileKind::File),
        () if at(0, b"\x1a\x45\xdf\xa3") => ("video/webm", FileKind::Video),
        () if at(0, b"OggS") => ("audio/ogg", FileKind::Audio),
        () if at(0, b"ID3") || is_mpeg_audio => ("audio/mpeg", FileKind::Audio),
        () if at(0, b"%PDF-") => ("application/pdf", FileKind::File),
        () => (UNKNOWN, FileKind::File),
    }
}

#[cfg(test)]
mod tests {
    use super::{UNKNOWN, sniff};
    use crate::model::FileKind;

    #[test]
    fn a_file_is_what_its_bytes_say() {
        assert_eq!(sniff(b"\x89PNG\r\n\x1a\n\0\0"), ("image/png", FileKind::Picture));
        assert_eq!(sniff(b"\0\0\0\x20ftypisom\0\0"), ("video/mp4", FileKind::Video));
        assert_eq!(sniff(b"\0\0\0\x20ftypheix\0\0"), ("image/heic", FileKind::File));
        assert_eq!(sniff(b"II*\0\x08\0\0\0"), ("image/tiff", FileKind::File));
        assert_eq!(sniff(b"RIFF\0\0\0\0WAVEfmt "), ("audio/wav", FileKind::Audio));
        assert_eq!(sniff(b"\xff\xfb\x90\x64"), ("audio/mpeg", FileKind::Audio));
    }

    #[test]
    fn what_a_browser_would_run_is_only_ever_downloaded() {
        for text in ["<svg xmlns=", "<!doctype html><script>", "<?xml version", "", "G", "javascript:"] {
            assert_eq!(sniff(text.as_bytes()), (UNKNOWN, FileKind::File));
        }
    }
}
