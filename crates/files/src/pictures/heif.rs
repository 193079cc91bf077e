//! HEIC and AVIF without what the camera wrote into them. They are not decoded here: the items that carry Exif and XMP
//! are overwritten where they lie (ISO/IEC 14496-12 §8.11, 23008-12 §A.2), so that no offset changes. Which way up the
//! picture is stands elsewhere.

/// An Exif block that says nothing: no offset, the header of TIFF, a list of no entries (TIFF 6.0 §2).
const EMPTY: [u8; 18] = *b"\0\0\0\0MM\0*\0\0\0\x08\0\0\0\0\0\0";

/// The same bytes with nothing in those items; `None` when the boxes do not add up.
pub fn without_metadata(bytes: &[u8]) -> Option<Vec<u8>> {
    let meta = boxes(bytes, 0..bytes.len())?.into_iter().find(|part| &part.kind == b"meta")?;
    let inner = boxes(bytes, meta.from + 4..meta.to)?;
    let find = |kind: &[u8; 4]| inner.iter().find(|part| &part.kind == kind);
    let hidden = described(bytes, find(b"iinf")?)?;
    let idat = find(b"idat").map_or(0, |part| part.from);
    let mut bare = bytes.to_vec();
    for place in places(bytes, find(b"iloc")?)?.into_iter().filter(|place| hidden.contains(&place.item)) {
        let from = place.from.checked_add(if place.is_in_idat { idat } else { 0 })?;
        let part = bare.get_mut(from..from.checked_add(place.length)?)?;
        part.fill(0);
        if let Some(head) = part.get_mut(..EMPTY.len()) {
            head.copy_from_slice(&EMPTY);
        }
    }
    Some(bare)
}

/// A box: its content lies between `from` and `to`.
struct Part {
    kind: [u8; 4],
    from: usize,
    to: usize,
}

fn boxes(bytes: &[u8], within: std::ops::Range<usize>) -> Option<Vec<Part>> {
    let mut parts = Vec::new();
    let mut at = within.start;
    while at < within.end {
        let mut reader = Reader { bytes, at };
        let (size, kind) = (reader.number(4)?, reader.take(4)?.try_into().ok()?);
        let size = match size {
            0 => within.end - at,
            1 => reader.number(8)?,
            size => size,
        };
        let to = at.checked_add(size).filter(|to| *to <= within.end && *to >= reader.at)?;
        parts.push(Part { kind, from: reader.at, to });
        at = to;
    }
    Some(parts)
}

/// Items that describe: Exif, and XMP, which is the one MIME item of a picture.
fn described(bytes: &[u8], iinf: &Part) -> Option<Vec<usize>> {
    let mut reader = Reader { bytes, at: iinf.from };
    let version = reader.number(4)? >> 24;
    reader.number(if version == 0 { 2 } else { 4 })?;
    let mut found = Vec::new();
    for entry in boxes(bytes, reader.at..iinf.to)? {
        let mut reader = Reader { bytes, at: entry.from };
        let version = reader.number(4)? >> 24;
        // Older ones have no kind, and no camera writes them.
        let item = reader.number(if version < 3 { 2 } else { 4 })?;
        reader.number(2)?;
        if version >= 2 && matches!(reader.take(4)?, b"Exif" | b"mime") {
            found.push(item);
        }
    }
    Some(found)
}

/// Where a piece of an item lies.
struct Place {
    item: usize,
    is_in_idat: bool,
    from: usize,
    length: usize,
}

fn places(bytes: &[u8], iloc: &Part) -> Option<Vec<Place>> {
    let mut reader = Reader { bytes, at: iloc.from };
    let version = reader.number(4)? >> 24;
    let sizes = reader.number(2)?;
    let (offset_size, length_size, base_size) = (sizes >> 12, sizes >> 8 & 15, sizes >> 4 & 15);
    let index_size = if version == 0 { 0 } else { sizes & 15 };
    let wide = if version < 2 { 2 } else { 4 };
    let mut found = Vec::new();
    for _ in 0..reader.number(wide)? {
        let item = reader.number(wide)?;
        let method = if version == 0 { 0 } else { reader.number(2)? & 15 };
        reader.number(2)?;
        let base = reader.number(base_size)?;
        for _ in 0..reader.number(2)? {
            reader.number(index_size)?;
            let from = base.checked_add(reader.number(offset_size)?)?;
            let length = reader.number(length_size)?;
            if method <= 1 {
                found.push(Place { item, is_in_idat: method == 1, from, length });
            }
        }
    }
    Some(found)
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let end = self.at.checked_add(length)?;
        let part = self.bytes.get(self.at..end)?;
        self.at = end;
        Some(part)
    }

    /// Of at most eight bytes, the highest first; of none it is 0.
    fn number(&mut self, length: usize) -> Option<usize> {
        let bytes = self.take(length).filter(|_| length <= 8)?;
        usize::try_from(bytes.iter().fold(0_u64, |number, byte| number << 8 | u64::from(*byte))).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::without_metadata;

    fn part(kind: &[u8; 4], content: &[&[u8]]) -> Vec<u8> {
        let content = content.concat();
        [&u32::try_from(content.len() + 8).unwrap().to_be_bytes()[..], kind, &content].concat()
    }

    /// A picture (item 1), its Exif (item 2) in the file and its XMP (item 3) beside the boxes.
    fn sample() -> Vec<u8> {
        let item = |id: u8, kind: &[u8; 4]| part(b"infe", &[&[2, 0, 0, 0, 0, id, 0, 0], kind, b"\0"]);
        let iinf = part(b"iinf", &[&[0, 0, 0, 0, 0, 3], &item(1, b"hvc1"), &item(2, b"Exif"), &item(3, b"mime")]);
        let place = |id: u8, method: u8, from: u32, length: u32| {
            [&[0, id, 0, method, 0, 0, 0, 1][..], &from.to_be_bytes(), &length.to_be_bytes()].concat()
        };
        let idat = part(b"idat", &[b"<x:xmpmeta GPSxmp/>"]);
        let ftyp = part(b"ftyp", &[b"heic\0\0\0\0mif1heic"]);
        let head = |from: u32| {
            let iloc = [
                &[1, 0, 0, 0, 0x44, 0, 0, 3][..],
                &place(1, 0, from, 6),
                &place(2, 0, from + 6, 30),
                &place(3, 1, 0, 19),
            ];
            let iloc = part(b"iloc", &[&iloc.concat()]);
            [ftyp.clone(), part(b"meta", &[&[0; 4], &iinf, &iloc, &idat])].concat()
        };
        let from = u32::try_from(head(0).len() + 8).unwrap();
        [head(from), part(b"mdat", &[b"pixels", b"\0\0\0\0Exif II*\0 GPSPLACE 30.2741"])].concat()
    }

    #[test]
    fn the_place_goes_and_not_one_pixel() {
        let whole = sample();
        let bare = without_metadata(&whole).unwrap();
        assert_eq!(bare.len(), whole.len());
        assert!(whole.windows(3).filter(|word| word == b"GPS").count() == 2);
        assert!(!bare.windows(3).any(|word| word == b"GPS"));
        assert!(bare.windows(6).any(|word| word == b"pixels"));
    }

    #[test]
    fn whatever_the_bytes_are_nothing_breaks() {
        let whole = sample();
        for at in 0..whole.len() {
            drop(without_metadata(&whole[..at]));
            for byte in [0, 1, 0x7F, 0xFF] {
                let mut other = whole.clone();
                other[at] = byte;
                drop(without_metadata(&other));
            }
        }
    }
}
