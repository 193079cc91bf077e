//! The ring of several nodes: the same segments, as objects on a shelf that all of them reach. A segment is put whole
//! and only over the version one has read, so that of two nodes one is told to look again: that is all the order there is.
//!
//! A name is used for the first time in the last segment only. Whoever has not seen that segment as it is cannot put it,
//! and so cannot make a second key of one name, nor one that was destroyed.

use std::{
    collections::BTreeMap,
    io,
    sync::{Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard},
    time::{Duration, Instant},
};

use super::{
    Facts,
    index::Index,
    segments::SLOTS,
    slot::{self, SLOT, Slot},
};
use crate::{
    Error, Result,
    crypto::{KeyId, Wrapped},
};

const SEGMENT: usize = SLOTS as usize * SLOT;
/// How often a change begins again because another node was faster.
const ATTEMPTS: usize = 50;
/// How long it may go unnoticed that another node has made a key, where nothing is lost by it: a search leaves out what
/// was said a moment ago.
const LATELY: Duration = Duration::from_secs(1);

/// Where the segments lie. Every method returns when its work is durable; each may block for a network's time.
pub trait Shelf: Send + Sync {
    /// The version of each segment, in their order, without a gap.
    fn versions(&self) -> io::Result<Vec<String>>;
    /// A segment and its version.
    fn load(&self, segment: u32) -> io::Result<(Vec<u8>, String)>;
    /// Puts a whole segment over the one of this version; where it is `None`, only if there is none. Gives the new
    /// version, or `None` when another node was faster and nothing was put.
    fn put(&self, segment: u32, bytes: Vec<u8>, over: Option<&str>) -> io::Result<Option<String>>;
}

/// Invariant: the index says only what is on the shelf.
pub struct Shared {
    shelf: Box<dyn Shelf>,
    state: RwLock<State>,
    /// One change, or one look at the shelf, at a time.
    turn: Mutex<Turn>,
}

#[derive(Default)]
struct State {
    index: Index,
    held: Vec<Held>,
    destroyed: u64,
}

struct Held {
    bytes: Vec<u8>,
    version: String,
}

#[derive(Default)]
struct Turn {
    looked: Option<Instant>,
}

impl Shared {
    /// Reads the ring.
    pub fn open(shelf: Box<dyn Shelf>) -> Result<Self> {
        let ring = Self { shelf, state: RwLock::default(), turn: Mutex::default() };
        ring.refresh()?;
        Ok(ring)
    }

    pub fn facts(&self) -> Facts {
        let state = self.state();
        state.index.facts(state.held.len() as u32)
    }

    pub fn is_empty(&self) -> bool {
        self.state().index.is_empty()
    }

    pub fn is_live(&self, id: &KeyId) -> bool {
        self.state().index.live(id).is_ok()
    }

    /// A key that is not known may have been made elsewhere: then the shelf is asked.
    pub fn find(&self, id: &KeyId) -> Result<Wrapped> {
        match self.held(id) {
            Err(Error::Missing) => {
                self.look(&mut self.turn())?;
                self.held(id)
            }
            found => found,
        }
    }

    /// The same where it does not matter whether the key was made a moment ago.
    pub fn find_known(&self, id: &KeyId) -> Result<Wrapped> {
        match self.held(id) {
            Err(Error::Missing) => {
                let mut turn = self.turn();
                if turn.looked.is_none_or(|at| at.elapsed() > LATELY) {
                    self.look(&mut turn)?;
                }
                self.held(id)
            }
            found => found,
        }
    }

    /// As [`super::Own::create`]: of two callers with the same name, on whichever nodes, one wins.
    pub fn create(&self, keys: &[(KeyId, Wrapped)]) -> Result<()> {
        let mut turn = self.turn();
        for _ in 0..ATTEMPTS {
            let missing = self.missing(keys)?;
            if missing.is_empty() {
                return Ok(());
            }
            if !self.append(&missing)? {
                self.look(&mut turn)?;
            }
        }
        Err(too_many())
    }

    /// As [`super::Own::destroy`].
    pub fn destroy(&self, ids: &[KeyId]) -> Result<()> {
        let mut turn = self.turn();
        for _ in 0..ATTEMPTS {
            self.look(&mut turn)?;
            let (changes, unknown) = self.to_destroy(ids);
            if changes.is_empty() && unknown.is_empty() {
                return Ok(());
            }
            let is_done = changes.into_iter().try_fold(true, |is_done, (segment, slots)| {
                Ok::<_, Error>(is_done && self.overwrite(segment, &slots)?)
            })?;
            if is_done && !unknown.is_empty() {
                self.append(&unknown)?;
            }
        }
        Err(too_many())
    }

    /// Learns what other nodes have done; how many keys have been destroyed elsewhere so far.
    pub fn refresh(&self) -> Result<u64> {
        self.look(&mut self.turn())?;
        Ok(self.state().destroyed)
    }

    fn held(&self, id: &KeyId) -> Result<Wrapped> {
        let state = self.state();
        let at = state.index.live(id)?;
        let slots = state.held.get((at / SLOTS) as usize).map(|held| held.bytes.as_chunks::<SLOT>().0);
        match slots.and_then(|slots| slots.get((at % SLOTS) as usize)).map(slot::decode) {
            Some(Slot::Live(found, wrapped)) if found == *id => Ok(wrapped),
            _ => Err(damaged("a slot is not what the index says")),
        }
    }

