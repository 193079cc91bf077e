//! How many pixels a picture says it has. A few bytes can ask a reader's device for gigabytes of memory: what is too
//! large or moves is refused before anybody shows it.

use super::bytes::{PNG, media_type};

/// Pixels a picture may have in each direction.
const MAX_SIDE: u32 = 2048;

/// Says why a picture may not be shown; the word is part of the API.
pub fn check(bytes: &[u8]) -> Result<(), &'static str> {
    let parts = match media_type(bytes) {
        Some("image/png") => png(bytes),
        Some("image/jpeg") => jpeg(bytes),
        _ => webp(bytes),
    };
    let (width, height) = parts.ok_or("damaged")?;
    if is_animated(bytes) {
        return Err("animated");
    }
    match (width, height) {
        (0, _) | (_, 0) => Err("damaged"),
        _ if width > MAX_SIDE || height > MAX_SIDE => Err("too_many_pixels"),
        _ => Ok(()),
    }
}

/// IHDR is the first chunk, or it is no PNG.
fn png(bytes: &[u8]) -> Option<(u32, u32)> {
    let header = bytes.get(8..24)?;
    let number = |at: usize| Some(u32::from_be_bytes(header.get(at..at + 4)?.try_into().ok()?));
    if header.get(..8)? != b"\0\0\0\x0dIHDR" {
        return None;
    }
    Some((number(8)?, number(12)?))
}

/// The largest frame; a height that only comes after the pixels is none.
fn jpeg(bytes: &[u8]) -> Option<(u32, u32)> {
    const SCAN: u8 = 0xDA;
    let mut rest = bytes.get(2..)?;
    let mut largest = None;
    loop {
        let marker = *rest.get(1)?;
        if marker == SCAN {
            return largest;
        }
        let number = |at: usize| Some(u16::from_be_bytes(rest.get(at..at + 2)?.try_into().ok()?));
        let length = usize::from(number(2)?);
        // C4, C8 and CC stand in the same row and are tables.
        if matches!(marker, 0xC0..=0xCF) && !matches!(marker, 0xC4 | 0xC8 | 0xCC) {
            largest = Some(larger(largest, (u32::from(number(7)?), u32::from(number(5)?))));
        }
        rest = rest.get(length + 2..)?;
    }
}

/// The canvas or the largest picture in it, whichever is more.
fn webp(bytes: &[u8]) -> Option<(u32, u32)> {
    let mut largest = None;
    for (kind, data) in webp_chunks(bytes) {
        let size = match &kind {
            b"VP8X" => (1 + little(data.get(4..7)?), 1 + little(data.get(7..10)?)),
            b"VP8 " if data.get(3..6)? == [0x9D, 0x01, 0x2A] => {
                (little(data.get(6..8)?) & 0x3FFF, little(data.get(8..10)?) & 0x3FFF)
            }
            b"VP8L" if data.first() == Some(&0x2F) => {
                let bits = little(data.get(1..5)?);
                (1 + (bits & 0x3FFF), 1 + ((bits >> 14) & 0x3FFF))
            }
            b"VP8 " | b"VP8L" => return None,
            _ => continue,
        };
        largest = Some(larger(largest, size));
    }
    largest
}

/// What moves draws the eye of everybody who only wants to read.
fn is_animated(bytes: &[u8]) -> bool {
    match bytes.starts_with(PNG) {
        true => png_kinds(bytes).any(|kind| kind == *b"acTL"),
        false => webp_chunks(bytes).any(|(kind, _)| matches!(&kind, b"ANIM" | b"ANMF")),
    }
}

fn png_kinds(bytes: &[u8]) -> impl Iterator<Item = [u8; 4]> {
    let mut rest = bytes.get(PNG.len()..).unwrap_or_default();
    std::iter::from_fn(move || {
        let length = usize::try_from(u32::from_be_bytes(rest.get(..4)?.try_into().ok()?)).ok()?;
        let kind = rest.get(4..8)?.try_into().ok()?;
        rest = rest.get(length.checked_add(12)?..)?;
        Some(kind)
    })
}

/// Kind and content of each part, of what was given as WebP; of anything else nothing.
fn webp_chunks(bytes: &[u8]) -> impl Iterator<Item = ([u8; 4], &[u8])> {
    let mut rest = if bytes.starts_with(b"RIFF") { bytes.get(12..).unwrap_or_default() } else { &[] };
    std::iter::from_fn(move || {
        let kind = rest.get(..4)?.try_into().ok()?;
        let length = usize::try_from(little(rest.get(4..8)?)).ok()?;
        let data = rest.get(8..length.checked_add(8)?)?;
        rest = rest.get(length.checked_add(length % 2)?.checked_add(8)?..)?;
        Some((kind, data))
    })
}

