//! Puts a backup into a data directory where nothing is: everything is checked before anything is written, and the keys come
//! last, without which nothing of it is served.

use std::fs::{self, DirBuilder, File};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use cluster::{Binaries, Claim, Restoring};
use files::Segments;
use vault::RingCopy;

use crate::blobs;
use crate::check::check;
use crate::depot::Depot;
use crate::generation::{self, Manifest};
use crate::make::{Tell, advised};
use crate::pieces::Reader;
use crate::{ring, tar};

/// Where a backup is put.
pub struct Target {
    /// A folder with nothing in it but the master key.
    pub data_dir: PathBuf,
    /// The PostgreSQL that is to read the database.
    pub binaries: Binaries,
    /// The file of the master key.
    pub master_key: PathBuf,
    /// A key ring that is newer than the one beside the backups: that of the server which was lost, when its disk is left.
    pub newer_ring: Option<PathBuf>,
    /// The file that stands there until whoever asked has done the rest: [`crate::again`], and a look at it.
    pub marker: &'static str,
}

/// Puts the backup there. What had been made is taken away again when it fails.
pub fn restore(depot: &Depot, manifest: &Manifest, target: &Target, tell: Tell) -> Result<()> {
    // What a restore left that was killed before everything was written.
    if target.data_dir.join(target.marker).exists() {
        let _alone = claimed(target)?;
        clear(target)?;
    }
    demand_empty(target)?;
    let ring = chosen_ring(depot, target)?;
    demand_room(target, manifest)?;
    let checked = check(depot, manifest)?;
    tell(&format!("backup {} is whole: {} segments of files, {} keys", manifest.id, checked.segments, checked.keys));
    mark(target, manifest)?;
    let _alone = claimed(target)?;
    let outcome = write(depot, manifest, (target, &ring), tell);
    if outcome.is_err() {
        clear(target)?;
    }
    outcome
}

fn write(depot: &Depot, manifest: &Manifest, (target, ring): (&Target, &RingCopy), tell: Tell) -> Result<()> {
    let major = manifest.postgres.split('.').next().and_then(|major| major.parse().ok());
    let major = major.with_context(|| format!("{} is no version of PostgreSQL", manifest.postgres))?;
    let restoring = Restoring::begin(&target.data_dir, &target.binaries, major).map_err(advised)?;
    let database = Reader::open(depot, generation::part(&manifest.id, "database"))?;
    let count = tar::unpack(database, restoring.folder()).context("the database")?;
    restoring.finish().map_err(advised)?;
    tell(&format!("database: {count} files"));
    let store = Segments::open(&target.data_dir, None).map_err(anyhow::Error::new)?;
    for segment in blobs::listed(depot, &manifest.id)? {
        let segment = segment?;
        store.put(&segment, &blobs::read(depot, &segment)?)?;
    }
    ring.write(&target.data_dir.join("keys"))?;
    tell("files and key ring are in their place");
    Ok(())
}

/// From here on the folder is ours, whatever is cut: the same command clears it and begins anew.
fn mark(target: &Target, manifest: &Manifest) -> Result<()> {
    DirBuilder::new().recursive(true).mode(0o711).create(&target.data_dir)?;
    let mut marker = File::create(target.data_dir.join(target.marker))?;
    marker.write_all(manifest.id.as_bytes())?;
    marker.sync_all()?;
    Ok(File::open(&target.data_dir)?.sync_all()?)
}

/// Nobody else works on the folder meanwhile, another restore neither.
fn claimed(target: &Target) -> Result<Claim> {
    Claim::take(&target.data_dir).map_err(advised)
}

fn chosen_ring(depot: &Depot, target: &Target) -> Result<RingCopy> {
    let Some(newer) = &target.newer_ring else { return Ok(ring::newest(depot)?.copy) };
    let (named, copy) = (newer.display(), RingCopy::read(newer)?);
    ensure!(copy.is_of(&target.master_key)?, "{named} is not a key ring of this master key");
    // Where the one beside the backups is missing or was put back, this is the only one.
    if let Ok(kept) = ring::newest(depot) {
        ensure!(copy.follows(&kept.copy), "{named} is older than the key ring beside the backups: leave --ring out");
    }
    Ok(copy)
}

fn demand_empty(target: &Target) -> Result<()> {
    let there = match fs::read_dir(&target.data_dir) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        there => there?,
    };
    for entry in there {
        let path = entry?.path();
        ensure!(
            is_master_key(target, &path),
            "{} is not empty: a backup is put where nothing is but the master key. Name another folder with --data",
            target.data_dir.display()
        );
    }
    Ok(())
}

fn demand_room(target: &Target, manifest: &Manifest) -> Result<()> {
    let disk = target.data_dir.ancestors().find(|folder| folder.is_dir()).unwrap_or(Path::new("/"));
    let facts = rustix::fs::statvfs(disk)?;
    let (free, needed) = (facts.f_bavail * facts.f_frsize, manifest.database_bytes + manifest.segment_bytes);
    ensure!(
        free > needed,
        "{} MiB are needed and {} MiB are free on the disk of {}",
        needed >> 20,
        free >> 20,
        disk.display()
    );
    Ok(())
}

/// Takes away everything but the master key. What says that it was us goes last.
fn clear(target: &Target) -> Result<()> {
    let marker = target.data_dir.join(target.marker);
    for entry in fs::read_dir(&target.data_dir)? {
        let path = entry?.path();
        if is_master_key(target, &path) || path == marker {
            continue;
        }
        if path.is_dir() { fs::remove_dir_all(&path)? } else { fs::remove_file(&path)? }
    }
    match fs::remove_file(marker) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}

fn is_master_key(target: &Target, path: &Path) -> bool {
    path.is_file() && fs::canonicalize(&target.master_key).ok() == fs::canonicalize(path).ok()
}
