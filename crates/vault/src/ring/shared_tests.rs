//! Several nodes on one shelf: whatever they do at once, a name has one key and a destroyed one never comes back.

use std::{
    io,
    sync::{Arc, Mutex},
    thread,
};

use proptest::prelude::*;

use super::{
    segments::SLOTS,
    shared::{Shared, Shelf},
};
use crate::{
    Error,
    crypto::{KeyId, Wrapped},
};

/// Segments and how often each was put.
type Kept = Vec<(Vec<u8>, u64)>;

#[derive(Clone, Default)]
struct Memory(Arc<Mutex<Kept>>);

impl Shelf for Memory {
    fn versions(&self) -> io::Result<Vec<String>> {
        Ok(self.0.lock().unwrap().iter().map(|(_, version)| version.to_string()).collect())
    }

    fn load(&self, segment: u32) -> io::Result<(Vec<u8>, String)> {
        let (bytes, version) = self.0.lock().unwrap()[segment as usize].clone();
        Ok((bytes, version.to_string()))
    }

    fn put(&self, segment: u32, bytes: Vec<u8>, over: Option<&str>) -> io::Result<Option<String>> {
        let mut kept = self.0.lock().unwrap();
        let now = kept.get(segment as usize).map(|(_, version)| *version);
        if now.map(|version| version.to_string()).as_deref() != over {
            return Ok(None);
        }
        let version = now.unwrap_or(0) + 1;
        match kept.get_mut(segment as usize) {
            Some(place) => *place = (bytes, version),
            None => kept.push((bytes, version)),
        }
        Ok(Some(version.to_string()))
    }
}

fn id(number: u32) -> KeyId {
    let mut id = [1; 16];
    id[..4].copy_from_slice(&number.to_be_bytes());
    id
}

fn wrapped(number: u8) -> Wrapped {
    [number; 40]
}

fn node(shelf: &Memory) -> Shared {
    Shared::open(Box::new(shelf.clone())).unwrap()
}

#[test]
fn what_one_node_makes_another_finds_and_what_one_destroys_no_other_makes_again() {
    let shelf = Memory::default();
    let (one, other) = (node(&shelf), node(&shelf));
    one.create(&[(id(1), wrapped(1))]).unwrap();
    assert_eq!(other.find(&id(1)).unwrap(), wrapped(1));
    other.create(&[(id(1), wrapped(2)), (id(2), wrapped(2))]).unwrap();
    assert_eq!(other.find(&id(1)).unwrap(), wrapped(1), "the first one stays");
    assert_eq!(one.find(&id(2)).unwrap(), wrapped(2));
    other.destroy(&[id(1), id(3)]).unwrap();
    assert!(!shelf.0.lock().unwrap()[0].0.windows(40).any(|bytes| bytes == wrapped(1)), "it is gone from the shelf");
    assert!(matches!(one.create(&[(id(3), wrapped(3))]), Err(Error::Destroyed)), "a key that never was");
    let destroyed = one.refresh().unwrap();
    assert_eq!(destroyed, 1);
    assert!(matches!(one.find(&id(1)), Err(Error::Destroyed)));
    assert!(matches!(node(&shelf).find(&id(1)), Err(Error::Destroyed)));
}

#[test]
fn nodes_that_cross_into_a_new_segment_at_once_lose_no_key() {
    let shelf = Memory::default();
    let first = node(&shelf);
    let filler: Vec<_> = (0..SLOTS - 3).map(|n| (id(n), wrapped(9))).collect();
    first.create(&filler).unwrap();
    let nodes: Vec<_> = (0..4_u32)
        .map(|n| {
            let ring = node(&shelf);
            thread::spawn(move || {
                for key in 0..20 {
                    let own = (id(100_000 + n * 100 + key), wrapped(n as u8 + 1));
                    let shared = (id(200_000 + key), wrapped(n as u8 + 1));
                    ring.create(&[own, shared]).unwrap();
                }
                (0..20).map(|key| ring.find(&id(200_000 + key)).unwrap()).collect::<Vec<_>>()
            })
        })
        .collect();
    let seen: Vec<_> = nodes.into_iter().map(|node| node.join().unwrap()).collect();
    assert!(seen.iter().all(|keys| *keys == seen[0]), "of one name there is one key, on whichever node");
    let late = node(&shelf);
    for n in 0..4_u32 {
        assert!((0..20).all(|key| late.find(&id(100_000 + n * 100 + key)).unwrap() == wrapped(n as u8 + 1)));
    }
    assert_eq!((late.facts().keys, late.facts().torn), (filler.len() + 100, 0));
    assert_eq!(late.facts().segments, 2);
}

proptest! {
    /// Acts of two nodes in any order: name, whose act, whether it destroys.
    #[test]
    fn nodes_agree_with_a_map_that_has_no_nodes(acts in prop::collection::vec((0..6_u32, any::<bool>(), any::<bool>()), 1..40)) {
        let shelf = Memory::default();
        let nodes = [node(&shelf), node(&shelf)];
        let mut expected = std::collections::HashMap::<u32, Option<u8>>::new();
        for (step, (name, whose, is_destroyed)) in acts.into_iter().enumerate() {
            let ring = &nodes[usize::from(whose)];
            if is_destroyed {
                ring.destroy(&[id(name)]).unwrap();
                expected.insert(name, None);
            } else {
                let made = ring.create(&[(id(name), wrapped(step as u8 + 1))]);
                prop_assert_eq!(made.is_ok(), expected.get(&name) != Some(&None));
                expected.entry(name).or_insert(Some(step as u8 + 1));
            }
        }
        for ring in &nodes {
            ring.refresh().unwrap();
            for (name, key) in &expected {
                match key {
                    Some(key) => prop_assert_eq!(ring.find(&id(*name)).unwrap(), wrapped(*key)),
                    None => prop_assert!(matches!(ring.find(&id(*name)), Err(Error::Destroyed))),
                }
            }
        }
    }
}
