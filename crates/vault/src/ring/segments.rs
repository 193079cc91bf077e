//! The files of the ring: segments of 4,096 slots, written in place and never longer or shorter.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write},
    os::unix::fs::{DirBuilderExt, FileExt, OpenOptionsExt},
    path::{Path, PathBuf},
};

use super::slot::SLOT;
use crate::{Error, Result};

pub const SLOTS: u32 = 4096;
pub const SEGMENT: usize = SLOTS as usize * SLOT;

/// Files are opened as they are needed: a ring of millions of keys holds no descriptors.
pub struct Segments {
    dir: PathBuf,
    #[cfg(test)]
    pub tape: super::tape::Tape,
}

impl Segments {
    pub fn open(dir: &Path) -> Result<Self> {
        fs::DirBuilder::new().recursive(true).mode(0o700).create(dir)?;
        Ok(Self {
            dir: dir.to_owned(),
            #[cfg(test)]
            tape: super::tape::Tape::default(),
        })
    }

    /// Numbers run without a gap; a missing one is damage, not an empty ring.
    pub fn count(&self) -> Result<u32> {
        let (mut count, mut highest) = (0, 0);
        for entry in fs::read_dir(&self.dir)? {
            let name = entry?.file_name();
            let Some(number) = name.to_str().and_then(|name| name.strip_suffix(".keys")) else {
                continue;
            };
            let number: u32 = number.parse().map_err(|_| self.damaged("a segment with a strange name"))?;
            count += 1;
            highest = highest.max(number + 1);
        }
        if count == highest { Ok(count) } else { Err(self.damaged("a segment is missing")) }
    }

    pub fn load(&self, segment: u32) -> Result<Vec<u8>> {
        let bytes = fs::read(self.path(segment))?;
        if bytes.len() == SEGMENT { Ok(bytes) } else { Err(self.damaged("a segment has the wrong length")) }
    }

    pub fn read(&self, slot: u32) -> Result<[u8; SLOT]> {
        let mut bytes = [0; SLOT];
        File::open(self.path(slot / SLOTS))?.read_exact_at(&mut bytes, offset(slot))?;
        Ok(bytes)
    }

    /// Writes slots of one segment, given in order, and returns when they are on the disk.
    pub fn write(&self, segment: u32, slots: &[(u32, [u8; SLOT])]) -> io::Result<()> {
        let file = OpenOptions::new().write(true).open(self.path(segment))?;
        for run in slots.chunk_by(|left, right| left.0 + 1 == right.0) {
            let bytes: Vec<u8> = run.iter().flat_map(|(_, bytes)| *bytes).collect();
            #[cfg(test)]
            self.tape.write(run[0].0, &bytes)?;
            file.write_all_at(&bytes, offset(run[0].0))?;
        }
        #[cfg(test)]
        self.tape.sync()?;
        file.sync_data()
    }

    /// Adds an empty segment. Its room is written, not promised, so that a later key never meets a full disk.
    pub fn grow(&self, segment: u32) -> io::Result<()> {
        let draft = self.dir.join("segment.new");
        let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&draft)?;
        file.write_all(&vec![0; SEGMENT])?;
        file.sync_all()?;
        #[cfg(test)]
        self.tape.grow()?;
        fs::rename(&draft, self.path(segment))?;
        File::open(&self.dir)?.sync_all()
    }

    pub fn damaged(&self, why: &'static str) -> Error {
        Error::Damaged { path: self.dir.clone(), why }
    }

    fn path(&self, segment: u32) -> PathBuf {
        self.dir.join(format!("{segment:06}.keys"))
    }
}

fn offset(slot: u32) -> u64 {
    u64::from(slot % SLOTS) * SLOT as u64
}