fn little(bytes: &[u8]) -> u32 {
    bytes.iter().rev().fold(0, |number, byte| number << 8 | u32::from(*byte))
}

fn larger(one: Option<(u32, u32)>, other: (u32, u32)) -> (u32, u32) {
    one.map_or(other, |one| (one.0.max(other.0), one.1.max(other.1)))
}

#[cfg(test)]
mod tests {
    use super::{MAX_SIDE, check};

    fn png(width: u32, height: u32, kind: &[u8; 4]) -> Vec<u8> {
        let size = [width.to_be_bytes(), height.to_be_bytes()].concat();
        let parts: [&[u8]; 6] =
            [b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR", &size, b"\x08\x06\0\0\0CRC!\0\0\0\0", kind, b"CRC!", b""];
        [&parts.concat()[..], b"\0\0\0\0IENDCRC!"].concat()
    }

    fn jpeg(marker: u8, width: u16, height: u16) -> Vec<u8> {
        let size = [height.to_be_bytes(), width.to_be_bytes()].concat();
        let frame = [&[0xFF, marker, 0, 11, 8][..], &size, b"\x01\x11\x11\x00"].concat();
        [b"\xff\xd8\xff\xe0\0\x04ab", &frame[..], b"\xff\xc4\0\x04zz\xff\xda\0\x02pixels\xff\xd9"].concat()
    }

    fn webp(chunks: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
        let mut all = b"RIFF\0\0\0\0WEBP".to_vec();
        for (kind, data) in chunks {
            all.extend_from_slice(*kind);
            all.extend_from_slice(&u32::try_from(data.len()).unwrap().to_le_bytes());
            all.extend_from_slice(data);
            all.extend_from_slice(&[0][..data.len() % 2]);
        }
        all
    }

    fn lossy(width: u16, height: u16) -> Vec<u8> {
        [b"\0\0\0\x9d\x01\x2a", &width.to_le_bytes()[..], &height.to_le_bytes()].concat()
    }

    fn lossless(width: u32, height: u32) -> Vec<u8> {
        [&[0x2F][..], &((width - 1) | (height - 1) << 14).to_le_bytes()].concat()
    }

    fn canvas(width: u32, height: u32) -> Vec<u8> {
        [&[0; 4][..], &(width - 1).to_le_bytes()[..3], &(height - 1).to_le_bytes()[..3]].concat()
    }

    #[test]
    fn up_to_2048_pixels_a_side_are_shown_and_more_are_not() {
        let all = |side: u32| {
            let short = u16::try_from(side).unwrap();
            [
                png(side, 1, b"IDAT"),
                png(1, side, b"IDAT"),
                jpeg(0xC0, short, 1),
                jpeg(0xC2, 1, short),
                webp(&[(b"VP8 ", &lossy(short, 1))]),
                webp(&[(b"VP8L", &lossless(1, side))]),
                webp(&[(b"VP8X", &canvas(side, 1)), (b"VP8 ", &lossy(1, 1))]),
                webp(&[(b"VP8X", &canvas(1, 1)), (b"VP8 ", &lossy(1, short))]),
            ]
        };
        for (at, picture) in all(MAX_SIDE).iter().enumerate() {
            assert_eq!(check(picture), Ok(()), "{at}");
        }
        for (at, picture) in all(MAX_SIDE + 1).iter().enumerate() {
            assert_eq!(check(picture), Err("too_many_pixels"), "{at}");
        }
    }

    #[test]
    fn a_picture_that_does_not_say_its_size_is_damaged() {
        let late =
            b"\x89PNG\r\n\x1a\n\0\0\0\0IDATCRC!\0\0\0\x0dIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0CRC!\0\0\0\0IENDCRC!";
        let no_frame = b"\xff\xd8\xff\xda\0\x02pixels\xff\xd9";
        for bytes in
            [&late[..], no_frame, &png(0, 1, b"IDAT"), &jpeg(0xC0, 9, 0), &webp(&[]), &webp(&[(b"VP8 ", b"x")])]
        {
            assert_eq!(check(bytes), Err("damaged"));
        }
        for whole in
            [png(9, 9, b"IDAT"), jpeg(0xC0, 9, 9), webp(&[(b"VP8X", &canvas(9, 9)), (b"VP8L", &lossless(9, 9))])]
        {
            for end in 0..whole.len() {
                let _ = check(&whole[..end]);
            }
        }
    }

    #[test]
    fn what_moves_is_refused() {
        assert_eq!(check(&png(9, 9, b"acTL")), Err("animated"));
        assert_eq!(check(&webp(&[(b"VP8X", &canvas(9, 9)), (b"ANIM", b"123456")])), Err("animated"));
    }
}
