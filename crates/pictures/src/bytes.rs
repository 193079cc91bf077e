//! What a picture really is, and the picture without what the camera wrote into it: place, device, time.

/// How a PNG begins.
pub(crate) const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

/// The media type, told from the first bytes. Anything else, SVG above all, is no picture here.
pub fn media_type(bytes: &[u8]) -> Option<&'static str> {
    if bytes.starts_with(PNG) {
        Some("image/png")
    } else if bytes.starts_with(b"\xff\xd8\xff") {
        Some("image/jpeg")
    } else if bytes.len() > 12 && bytes.starts_with(b"RIFF") && &bytes[8..12] == b"WEBP" {
        Some("image/webp")
    } else {
        None
    }
}

/// The same picture without Exif, XMP and texts; `None` when its parts do not add up.
pub fn without_metadata(bytes: &[u8]) -> Option<Vec<u8>> {
    match media_type(bytes)? {
        "image/png" => png(bytes),
        "image/jpeg" => jpeg(bytes),
        _ => webp(bytes),
    }
}

fn png(bytes: &[u8]) -> Option<Vec<u8>> {
    const DROPPED: [&[u8]; 5] = [b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"];
    let (signature, mut rest) = bytes.split_at_checked(8)?;
    let mut bare = signature.to_vec();
    while !rest.is_empty() {
        let length = usize::try_from(u32::from_be_bytes(rest.get(..4)?.try_into().ok()?)).ok()?;
        let (chunk, after) = rest.split_at_checked(length.checked_add(12)?)?;
        if !DROPPED.contains(&&chunk[4..8]) {
            bare.extend_from_slice(chunk);
        }
        if &chunk[4..8] == b"IEND" {
            return Some(bare);
        }
        rest = after;
    }
    None
}

fn jpeg(bytes: &[u8]) -> Option<Vec<u8>> {
    const SCAN: u8 = 0xDA;
    const END: u8 = 0xD9;
    const FILL: u8 = 0xFF;
    let (start, mut rest) = bytes.split_at_checked(2)?;
    let mut bare = start.to_vec();
    loop {
        let marker = *rest.get(1).filter(|_| rest[0] == 0xFF)?;
        match marker {
            // Nothing of the picture comes after its end; cameras put films and further pictures there.
            END => {
                bare.extend_from_slice(&rest[..2]);
                return Some(bare);
            }
            FILL => rest = &rest[1..],
            _ => {
                let length = usize::from(u16::from_be_bytes(rest.get(2..4)?.try_into().ok()?));
                let (segment, after) = rest.split_at_checked(length.checked_add(2).filter(|_| length >= 2)?)?;
                // APP0 says how to read the picture, APP2 and APP14 say how its colours are meant; the other ones describe
                // where, when and with what it was taken, wherever they stand: between the scans of a picture too.
                if !matches!(marker, 0xE1 | 0xE3..=0xED | 0xEF | 0xFE) {
                    bare.extend_from_slice(segment);
                }
                let scan = if marker == SCAN { scanned(after)? } else { 0 };
                bare.extend_from_slice(&after[..scan]);
                rest = &after[scan..];
            }
        }
    }
}

/// How many bytes the pixels of a scan take: up to the next marker that is neither a byte of them (`FF 00`) nor a place to
/// begin anew (`FF D0` to `FF D7`).
fn scanned(bytes: &[u8]) -> Option<usize> {
    bytes.windows(2).position(|pair| pair[0] == 0xFF && !matches!(pair[1], 0x00 | 0xD0..=0xD7))
}

fn webp(bytes: &[u8]) -> Option<Vec<u8>> {
    const EXIF_AND_XMP: u8 = 0b0000_1100;
    let mut rest = bytes.get(12..)?;
    let mut chunks = b"WEBP".to_vec();
    while !rest.is_empty() {
        let length = usize::try_from(u32::from_le_bytes(rest.get(4..8)?.try_into().ok()?)).ok()?;
        let padded = length.checked_add(length % 2)?.checked_add(8)?;
        let (chunk, after) = rest.split_at_checked(padded)?;
        let at = chunks.len();
        match &chunk[..4] {
            b"EXIF" | b"XMP " => {}
            _ => chunks.extend_from_slice(chunk),
        }
        if &chunk[..4] == b"VP8X" && length >= 1 {
            chunks[at + 8] &= !EXIF_AND_XMP;
        }
        rest = after;
    }
    let length = u32::try_from(chunks.len()).ok()?;
    let mut bare = b"RIFF".to_vec();
    bare.extend_from_slice(&length.to_le_bytes());
    bare.extend_from_slice(&chunks);
    Some(bare)
}

#[cfg(test)]
mod tests {
    use super::{media_type, without_metadata};

    fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
        [&u32::try_from(data.len()).unwrap().to_be_bytes()[..], kind, data, &[0; 4]].concat()
    }

    #[test]
    fn a_picture_is_what_its_bytes_say() {
        assert_eq!(media_type(b"\x89PNG\r\n\x1a\n...."), Some("image/png"));
        assert_eq!(media_type(b"\xff\xd8\xff\xe0"), Some("image/jpeg"));
        assert_eq!(media_type(b"RIFF\0\0\0\0WEBPVP8 "), Some("image/webp"));
        for bytes in [&b"<svg xmlns="[..], b"GIF89a", b"", b"<html>", b"RIFF\0\0\0\0WAVEfmt "] {
            assert_eq!(media_type(bytes), None);
        }
    }

    #[test]
    fn where_it_was_taken_does_not_stay_in_a_picture() {
        let signature = b"\x89PNG\r\n\x1a\n".to_vec();
        let (exif, data, end) = (chunk(b"eXIf", b"30.2741 N"), chunk(b"IDAT", b"pixels"), chunk(b"IEND", b""));
        let png = [signature.clone(), exif, data.clone(), end.clone()].concat();
        assert_eq!(without_metadata(&png).unwrap(), [signature, data, end].concat());

        let jpeg = b"\xff\xd8\xff\xe1\0\x09Exif GPS\xff\xdb\0\x04ab\xff\xda\0\x02pixels\xff\xd9";
        let jpeg: Vec<u8> = jpeg.iter().copied().filter(|byte| *byte != b' ').collect();
        assert_eq!(without_metadata(&jpeg).unwrap(), b"\xff\xd8\xff\xdb\0\x04ab\xff\xda\0\x02pixels\xff\xd9");

        // Between the scans of a progressive picture, after a byte of it that looks like a marker and one to begin anew.
        let scans = b"\xff\xd8\xff\xda\0\x02a\xff\0b\xff\xd3c\xff\xff\xe1\0\x08ExifGP\xff\xda\0\x02d\xff\xd9more";
        let bare = b"\xff\xd8\xff\xda\0\x02a\xff\0b\xff\xd3c\xff\xda\0\x02d\xff\xd9";
        assert_eq!(without_metadata(scans).unwrap(), bare);

        let webp = b"RIFF\0\0\0\0WEBPVP8X\x02\0\0\0\x0c\0EXIF\x03\0\0\0GPS\0VP8 \x02\0\0\0ab";
        assert_eq!(without_metadata(webp).unwrap(), b"RIFF\x18\0\0\0WEBPVP8X\x02\0\0\0\0\0VP8 \x02\0\0\0ab");
    }

    #[test]
    fn a_picture_cut_anywhere_is_refused_or_kept_without_a_panic() {
        let webp = b"RIFF\0\0\0\0WEBPVP8X\x02\0\0\0\x0c\0EXIF\xff\xff\xff\xffGPS\0";
        let jpeg = b"\xff\xd8\xff\xe1\0\x08ExifGP\xff\xda";
        let png = [b"\x89PNG\r\n\x1a\n".to_vec(), chunk(b"IDAT", b"pixels")].concat();
        for whole in [&webp[..], jpeg, &png] {
            for end in 0..=whole.len() {
                drop(without_metadata(&whole[..end]));
            }
        }
    }
}
