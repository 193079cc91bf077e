//! What a spreadsheet says of itself, checked before a library believes it: small files can ask for all memory there is.

use std::io::{Cursor, Read, Write};

use kernel::{Error, Result};
use zip::ZipArchive;

use super::NOT_A_SHEET;

/// Of all parts of an XLSX together, unpacked.
const MOST_UNPACKED: u64 = 256 * 1024 * 1024;
/// Of the table of strings alone: each of the shortest takes three times in memory what it takes in the file.
const MOST_STRINGS: u64 = 64 * 1024 * 1024;
/// Between two marks of a part in XML. A cell holds 32,767 characters at most, which take six bytes each where they are written
/// as numbers; the library takes several times the longest one in memory.
const LONGEST_TEXT: usize = 1024 * 1024;
const MOST_PARTS: usize = 5_000;
/// Strings a table may announce have so many digits.
const MOST_DIGITS: usize = 7;
/// Cells of the rectangles that the sheets of an XLS span: they are laid out whole.
const MOST_SPANNED: u64 = 8_000_000;

const TOO_LARGE: Error = Error::Invalid { field: "file", why: "too_many_rows" };
const TOO_LONG: Error = Error::Invalid { field: "file", why: "cell_too_long" };

/// Unpacks every part once, counting instead of believing what the archive says about sizes.
pub fn check_xlsx(bytes: &[u8]) -> Result<()> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| NOT_A_SHEET)?;
    if archive.len() > MOST_PARTS {
        return Err(TOO_LARGE);
    }
    let mut left = MOST_UNPACKED;
    for place in 0..archive.len() {
        let part = archive.by_index(place).map_err(|_| NOT_A_SHEET)?;
        let name = part.name().map_or_else(|_| String::new(), |name| name.to_ascii_lowercase());
        let is_strings = name.ends_with("sharedstrings.xml");
        let mut part = part.take(left + 1);
        let mut begin = Vec::new();
        if is_strings {
            (&mut part).take(64 * 1024).read_to_end(&mut begin).map_err(|_| NOT_A_SHEET)?;
        }
        let mut texts = Texts::default();
        texts.put(&begin);
        let rest = std::io::copy(&mut part, &mut texts).map_err(|_| NOT_A_SHEET)?;
        let size = rest + begin.len() as u64;
        if size > left || (is_strings && size > MOST_STRINGS) || announces_too_much(&begin) {
            return Err(TOO_LARGE);
        }
        // A sheet may be called anything; pictures are not read.
        if (texts.longest > LONGEST_TEXT || texts.has_verbatim) && !name.starts_with("xl/media/") {
            return Err(TOO_LONG);
        }
        left -= size;
    }
    Ok(())
}

/// Measures what stands between two marks, and keeps nothing of it.
#[derive(Default)]
struct Texts {
    now: usize,
    longest: usize,
    /// In `<![CDATA[…]]>` marks are text, and a text has no end here; no spreadsheet program writes it.
    has_verbatim: bool,
    last: [u8; 2],
}

impl Texts {
    fn put(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.has_verbatim |= self.last == *b"<!" && *byte == b'[';
            self.last = [self.last[1], *byte];
        }
        let mut texts = bytes.split(|byte| *byte == b'<');
        self.now += texts.next().map_or(0, <[u8]>::len);
        self.longest = self.longest.max(self.now);
        for text in texts {
            self.now = text.len();
            self.longest = self.longest.max(self.now);
        }
    }
}

