//! The bytes of files: each segment lies in the folder of backups once, however many backups have it, and goes with the last of
//! them. Its name says nothing of whose it is.

use std::collections::{HashMap, HashSet};
use std::io::{self, BufRead, BufReader, ErrorKind, Write};

use anyhow::Result;
use files::{Segment, Segments};
use kernel::OrgId;
use vault::hexadecimal;

use crate::depot::Depot;
use crate::generation::{self, Generations};
use crate::make::Tell;
use crate::pieces::{self, Reader, Writer};

/// Where they lie.
const FOLDER: &str = "blobs";
/// The names of those that were found damaged; the next backup looks at them and copies them anew.
const DAMAGED: &str = "damaged";
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

/// Copies what is not there yet, or not any more as it was written, and lists what there is. What goes meanwhile is gone: its key is
/// destroyed with it.
pub async fn copy(depot: &Depot, id: &str, source: &Segments, tell: Tell) -> Result<Copied> {
    let mut lie = depot.sizes(FOLDER)?;
    take_away_damaged(depot, &mut lie, tell)?;
    let mut list = Writer::begin(depot, generation::part(id, LIST))?;
    let (mut copied, mut told) = (Copied::default(), TOLD_EVERY);
    for segment in source.list().await.map_err(anyhow::Error::new)? {
        let line = line(&segment);
        let name = name(depot, &line);
        if lie.get(&name) != Some(&pieces::sealed_length(segment.length)) {
            let Some(bytes) = source.read(&segment).await.map_err(anyhow::Error::new)? else { continue };
            // One that was not the one that was listed would be found as damaged later.
            if bytes.len() as u64 != segment.length {
                continue;
            }
            pieces::write(depot, &name, &bytes)?;
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
    list.end()?;
    Ok(copied)
}

/// Notes that a segment is not what was written, for the next backup.
pub fn note_damage(depot: &Depot, segment: &Segment) -> io::Result<()> {
    let name = name(depot, &line(segment));
    let file = name.rsplit('/').next().unwrap_or(&name);
    depot.put(&format!("{DAMAGED}/{file}"), b"\n")
}

/// Looks again at what was noted: what is still damaged is taken away, so that it is copied like what was never there.
fn take_away_damaged(depot: &Depot, lie: &mut HashMap<String, u64>, tell: Tell) -> Result<()> {
    for file in depot.names(DAMAGED)? {
        // A name that is none of ours leads nowhere.
        let name = format!("{FOLDER}/{}/{file}", file.get(..2).unwrap_or_default());
        let is_damaged = match pieces::read(depot, &name) {
            Err(error) if pieces::is_damage(&error) => true,
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error.into()),
            _ => false,
        };
        if is_damaged {
            tell(&format!("{} is not what was written: it is copied anew if it is still needed", depot.path(&name)));
            depot.remove(&name)?;
            lie.remove(&name);
        }
        depot.remove(&format!("{DAMAGED}/{file}"))?;
    }
    Ok(())
}

/// What a backup lists.
pub fn listed(depot: &Depot, id: &str) -> io::Result<impl Iterator<Item = io::Result<Segment>>> {
    let reader = Reader::open(depot, generation::part(id, LIST))?;
    Ok(BufReader::new(reader).lines().map(|line| {
        let line = line?;
        parsed(&line).ok_or_else(|| io::Error::new(ErrorKind::InvalidData, format!("{line} names no segment")))
    }))
}

/// The bytes of one that is listed.
pub fn read(depot: &Depot, segment: &Segment) -> io::Result<Vec<u8>> {
    let name = name(depot, &line(segment));
    let bytes = pieces::read(depot, &name)?;
    if bytes.len() as u64 == segment.length {
        return Ok(bytes);
    }
    Err(io::Error::new(ErrorKind::InvalidData, format!("{} has another length than is listed", depot.path(&name))))
}

/// Takes away what no backup lists any more; says how many. While the list of one cannot be read nothing goes: it may be needed.
pub fn sweep(depot: &Depot, tell: Tell) -> Result<usize> {
    let mut needed = HashSet::new();
    let Generations { whole, damaged } = generation::all(depot)?;
    for id in whole.iter().map(|one| &one.id).chain(damaged.iter().map(|one| &one.id)) {
        match names_of(depot, id) {
            Ok(names) => needed.extend(names),
            Err(error) if error.kind() == ErrorKind::NotFound || pieces::is_damage(&error) => {
                tell(&format!("no bytes of files go as long as backup {id} is there: {error}"));
                return Ok(0);
            }
            Err(error) => return Err(error.into()),
        }
    }
    let mut gone = 0;
    for name in depot.sizes(FOLDER)?.into_keys().filter(|name| !needed.contains(name)) {
        depot.remove(&name)?;
        gone += 1;
    }
    Ok(gone)
}

fn names_of(depot: &Depot, id: &str) -> io::Result<Vec<String>> {
    listed(depot, id)?.map(|segment| Ok(name(depot, &line(&segment?)))).collect()
}

fn name(depot: &Depot, line: &str) -> String {
    let name = hexadecimal::text(&depot.key().name(line));
    format!("{FOLDER}/{}/{name}", &name[..2])
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
