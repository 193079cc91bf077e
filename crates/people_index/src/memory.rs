//! The people of each organisation that is in use: loaded once, kept by what is committed meanwhile, forgotten when idle.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use chrono::{DateTime, TimeDelta, Utc};
use kernel::OrgId;
use tokio::sync::MutexGuard;

use crate::{Entry, Index};

const IDLE: TimeDelta = TimeDelta::minutes(30);

/// The indexes of all organisations in use.
#[derive(Default)]
pub struct Indexes {
    slots: Mutex<HashMap<OrgId, Arc<Slot>>>,
}

/// The place of one organisation's index, loaded or not.
#[derive(Default)]
pub struct Slot {
    index: RwLock<Option<Arc<RwLock<Index>>>>,
    loading: tokio::sync::Mutex<()>,
    /// Changes that committed while somebody was loading.
    missed: Mutex<Vec<Arc<Entry>>>,
    used_at: Mutex<Option<DateTime<Utc>>>,
}

impl Indexes {
    /// The place of this organisation, which is used now.
    pub fn slot(&self, org: OrgId, now: DateTime<Utc>) -> Arc<Slot> {
        let mut slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
        let slot = Arc::clone(slots.entry(org).or_default());
        *slot.used_at.lock().unwrap_or_else(PoisonError::into_inner) = Some(now);
        slot
    }

    /// Forgets those that nobody has used for half an hour.
    pub fn forget_idle(&self, now: DateTime<Utc>) {
        let is_used = |slot: &Slot| {
            let used_at = *slot.used_at.lock().unwrap_or_else(PoisonError::into_inner);
            used_at.is_some_and(|at| now - at < IDLE)
        };
        self.slots.lock().unwrap_or_else(PoisonError::into_inner).retain(|_, slot| is_used(slot));
    }
}

impl Slot {
    /// The index, once it is loaded.
    pub fn loaded(&self) -> Option<Arc<RwLock<Index>>> {
        self.index.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// One loads at a time: the others wait here, and find it loaded.
    pub async fn alone(&self) -> MutexGuard<'_, ()> {
        self.loading.lock().await
    }

    /// After a commit: into the index, or onto the list of whoever is loading it.
    pub fn apply(&self, entries: Vec<Arc<Entry>>) {
        let mut missed = self.missed.lock().unwrap_or_else(PoisonError::into_inner);
        match self.loaded() {
            None => missed.extend(entries),
            Some(index) => {
                let mut index = index.write().unwrap_or_else(PoisonError::into_inner);
                index.put_all(entries);
            }
        }
    }

    /// What was loaded, with what was missed meanwhile, is the index from now on.
    pub fn finish(&self, mut index: Index) -> Arc<RwLock<Index>> {
        let mut missed = self.missed.lock().unwrap_or_else(PoisonError::into_inner);
        index.put_all(std::mem::take(&mut *missed));
        let index = Arc::new(RwLock::new(index));
        *self.index.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&index));
        index
    }
}
