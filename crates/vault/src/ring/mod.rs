//! The key ring: wrapped keys by name, outside the database, so that a destroyed key is missing from every backup of it.
//! One node keeps it in its data directory; several keep it on a shelf that all of them reach.

mod index;
mod own;
mod segments;
mod shared;
mod slot;

#[cfg(test)]
mod crash_tests;
#[cfg(test)]
mod shared_tests;
#[cfg(test)]
mod tape;

use std::path::Path;

pub use own::Own;
pub use shared::{Shared, Shelf};

use crate::{
    Result,
    crypto::{KeyId, Wrapped},
};

/// How the ring stands: for `doctor` and the health page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Facts {
    pub keys: usize,
    pub destroyed: usize,
    /// Slots that were cut while written, or rotted. A few after a power failure are normal; many are a dying disk.
    pub torn: usize,
    pub segments: u32,
}

/// Either ring. What both promise stands at [`Own`].
pub enum Ring {
    Own(Own),
    Shared(Shared),
}

impl Ring {
    /// The ring of this node alone, in a folder.
    pub fn open(dir: &Path) -> Result<Self> {
        Own::open(dir).map(Self::Own)
    }

    pub fn facts(&self) -> Facts {
        match self {
            Self::Own(ring) => ring.facts(),
            Self::Shared(ring) => ring.facts(),
        }
    }

    /// Whether there is no key at all.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Own(ring) => ring.is_empty(),
            Self::Shared(ring) => ring.is_empty(),
        }
    }

    /// Whether the key exists and has not been destroyed, as far as this node knows.
    pub fn is_live(&self, id: &KeyId) -> bool {
        match self {
            Self::Own(ring) => ring.is_live(id),
            Self::Shared(ring) => ring.is_live(id),
        }
    }

    pub fn find(&self, id: &KeyId) -> Result<Wrapped> {
        match self {
            Self::Own(ring) => ring.find(id),
            Self::Shared(ring) => ring.find(id),
        }
    }

    /// The same where it does not matter whether the key was made elsewhere a moment ago.
    pub fn find_known(&self, id: &KeyId) -> Result<Wrapped> {
        match self {
            Self::Own(ring) => ring.find(id),
            Self::Shared(ring) => ring.find_known(id),
        }
    }

    /// Adds those keys that are missing, durably before it returns.
    pub fn create(&self, keys: &[(KeyId, Wrapped)]) -> Result<()> {
        match self {
            Self::Own(ring) => ring.create(keys),
            Self::Shared(ring) => ring.create(keys),
        }
    }

    /// Overwrites the keys; when it returns their names can never be used again.
    pub fn destroy(&self, ids: &[KeyId]) -> Result<()> {
        match self {
            Self::Own(ring) => ring.destroy(ids),
            Self::Shared(ring) => ring.destroy(ids),
        }
    }

    /// Learns what other nodes have done; how many keys have been destroyed elsewhere so far.
    pub fn refresh(&self) -> Result<u64> {
        match self {
            Self::Own(_) => Ok(0),
            Self::Shared(ring) => ring.refresh(),
        }
    }
}