impl Write for Texts {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.put(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// `<sst … uniqueCount="…">`: memory for so many strings is taken at once.
fn announces_too_much(strings: &[u8]) -> bool {
    let Some(from) = strings.windows(4).position(|four| four == b"<sst" || four == b":sst") else { return false };
    let tag = strings[from..].split(|byte| *byte == b'>').next().unwrap_or_default();
    tag.split(|byte| !byte.is_ascii_digit()).any(|digits| digits.len() > MOST_DIGITS)
}

/// Walks the records of the workbook (MS-XLS 2.1.4) and adds up what its sheets span.
pub fn check_xls(bytes: &[u8]) -> Result<()> {
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(|_| NOT_A_SHEET)?;
    let name = ["/Workbook", "/Book"].into_iter().find(|name| file.is_stream(name)).ok_or(NOT_A_SHEET)?;
    let mut records = Vec::new();
    let stream = file.open_stream(name).map_err(|_| NOT_A_SHEET)?;
    stream.take(super::MAX_BYTES as u64).read_to_end(&mut records).map_err(|_| NOT_A_SHEET)?;
    let mut rest = records.as_slice();
    let mut spanned = 0_u64;
    let mut span = Span::default();
    while let [a, b, c, d, body @ ..] = rest {
        let (kind, length) = (u16::from_le_bytes([*a, *b]), usize::from(u16::from_le_bytes([*c, *d])));
        let (record, after) = body.split_at(length.min(body.len()));
        match kind {
            BEGIN => spanned += std::mem::take(&mut span).cells(),
            DIMENSIONS => span.announce(record),
            kind if CELLS.contains(&kind) => span.hold(record),
            _ => {}
        }
        if spanned + span.cells() > MOST_SPANNED {
            return Err(TOO_LARGE);
        }
        rest = after;
    }
    Ok(())
}

const BEGIN: u16 = 0x0809;
const DIMENSIONS: u16 = 0x0200;
/// Records that begin with a row and a column.
const CELLS: [u16; 8] = [0x0203, 0x0204, 0x0205, 0x0006, 0x00BD, 0x00D6, 0x00FD, 0x027E];

/// The rectangle of one sheet.
#[derive(Default)]
struct Span {
    rows: u64,
    columns: u64,
    announced: u64,
}

impl Span {
    fn cells(&self) -> u64 {
        self.announced.max(self.rows * self.columns)
    }

    fn hold(&mut self, record: &[u8]) {
        let [a, b, c, d, rest @ ..] = record else { return };
        let several = u64::try_from(rest.len() / 6).unwrap_or(0);
        self.rows = self.rows.max(u64::from(u16::from_le_bytes([*a, *b])) + 1);
        self.columns = self.columns.max(u64::from(u16::from_le_bytes([*c, *d])) + 1 + several);
    }

    /// First and last row, first and last column; 32 or 16 bits a row, by version.
    fn announce(&mut self, record: &[u8]) {
        let short = |at: usize| record.get(at..at + 2).map_or(0, |two| u64::from(u16::from_le_bytes([two[0], two[1]])));
        let ends = if record.len() >= 14 {
            [short(0) + (short(2) << 16), short(4) + (short(6) << 16), short(8), short(10)]
        } else {
            [short(0), short(2), short(4), short(6)]
        };
        let [first_row, last_row, first_column, last_column] = ends;
        // An end before its beginning is no sheet that a program wrote.
        let is_reversed = last_row.max(1) <= first_row || last_column.max(1) <= first_column;
        let is_empty = ends == [0; 4];
        let (rows, columns) = if is_reversed && !is_empty { (MOST_SPANNED, 2) } else { (last_row, last_column) };
        self.announced = self.announced.max(rows * columns);
    }
}

#[cfg(test)]
mod tests {
    use super::{Texts, announces_too_much};

    #[test]
    fn a_text_is_measured_over_the_pieces_it_comes_in() {
        let mut texts = Texts::default();
        for piece in ["<t>abc", "de</t><t>", "f</t>", "<longer tag/>"] {
            texts.put(piece.as_bytes());
        }
        assert_eq!(texts.longest, "longer tag/>".len());
        let mut texts = Texts::default();
        for piece in ["<t>abcdefg", "hijklmnop", "<", "/t>"] {
            texts.put(piece.as_bytes());
        }
        assert_eq!(texts.longest, "t>abcdefghijklmnop".len());
        assert!(!texts.has_verbatim);
        for piece in ["<!DOCTYPE x><t><", "!", "[CDATA[<"] {
            texts.put(piece.as_bytes());
        }
        assert!(texts.has_verbatim);
    }

    #[test]
    fn a_table_of_strings_announces_what_it_may_hold() {
        assert!(!announces_too_much(br#"<?xml?><sst xmlns="http://x/2006/main" count="9" uniqueCount="9999999">"#));
        assert!(announces_too_much(br#"<?xml?><sst uniqueCount="10995116277760">"#));
        assert!(announces_too_much(br#"<x:sst uniqueCount='10995116277760'>"#));
    }
}
