//! The vault as the rest of the program sees it.

use std::{
    fs,
    path::{Path, PathBuf},
    slice,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use aws_lc_rs::{hmac, signature::KeyPair};
use object_store::ObjectStore;
use uuid::Uuid;

use crate::{
    Bucket, Error, Facts, KeyName, Result,
    cache::Cache,
    crypto::Secret,
    keys::{DataKey, Installation, Organisation},
    master,
    messages::MessageKeys,
    ring::{Board, FileRing, Ring, SharedRing},
    sealed::Binding,
};

const ORGANISATIONS_AT_HAND: usize = 1024;
const KEYS_AT_HAND: usize = 4096;

/// Where the ring stands.
pub enum Place {
    /// In a folder of this node.
    Folder(PathBuf),
    /// In a store that all nodes reach; by the board they learn of each other's changes.
    Shared { store: Arc<dyn ObjectStore>, board: Board },
}

/// Whether a ring may be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// Where there is none.
    First,
    /// Never: there has to be one.
    Again,
    /// Never, and nothing is written anywhere: somebody only looks.
    Look,
}

const MISSING: &str = "it is missing, and nothing can be read without it: put back the copy that was made of it";

/// All keys of the installation. Safe to share between threads; blocks for a disk sync, or the answer of the shared store,
/// only when a key is made or destroyed, or was made on another node.
pub struct Vault {
    ring: Ring,
    /// How much of what others destroyed is forgotten here.
    losses: AtomicU64,
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
        Self::open_at(Place::Folder(dir.to_owned()), master_key, Start::First)
    }

    /// The same for a ring in that place. [`Error::NoRing`] where there has to be one and is not.
    pub fn open_at(place: Place, master_key: &Path, start: Start) -> Result<Self> {
        let refuse = |why| Error::MasterKey { path: master_key.to_owned(), why };
        let ring = match place {
            Place::Folder(dir) if start != Start::First && !dir.try_exists()? => return Err(Error::NoRing),
            Place::Folder(dir) => Ring::Files(FileRing::open(&dir)?),
            Place::Shared { store, board } => Ring::Shared(SharedRing::open(store, board, start)?),
        };
        if start != Start::First && ring.is_empty() {
            return Err(Error::NoRing);
        }
        let is_fresh = !master_key.try_exists()?;
        let master: Secret = if !is_fresh {
            master::read(master_key)?
        } else if ring.is_empty() {
            master::create(master_key)?
        } else {
            return Err(refuse(MISSING));
        };
        let Some(installation) = Installation::open(&master, &ring)? else {
            if is_fresh {
                // Another node made the ring at the same time, under a key of its own.
                fs::remove_file(master_key)?;
                return Err(refuse(MISSING));
            }
            return Err(refuse(
                "it is not the key of this key ring: put back the one that was here, or the ring that goes with it",
            ));
        };
        Ok(Self {
            ring,
            losses: AtomicU64::new(0),
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

    /// Destroys the keys of these names, on the disk and in memory, before it returns, whatever they are the keys of: where an
    /// older ring was put back they are there again. For those that are gone nothing is done.
    pub fn destroy_named(&self, names: &[KeyName]) -> Result<()> {
        let are_gone = self.are_gone(names);
        let left: Vec<KeyName> =
            names.iter().zip(are_gone).filter_map(|(name, is_gone)| (!is_gone).then_some(*name)).collect();
        if left.is_empty() {
            return Ok(());
        }
        self.ring.destroy(&left)?;
        // A name does not say which of those at hand it was.
        guard(&self.organisations).clear();
        guard(&self.keys).clear();
        self.messages.clear();
        Ok(())
    }

    /// Whether the organisation has a key. It counts as there when a shared ring cannot be asked.
    pub fn has_organisation(&self, org: Uuid) -> bool {
        self.ring.has(&self.installation.name(org)).unwrap_or(true)
    }

    /// Whether the key of the organisation is there and opens under this installation's.
    pub fn opens_organisation(&self, org: Uuid) -> Result<bool> {
        match self.organisation(org) {
            Ok(_) => Ok(true),
            Err(Error::UnknownOrganisation | Error::Destroyed) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Whether the bucket has a key.
    pub fn has(&self, org: Uuid, bucket: &Bucket) -> Result<bool> {
        Ok(!self.present(org, slice::from_ref(bucket))?.is_empty())
    }

    /// Those of the buckets that have a key; a shared ring is asked once for all of them.
    pub fn present(&self, org: Uuid, buckets: &[Bucket]) -> Result<Vec<Bucket>> {
        let organisation = self.organisation(org)?;
        let names: Vec<_> = buckets.iter().map(|bucket| organisation.name(*bucket)).collect();
        let are_there = self.ring.present(&names)?;
        Ok(buckets.iter().zip(are_there).filter_map(|(bucket, is_there)| is_there.then_some(*bucket)).collect())
    }

    /// Those of the buckets whose key was destroyed; a bucket that never had one is not among them.
    pub fn destroyed(&self, org: Uuid, buckets: &[Bucket]) -> Result<Vec<Bucket>> {
        let organisation = self.organisation(org)?;
        let is_gone = |bucket: &Bucket| matches!(self.ring.find(&organisation.name(*bucket)), Err(Error::Destroyed));
        Ok(buckets.iter().copied().filter(is_gone).collect())
    }

    /// Whether the organisation had a key that was destroyed.
    pub fn is_organisation_destroyed(&self, org: Uuid) -> bool {
        matches!(self.ring.find(&self.installation.name(org)), Err(Error::Destroyed))
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

    /// What the key of the bucket is called in the ring, whether it is there or not. It says nothing of what it is the key of.
    pub fn name(&self, org: Uuid, bucket: Bucket) -> Result<KeyName> {
        Ok(self.organisation(org)?.name(bucket))
    }

    /// What the organisation's own key is called in the ring, also once it is destroyed.
    pub fn organisation_name(&self, org: Uuid) -> KeyName {
        self.installation.name(org)
    }

    /// Whether there is no key of this name, or not any more. It counts as there when a shared ring cannot be asked.
    pub fn is_gone(&self, name: &KeyName) -> bool {
        self.are_gone(slice::from_ref(name)) == [true]
    }

    /// The same for many names at once, in their order.
    pub fn are_gone(&self, names: &[KeyName]) -> Vec<bool> {
        match self.ring.present(names) {
            Ok(are_there) => are_there.into_iter().map(|is_there| !is_there).collect(),
            Err(_) => vec![false; names.len()],
        }
    }

    /// Signs in the name of the installation (Ed25519): the same every time for the same message.
    pub fn sign(&self, message: &[u8]) -> Result<[u8; 64]> {
        let mut signature = [0; 64];
        signature.copy_from_slice(self.installation.signing.try_sign(message)?.as_ref());
        Ok(signature)
    }

    /// What [`Vault::sign`] is checked with, by anybody.
    pub fn public_key(&self) -> [u8; 32] {
        let mut key = [0; 32];
        key.copy_from_slice(self.installation.signing.public_key().as_ref());
        key
    }

    pub fn facts(&self) -> Facts {
        self.ring.facts()
    }

    pub(crate) fn key(&self, org: Uuid, bucket: Bucket) -> Result<Arc<DataKey>> {
        self.follow()?;
        if let Some(key) = guard(&self.keys).find(&(org, bucket)) {
            return Ok(key);
        }
        let organisation = self.organisation(org)?;
        let key = Arc::new(organisation.data_key(&self.ring, organisation.name(bucket))?);
        let mut keys = guard(&self.keys);
        // Destruction marks the ring first and forgets second: a key it overtook is not kept.
        if !self.is_live(&key) || !self.is_known(org) {
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

    /// Whether the organisation has a key, as far as this node knows: it has just found it.
    pub(crate) fn is_known(&self, org: Uuid) -> bool {
        self.ring.is_live(&self.installation.name(org))
    }

    /// Forgets what is at hand once other nodes have destroyed keys. Before anything at hand is used.
    pub(crate) fn follow(&self) -> Result<()> {
        let losses = self.ring.losses()?;
        if self.losses.load(Ordering::Acquire) != losses {
            guard(&self.organisations).clear();
            guard(&self.keys).clear();
            self.messages.clear();
            self.losses.store(losses, Ordering::Release);
        }
        Ok(())
    }

    fn organisation(&self, org: Uuid) -> Result<Arc<Organisation>> {
        self.follow()?;
        if let Some(found) = guard(&self.organisations).find(&org) {
            return Ok(found);
        }
        let organisation = Arc::new(self.installation.organisation(&self.ring, org)?);
        let mut organisations = guard(&self.organisations);
        if !self.is_known(org) {
            return Err(Error::Destroyed);
        }
        organisations.put(org, organisation.clone());
        Ok(organisation)
    }
}

pub fn guard<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
