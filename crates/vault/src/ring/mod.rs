//! The key ring: wrapped keys by name, outside the database, so that a destroyed key is missing from every backup of it.
//! In files of one node, or in objects that several nodes share: the same slots in the same segments.

mod files;
mod index;
mod keeper;
mod objects;
mod segments;
mod shared;
mod slot;
mod state;

#[cfg(test)]
mod away_tests;
#[cfg(test)]
mod crash_tests;
#[cfg(test)]
mod flaky;
#[cfg(test)]
mod nodes;
#[cfg(test)]
mod shared_tests;
#[cfg(test)]
mod tape;

pub use files::FileRing;
pub use index::Index;
pub use keeper::{Answer, Board};
pub use segments::{SEGMENT, Segments};
pub use shared::SharedRing;
pub use slot::{SLOT, Slot, decode};

use std::slice;

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

/// Where the keys of this installation are.
pub enum Ring {
    Files(FileRing),
    Shared(SharedRing),
}

impl Ring {
    pub fn facts(&self) -> Facts {
        match self {
            Self::Files(ring) => ring.facts(),
            Self::Shared(ring) => ring.facts(),
        }
    }

    /// No key was ever acknowledged here; a first write that was cut does not count.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Files(ring) => ring.is_empty(),
            Self::Shared(ring) => ring.is_empty(),
        }
    }

    /// Whether the key exists and has not been destroyed, as far as this node knows.
    pub fn is_live(&self, id: &KeyId) -> bool {
        match self {
            Self::Files(ring) => ring.is_live(id),
            Self::Shared(ring) => ring.is_live(id),
        }
    }

    /// The same, with what other nodes have done.
    pub fn has(&self, id: &KeyId) -> Result<bool> {
        Ok(self.present(slice::from_ref(id))? == [true])
    }

    /// The same for many at once, in their order.
    pub fn present(&self, ids: &[KeyId]) -> Result<Vec<bool>> {
        match self {
            Self::Files(ring) => Ok(ids.iter().map(|id| ring.is_live(id)).collect()),
            Self::Shared(ring) => ring.present(ids),
        }
    }

    pub fn find(&self, id: &KeyId) -> Result<Wrapped> {
        match self {
            Self::Files(ring) => ring.find(id),
            Self::Shared(ring) => ring.find(id),
        }
    }

    /// Adds those keys that are missing, durably before it returns. Of two callers with the same
    /// name one wins; both find the winner's key. One destroyed name refuses the whole batch.
    pub fn create(&self, keys: &[(KeyId, Wrapped)]) -> Result<()> {
        match self {
            Self::Files(ring) => ring.create(keys),
            Self::Shared(ring) => ring.create(keys),
        }
    }

    /// Adds the very first key. Where another node has just made one nothing is done: whoever looks for theirs finds none.
    pub fn create_first(&self, key: (KeyId, Wrapped)) -> Result<()> {
        match self {
            Self::Files(ring) => ring.create(&[key]),
            Self::Shared(ring) => ring.create_first(key),
        }
    }

    /// Overwrites the keys where they stand. When it returns they are gone from where the ring is kept and their
    /// names can never be used again, whether there was a key or not: what follows a crash may repeat it.
    pub fn destroy(&self, ids: &[KeyId]) -> Result<()> {
        match self {
            Self::Files(ring) => ring.destroy(ids),
            Self::Shared(ring) => ring.destroy(ids),
        }
    }

    /// Changes when keys were destroyed that may be at hand here: whoever keeps opened ones forgets them then. It knows
    /// of whatever was destroyed anywhere a second ago, or fails.
    pub fn losses(&self) -> Result<u64> {
        match self {
            Self::Files(_) => Ok(0),
            Self::Shared(ring) => ring.losses(),
        }
    }
}
