//! The key ring of one node: segment files in its data directory, changed in place and synced.

use std::{
    collections::HashMap,
    fs::{File, OpenOptions, TryLockError},
    io::{Read, Seek, Write},
    os::unix::fs::OpenOptionsExt,
    path::Path,
    sync::{Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard},
};

use super::{
    Facts,
    index::Index,
    segments::{SLOTS, Segments},
    slot::{self, SLOT, Slot},
};
use crate::{
    Error, Result,
    crypto::{KeyId, Wrapped},
};

/// What is about to be written, by key.
type Slots = HashMap<KeyId, Vec<(u32, [u8; SLOT])>>;

/// Invariant: the index says only what is on the disk. It is changed after the sync, never before.
pub struct FileRing {
    pub(super) segments: Segments,
    index: RwLock<Index>,
    writer: Mutex<Writer>,
    _lock: File,
}

struct Writer {
    /// The first slot after the last one ever used. A slot is never used for a second key.
    next: u32,
    segments: u32,
    /// After a failed write nobody knows what the disk holds; only reading it again tells.
    is_broken: bool,
}

impl FileRing {
    /// Locks the ring for this process and reads it.
    pub fn open(dir: &Path) -> Result<Self> {
        let segments = Segments::open(dir)?;
        let lock = lock(dir)?;
        let mut index = Index::default();
        let count = segments.count()?;
        let mut next = 0;
        for segment in 0..count {
            let bytes = segments.load(segment)?;
            let slots = (segment * SLOTS..).zip(bytes.as_chunks::<SLOT>().0.iter().map(slot::decode));
            for (at, slot) in slots.filter(|(_, slot)| *slot != Slot::Free) {
                next = at + 1;
                index.learn(at, &slot);
            }
        }
        let writer = Writer { next, segments: count, is_broken: false };
        Ok(Self { segments, index: RwLock::new(index), writer: Mutex::new(writer), _lock: lock })
    }

    pub fn facts(&self) -> Facts {
        let segments = self.writer().segments;
        self.index().facts(segments)
    }

    /// No key was ever acknowledged here; a first write that was cut does not count.
    pub fn is_empty(&self) -> bool {
        self.index().is_empty()
    }

    /// Whether the key exists and has not been destroyed.
    pub fn is_live(&self, id: &KeyId) -> bool {
        self.index().live(id).is_ok()
    }

    pub fn find(&self, id: &KeyId) -> Result<Wrapped> {
        if let Slot::Live(found, wrapped) = slot::decode(&self.segments.read(self.index().live(id)?)?)
            && found == *id
        {
            return Ok(wrapped);
        }
        // It is being destroyed, or the disk lies: nobody writes while we look again.
        let _writer = self.writer();
        match slot::decode(&self.segments.read(self.index().live(id)?)?) {
            Slot::Live(found, wrapped) if found == *id => Ok(wrapped),
            Slot::Destroyed(found) if found == *id => Err(Error::Destroyed),
            _ => Err(self.segments.damaged("a slot changed on the disk")),
        }
    }

    /// Adds those keys that are missing, durably before it returns. Of two callers with the same
    /// name one wins; both find the winner's key. One destroyed name refuses the whole batch.
    pub fn create(&self, keys: &[(KeyId, Wrapped)]) -> Result<()> {
        let mut writer = self.writer();
        let mut slots = Slots::new();
        for (id, wrapped) in keys {
            match self.index().live(id) {
                Err(Error::Missing) if !slots.contains_key(id) => {
                    slots.insert(*id, vec![(writer.next + slots.len() as u32, slot::live(*id, wrapped))]);
                }
                Ok(_) | Err(Error::Missing) => {}
                Err(error) => return Err(error),
            }
        }
        self.put(&mut writer, slots)
    }

    /// Overwrites the keys where they stand. When it returns they are gone from the disk and their
    /// names can never be used again, whether there was a key or not: what follows a crash may repeat it.
    pub fn destroy(&self, ids: &[KeyId]) -> Result<()> {
        let mut writer = self.writer();
        let mut slots = Slots::new();
        let mut next = writer.next;
        for id in ids {
            if slots.contains_key(id) {
                continue;
            }
            let mut places = self.index().places_to_overwrite(id);
            if places.is_empty() && !self.index().is_destroyed(id) {
                places.push(next);
                next += 1;
            }
            slots.insert(*id, places.into_iter().map(|at| (at, slot::destroyed(*id))).collect());
        }
        self.put(&mut writer, slots)
    }

    fn put(&self, writer: &mut Writer, slots: Slots) -> Result<()> {
        let mut slots: Vec<_> = slots.into_values().flatten().collect();
        slots.sort_by_key(|(at, _)| *at);
        let Some((last, _)) = slots.last() else { return Ok(()) };
        if writer.is_broken {
            return Err(Error::ReadOnly);
        }
        let next = writer.next.max(last + 1);
        // A full disk refuses here, before any key is touched.
        while writer.segments * SLOTS < next {
            self.segments.grow(writer.segments)?;
            writer.segments += 1;
        }
        // Until the last sync has succeeded, any way out leaves the ring unsure of its disk.
        writer.is_broken = true;
        for group in slots.chunk_by(|left, right| left.0 / SLOTS == right.0 / SLOTS) {
            self.segments.write(group[0].0 / SLOTS, group)?;
        }
        writer.is_broken = false;
        writer.next = next;
        let mut index = self.index.write().unwrap_or_else(PoisonError::into_inner);
        for (at, bytes) in &slots {
            index.learn(*at, &slot::decode(bytes));
        }
        Ok(())
    }

    fn index(&self) -> RwLockReadGuard<'_, Index> {
        self.index.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn writer(&self) -> MutexGuard<'_, Writer> {
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn lock(dir: &Path) -> Result<File> {
    let path = dir.join("lock");
    let mut file = OpenOptions::new().read(true).write(true).create(true).truncate(false).mode(0o600).open(&path)?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::Error(error)) => return Err(error.into()),
        Err(TryLockError::WouldBlock) => {
            let mut pid = String::new();
            file.read_to_string(&mut pid)?;
            return Err(Error::InUse { path: dir.to_owned(), pid: pid.trim().to_owned() });
        }
    }
    file.set_len(0)?;
    file.rewind()?;
    writeln!(file, "{}", std::process::id())?;
    Ok(file)
}
