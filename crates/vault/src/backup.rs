//! What a backup takes from the vault: a key of its own to be sealed under, and the ring as it stands now.

use std::{
    fs::{self, File, OpenOptions},
    io::Write,
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::Path,
};

use aws_lc_rs::hmac;
use uuid::Uuid;

use crate::{
    Error, Facts, Result,
    crypto::{self, Secret},
    keys, master,
    ring::{Index, SEGMENT, SLOT, Segments, Slot, decode},
    sealed::{Binding, SealingKey},
};

const PURPOSE: &[u8] = b"wrap the keys of backups";

/// The key that a whole backup is sealed under. It stands beside the backup, wrapped by the master key, which is in none.
pub struct BackupKey {
    sealing: SealingKey,
    names: hmac::Key,
}

impl BackupKey {
    /// A new one, and how it is kept: under the master key.
    pub fn make(master_key: &Path) -> Result<(Self, [u8; 40])> {
        let secret = crypto::random_secret()?;
        let wrapped = crypto::wrap(&wrapping(master_key)?, &secret)?;
        Ok((Self::of(&secret)?, wrapped))
    }

    /// The one that was kept so. `None` when it was under another master key, or was changed.
    pub fn open(master_key: &Path, wrapped: &[u8; 40]) -> Result<Option<Self>> {
        crypto::unwrap(&wrapping(master_key)?, wrapped)?.map(|secret| Self::of(&secret)).transpose()
    }

    fn of(secret: &Secret) -> Result<Self> {
        let sealing = SealingKey::new(&crypto::derive(secret, b"tulou", b"seal a backup")?)?;
        Ok(Self { sealing, names: keys::hmac_key(secret, b"name what is in a backup")? })
    }

    /// Seals bytes so that they open only at this place of the backup.
    pub fn seal(&self, place: &str, plain: &[u8]) -> Result<Vec<u8>> {
        self.sealing.seal(&bound(place), plain)
    }

    /// [`Error::Tampered`] when they were changed or stood elsewhere.
    pub fn unseal(&self, place: &str, sealed: &[u8]) -> Result<Vec<u8>> {
        self.sealing.open(&bound(place), sealed)
    }

    /// What a thing is called in the backup: the same every time, and it says nothing.
    pub fn name(&self, of: &str) -> [u8; 16] {
        crypto::key_id(&self.names, of.as_bytes())
    }
}

fn wrapping(master_key: &Path) -> Result<Secret> {
    crypto::derive(&master::read(master_key)?, b"tulou", PURPOSE)
}

fn bound(place: &str) -> Binding<'_> {
    Binding { org: Uuid::nil(), kind: place, object: Uuid::nil(), keys: &[] }
}

/// All slots of a ring, as they stood when it was read.
pub struct RingCopy(Vec<u8>);

impl RingCopy {
    /// Reads the ring in a folder, also while a server uses it.
    pub fn read(dir: &Path) -> Result<Self> {
        if !dir.try_exists()? {
            return Err(Error::NoRing);
        }
        let segments = Segments::open(dir)?;
        let mut bytes = Vec::new();
        for number in 0..segments.count()? {
            let mut first = segments.load(number)?;
            if is_torn(&first) {
                // It may have been read while it was written: what is torn once more has stood so.
                let again = segments.load(number)?;
                let slots = first.chunks_exact_mut(SLOT).zip(again.chunks_exact(SLOT));
                slots.filter(|(slot, _)| is_torn(slot)).for_each(|(slot, later)| slot.copy_from_slice(later));
            }
            bytes.extend(first);
        }
        Ok(Self(bytes))
    }

    /// From what [`RingCopy::bytes`] gave; `None` when it is none.
    pub fn of(bytes: Vec<u8>) -> Option<Self> {
        (!bytes.is_empty() && bytes.len().is_multiple_of(SEGMENT)).then_some(Self(bytes))
    }

    /// The segments, one after the other.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// How many keys are in it, and how many were destroyed.
    pub fn facts(&self) -> Facts {
        self.index().facts((self.0.len() / SEGMENT) as u32)
    }

    /// Whether the master key in the file opens it.
    pub fn is_of(&self, master_key: &Path) -> Result<bool> {
        let id = keys::installation_id(&master::read(master_key)?)?;
        Ok(self.index().live(&id).is_ok())
    }

