//! Reads a backup from its first byte to its last: each is what was written, and all are there.

use std::io::{self, ErrorKind};

use anyhow::{Result, bail, ensure};

use crate::blobs;
use crate::depot::Depot;
use crate::generation::{self, Damaged, Manifest};
use crate::pieces::{self, Reader};
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

/// Most faults that are told one by one.
const MOST_TOLD: usize = 100;

/// Checks a backup and the ring beside it. The error names every file that is not what was written; what the next backup can copy
/// anew is noted for it.
pub fn check(depot: &Depot, manifest: &Manifest) -> Result<Checked> {
    let facts = ring::newest(depot)?.copy.facts();
    let mut faults = Vec::new();
    let database_bytes = told(database(depot, manifest), &mut faults)?.unwrap_or_default();
    let segments = segments(depot, manifest, &mut faults)?;
    if !faults.is_empty() {
        ensure!(
            generation::is_there(depot, &manifest.id)?,
            "backup {} was taken away meanwhile: its time is over, and a newer one was made",
            manifest.id
        );
        let more = faults.len().saturating_sub(MOST_TOLD);
        faults.truncate(MOST_TOLD);
        let more = if more > 0 { format!("\n… and {more} more") } else { String::new() };
        bail!("backup {} is damaged and cannot be put back:\n{}{more}", manifest.id, faults.join("\n"));
    }
    Ok(Checked { database_bytes, segments, keys: facts.keys as u64, destroyed: facts.destroyed as u64 })
}

/// Those of which not even that can be read what they are; every command passes them over.
pub fn damaged(depot: &Depot) -> Result<Vec<Damaged>> {
    Ok(generation::all(depot)?.damaged)
}

fn database(depot: &Depot, manifest: &Manifest) -> io::Result<u64> {
    let place = generation::part(&manifest.id, "database");
    let bytes = io::copy(&mut Reader::open(depot, place.as_str())?, &mut io::sink())?;
    if bytes == manifest.database_bytes {
        return Ok(bytes);
    }
    Err(io::Error::new(ErrorKind::InvalidData, format!("{} has another length than was written", depot.path(&place))))
}

/// Every segment is looked at, also behind one that is not what was written.
fn segments(depot: &Depot, manifest: &Manifest, faults: &mut Vec<String>) -> Result<u64> {
    let (mut count, found) = (0, faults.len());
    let Some(listed) = told(blobs::listed(depot, &manifest.id), faults)? else { return Ok(0) };
    for segment in listed {
        let Some(segment) = told(segment, faults)? else { return Ok(count) };
        count += 1;
        let read = blobs::read(depot, &segment);
        if read.as_ref().is_err_and(pieces::is_damage)
            && let Err(error) = blobs::note_damage(depot, &segment)
        {
            faults.push(format!("the next backup cannot be told of what follows ({error})"));
        }
        told(read, faults)?;
    }
    if count != manifest.segments && faults.len() == found {
        faults.push(format!("the list of files of backup {} has another length than was written", manifest.id));
    }
    Ok(count)
}

/// What is damaged or missing is a fault; what cannot be reached is an error.
fn told<T>(outcome: io::Result<T>, faults: &mut Vec<String>) -> Result<Option<T>> {
    match outcome {
        Ok(value) => Ok(Some(value)),
        Err(error) if error.kind() == ErrorKind::NotFound || pieces::is_damage(&error) => {
            faults.push(error.to_string());
            Ok(None)
        }
        Err(error) => Err(error.into()),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io::Write;

    use chrono::{DateTime, TimeDelta, Utc};
    use files::{Segment, Segments};
    use kernel::OrgId;
    use tempfile::TempDir;
    use uuid::Uuid;
    use vault::RingCopy;

    use super::*;
    use crate::depot::tests::new;
    use crate::pieces::Writer;

    fn at(days: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000, 0).unwrap() + TimeDelta::days(days)
    }

    /// A store with two segments.
    fn source(dir: &TempDir) -> (Segments, [Segment; 2]) {
        let store = Segments::open(dir.path(), None).unwrap();
        let segments = [1_u128, 2].map(|blob| {
            let segment =
                Segment { org: OrgId(Uuid::nil()), blob: Uuid::from_u128(blob), number: 0, length: 9, written: 7 };
            store.put(&segment, b"some text").unwrap();
            segment
        });
        (store, segments)
    }

    /// A backup, but for a database that is one.
    async fn made(dir: &TempDir, depot: &Depot, (source, at): (&Segments, DateTime<Utc>)) -> Manifest {
        let id = generation::named(at);
        let mut database = Writer::begin(depot, generation::part(&id, "database")).unwrap();
        database.write_all(b"rows").unwrap();
        let database_bytes = database.end().unwrap();
        let copied = blobs::copy(depot, &id, source, |_| {}).await.unwrap();
        let copy = RingCopy::read(&dir.path().join("keys")).unwrap();
        let (version, postgres) = ("0.1.0".to_owned(), "18.6".to_owned());
        let ring = ring::replace(depot, &copy, |_| {}).unwrap();
        let (segments, segment_bytes) = (copied.segments, copied.bytes);
        let manifest =
            Manifest { id, version, postgres, ring, ended_at: at, database_bytes, segments, segment_bytes, keys: 0 };
        generation::write(depot, &manifest.id, ("manifest", &manifest)).unwrap();
        manifest
    }

    fn said(depot: &Depot, manifest: &Manifest) -> String {
        check(depot, manifest).err().unwrap().to_string()
    }

    #[tokio::test]
    async fn every_damaged_segment_is_named_and_the_next_backup_copies_those_that_there_still_are() {
        let (dir, depot) = new();
        let (source, [first, second]) = source(&dir);
        let old = made(&dir, &depot, (&source, at(0))).await;
        assert_eq!(check(&depot, &old).unwrap().segments, 2);
        let blobs: Vec<String> = depot.sizes("blobs").unwrap().into_keys().collect();
        for name in &blobs {
            let path = dir.path().join("depot").join(name);
            let mut sealed = fs::read(&path).unwrap();
            sealed[20] ^= 1;
            fs::write(path, sealed).unwrap();
        }
        let told = said(&depot, &old);
        assert!(blobs.iter().all(|name| told.contains(&format!("{name} was changed"))), "{told}");
        assert_eq!(depot.names("damaged").unwrap().len(), 2);

        source.take(&second).unwrap();
        let new = made(&dir, &depot, (&source, at(1))).await;
        assert_eq!(check(&depot, &new).unwrap().segments, 1);
        assert_eq!(blobs::read(&depot, &first).unwrap(), b"some text");
        let told = said(&depot, &old);
        assert!(told.contains("is missing") && !told.contains("was changed"), "its bytes are nowhere any more: {told}");
        assert_eq!(depot.names("damaged").unwrap(), Vec::<String>::new());
    }

    #[tokio::test]
    async fn what_is_taken_away_while_it_is_looked_at_is_not_told_as_damaged() {
        let (dir, depot) = new();
        let (source, [first, _]) = source(&dir);
        let old = made(&dir, &depot, (&source, at(0))).await;
        check(&depot, &old).unwrap();
        source.take(&first).unwrap();
        let new = made(&dir, &depot, (&source, at(1))).await;
        // Whoever looks has read by now which one it is.
        assert_eq!(generation::forget_before(&depot, at(1)).unwrap(), 1);
        assert_eq!(blobs::sweep(&depot, |_| {}).unwrap(), 1);
        let told = said(&depot, &old);
        assert!(told.contains("was taken away meanwhile") && !told.contains("damaged"), "{told}");
        assert_eq!(check(&depot, &new).unwrap().segments, 1);
    }
}
