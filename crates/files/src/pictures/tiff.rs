//! TIFF without the place, the names and the texts in it (TIFF 6.0 §2). When and with what it was taken stays: raw
//! pictures are TIFF too, and cannot be developed without.

/// Place, XMP, IPTC, what image editors keep, author, computer.
const DROPPED: [usize; 6] = [GPS, 700, 33_723, 34_377, 315, 316];
const GPS: usize = 0x8825;
/// More pictures in one file than anybody makes; a chain that bites its tail ends here too.
const MOST: usize = 1_000;
const ENTRY: usize = 12;

/// The same bytes without those entries and what they point to; `None` when the lists do not add up.
pub fn without_place(bytes: &[u8]) -> Option<Vec<u8>> {
    let is_little = bytes.starts_with(b"II*\0");
    if !is_little && !bytes.starts_with(b"MM\0*") {
        return None;
    }
    let mut file = File { bytes: bytes.to_vec(), is_little };
    let mut list = file.number(4, 4)?;
    for _ in 0..MOST {
        if list == 0 {
            return Some(file.bytes);
        }
        list = file.clean(list)?;
    }
    None
}

struct File {
    bytes: Vec<u8>,
    is_little: bool,
}

impl File {
    fn number(&self, at: usize, length: usize) -> Option<usize> {
        let part = self.bytes.get(at..at.checked_add(length)?)?;
        let add = |number: usize, byte: &u8| number << 8 | usize::from(*byte);
        Some(if self.is_little { part.iter().rev().fold(0, add) } else { part.iter().fold(0, add) })
    }

    fn wipe(&mut self, at: usize, length: usize) -> Option<()> {
        self.bytes.get_mut(at..at.checked_add(length)?)?.fill(0);
        Some(())
    }

    /// Takes the entries out of one list; says where the next list is.
    fn clean(&mut self, list: usize) -> Option<usize> {
        let count = self.number(list, 2)?;
        let end = list.checked_add(2 + count * ENTRY)?;
        let next = self.number(end, 4)?;
        let mut kept = Vec::new();
        for at in (list + 2..end).step_by(ENTRY) {
            let tag = self.number(at, 2)?;
            if !DROPPED.contains(&tag) {
                kept.extend_from_slice(self.bytes.get(at..at + ENTRY)?);
                continue;
            }
            if tag == GPS {
                self.wipe_list(self.number(at + 8, 4)?)?;
            }
            self.wipe_value(at)?;
        }
        let left = u16::try_from(kept.len() / ENTRY).ok()?;
        kept.extend_from_slice(&self.bytes[end..end + 4]);
        self.wipe(list, end + 4 - list)?;
        self.bytes[list..list + 2].copy_from_slice(&if self.is_little {
            left.to_le_bytes()
        } else {
            left.to_be_bytes()
        });
        self.bytes[list + 2..list + 2 + kept.len()].copy_from_slice(&kept);
        Some(next)
    }

    fn wipe_list(&mut self, list: usize) -> Option<()> {
        let count = self.number(list, 2)?;
        for entry in 0..count {
            self.wipe_value(list.checked_add(2 + entry * ENTRY)?)?;
        }
        self.wipe(list, 2 + count * ENTRY + 4)
    }

    /// What an entry points to; a short value stands in the entry itself.
    fn wipe_value(&mut self, at: usize) -> Option<()> {
        let size = match self.number(at + 2, 2)? {
            3 | 8 => 2,
            4 | 9 | 11 | 13 => 4,
            5 | 10 | 12 => 8,
            _ => 1,
        };
        let length = self.number(at + 4, 4)?.checked_mul(size)?;
        if length > 4 { self.wipe(self.number(at + 8, 4)?, length) } else { Some(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::without_place;

    fn entry(tag: u16, kind: u16, count: u32, value: u32) -> Vec<u8> {
        [&tag.to_le_bytes()[..], &kind.to_le_bytes(), &count.to_le_bytes(), &value.to_le_bytes()].concat()
    }

    /// Width, a GPS list with one far value, XMP, and how it is compressed.
    fn sample() -> Vec<u8> {
        let entries = [entry(256, 3, 1, 7), entry(259, 3, 1, 1), entry(700, 1, 6, 100), entry(0x8825, 4, 1, 70)];
        let mut bytes = [b"II*\0\x08\0\0\0\x04\0", &entries.concat()[..], &[0; 4]].concat();
        bytes.resize(70, 0);
        bytes.extend([&[1, 0][..], &entry(2, 5, 1, 90), &[0; 4]].concat());
        bytes.resize(90, 0);
        bytes.extend(b"30 27 41\0\0XMPGPSpixels");
        bytes
    }

    #[test]
    fn the_place_goes_and_the_picture_stays() {
        let bare = without_place(&sample()).unwrap();
        assert_eq!(bare.len(), sample().len());
        assert!(sample().windows(2).any(|word| word == b"27") && !bare.windows(2).any(|word| word == b"27"));
        assert!(!bare.windows(3).any(|word| word == b"GPS"));
        assert_eq!(&bare[8..10], &[2, 0]);
        assert_eq!(&bare[10..34], &[entry(256, 3, 1, 7), entry(259, 3, 1, 1)].concat());
        assert_eq!(&bare[106..], b"pixels");
    }

    #[test]
    fn whatever_the_bytes_are_nothing_breaks() {
        let whole = sample();
        for at in 0..whole.len() {
            drop(without_place(&whole[..at]));
            for byte in [0, 8, 0x7F, 0xFF] {
                let mut other = whole.clone();
                other[at] = byte;
                drop(without_place(&other));
            }
        }
    }
}
