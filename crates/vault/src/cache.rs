//! Keys at hand: bounded, and wiped as they leave.

use std::{collections::HashMap, hash::Hash, sync::Arc};

/// Two generations: what is used moves to the young one; when that is full, the old one is forgotten.
pub struct Cache<K, V> {
    young: HashMap<K, Arc<V>>,
    old: HashMap<K, Arc<V>>,
    generation: usize,
}

impl<K: Eq + Hash, V> Cache<K, V> {
    /// Holds at most `capacity` values.
    pub fn new(capacity: usize) -> Self {
        Self { young: HashMap::new(), old: HashMap::new(), generation: capacity / 2 }
    }

    pub fn find(&mut self, key: &K) -> Option<Arc<V>> {
        if let Some(value) = self.young.get(key) {
            return Some(value.clone());
        }
        let (key, value) = self.old.remove_entry(key)?;
        self.put(key, value.clone());
        Some(value)
    }

    pub fn put(&mut self, key: K, value: Arc<V>) {
        if self.young.len() >= self.generation {
            self.old = std::mem::take(&mut self.young);
        }
        self.young.insert(key, value);
    }

    pub fn clear(&mut self) {
        self.young.clear();
        self.old.clear();
    }

    pub fn forget(&mut self, is_gone: impl Fn(&K) -> bool) {
        self.young.retain(|key, _| !is_gone(key));
        self.old.retain(|key, _| !is_gone(key));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_never_holds_more_than_its_capacity_and_keeps_what_is_used() {
        let mut cache = Cache::new(8);
        cache.put(0, Arc::new(0));
        for number in 1..100 {
            cache.put(number, Arc::new(number));
            assert!(cache.find(&0).is_some());
            assert!(cache.young.len() + cache.old.len() <= 8);
        }
        assert!(cache.find(&50).is_none());
    }

    #[test]
    fn a_forgotten_key_is_gone_from_both_generations() {
        let mut cache = Cache::new(4);
        for number in 0..4 {
            cache.put(number, Arc::new(number));
        }
        cache.forget(|number| *number < 3);
        assert!((0..3).all(|number| cache.find(&number).is_none()));
        assert!(cache.find(&3).is_some());
    }
}
