//! The vault as the rest of the program sees it.

use std::{
    path::Path,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use aws_lc_rs::hmac;
use uuid::Uuid;

use crate::{
    Bucket, Error, Facts, Result,
    cache::Cache,
    crypto::Secret,
    keys::{DataKey, Installation, Organisation},
    master,
    messages::MessageKeys,
    ring::Ring,
    sealed::Binding,
};

const ORGANISATIONS_AT_HAND: usize = 1024;
const KEYS_AT_HAND: usize = 4096;

/// All keys of the installation. Safe to share between threads; blocks for a disk sync only when a key is made or destroyed.
pub struct Vault {
    ring: Ring,
    installation: Installation,
    organisations: Mutex<Cache<Uuid, Organisation>>,
    keys: Mutex<Cache<(Uuid, Bucket), DataKey>>,
    pub(crate) messages: MessageKeys,
}

impl Vault {
    /// Opens the ring in `dir` with the master key; makes both at the very first start.
    ///
    /// Refuses a master key that is missing, readable by others, damaged or another ring's:
    /// a new one in its place would make everything sealed unreadable for good.
    pub fn open_dir(dir: &Path, master_key: &Path) -> Result<Self> {
        let refuse = |why| Error::MasterKey { path: master_key.to_owned(), why };
        let ring = Ring::open(dir)?;
        let master: Secret = if master_key.try_exists()? {
            master::read(master_key)?
        } else if ring.is_empty() {
            master::create(master_key)?
        } else {
            return Err(refuse(
                "it is missing, and nothing can be read without it: put back the copy that was made of it",
            ));
        };
        let installation = Installation::open(&master, &ring)?.ok_or_else(|| {
            refuse("it is not the key of this key ring: put back the one that was here, or the ring that goes with it")
        })?;
        Ok(Self {
            ring,
            installation,
            organisations: Mutex::new(Cache::new(ORGANISATIONS_AT_HAND)),
            keys: Mutex::new(Cache::new(KEYS_AT_HAND)),
            messages: MessageKeys::default(),
        })
    }

    /// Gives an organisation its key. Doing it again changes nothing.
    pub fn create_organisation(&self, org: Uuid) -> Result<()> {
        self.installation.create_organisation(&self.ring, org)
    }

    /// Seals a value so that it opens only as this kind and object of this organisation. Makes the bucket's key if there is none.
    #[expect(clippy::too_many_arguments, reason = "a value is bound to exactly these")]
    pub fn seal(&self, org: Uuid, bucket: Bucket, kind: &str, object: Uuid, plain: &[u8]) -> Result<Vec<u8>> {
        let key = self.key_or_new(org, bucket)?;
        key.sealing.seal(&Binding { org, kind, object, keys: &[key.id] }, plain)
    }

    #[expect(clippy::too_many_arguments, reason = "a value is bound to exactly these")]
    pub fn open(&self, org: Uuid, bucket: Bucket, kind: &str, object: Uuid, sealed: &[u8]) -> Result<Vec<u8>> {
        let key = self.key(org, bucket)?;
        key.sealing.open(&Binding { org, kind, object, keys: &[key.id] }, sealed)
    }

    /// Makes the keys that are missing: all of them durable, in one sync, before it returns.
    pub fn ensure(&self, org: Uuid, buckets: &[Bucket]) -> Result<()> {
        let organisation = self.organisation(org)?;
        let mut keys = Vec::new();
        for bucket in buckets {
            let id = organisation.name(*bucket);
            if !self.ring.is_live(&id) {
                keys.push((id, organisation.new_key()?));
            }
        }
        self.ring.create(&keys)
    }

    /// Destroys the keys, on the disk and in memory, before it returns. Repeating it is harmless;
    /// a bucket that was destroyed, even without ever having had a key, can never be sealed into again.
    pub fn destroy(&self, org: Uuid, buckets: &[Bucket]) -> Result<()> {
        let organisation = self.organisation(org)?;
        let ids: Vec<_> = buckets.iter().map(|bucket| organisation.name(*bucket)).collect();
        self.ring.destroy(&ids)?;
        guard(&self.keys).forget(|(of, bucket)| *of == org && buckets.contains(bucket));
        self.messages.forget(org, buckets);
        Ok(())
    }

    /// Destroys the key of an organisation, on the disk and in memory, before it returns, and with it whatever was sealed for
    /// it in any bucket. Repeating it is harmless; no organisation of this id can ever have a key again.
    pub fn destroy_organisation(&self, org: Uuid) -> Result<()> {
        self.ring.destroy(&[self.installation.name(org)])?;
        guard(&self.organisations).forget(|of| *of == org);
        guard(&self.keys).forget(|(of, _)| *of == org);
        self.messages.forget_organisation(org);
        Ok(())
    }

    /// Whether the organisation has a key.
    pub fn has_organisation(&self, org: Uuid) -> bool {
        self.ring.is_live(&self.installation.name(org))
    }

    /// Whether the bucket has a key.
    pub fn has(&self, org: Uuid, bucket: &Bucket) -> Result<bool> {
        Ok(self.ring.is_live(&self.organisation(org)?.name(*bucket)))
    }

    /// A column to find a sealed value by: equal for equal words of one kind in one place (`None` = the
    /// whole installation), and meaningless without the installation's key.
    pub fn lookup(&self, kind: &str, org: Option<Uuid>, normalised: &str) -> [u8; 32] {
        self.installation.lookup(kind, org, normalised)
    }

    /// What words are found by once they are sealed: 32 bits of a keyed hash, the same for the same word within one bucket
    /// and nowhere else. Different words may share a code. [`Error::Missing`] or [`Error::Destroyed`] when the bucket has no
    /// key: its words can be found no more.
    pub fn codes<W: AsRef<[u8]>>(&self, org: Uuid, bucket: Bucket, words: &[W]) -> Result<Vec<i32>> {
        let key = self.key(org, bucket)?;
        let hiding = key.words()?;
        let code = |word: &W| {
            let tag = hmac::sign(hiding, word.as_ref());
            tag.as_ref().iter().take(4).fold(0_i32, |code, byte| code << 8 | i32::from(*byte))
        };
        Ok(words.iter().map(code).collect())
    }

    /// What stands for the bucket where it must not be named, the same every time: a log names people by it. Once the key is
    /// destroyed nobody can tell any more whose it was. [`Error::Missing`] or [`Error::Destroyed`] when there is no key.
    pub fn pseudonym(&self, org: Uuid, bucket: Bucket) -> Result<Uuid> {
        self.key(org, bucket)?.pseudonym()
    }

    pub fn facts(&self) -> Facts {
        self.ring.facts()
    }

    pub(crate) fn key(&self, org: Uuid, bucket: Bucket) -> Result<Arc<DataKey>> {
        if let Some(key) = guard(&self.keys).find(&(org, bucket)) {
            return Ok(key);
        }
        let organisation = self.organisation(org)?;
        let key = Arc::new(organisation.data_key(&self.ring, organisation.name(bucket))?);
        let mut keys = guard(&self.keys);
        // Destruction marks the ring first and forgets second: a key it overtook is not kept.
        if !self.is_live(&key) || !self.has_organisation(org) {
            return Err(Error::Destroyed);
        }
        keys.put((org, bucket), key.clone());
        Ok(key)
    }

    pub(crate) fn key_or_new(&self, org: Uuid, bucket: Bucket) -> Result<Arc<DataKey>> {
        match self.key(org, bucket) {
            Err(Error::Missing) => {
                self.ensure(org, &[bucket])?;
                self.key(org, bucket)
            }
            found => found,
        }
    }

    pub(crate) fn is_live(&self, key: &DataKey) -> bool {
        self.ring.is_live(&key.id)
    }

    fn organisation(&self, org: Uuid) -> Result<Arc<Organisation>> {
        if let Some(found) = guard(&self.organisations).find(&org) {
            return Ok(found);
        }
        let organisation = Arc::new(self.installation.organisation(&self.ring, org)?);
        let mut organisations = guard(&self.organisations);
        if !self.has_organisation(org) {
            return Err(Error::Destroyed);
        }
        organisations.put(org, organisation.clone());
        Ok(organisation)
    }
}

pub fn guard<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
