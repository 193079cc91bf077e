//! A picture as it may be kept: without place, device and time, the right way up, and with a small one beside it.

use std::io::Cursor;

use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageEncoder, ImageFormat, ImageReader, Limits};

use super::{heif, tiff};
use crate::sniff::{AVIF, HEIF, TIFF, sniff};

/// Memory of one decoded picture, bytes.
const MAX_DECODED: u64 = 512 << 20;
/// Pixels that are decoded; a larger picture is kept, but nothing of it is shown.
const MAX_PIXELS: u64 = 80_000_000;
/// The longer side of the small one, pixels.
const THUMBNAIL: u32 = 640;
const THUMBNAIL_QUALITY: u8 = 80;
const TURNED_QUALITY: u8 = 88;

/// What is kept of a picture.
pub struct Clean {
    /// Without what was written into it; `None`: its parts cannot be told apart, and it stays as it came.
    pub bytes: Option<Vec<u8>>,
    /// Pixels across and down, the right way up, of what is shown and of what is too large to be; `None`: it cannot be
    /// decoded for another reason.
    pub size: Option<(u32, u32)>,
    /// A small one, JPEG, of what is shown.
    pub thumbnail: Option<Vec<u8>>,
}

/// `None`: it is no picture that can be read.
pub fn clean(bytes: &[u8]) -> Option<Clean> {
    match sniff(bytes).0 {
        HEIF | AVIF => heif::without_metadata(bytes).map(undecoded),
        TIFF => tiff::without_place(bytes).map(undecoded),
        _ => decoded(bytes),
    }
}

fn undecoded(bytes: Vec<u8>) -> Clean {
    Clean { bytes: Some(bytes), size: None, thumbnail: None }
}

/// What cannot be decoded, or is too large for it, is at least kept without what was written into it.
fn decoded(bytes: &[u8]) -> Option<Clean> {
    let format = image::guess_format(bytes).ok()?;
    let bare = match format {
        ImageFormat::Gif => gif(bytes),
        _ => directory::picture_without_metadata(bytes),
    };
    shown(bytes, format, bare.as_deref()).or_else(|| bare.map(undecoded))
}

fn shown(bytes: &[u8], format: ImageFormat, bare: Option<&[u8]>) -> Option<Clean> {
    let mut decoder = reader(bytes, format)?.into_decoder().ok()?;
    let (width, height) = decoder.dimensions();
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    // The reader's own limit is not asked for the picture as a whole.
    if u64::from(width) * u64::from(height) > MAX_PIXELS || decoder.total_bytes() > MAX_DECODED {
        let turn = if format == ImageFormat::Jpeg { orientation } else { Orientation::NoTransforms };
        return Some(too_large((width, height), turn, bare));
    }
    // A profile of other colours than red, green and blue means nothing for what is written.
    let colours = decoder.icc_profile().ok().flatten().filter(|profile| profile.get(16..20) == Some(b"RGB "));
    let mut picture = DynamicImage::from_decoder(decoder).ok()?;
    picture.apply_orientation(orientation);
    let is_turned = orientation != Orientation::NoTransforms;
    let bytes = match bare {
        Some(bare) if !is_turned => bare.to_vec(),
        _ if format == ImageFormat::Jpeg => jpeg(&picture, TURNED_QUALITY, colours)?,
        // In its own format: the file goes on being called what it is.
        _ => encoded(&picture, format)?,
    };
    let small = picture.thumbnail(THUMBNAIL.min(picture.width()), THUMBNAIL.min(picture.height()));
    let size = (picture.width(), picture.height());
    let thumbnail = jpeg(&on_white(small), THUMBNAIL_QUALITY, None)?;
    Some(Clean { bytes: Some(bytes), size: Some(size), thumbnail: Some(thumbnail) })
}

/// Only its header was read. It is not turned here, so a JPEG goes on saying which way up it is.
fn too_large((width, height): (u32, u32), turn: Orientation, bare: Option<&[u8]>) -> Clean {
    // Its numbers 5 to 8 lie on their side.
    let is_sideways = turn.to_exif() >= 5;
    let bytes = bare.map(|bare| if turn == Orientation::NoTransforms { bare.to_vec() } else { saying(bare, turn) });
    Clean { bytes, size: Some(if is_sideways { (height, width) } else { (width, height) }), thumbnail: None }
}

/// The same JPEG with Exif that says the way up and nothing else (CIPA DC-008 §4.6.4).
fn saying(jpeg: &[u8], turn: Orientation) -> Vec<u8> {
    const EXIF: &[u8] = b"\xff\xe1\x00\x22Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0";
    let (start, rest) = jpeg.split_at(jpeg.len().min(2));
    [start, EXIF, &[turn.to_exif(), 0, 0, 0], &[0; 4], rest].concat()
}

fn reader(bytes: &[u8], format: ImageFormat) -> Option<ImageReader<Cursor<&[u8]>>> {
    if !matches!(format, ImageFormat::Png | ImageFormat::Jpeg | ImageFormat::WebP | ImageFormat::Gif) {
        return None;
    }
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(MAX_DECODED);
    reader.limits(limits);
    Some(reader)
}

