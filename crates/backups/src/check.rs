//! Reads a backup from its first byte to its last: each is what was written, and all are there.

use std::io;
use std::sync::Arc;

use anyhow::{Result, ensure};

use crate::blobs;
use crate::depot::Depot;
use crate::generation::{self, Manifest};
use crate::pieces::Reader;
use crate::ring;

/// What was read.
pub struct Checked {
    /// Of the database.
    pub database_bytes: u64,
    /// Segments of files.
    pub segments: u64,
    /// Keys in the ring beside it, which may be younger than the backup.
    pub keys: u64,
    /// Keys of which only the name is left.
    pub destroyed: u64,
}

/// Checks a backup and the ring beside it. The error names the file that is not what was written.
pub fn check(depot: &Depot, manifest: &Manifest) -> Result<Checked> {
    let facts = ring::newest(depot)?.copy.facts();
    let place = generation::part(&manifest.id, "database");
    let mut database = Reader::open(&depot.at(&place), Arc::clone(depot.key()), place)?;
    let database_bytes = io::copy(&mut database, &mut io::sink())?;
    ensure!(database_bytes == manifest.database_bytes, "the database of backup {} is not whole", manifest.id);
    let mut segments = 0;
    for segment in blobs::listed(depot, &manifest.id)? {
        blobs::read(depot, &segment?)?;
        segments += 1;
    }
    ensure!(segments == manifest.segments, "the list of files of backup {} is not whole", manifest.id);
    Ok(Checked { database_bytes, segments, keys: facts.keys as u64, destroyed: facts.destroyed as u64 })
}
