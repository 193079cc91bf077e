//! What a node knows of a shared ring: its segments as they were last read or written, and where each key stands in them.

use std::collections::{BTreeMap, HashSet};

use super::{
    Facts,
    index::Index,
    segments::{SEGMENT, SLOTS},
    slot::{self, SLOT, Slot},
};
use crate::{
    Error, Result,
    crypto::{KeyId, Wrapped},
};

/// The bytes of a segment, and what the store calls this edition of it.
pub struct Segment {
    pub bytes: Vec<u8>,
    pub tag: String,
}

/// One segment as it is to be.
pub struct Change {
    pub number: u32,
    pub bytes: Vec<u8>,
    /// The edition it was made from; none: there is no such segment yet.
    pub tag: Option<String>,
}

#[derive(Default)]
pub struct State {
    index: Index,
    segments: Vec<Segment>,
    /// The first slot after the last one ever used. A slot is never used for a second key.
    next: u32,
}

impl State {
    /// How many segments there are.
    pub fn count(&self) -> u32 {
        self.segments.len() as u32
    }

    /// The edition of a segment that is known.
    pub fn tag(&self, number: u32) -> Option<String> {
        self.segments.get(number as usize).map(|segment| segment.tag.clone())
    }

    /// Whether there may be another segment behind it.
    pub fn is_full(&self, number: u32) -> bool {
        self.next >= (number + 1) * SLOTS
    }

    pub fn is_empty(&self) -> bool {
        self.index.is_empty()
    }

    pub fn live(&self, id: &KeyId) -> Result<u32> {
        self.index.live(id)
    }

    pub fn is_destroyed(&self, id: &KeyId) -> bool {
        self.index.is_destroyed(id)
    }

    pub fn find(&self, id: &KeyId) -> Option<Result<Wrapped>> {
        let at = match self.index.live(id) {
            Ok(at) => at as usize,
            Err(error) => return Some(Err(error)),
        };
        let segment = self.segments.get(at / SLOTS as usize)?;
        let (slots, _) = segment.bytes.as_chunks::<SLOT>();
        match slot::decode(slots.get(at % SLOTS as usize)?) {
            Slot::Live(found, wrapped) if found == *id => Some(Ok(wrapped)),
            _ => None,
        }
    }

    pub fn facts(&self) -> Facts {
        self.index.facts(self.count())
    }

    /// Learns what a segment is now, one that is known or the next one; whether a key was destroyed in it since.
    pub fn take(&mut self, number: u32, segment: Segment) -> bool {
        let before = self.segments.get(number as usize).map(|segment| segment.bytes.as_chunks::<SLOT>().0);
        let before = before.unwrap_or_default();
        let (now, _) = segment.bytes.as_chunks::<SLOT>();
        let mut has_lost = false;
        for (place, bytes) in now.iter().enumerate().filter(|(place, bytes)| before.get(*place) != Some(*bytes)) {
            let slot = slot::decode(bytes);
            if slot == Slot::Free {
                continue;
            }
            let at = number * SLOTS + place as u32;
            has_lost |= matches!(slot, Slot::Destroyed(_));
            self.next = self.next.max(at + 1);
            self.index.learn(at, &slot);
        }
        match self.segments.get_mut(number as usize) {
            Some(known) => *known = segment,
            None => self.segments.push(segment),
        }
        has_lost
    }

    /// The first segment that has to change so that these keys exist and those are gone; none when all is so. New names
    /// stand behind the last slot that was ever used: two nodes that know the same want the same slot, and one that knows
    /// less has an older edition of the segment it wants to change, or wants to make one that is there.
    pub fn plan<'a>(
        &self,
        keys: impl Iterator<Item = &'a (KeyId, Wrapped)>,
        gone: impl Iterator<Item = &'a KeyId>,
    ) -> Option<Change> {
        let mut slots: BTreeMap<u32, [u8; SLOT]> = BTreeMap::new();
        let (mut named, mut next) = (HashSet::new(), self.next);
        for id in gone.filter(|id| named.insert(**id)) {
            let places = self.index.places_to_overwrite(id);
            if places.is_empty() && !self.index.is_destroyed(id) {
                slots.insert(next, slot::destroyed(*id));
                next += 1;
            }
            slots.extend(places.into_iter().map(|at| (at, slot::destroyed(*id))));
        }
        for (id, wrapped) in keys {
            if matches!(self.index.live(id), Err(Error::Missing)) && named.insert(*id) {
                slots.insert(next, slot::live(*id, wrapped));
                next += 1;
            }
        }
        let number = slots.keys().next()? / SLOTS;
        let known = self.segments.get(number as usize);
        let mut bytes = known.map_or_else(|| vec![0; SEGMENT], |segment| segment.bytes.clone());
        for (at, slot) in slots.range(number * SLOTS..(number + 1) * SLOTS) {
            let from = (at % SLOTS) as usize * SLOT;
            bytes[from..from + SLOT].copy_from_slice(slot);
        }
        Some(Change { number, bytes, tag: known.map(|segment| segment.tag.clone()) })
    }
}