    /// Slots of the keys that there are not yet, each name once. A destroyed name refuses all.
    fn missing(&self, keys: &[(KeyId, Wrapped)]) -> Result<Vec<[u8; SLOT]>> {
        let state = self.state();
        let mut missing = BTreeMap::new();
        for (id, wrapped) in keys {
            match state.index.live(id) {
                Err(Error::Missing) => {
                    missing.entry(*id).or_insert_with(|| slot::live(*id, wrapped));
                }
                Ok(_) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(missing.into_values().collect())
    }

    /// What has to be overwritten where, and the names that stand nowhere yet.
    fn to_destroy(&self, ids: &[KeyId]) -> (BTreeMap<u32, Vec<(u32, [u8; SLOT])>>, Vec<[u8; SLOT]>) {
        let state = self.state();
        let (mut changes, mut unknown) = (BTreeMap::<u32, Vec<_>>::new(), BTreeMap::new());
        for id in ids {
            let places = state.index.places_to_overwrite(id);
            if places.is_empty() && !state.index.is_destroyed(id) {
                unknown.insert(*id, slot::destroyed(*id));
            }
            for at in places {
                changes.entry(at / SLOTS).or_default().push((at % SLOTS, slot::destroyed(*id)));
            }
        }
        (changes, unknown.into_values().collect())
    }

    /// Puts as many as there is room for into the last segment, or into a new one. `false`: another node was faster.
    fn append(&self, slots: &[[u8; SLOT]]) -> Result<bool> {
        let (segment, mut bytes, version, from) = {
            let state = self.state();
            let last = state.held.last().map(|held| (held, used(&held.bytes)));
            match last {
                Some((held, used)) if used < SLOTS as usize => {
                    (state.held.len() - 1, held.bytes.clone(), Some(held.version.clone()), used)
                }
                _ => (state.held.len(), vec![0; SEGMENT], None, 0),
            }
        };
        for (place, slot) in bytes.as_chunks_mut::<SLOT>().0[from..].iter_mut().zip(slots) {
            *place = *slot;
        }
        self.put(segment as u32, bytes, version.as_deref())
    }

    fn overwrite(&self, segment: u32, slots: &[(u32, [u8; SLOT])]) -> Result<bool> {
        let (mut bytes, version) = {
            let state = self.state();
            let Some(held) = state.held.get(segment as usize) else { return Ok(false) };
            (held.bytes.clone(), held.version.clone())
        };
        for (at, slot) in slots {
            bytes.as_chunks_mut::<SLOT>().0[*at as usize] = *slot;
        }
        self.put(segment, bytes, Some(&version))
    }

    fn put(&self, segment: u32, bytes: Vec<u8>, over: Option<&str>) -> Result<bool> {
        let Some(version) = self.shelf.put(segment, bytes.clone(), over)? else { return Ok(false) };
        self.learn(segment, Held { bytes, version });
        Ok(true)
    }

    /// Reads every segment that is not what it was.
    fn look(&self, turn: &mut Turn) -> Result<()> {
        let versions = self.shelf.versions()?;
        if versions.len() < self.state().held.len() {
            return Err(damaged("a segment is missing"));
        }
        for (segment, version) in (0..).zip(versions) {
            if self.state().held.get(segment as usize).is_some_and(|held| held.version == version) {
                continue;
            }
            let (bytes, version) = self.shelf.load(segment)?;
            if bytes.len() != SEGMENT {
                return Err(damaged("a segment has the wrong length"));
            }
            let gone = self.learn(segment, Held { bytes, version });
            self.state.write().unwrap_or_else(PoisonError::into_inner).destroyed += gone;
        }
        turn.looked = Some(Instant::now());
        Ok(())
    }

    /// Takes a segment as it is now; how many keys are destroyed in it that were not.
    fn learn(&self, segment: u32, new: Held) -> u64 {
        let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
        let State { index, held, .. } = &mut *state;
        let nothing = vec![0; SEGMENT];
        let before = held.get(segment as usize).map_or(nothing.as_slice(), |held| held.bytes.as_slice());
        let mut gone = 0;
        let pairs = before.as_chunks::<SLOT>().0.iter().zip(new.bytes.as_chunks::<SLOT>().0);
        for (at, (old, new)) in (segment * SLOTS..).zip(pairs).filter(|(_, (old, new))| old != new) {
            let new = slot::decode(new);
            gone += u64::from(matches!(new, Slot::Destroyed(_)) && matches!(slot::decode(old), Slot::Live(..)));
            index.learn(at, &new);
        }
        match held.get_mut(segment as usize) {
            Some(place) => *place = new,
            None => held.push(new),
        }
        gone
    }

    fn state(&self) -> RwLockReadGuard<'_, State> {
        self.state.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn turn(&self) -> MutexGuard<'_, Turn> {
        self.turn.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The slots up to the last one ever used.
fn used(segment: &[u8]) -> usize {
    let slots = segment.as_chunks::<SLOT>().0;
    slots.iter().rposition(|slot| slot.iter().any(|byte| *byte != 0)).map_or(0, |last| last + 1)
}

fn damaged(why: &'static str) -> Error {
    Error::Damaged { path: "the bucket".into(), why }
}

fn too_many() -> Error {
    Error::Io(io::Error::other("other nodes were faster each time"))
}
