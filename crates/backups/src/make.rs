//! Makes a backup while the server runs: the database, then the bytes of files, then the key ring. In this order every key that
//! the first two need is in the ring, and whatever was destroyed until its end is not.

use std::io::{self, Read, Write};
use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use chrono::{DateTime, TimeDelta, Utc};
use files::Segments;
use kernel::{Clock, SystemClock};
use tokio::task::spawn_blocking;
use vault::RingCopy;

use crate::blobs;
use crate::depot::Depot;
use crate::generation::{self, Begun, Manifest};
use crate::pieces::Writer;
use crate::ring;

/// Where progress is said.
pub type Tell = fn(&str);

const READ_AT_ONCE: usize = 1024 * 1024;
/// How often is told how far it is.
const TOLD_EVERY: u64 = 1 << 30;

/// What is backed up.
pub struct Source {
    /// The database: the private one of a data directory, which is running.
    pub cluster: cluster::Settings,
    /// The bytes of files.
    pub segments: Segments,
    /// The folder of the key ring.
    pub ring: PathBuf,
    /// The file of the master key.
    pub master_key: PathBuf,
    /// The version of the program.
    pub version: &'static str,
}

/// What was made.
pub struct Made {
    /// The backup.
    pub manifest: Manifest,
    /// Bytes of files that were not in an earlier one.
    pub new_bytes: u64,
    /// Earlier backups that went.
    pub gone: usize,
    /// Segments of files that went with them.
    pub swept: usize,
}

/// Makes a backup, or goes on with one that was cut, and takes away those that are older than `kept`.
pub async fn make(source: &Source, depot: &Depot, kept: TimeDelta, tell: Tell) -> Result<Made> {
    let is_ours = RingCopy::read(&source.ring)?.is_of(&source.master_key)?;
    ensure!(
        is_ours,
        "{} is not the master key of the key ring in {}",
        source.master_key.display(),
        source.ring.display()
    );
    let now = SystemClock.now();
    let (id, begun) = match generation::unfinished(depot, now, tell)? {
        Some((id, begun)) => {
            tell(&format!("going on with backup {id}, which was cut; its database is whole"));
            (id, begun)
        }
        None => begin(source, depot, now, tell).await?,
    };
    let copied = blobs::copy(depot, &id, &source.segments, tell).await?;
    tell(&format!("files: {} segments, {} MiB of them new", copied.segments, copied.new_bytes >> 20));
    let copy = RingCopy::read(&source.ring)?;
    let ring = ring::replace(depot, &copy, tell)?;
    let manifest = Manifest {
        version: source.version.to_owned(),
        postgres: begun.postgres,
        ring,
        ended_at: SystemClock.now(),
        database_bytes: begun.database_bytes,
        segments: copied.segments,
        segment_bytes: copied.bytes,
        keys: copy.facts().keys as u64,
        id,
    };
    tell(&format!("key ring: {} keys; the one before it is overwritten", manifest.keys));
    generation::write(depot, &manifest.id, ("manifest", &manifest))?;
    for damaged in generation::all(depot)?.damaged {
        tell(&format!("backup {} is damaged and passed over: {}", damaged.id, damaged.why));
    }
    let gone = generation::forget_before(depot, now - kept)?;
    let swept = blobs::sweep(depot, tell)?;
    Ok(Made { manifest, new_bytes: copied.new_bytes, gone, swept })
}

/// The database.
async fn begin(source: &Source, depot: &Depot, now: DateTime<Utc>, tell: Tell) -> Result<(String, Begun)> {
    let mut at = now;
    while generation::is_there(depot, &generation::named(at))? {
        at += TimeDelta::seconds(1);
    }
    let id = generation::named(at);
    tell(&format!("backup {id} begins"));
    let mut copying = cluster::base_backup(source.cluster.clone()).await.map_err(advised)?;
    let writer = Writer::begin(depot, generation::part(&id, "database"))?;
    let stream = copying.stream();
    let copied = spawn_blocking(move || copy(stream, writer, tell)).await?;
    let postgres = copying.version.clone();
    let ended = copying.finish().await;
    // A source that ends early is read to its end all the same; one that nobody could write any more ends by that.
    let writer = copied.context("the database could not be written into the backup")?;
    ended.map_err(advised)?;
    let database_bytes = writer.end()?;
    let begun = Begun { postgres, database_bytes };
    generation::write(depot, &id, ("begun", &begun))?;
    tell(&format!("database: {} MiB", database_bytes >> 20));
    Ok((id, begun))
}

fn copy(mut stream: impl Read, mut writer: Writer, tell: Tell) -> io::Result<Writer> {
    let (mut bytes, mut told, mut piece) = (0, TOLD_EVERY, vec![0; READ_AT_ONCE]);
    loop {
        let read = stream.read(&mut piece)?;
        if read == 0 {
            return Ok(writer);
        }
        writer.write_all(&piece[..read])?;
        bytes += read as u64;
        if bytes >= told {
            tell(&format!("database: {} MiB", bytes >> 20));
            told += TOLD_EVERY;
        }
    }
}

/// The error, and what to do about it.
pub fn advised(error: cluster::Error) -> anyhow::Error {
    let advice = error.advice();
    anyhow::anyhow!("{error}. {advice}")
}
