//! The bytes of files: each segment lies in the folder of backups once, however many backups have it, and goes with the last of
//! them. Its name says nothing of whose it is.

use std::collections::HashSet;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::sync::Arc;

use anyhow::{Context, Result, ensure};
use files::{Segment, Segments};
use kernel::OrgId;

use crate::depot::Depot;
use crate::generation;
use crate::make::Tell;
use crate::pieces::{self, Reader, Writer};

/// The list of a backup.
const LIST: &str = "segments";
/// How often is told how far it is.
const TOLD_EVERY: u64 = 1 << 30;

/// How much was copied, and how much there is.
#[derive(Default)]
pub struct Copied {
    /// Segments of the backup.
    pub segments: u64,
    /// Their bytes.
    pub bytes: u64,
    /// How many of the bytes were not there before.
    pub new_bytes: u64,
}

/// Copies what is not there yet, and lists what there is. What goes meanwhile is gone: its key is destroyed with it.
pub async fn copy(depot: &Depot, id: &str, source: &Segments, tell: Tell) -> Result<Copied> {
    let place = generation::part(id, LIST);
    let (path, draft) = (depot.at(&place), depot.at(&generation::part(id, "segments.new")));
    let mut list = Writer::begin(&draft, Arc::clone(depot.key()), place)?;
    let (mut copied, mut told) = (Copied::default(), TOLD_EVERY);
    for segment in source.list().await.map_err(anyhow::Error::new)? {
        let line = line(&segment);
        let name = name(depot, &line);
        if !depot.at(&name).exists() {
            let Some(bytes) = source.read(&segment).await.map_err(anyhow::Error::new)? else { continue };
            // One that was not the one that was listed would be found as damaged later.
            if bytes.len() as u64 != segment.length {
                continue;
            }
            fs::create_dir_all(depot.at(&name[..8]))?;
            pieces::write(&depot.at(&name), depot.key(), &name, &bytes)?;
            copied.new_bytes += segment.length;
        }
        list.write_all(line.as_bytes())?;
        list.write_all(b"\n")?;
        copied.segments += 1;
        copied.bytes += segment.length;
        if copied.bytes >= told {
            tell(&format!("files: {} MiB", copied.bytes >> 20));
            told += TOLD_EVERY;
        }
    }
    list.end(&draft, &path)?;
    Ok(copied)
}

/// What a backup lists.
pub fn listed(depot: &Depot, id: &str) -> Result<impl Iterator<Item = Result<Segment>>> {
    let place = generation::part(id, LIST);
    let reader = Reader::open(&depot.at(&place), Arc::clone(depot.key()), place)?;
    Ok(BufReader::new(reader).lines().map(|line| {
        let line = line?;
        parsed(&line).with_context(|| format!("{line} names no segment"))
    }))
}

/// The bytes of one that is listed.
pub fn read(depot: &Depot, segment: &Segment) -> Result<Vec<u8>> {
    let name = name(depot, &line(segment));
    let bytes = pieces::read(&depot.at(&name), depot.key(), &name)?;
    ensure!(bytes.len() as u64 == segment.length, "{} has another length than is listed", depot.at(&name).display());
    Ok(bytes)
}

/// Takes away what no backup lists any more; says how many.
pub fn sweep(depot: &Depot) -> Result<usize> {
    let mut needed = HashSet::new();
    for manifest in generation::all(depot)? {
        for segment in listed(depot, &manifest.id)? {
            needed.insert(name(depot, &line(&segment?)));
        }
    }
    let mut gone = 0;
    for group in depot.names("blobs")? {
        let group = format!("blobs/{group}");
        for file in depot.names(&group)? {
            let name = format!("{group}/{file}");
            if !needed.contains(&name) {
                fs::remove_file(depot.at(&name))?;
                gone += 1;
            }
        }
    }
    Ok(gone)
}

fn name(depot: &Depot, line: &str) -> String {
    let name: String = depot.key().name(line).iter().map(|byte| format!("{byte:02x}")).collect();
    format!("blobs/{}/{name}", &name[..2])
}

/// Two that were written at different times are two, also under one number.
fn line(Segment { org, blob, number, length, written }: &Segment) -> String {
    format!("{org} {blob} {number} {length} {written}")
}

fn parsed(line: &str) -> Option<Segment> {
    let mut words = line.split(' ');
    let mut next = || words.next();
    let (org, blob) = (OrgId(next()?.parse().ok()?), next()?.parse().ok()?);
    let (number, length, written) = (next()?.parse().ok()?, next()?.parse().ok()?, next()?.parse().ok()?);
    Some(Segment { org, blob, number, length, written })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_segment_is_read_from_its_line() {
        let segment = Segment {
            org: OrgId(uuid::Uuid::from_u128(1)),
            blob: uuid::Uuid::from_u128(2),
            number: 3,
            length: 4,
            written: u64::MAX,
        };
        assert_eq!(parsed(&line(&segment)), Some(segment));
        assert_eq!((parsed(""), parsed("1 2 3 4 5")), (None, None));
    }
}
