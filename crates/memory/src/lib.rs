//! Values read from a database, remembered for a while.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, PoisonError, RwLock};

use chrono::{DateTime, TimeDelta, Utc};

/// Values by their key. What another node changed goes unnoticed for at most `SECONDS`.
pub struct Memory<K, V, const SECONDS: i64>(RwLock<Known<K, V>>);

struct Known<K, V> {
    values: HashMap<K, (Arc<V>, DateTime<Utc>)>,
    /// Counts what was forgotten.
    changes: u64,
}

/// How often something had been forgotten when reading began: what was read before a change is not kept after it.
#[derive(Debug, Clone, Copy)]
pub struct Begun(u64);

impl<K, V, const SECONDS: i64> Default for Memory<K, V, SECONDS> {
    fn default() -> Self {
        Self(RwLock::new(Known { values: HashMap::new(), changes: 0 }))
    }
}

impl<K: Eq + Hash, V, const SECONDS: i64> Memory<K, V, SECONDS> {
    /// The value, if it is remembered and was read less than `SECONDS` before `now`.
    pub fn get(&self, key: &K, now: DateTime<Utc>) -> Option<Arc<V>> {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let (value, at) = known.values.get(key)?;
        ((now - *at).abs() < TimeDelta::seconds(SECONDS)).then(|| Arc::clone(value))
    }

    /// To be called before the database is asked, and given to [`Self::keep`].
    pub fn begin(&self) -> Begun {
        Begun(self.0.read().unwrap_or_else(PoisonError::into_inner).changes)
    }

    /// Remembers what was read at `now`, unless something was forgotten since `begun`.
    pub fn keep(&self, begun: Begun, key: K, value: V, now: DateTime<Utc>) -> Arc<V> {
        let value = Arc::new(value);
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if known.changes == begun.0 {
            known.values.insert(key, (Arc::clone(&value), now));
        }
        value
    }

    /// After the commit that changed it.
    pub fn forget(&self, key: &K) {
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        known.changes += 1;
        known.values.remove(key);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_remembered_until_it_is_old_or_forgotten() {
        let (memory, now) = (Memory::<u8, &str, 5>::default(), DateTime::UNIX_EPOCH);
        assert_eq!(*memory.keep(memory.begin(), 1, "one", now), "one");
        assert_eq!(memory.get(&1, now + TimeDelta::milliseconds(4_999)).as_deref(), Some(&"one"));
        assert_eq!(memory.get(&1, now + TimeDelta::seconds(5)), None, "it is old");
        assert_eq!(memory.get(&2, now), None, "another key");
        memory.forget(&1);
        assert_eq!(memory.get(&1, now), None);
    }

    #[test]
    fn what_was_read_before_a_change_is_not_kept_after_it() {
        let (memory, now) = (Memory::<u8, &str, 5>::default(), DateTime::UNIX_EPOCH);
        let begun = memory.begin();
        memory.forget(&1);
        assert_eq!(*memory.keep(begun, 1, "before", now), "before", "whoever read it has it all the same");
        assert_eq!(memory.get(&1, now), None);
    }
}
