//! The full disk: writing stops while reading still works, and begins again when there is space.

use std::fs;
use std::io;
use std::path::PathBuf;

use crate::places::Places;
use crate::{Error, Result};

const MIB: u64 = 1024 * 1024;
/// What a first start takes: programs, an empty cluster, its first log.
const FIRST_START: u64 = 160 * MIB;
/// Below this no new transaction may write. A log segment is 16 MiB, and ending a crash writes one.
const TOO_LITTLE: u64 = 48 * MIB;
const ENOUGH: u64 = 96 * MIB;
/// Set aside so that a database that ran into the end of the disk can come back for reading.
const RESERVE: u64 = 32 * MIB;

pub struct Guard {
    disk: PathBuf,
    reserve: PathBuf,
    is_read_only: bool,
}

impl Guard {
    /// Refuses a first start for which there is not enough space.
    pub fn new(places: &Places) -> Result<Self> {
        let guard = Self { disk: places.data_dir.clone(), reserve: places.reserve.clone(), is_read_only: false };
        let is_first = !places.cluster.join("PG_VERSION").exists();
        if is_first && guard.free().is_some_and(|free| free < FIRST_START) {
            return Err(Error::NoSpace { path: guard.disk });
        }
        Ok(guard)
    }

    /// Whether writing must stop or may begin again; nothing when all stays as it is.
    pub fn look(&mut self) -> Option<bool> {
        let free = self.free()?;
        if !self.is_read_only && free < TOO_LITTLE {
            tracing::error!(free, "the disk is nearly full: nothing can be written until there is space");
            self.is_read_only = true;
            return Some(true);
        }
        if self.is_read_only && free >= ENOUGH {
            tracing::warn!(free, "there is space on the disk again: writing goes on");
            self.is_read_only = false;
            return Some(false);
        }
        if free >= ENOUGH + RESERVE {
            self.keep_reserve();
        }
        None
    }

    /// Hands the reserve to a database that could not go on for lack of space.
    pub fn give_up_reserve(&self) {
        if self.free().is_some_and(|free| free < RESERVE) {
            let _ = fs::remove_file(&self.reserve);
        }
    }

    fn keep_reserve(&self) {
        let is_kept = fs::metadata(&self.reserve).is_ok_and(|metadata| metadata.len() == RESERVE);
        if !is_kept && let Err(error) = allocate(&self.reserve) {
            tracing::debug!(%error, "no space could be set aside");
        }
    }

    /// What is left for this and other users of the machine.
    fn free(&self) -> Option<u64> {
        let found = rustix::fs::statvfs(&self.disk).ok()?;
        Some(found.f_bavail * found.f_frsize)
    }
}

/// Takes the blocks for real; a file with a hole in it would set nothing aside.
fn allocate(path: &std::path::Path) -> io::Result<()> {
    let file = fs::File::create(path)?;
    Ok(rustix::fs::fallocate(&file, rustix::fs::FallocateFlags::empty(), 0, RESERVE)?)
}
