//! The key ring beside the backups: one for all of them, and only as it was last. With it the database of an older backup has
//! forgotten what was erased since.

use std::io::{self, ErrorKind, Write};

use anyhow::{Context, Result, ensure};
use vault::RingCopy;

use crate::depot::Depot;
use crate::generation;
use crate::make::Tell;
use crate::pieces;

const NAME: &str = "ring";
const NUMBER: usize = 8;
/// Nobody makes so many backups while one reads the ring.
const AGAIN: usize = 3;

/// The ring, and the number it was written under.
pub struct Kept {
    /// Rises with each writing.
    pub number: u64,
    /// The keys.
    pub copy: RingCopy,
}

/// What is kept; `None` before the first backup is whole. The inner error: it is not what was written.
fn read(depot: &Depot) -> Result<Result<Option<Kept>>> {
    let bytes = match looked_at(depot) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Ok(None)),
        Err(error) if pieces::is_damage(&error) => return Ok(Err(error.into())),
        bytes => bytes?,
    };
    let kept = bytes.split_first_chunk::<NUMBER>().and_then(|(number, ring)| {
        Some(Kept { number: u64::from_be_bytes(*number), copy: RingCopy::of(ring.to_vec())? })
    });
    Ok(kept.context("the ring of the backup is not whole").map(Some))
}

/// One that is replaced while it is read is overwritten under the eyes of whoever reads: that one looks again.
fn looked_at(depot: &Depot) -> io::Result<Vec<u8>> {
    let mut looked = pieces::read(depot, NAME);
    for _ in 0..AGAIN {
        match &looked {
            Err(error) if error.kind() != ErrorKind::NotFound => looked = pieces::read(depot, NAME),
            _ => break,
        }
    }
    looked
}

/// The ring as it was last written. One that is older than a backup is refused: it would bring back what was destroyed.
pub fn newest(depot: &Depot) -> Result<Kept> {
    let kept = read(depot)??.context("the key ring of the backups is missing")?;
    for manifest in generation::all(depot)?.whole {
        ensure!(
            manifest.ring <= kept.number,
            "the key ring beside the backups is older than backup {}: somebody put back an old copy of it, which would bring back \
             keys that were destroyed. Make a new backup, or name the newest key ring with --ring",
            manifest.id
        );
    }
    Ok(kept)
}

/// Puts the ring in the place of the one before, and overwrites that; says its number. One that is damaged is no ring any more: this one
/// is written all the same, so that the backups are of use again.
pub fn replace(depot: &Depot, copy: &RingCopy, tell: Tell) -> Result<u64> {
    let before = read(depot)?.unwrap_or_else(|error| {
        tell(&format!("the key ring beside the backups is written anew: {error}"));
        None
    });
    if let Some(before) = &before {
        ensure!(
            copy.follows(&before.copy),
            "the key ring of this installation does not go on from the one that was backed up: it is another one, or an old copy"
        );
    }
    let known = generation::all(depot)?.whole.into_iter().map(|manifest| manifest.ring).max().unwrap_or_default();
    let number = before.map_or(0, |before| before.number).max(known) + 1;
    let old = depot.doomed(NAME);
    pieces::write(depot, NAME, &[&number.to_be_bytes()[..], copy.bytes()].concat())?;
    if let Some(mut old) = old {
        // It has no name any more; what it held shall not be found on the disk either.
        let length = usize::try_from(old.metadata()?.len())?;
        old.write_all(&vec![0; length])?;
        old.sync_all()?;
    }
    Ok(number)
}

#[cfg(test)]
mod tests {
    use std::fs::{self, File};
    use std::io::Read;
    use std::thread;

    use vault::{Bucket, Vault};

    use super::*;
    use crate::depot::tests::new;
    use crate::pieces::Reader;

    const NOBODY: Tell = |_| {};

    #[test]
    fn a_ring_takes_the_place_of_the_one_before_which_is_overwritten_and_never_comes_back() {
        let (dir, depot) = new();
        let (ring, path) = (dir.path().join("keys"), dir.path().join("depot").join(NAME));
        let vault = Vault::open_dir(&ring, &dir.path().join("master.key")).unwrap();
        let (org, bucket) = (uuid::Uuid::from_u128(1), Bucket::Object(uuid::Uuid::from_u128(2)));
        vault.create_organisation(org).unwrap();
        vault.ensure(org, &[bucket]).unwrap();
        let before = RingCopy::read(&ring).unwrap();
        assert_eq!(replace(&depot, &before, NOBODY).unwrap(), 1);
        let mut old = File::open(&path).unwrap();
        vault.destroy(org, &[bucket]).unwrap();
        assert_eq!(replace(&depot, &RingCopy::read(&ring).unwrap(), NOBODY).unwrap(), 2);
        let mut left = Vec::new();
        old.read_to_end(&mut left).unwrap();
        assert!(!left.is_empty() && left.iter().all(|byte| *byte == 0));
        let said = replace(&depot, &before, NOBODY).unwrap_err().to_string();
        assert!(said.contains("does not go on from"), "{said}");
        let kept = newest(&depot).unwrap();
        assert_eq!((kept.number, kept.copy.facts().destroyed), (2, 1));
        // One that has rotten keeps nobody from backing up.
        let mut sealed = fs::read(&path).unwrap();
        sealed[100] ^= 1;
        fs::write(&path, sealed).unwrap();
        assert!(newest(&depot).is_err_and(|error| error.to_string().contains("ring was changed")));
        replace(&depot, &RingCopy::read(&ring).unwrap(), NOBODY).unwrap();
        assert_eq!(newest(&depot).unwrap().copy.facts().destroyed, 1);
    }

    #[test]
    fn a_ring_that_is_replaced_while_it_is_read_is_not_told_as_damaged() {
        let (dir, depot) = new();
        let copy = RingCopy::read(&dir.path().join("keys")).unwrap();
        replace(&depot, &copy, NOBODY).unwrap();
        thread::scope(|scope| {
            let writer =
                scope.spawn(|| (1..=20).for_each(|n| assert_eq!(replace(&depot, &copy, NOBODY).unwrap(), n + 1)));
            while !writer.is_finished() {
                newest(&depot).unwrap();
            }
        });
        assert_eq!(newest(&depot).unwrap().number, 21);
        // As it is for whoever opened it before and reads it after.
        let mut held = Reader::open(&depot, NAME).unwrap();
        replace(&depot, &copy, NOBODY).unwrap();
        assert!(held.read_to_end(&mut Vec::new()).is_err_and(|error| pieces::is_damage(&error)));
    }
}
