//! A sealed file: pieces of 1 MiB, each sealed with the place it stands at and whether it is the last, so that none can be
//! changed, moved, dropped or cut off unseen. No sum is needed beside it.

use std::io::{self, ErrorKind, Read, Write};
use std::sync::Arc;

use vault::BackupKey;

use crate::depot::Depot;
use crate::place::Draft;

/// Plain bytes of a piece.
const PIECE: usize = 1024 * 1024;
/// What sealing adds.
const OVERHEAD: usize = 30;

/// Writes one from front to back. It has its name when it is whole and in its place.
pub struct Writer {
    draft: Box<dyn Draft>,
    key: Arc<BackupKey>,
    place: String,
    piece: Vec<u8>,
    number: u64,
    bytes: u64,
}

impl Writer {
    /// Begins one of that name.
    pub fn begin(depot: &Depot, name: impl Into<String>) -> io::Result<Self> {
        let (place, key) = (name.into(), Arc::clone(depot.key()));
        let draft = depot.write(&place)?;
        Ok(Self { draft, key, place, piece: Vec::with_capacity(PIECE), number: 0, bytes: 0 })
    }

    /// Ends it; says how many plain bytes there are.
    pub fn end(mut self) -> io::Result<u64> {
        self.seal(true)?;
        self.draft.end()?;
        Ok(self.bytes)
    }

    fn seal(&mut self, is_last: bool) -> io::Result<()> {
        let place = at(&self.place, self.number, is_last);
        self.draft.write_all(&self.key.seal(&place, &self.piece).map_err(io::Error::other)?)?;
        self.number += 1;
        self.piece.clear();
        Ok(())
    }
}

impl Write for Writer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // The last one is known only when nothing comes after it.
        if self.piece.len() == PIECE {
            self.seal(false)?;
        }
        let taken = bytes.len().min(PIECE - self.piece.len());
        self.piece.extend_from_slice(&bytes[..taken]);
        self.bytes += taken as u64;
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Writes a small one, or one that is in memory.
pub fn write(depot: &Depot, name: &str, plain: &[u8]) -> io::Result<u64> {
    let mut writer = Writer::begin(depot, name)?;
    writer.write_all(plain)?;
    writer.end()
}

/// How long so many plain bytes are once they are sealed.
pub fn sealed_length(plain: u64) -> u64 {
    plain + plain.div_ceil(PIECE as u64).max(1) * OVERHEAD as u64
}

/// Reads one from front to back, opening it.
pub struct Reader {
    sealed: Box<dyn Read + Send>,
    left: u64,
    key: Arc<BackupKey>,
    place: String,
    named: String,
    number: u64,
    piece: Vec<u8>,
    given: usize,
    is_done: bool,
}

/// `EIO`: the disk cannot read what is on it.
const UNREADABLE: i32 = 5;

/// Whether it is the thing itself that cannot be read, not the way there.
pub fn is_damage(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::InvalidData | ErrorKind::UnexpectedEof | ErrorKind::IsADirectory)
        || error.raw_os_error() == Some(UNREADABLE)
}

impl Reader {
    /// Opens what was written under this name.
    pub fn open(depot: &Depot, name: impl Into<String>) -> io::Result<Self> {
        let place = name.into();
        let named = depot.path(&place);
        let (sealed, left) = depot.read(&place).map_err(|error| match error.kind() {
            ErrorKind::NotFound => io::Error::new(ErrorKind::NotFound, format!("{named} is missing")),
            _ => error,
        })?;
        let (key, piece) = (Arc::clone(depot.key()), Vec::new());
        Ok(Self { sealed, left, key, place, named, number: 0, piece, given: 0, is_done: false })
    }

    /// The next piece; the one after the last is an empty one.
    fn next(&mut self) -> io::Result<()> {
        let length = self.left.min((PIECE + OVERHEAD) as u64);
        let mut sealed = vec![0; length as usize];
        let damaged = |why: &str| {
            let (named, number) = (&self.named, self.number);
            io::Error::new(ErrorKind::InvalidData, format!("{named} {why}, at piece {number}"))
        };
        self.sealed.read_exact(&mut sealed).map_err(|error| match is_damage(&error) {
            true => damaged(&format!("cannot be read ({error})")),
            false => error,
        })?;
        self.left -= length;
        let is_last = self.left == 0;
        let opened = self.key.unseal(&at(&self.place, self.number, is_last), &sealed);
        self.piece = opened.map_err(|_| damaged("was changed, or cut off"))?;
        self.number += 1;
        self.given = 0;
        self.is_done = is_last;
        Ok(())
    }
}

impl Read for Reader {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.given == self.piece.len() {
            if self.is_done {
                return Ok(0);
            }
            self.next()?;
        }
        let taken = into.len().min(self.piece.len() - self.given);
        into[..taken].copy_from_slice(&self.piece[self.given..self.given + taken]);
        self.given += taken;
        Ok(taken)
    }
}

/// Reads one whole.
pub fn read(depot: &Depot, name: &str) -> io::Result<Vec<u8>> {
    let mut plain = Vec::new();
    Reader::open(depot, name)?.read_to_end(&mut plain)?;
    Ok(plain)
}

fn at(place: &str, number: u64, is_last: bool) -> String {
    format!("{place}.{number}{}", if is_last { ".last" } else { "" })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::depot;

    #[test]
    fn what_was_written_is_read_and_nothing_that_was_changed_moved_or_cut_off() {
        let (dir, depot) = depot::tests::new();
        let path = dir.path().join("depot/one/database");
        for length in [0, 5, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 3 * PIECE + 7] {
            let plain: Vec<u8> = (0..length).map(|at| (at % 251) as u8).collect();
            assert_eq!(write(&depot, "one/database", &plain).unwrap(), length as u64);
            assert_eq!(read(&depot, "one/database").unwrap(), plain, "{length}");
            assert_eq!(fs::metadata(&path).unwrap().len(), sealed_length(length as u64), "{length}");
        }
        assert!(!path.with_extension("new").exists());
        let whole = fs::read(&path).unwrap();
        let sealed = PIECE + OVERHEAD;
        let mut swapped = whole.clone();
        swapped[..sealed].copy_from_slice(&whole[sealed..2 * sealed]);
        let mut flipped = whole.clone();
        flipped[2 * sealed + 100] ^= 1;
        let cases =
            [(swapped, 0), (flipped, 2), (whole[..2 * sealed].to_vec(), 1), (whole[..whole.len() - 1].to_vec(), 3)];
        for (bytes, at) in cases {
            fs::write(&path, bytes).unwrap();
            let error = read(&depot, "one/database").unwrap_err();
            let said = error.to_string();
            assert!(is_damage(&error) && said.contains("database"), "{said}");
            assert!(said.ends_with(&format!("at piece {at}")), "{said}");
        }
        fs::create_dir(dir.path().join("depot/two")).unwrap();
        fs::write(dir.path().join("depot/two/database"), whole).unwrap();
        assert!(read(&depot, "two/database").is_err_and(|error| is_damage(&error)), "it is of another backup");
        fs::write(&path, b"").unwrap();
        assert!(read(&depot, "one/database").is_err_and(|error| is_damage(&error)), "nothing is not an empty one");
        fs::remove_file(&path).unwrap();
        let missing = read(&depot, "one/database").unwrap_err();
        assert!(!is_damage(&missing) && missing.to_string().ends_with("database is missing"), "{missing}");
    }
}
