//! A sealed file: pieces of 1 MiB, each sealed with the place it stands at and whether it is the last, so that none can be
//! changed, moved, dropped or cut off unseen. No sum is needed beside it.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::sync::Arc;

use vault::BackupKey;

/// Plain bytes of a piece.
const PIECE: usize = 1024 * 1024;
/// What sealing adds.
const OVERHEAD: usize = 30;

/// Writes one from front to back. It has its name when it is whole and on the disk.
pub struct Writer {
    file: File,
    key: Arc<BackupKey>,
    place: String,
    piece: Vec<u8>,
    number: u64,
    bytes: u64,
}

impl Writer {
    /// Begins one, in the file `draft`.
    pub fn begin(draft: &Path, key: Arc<BackupKey>, place: impl Into<String>) -> io::Result<Self> {
        let file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(draft)?;
        Ok(Self { file, key, place: place.into(), piece: Vec::with_capacity(PIECE), number: 0, bytes: 0 })
    }

    /// Ends it under its name; says how many plain bytes there are.
    pub fn end(mut self, draft: &Path, path: &Path) -> io::Result<u64> {
        self.seal(true)?;
        self.file.sync_all()?;
        fs::rename(draft, path)?;
        File::open(path.parent().unwrap_or(path))?.sync_all()?;
        Ok(self.bytes)
    }

    fn seal(&mut self, is_last: bool) -> io::Result<()> {
        let place = at(&self.place, self.number, is_last);
        self.file.write_all(&self.key.seal(&place, &self.piece).map_err(io::Error::other)?)?;
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
pub fn write(path: &Path, key: &Arc<BackupKey>, place: &str, plain: &[u8]) -> io::Result<u64> {
    let draft = path.with_extension("new");
    let mut writer = Writer::begin(&draft, Arc::clone(key), place)?;
    writer.write_all(plain)?;
    writer.end(&draft, path)
}

/// Reads one from front to back, opening it.
pub struct Reader {
    file: File,
    left: u64,
    key: Arc<BackupKey>,
    place: String,
    named: String,
    number: u64,
    piece: Vec<u8>,
    given: usize,
    is_done: bool,
}

impl Reader {
    /// Opens the file that was written for this place.
    pub fn open(path: &Path, key: Arc<BackupKey>, place: impl Into<String>) -> io::Result<Self> {
        let named = path.display().to_string();
        let file = File::open(path).map_err(|error| match error.kind() {
            ErrorKind::NotFound => io::Error::new(ErrorKind::NotFound, format!("{named} is missing")),
            _ => error,
        })?;
        let left = file.metadata()?.len();
        let (place, piece) = (place.into(), Vec::new());
        Ok(Self { file, left, key, place, named, number: 0, piece, given: 0, is_done: false })
    }

    /// The next piece; the one after the last is an empty one.
    fn next(&mut self) -> io::Result<()> {
        let length = self.left.min((PIECE + OVERHEAD) as u64);
        let mut sealed = vec![0; length as usize];
        self.file.read_exact(&mut sealed)?;
        self.left -= length;
        let is_last = self.left == 0;
        let opened = self.key.unseal(&at(&self.place, self.number, is_last), &sealed);
        self.piece = opened.map_err(|_| {
            let (named, number) = (&self.named, self.number);
            io::Error::new(ErrorKind::InvalidData, format!("{named} was changed, or cut off, at piece {number}"))
        })?;
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
pub fn read(path: &Path, key: &Arc<BackupKey>, place: &str) -> io::Result<Vec<u8>> {
    let mut plain = Vec::new();
    Reader::open(path, Arc::clone(key), place)?.read_to_end(&mut plain)?;
    Ok(plain)
}

fn at(place: &str, number: u64, is_last: bool) -> String {
    format!("{place}.{number}{}", if is_last { ".last" } else { "" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_read_and_nothing_that_was_changed_moved_or_cut_off() {
        let dir = tempfile::tempdir().unwrap();
        let master = dir.path().join("master.key");
        vault::Vault::open_dir(&dir.path().join("keys"), &master).unwrap();
        let key = Arc::new(BackupKey::make(&master).unwrap().0);
        let path = dir.path().join("database");
        for length in [0, 5, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 3 * PIECE + 7] {
            let plain: Vec<u8> = (0..length).map(|at| (at % 251) as u8).collect();
            assert_eq!(write(&path, &key, "one/database", &plain).unwrap(), length as u64);
            assert_eq!(read(&path, &key, "one/database").unwrap(), plain, "{length}");
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
            let said = read(&path, &key, "one/database").unwrap_err().to_string();
            assert!(said.contains("database") && said.ends_with(&format!("at piece {at}")), "{said}");
        }
        fs::write(&path, whole).unwrap();
        assert!(read(&path, &key, "two/database").is_err(), "it is of another backup");
        fs::write(&path, b"").unwrap();
        assert!(read(&path, &key, "one/database").is_err(), "nothing is not an empty one");
    }
}