    /// Whether it is what became of the other: it knows each name that is in that, and nothing that is destroyed there is a key here.
    pub fn follows(&self, other: &Self) -> bool {
        let index = self.index();
        other.slots().all(|slot| match slot {
            Slot::Live(id, _) => index.live(&id).is_ok() || index.is_destroyed(&id),
            Slot::Destroyed(id) => index.is_destroyed(&id),
            Slot::Free | Slot::Torn(_) => true,
        })
    }

    /// Makes a ring of it in a folder that is not there yet, durably: the folder is there once all of it is.
    pub fn write(&self, dir: &Path) -> Result<()> {
        let draft = dir.with_extension("new");
        if draft.exists() {
            fs::remove_dir_all(&draft)?;
        }
        fs::DirBuilder::new().mode(0o700).create(&draft)?;
        for (number, segment) in self.0.chunks(SEGMENT).enumerate() {
            let path = draft.join(format!("{number:06}.keys"));
            let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
            file.write_all(segment)?;
            file.sync_all()?;
        }
        File::open(&draft)?.sync_all()?;
        fs::rename(&draft, dir)?;
        File::open(dir.parent().unwrap_or(dir))?.sync_all()?;
        Ok(())
    }

    fn slots(&self) -> impl Iterator<Item = Slot> {
        self.0.as_chunks::<SLOT>().0.iter().map(decode)
    }

    fn index(&self) -> Index {
        let mut index = Index::default();
        for (at, slot) in (0_u32..).zip(self.slots()) {
            index.learn(at, &slot);
        }
        index
    }
}

fn is_torn(bytes: &[u8]) -> bool {
    bytes.as_chunks::<SLOT>().0.iter().any(|slot| matches!(decode(slot), Slot::Torn(_)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Bucket, Vault};

    #[test]
    fn what_is_sealed_opens_at_its_place_and_under_its_master_key_only() {
        let dir = tempfile::tempdir().unwrap();
        let (ours, others) = (dir.path().join("ours"), dir.path().join("others"));
        master::create(&ours).unwrap();
        master::create(&others).unwrap();
        let (key, wrapped) = BackupKey::make(&ours).unwrap();
        let sealed = key.seal("database.0", b"rows").unwrap();
        let again = BackupKey::open(&ours, &wrapped).unwrap().unwrap();
        assert_eq!(again.unseal("database.0", &sealed).unwrap(), b"rows");
        assert_eq!((again.name("a"), again.name("a") == again.name("b")), (key.name("a"), false));
        assert!(matches!(again.unseal("database.1", &sealed), Err(Error::Tampered)));
        assert!(BackupKey::open(&others, &wrapped).unwrap().is_none());
    }

    #[test]
    fn a_copy_of_the_ring_opens_what_it_had_and_a_later_one_follows_it_and_has_forgotten() {
        let dir = tempfile::tempdir().unwrap();
        let (ring, master, org) = (dir.path().join("keys"), dir.path().join("master.key"), Uuid::from_u128(1));
        let (kept, gone) = (Bucket::Object(Uuid::from_u128(2)), Bucket::Object(Uuid::from_u128(3)));
        let vault = Vault::open_dir(&ring, &master).unwrap();
        vault.create_organisation(org).unwrap();
        vault.ensure(org, &[kept, gone]).unwrap();
        let before = RingCopy::read(&ring).unwrap();
        vault.destroy(org, &[gone]).unwrap();
        let after = RingCopy::read(&ring).unwrap();
        assert!(after.follows(&before) && !before.follows(&after));
        assert!(after.is_of(&master).unwrap());
        assert_eq!((after.facts(), before.facts().destroyed), (vault.facts(), 0));
        for (copy, name, has_it) in [(before, "one", true), (after, "two", false)] {
            let copy = RingCopy::of(copy.bytes().to_vec()).unwrap();
            copy.write(&dir.path().join(name)).unwrap();
            let opened = Vault::open_dir(&dir.path().join(name), &master).unwrap();
            assert_eq!(opened.present(org, &[kept, gone]).unwrap().contains(&gone), has_it);
            assert!(opened.has(org, &kept).unwrap());
        }
    }
}