/// JPEG knows no transparency.
fn on_white(picture: DynamicImage) -> DynamicImage {
    if !picture.color().has_alpha() {
        return picture;
    }
    let mut flat = image::RgbaImage::from_pixel(picture.width(), picture.height(), image::Rgba([255; 4]));
    image::imageops::overlay(&mut flat, &picture.to_rgba8(), 0, 0);
    DynamicImage::ImageRgba8(flat)
}

/// `colours`: what its numbers mean, without which it would look pale or gaudy.
fn jpeg(picture: &DynamicImage, quality: u8, colours: Option<Vec<u8>>) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut bytes, quality);
    if let Some(profile) = colours {
        encoder.set_icc_profile(profile).ok()?;
    }
    picture.to_rgb8().write_with_encoder(encoder).ok()?;
    Some(bytes)
}

fn encoded(picture: &DynamicImage, format: ImageFormat) -> Option<Vec<u8>> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).ok()?;
    Some(bytes.into_inner())
}

/// The same GIF without comments and without what applications wrote, except how often it repeats (GIF89a §24–26).
fn gif(bytes: &[u8]) -> Option<Vec<u8>> {
    const EXTENSION: u8 = 0x21;
    const IMAGE: u8 = 0x2C;
    const COMMENT: u8 = 0xFE;
    const APPLICATION: u8 = 0xFF;
    const REPEATS: &[u8] = b"\x0BNETSCAPE2.0";
    let colours = |flags: u8| if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) };
    let head = 13 + colours(*bytes.get(10)?);
    let mut bare = bytes.get(..head)?.to_vec();
    let mut at = head;
    loop {
        let (begin, is_kept) = (
            at,
            match (*bytes.get(at)?, bytes.get(at + 1)) {
                (EXTENSION, Some(&COMMENT)) => false,
                (EXTENSION, Some(&APPLICATION)) => bytes.get(at + 2..)?.starts_with(REPEATS),
                (EXTENSION | IMAGE, Some(_)) => true,
                // The end.
                _ => {
                    bare.push(0x3B);
                    return Some(bare);
                }
            },
        );
        at += if bytes[at] == IMAGE { 11 + colours(*bytes.get(at + 9)?) } else { 2 };
        loop {
            let length = usize::from(*bytes.get(at)?);
            at += 1 + length;
            if length == 0 {
                break;
            }
        }
        let block = bytes.get(begin..at)?;
        if is_kept {
            bare.extend_from_slice(block);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{clean, gif};
    use image::{DynamicImage, GenericImageView, ImageEncoder, ImageFormat, Rgb, RgbImage};
    use std::io::Cursor;

    fn picture(format: ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        let half = |x, _| if x < 800 { Rgb([200, 30, 30]) } else { Rgb([30, 30, 200]) };
        DynamicImage::ImageRgb8(RgbImage::from_fn(1600, 400, half)).write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    #[test]
    fn a_picture_gets_a_small_one_of_the_same_shape() {
        for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP, ImageFormat::Gif] {
            let kept = clean(&picture(format)).unwrap();
            assert_eq!(kept.size, Some((1600, 400)));
            assert_eq!(image::load_from_memory(&kept.thumbnail.unwrap()).unwrap().dimensions(), (640, 160));
        }
    }

    #[test]
    fn a_photograph_taken_sideways_stands_up_and_says_no_more_where_it_was_taken() {
        let plain = picture(ImageFormat::Jpeg);
        let exif = b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0GPS 30.2741 N";
        let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
        let turned = [&plain[..2], &[0xFF, 0xE1], &length, exif, &plain[2..]].concat();
        let kept = clean(&turned).unwrap().bytes.unwrap();
        assert_eq!(image::load_from_memory(&kept).unwrap().dimensions(), (400, 1600));
        assert!(!kept.windows(3).any(|word| word == b"GPS"));
        assert!(!kept.windows(4).any(|word| word == b"Exif"));
    }

    #[test]
    fn what_is_turned_keeps_its_format_and_its_colours() {
        let exif = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0";
        let mut plain = Cursor::new(Vec::new());
        let mut encoder = image::codecs::jpeg::JpegEncoder::new(&mut plain);
        encoder.set_icc_profile(b"colours, of kin RGB a phone".to_vec()).unwrap();
        RgbImage::from_pixel(40, 20, Rgb([200, 30, 30])).write_with_encoder(encoder).unwrap();
        let plain = plain.into_inner();
        let told = [&b"Exif\0\0"[..], exif].concat();
        let length = u16::try_from(told.len() + 2).unwrap().to_be_bytes();
        let turned = [&plain[..2], &[0xFF, 0xE1], &length, &told, &plain[2..]].concat();
        let kept = clean(&turned).unwrap().bytes.unwrap();
        assert_eq!(image::load_from_memory(&kept).unwrap().dimensions(), (20, 40));
        assert!(kept.windows(7).any(|word| word == b"a phone"));

        let mut webp = Cursor::new(Vec::new());
        let mut encoder = image::codecs::webp::WebPEncoder::new_lossless(&mut webp);
        encoder.set_exif_metadata(exif.to_vec()).unwrap();
        RgbImage::from_pixel(40, 20, Rgb([200, 30, 30])).write_with_encoder(encoder).unwrap();
        let kept = clean(&webp.into_inner()).unwrap().bytes.unwrap();
        assert_eq!(image::guess_format(&kept).unwrap(), ImageFormat::WebP);
        assert_eq!(image::load_from_memory(&kept).unwrap().dimensions(), (20, 40));
    }

    #[test]
    fn a_picture_too_large_to_decode_says_its_size_and_is_kept_as_it_is() {
        let mut png = picture(ImageFormat::Png);
        png[16..20].copy_from_slice(&30_000_u32.to_be_bytes());
        png[20..24].copy_from_slice(&20_000_u32.to_be_bytes());
        let checksum = crc32(&png[12..29]);
        png[29..33].copy_from_slice(&checksum.to_be_bytes());
        let kept = clean(&png).unwrap();
        assert_eq!((kept.size, kept.thumbnail), (Some((30_000, 20_000)), None));
        assert_eq!(kept.bytes.unwrap(), png);
        // Its beginning is enough to tell, and is nothing that could be kept.
        let begun = clean(&png[..200]).unwrap();
        assert_eq!((begun.size, begun.bytes, begun.thumbnail), (Some((30_000, 20_000)), None, None));
        // A picture of this shape that can be decoded, cut off, does not say it is too large.
        assert!(clean(&picture(ImageFormat::Png)[..200]).is_none_or(|kept| kept.size.is_none()));
    }

    #[test]
    fn a_large_photograph_taken_sideways_goes_on_saying_so_and_nothing_else() {
        let mut plain = picture(ImageFormat::Jpeg);
        let frame = plain.windows(2).position(|pair| pair == [0xFF, 0xC0]).unwrap();
        plain[frame + 5..frame + 9].copy_from_slice(&[20_000_u16.to_be_bytes(), 30_000_u16.to_be_bytes()].concat());
        assert_eq!(clean(&plain).unwrap().size, Some((30_000, 20_000)));
        let exif = b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0GPS 30.2741 N";
        let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
        let turned = [&plain[..2], &[0xFF, 0xE1], &length, exif, &plain[2..]].concat();
        let kept = clean(&turned).unwrap();
        assert_eq!((kept.size, kept.thumbnail), (Some((20_000, 30_000)), None));
        let bytes = kept.bytes.unwrap();
        assert!(!bytes.windows(3).any(|word| word == b"GPS"));
        let again = clean(&bytes).unwrap();
        assert_eq!((again.size, again.bytes.unwrap()), (Some((20_000, 30_000)), bytes));
    }

    #[test]
    fn what_cannot_be_decoded_still_loses_what_was_written_into_it() {
        let whole = picture(ImageFormat::Png);
        let chunk = |kind: &[u8; 4], data: &[u8]| {
            let body = [&kind[..], data].concat();
            [&u32::try_from(data.len()).unwrap().to_be_bytes()[..], &body, &crc32(&body).to_be_bytes()].concat()
        };
        let place = chunk(b"tEXt", b"Place\0GPS 30.2741 N");
        let broken = [&whole[..33], &place, &chunk(b"IDAT", b"no pixels at all"), &chunk(b"IEND", b"")].concat();
        assert!(image::load_from_memory(&broken).is_err());
        let kept = clean(&broken).unwrap();
        assert_eq!((kept.size, kept.thumbnail), (None, None));
        let bytes = kept.bytes.unwrap();
        assert!(bytes.starts_with(&whole[..33]) && !bytes.windows(3).any(|word| word == b"GPS"));
    }

    fn crc32(bytes: &[u8]) -> u32 {
        !bytes.iter().fold(u32::MAX, |crc, byte| {
            (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xEDB8_8320 } else { crc >> 1 })
        })
    }

    #[test]
    fn comments_in_a_gif_go_and_its_repeating_stays() {
        let body = b"\x2c\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0";
        let (comment, repeats) = (b"\x21\xfe\x03GPS\0", b"\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0");
        let head = b"GIF89a\x01\0\x01\0\0\0\0";
        let whole = [&head[..], comment, repeats, body, b"\x3b"].concat();
        assert_eq!(gif(&whole).unwrap(), [&head[..], repeats, body, b"\x3b"].concat());
    }

    #[test]
    fn whatever_the_bytes_are_nothing_breaks() {
        for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP, ImageFormat::Gif] {
            let whole = picture(format);
            for end in (0..whole.len()).step_by(whole.len() / 40 + 1) {
                drop(clean(&whole[..end]));
            }
        }
        assert!(clean(b"<svg onload=alert(1)>").is_none() && clean(b"").is_none());
    }
}
