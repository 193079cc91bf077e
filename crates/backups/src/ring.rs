//! The key ring beside the backups: one for all of them, and only as it was last. With it the database of an older backup has
//! forgotten what was erased since.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};

use anyhow::{Context, Result, ensure};
use vault::RingCopy;

use crate::depot::Depot;
use crate::generation;
use crate::pieces;

const NAME: &str = "ring";
const NUMBER: usize = 8;

/// The ring, and the number it was written under.
pub struct Kept {
    /// Rises with each writing.
    pub number: u64,
    /// The keys.
    pub copy: RingCopy,
}

/// What is kept; `None` before the first backup is whole.
fn read(depot: &Depot) -> Result<Option<Kept>> {
    let bytes = match pieces::read(&depot.at(NAME), depot.key(), NAME) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        bytes => bytes?,
    };
    let (number, ring) = bytes.split_first_chunk::<NUMBER>().context("the ring of the backup is not whole")?;
    let copy = RingCopy::of(ring.to_vec()).context("the ring of the backup is not whole")?;
    Ok(Some(Kept { number: u64::from_be_bytes(*number), copy }))
}

/// The ring as it was last written. One that is older than a backup is refused: it would bring back what was destroyed.
pub fn newest(depot: &Depot) -> Result<Kept> {
    let kept = read(depot)?.context("the key ring of the backups is missing")?;
    for manifest in generation::all(depot)? {
        ensure!(
            manifest.ring <= kept.number,
            "the key ring beside the backups is older than backup {}: somebody put back an old copy of it, which would bring back \
             keys that were destroyed. Make a new backup, or name the newest key ring with --ring",
            manifest.id
        );
    }
    Ok(kept)
}

/// Puts the ring in the place of the one before, and overwrites that; says its number.
pub fn replace(depot: &Depot, copy: &RingCopy) -> Result<u64> {
    let before = read(depot)?;
    if let Some(before) = &before {
        ensure!(
            copy.follows(&before.copy),
            "the key ring of this installation does not go on from the one that was backed up: it is another one, or an old copy"
        );
    }
    let known = generation::all(depot)?.into_iter().map(|manifest| manifest.ring).max().unwrap_or_default();
    let number = before.map_or(0, |before| before.number).max(known) + 1;
    let path = depot.at(NAME);
    let old = OpenOptions::new().write(true).open(&path);
    pieces::write(&path, depot.key(), NAME, &[&number.to_be_bytes()[..], copy.bytes()].concat())?;
    if let Ok(mut old) = old {
        // It has no name any more; what it held shall not be found on the disk either.
        let length = usize::try_from(old.metadata()?.len())?;
        old.write_all(&vec![0; length])?;
        old.sync_all()?;
    }
    Ok(number)
}

#[cfg(test)]
mod tests {
    use std::fs::File;
    use std::io::Read;

    use vault::{Bucket, Vault};

    use super::*;

    #[test]
    fn a_ring_takes_the_place_of_the_one_before_which_is_overwritten_and_never_comes_back() {
        let dir = tempfile::tempdir().unwrap();
        let (ring, master) = (dir.path().join("keys"), dir.path().join("master.key"));
        let vault = Vault::open_dir(&ring, &master).unwrap();
        let (org, bucket) = (uuid::Uuid::from_u128(1), Bucket::Object(uuid::Uuid::from_u128(2)));
        vault.create_organisation(org).unwrap();
        vault.ensure(org, &[bucket]).unwrap();
        let depot = Depot::open_or_make(&dir.path().join("depot"), &master).unwrap();
        let before = RingCopy::read(&ring).unwrap();
        assert_eq!(replace(&depot, &before).unwrap(), 1);
        let mut old = File::open(depot.at(NAME)).unwrap();
        vault.destroy(org, &[bucket]).unwrap();
        assert_eq!(replace(&depot, &RingCopy::read(&ring).unwrap()).unwrap(), 2);
        let mut left = Vec::new();
        old.read_to_end(&mut left).unwrap();
        assert!(!left.is_empty() && left.iter().all(|byte| *byte == 0));
        let said = replace(&depot, &before).unwrap_err().to_string();
        assert!(said.contains("does not go on from"), "{said}");
        let kept = newest(&depot).unwrap();
        assert_eq!((kept.number, kept.copy.facts().destroyed), (2, 1));
    }
}
