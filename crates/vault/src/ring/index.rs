//! Which slot holds which key: what the ring knows of its disk without reading it.

use std::collections::HashMap;

use super::{Facts, slot::Slot};
use crate::{Error, Result, crypto::KeyId};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Live(u32),
    Destroyed,
}

#[derive(Default)]
pub struct Index {
    places: HashMap<KeyId, Place>,
    /// Torn slots by the name that stands in them, and second slots of a name. They are never read,
    /// but hold what may be left of a key, so they are overwritten with it.
    leftovers: HashMap<KeyId, Vec<u32>>,
}

impl Index {
    /// What a slot holds now, at opening or after it was written and synced.
    pub fn learn(&mut self, at: u32, slot: &Slot) {
        match slot {
            Slot::Free => {}
            Slot::Torn(id) => self.leave(*id, at),
            Slot::Live(id, _) if self.places.contains_key(id) => self.leave(*id, at),
            Slot::Live(id, _) => {
                self.places.insert(*id, Place::Live(at));
            }
            // Beats a live slot of the same name, whichever is read first.
            Slot::Destroyed(id) => {
                if let Some(leftovers) = self.leftovers.get_mut(id) {
                    leftovers.retain(|slot| *slot != at);
                }
                match self.places.insert(*id, Place::Destroyed) {
                    Some(Place::Live(other)) if other != at => self.leave(*id, other),
                    _ => {}
                }
            }
        }
    }

    fn leave(&mut self, id: KeyId, at: u32) {
        self.leftovers.entry(id).or_default().push(at);
    }

    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    pub fn live(&self, id: &KeyId) -> Result<u32> {
        match self.places.get(id) {
            Some(Place::Live(at)) => Ok(*at),
            Some(Place::Destroyed) => Err(Error::Destroyed),
            None => Err(Error::Missing),
        }
    }

    pub fn is_destroyed(&self, id: &KeyId) -> bool {
        self.places.get(id) == Some(&Place::Destroyed)
    }

    /// Every slot that holds the key or what may be left of it.
    pub fn places_to_overwrite(&self, id: &KeyId) -> Vec<u32> {
        let leftovers = self.leftovers.get(id).map(Vec::as_slice).unwrap_or_default();
        self.live(id).ok().into_iter().chain(leftovers.iter().copied()).collect()
    }

    pub fn facts(&self, segments: u32) -> Facts {
        let destroyed = self.places.values().filter(|place| **place == Place::Destroyed).count();
        let torn = self.leftovers.values().map(Vec::len).sum();
        Facts { keys: self.places.len() - destroyed, destroyed, torn, segments }
    }
}
