//! What nodes need to share a ring in a test, and the keys they make in it.

use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicI64, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use object_store::ObjectStore;

use super::{Answer, Board, SharedRing, segments::SLOTS};
use crate::{
    Start,
    crypto::{KeyId, Wrapped},
};

/// How long a test waits before it fails; what may take how long is said by constants of the ring.
const PATIENCE: Duration = Duration::from_secs(60);

/// A database, as far as the ring needs one.
#[derive(Clone, Default)]
pub struct Numbers {
    pub gone: Arc<AtomicI64>,
    pub is_away: Arc<AtomicBool>,
}

impl Numbers {
    pub fn board(&self) -> Board {
        let (look, add) = (self.clone(), self.clone());
        Board {
            look: Box::new(move || look.answer(look.gone.load(Ordering::SeqCst))),
            add: Box::new(move || {
                if !add.is_away.load(Ordering::SeqCst) {
                    add.gone.fetch_add(1, Ordering::SeqCst);
                }
                add.answer(())
            }),
        }
    }

    fn answer<T: Send + 'static>(&self, told: T) -> Answer<T> {
        let is_away = self.is_away.load(Ordering::SeqCst);
        Box::pin(async move { if is_away { Err(io::ErrorKind::ConnectionRefused.into()) } else { Ok(told) } })
    }
}

/// What all nodes share.
pub struct Place<S> {
    pub store: Arc<S>,
    pub numbers: Numbers,
}

impl<S: ObjectStore + Default> Place<S> {
    pub fn new() -> Self {
        Self { store: Arc::default(), numbers: Numbers::default() }
    }

    pub fn node(&self) -> SharedRing {
        self.open(Start::First).unwrap()
    }

    pub fn open(&self, start: Start) -> crate::Result<SharedRing> {
        let store: Arc<dyn ObjectStore> = self.store.clone();
        SharedRing::open(store, self.numbers.board(), start)
    }
}

pub fn id(number: u8) -> KeyId {
    [number + 1; 16]
}

/// What a node would make of it.
pub fn wrapped(node: usize, number: u8) -> Wrapped {
    let mut wrapped = [number ^ 0x55; 40];
    wrapped[0] = node as u8 + 1;
    wrapped
}

pub fn keys(node: usize, numbers: &[u8]) -> Vec<(KeyId, Wrapped)> {
    numbers.iter().map(|number| (id(*number), wrapped(node, *number))).collect()
}

pub fn ids(numbers: &[u8]) -> Vec<KeyId> {
    numbers.iter().map(|number| id(*number)).collect()
}

/// All but a few slots of the first segment are used, so that the next keys cross into the second.
pub fn fill(ring: &SharedRing) {
    let filler: Vec<_> = (0..SLOTS - 4)
        .map(|n| {
            let mut id = [0; 16];
            id[..4].copy_from_slice(&n.to_be_bytes());
            (id, [7; 40])
        })
        .collect();
    ring.create(&filler).unwrap();
}

/// Waits until it is so.
pub fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < PATIENCE, "{what}");
        thread::yield_now();
    }
}
