//! A ring that two nodes share, from outside: what one seals the other opens, and what one destroys the other forgets.

use std::{
    fs,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use object_store::memory::InMemory;
use tempfile::TempDir;
use uuid::Uuid;
use vault::{Board, Bucket, Error, Place, Start, Vault};

const ORG: Uuid = Uuid::from_u128(1);
const BUCKETS: [Bucket; 3] = [Bucket::Day(1), Bucket::Member(Uuid::from_u128(2)), Bucket::Author(Uuid::from_u128(3))];
/// How long a test waits before it fails.
const PATIENCE: Duration = Duration::from_secs(60);

/// What the nodes share: the store, the number in the database, and a copy of the master key each.
struct Installation {
    store: Arc<InMemory>,
    gone: Arc<AtomicI64>,
    dir: TempDir,
}

impl Installation {
    fn new() -> Self {
        Self { store: Arc::default(), gone: Arc::default(), dir: TempDir::new().unwrap() }
    }

    fn open(&self, master_key: &Path, start: Start) -> vault::Result<Vault> {
        let (gone, more_gone) = (self.gone.clone(), self.gone.clone());
        let board = Board {
            look: Box::new(move || {
                let now = gone.load(Ordering::SeqCst);
                Box::pin(async move { Ok(now) })
            }),
            add: Box::new(move || {
                more_gone.fetch_add(1, Ordering::SeqCst);
                Box::pin(async { Ok(()) })
            }),
        };
        Vault::open_at(Place::Shared { store: self.store.clone(), board }, master_key, start)
    }

    fn node(&self) -> Vault {
        let vault = self.open(&self.dir.path().join("master.key"), Start::First).unwrap();
        vault.create_organisation(ORG).unwrap();
        vault
    }
}

fn seal(vault: &Vault, bucket: Bucket) -> vault::Result<Vec<u8>> {
    vault.seal(ORG, bucket, "note", ORG, b"x")
}

fn open(vault: &Vault, bucket: Bucket, sealed: &[u8]) -> vault::Result<Vec<u8>> {
    vault.open(ORG, bucket, "note", ORG, sealed)
}

fn until(what: &str, is_so: impl Fn() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < PATIENCE, "{what}");
        thread::yield_now();
    }
}

#[test]
fn what_one_node_seals_the_other_opens() {
    let installation = Installation::new();
    let (here, there) = (installation.node(), installation.node());
    for bucket in BUCKETS {
        let sealed = seal(&here, bucket).unwrap();
        assert_eq!(open(&there, bucket, &sealed).unwrap(), b"x");
        assert_eq!(open(&here, bucket, &seal(&there, bucket).unwrap()).unwrap(), b"x");
    }
    let said = here.seal_message(ORG, 7, ORG, ORG, b"hello").unwrap();
    assert_eq!(there.open_message(ORG, 7, ORG, ORG, &said).unwrap(), b"hello");
    assert_eq!(here.lookup("word", Some(ORG), "x"), there.lookup("word", Some(ORG), "x"));
    assert_eq!(here.public_key(), there.public_key());
}

#[test]
fn nodes_that_seal_at_once_use_one_key() {
    let installation = Installation::new();
    let nodes = [installation.node(), installation.node()];
    let sealed: Vec<(i32, Vec<u8>)> = thread::scope(|scope| {
        let threads: Vec<_> = (0..8_usize)
            .map(|turn| {
                let vault = &nodes[turn % 2];
                scope.spawn(move || {
                    let days = (0..30).map(|day| (day + turn as i32 * 4) % 30);
                    days.map(|day| (day, seal(vault, Bucket::Day(day)).unwrap())).collect::<Vec<_>>()
                })
            })
            .collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    for (day, sealed) in &sealed {
        for vault in &nodes {
            assert_eq!(open(vault, Bucket::Day(*day), sealed).unwrap(), b"x");
        }
    }
    // The installation, the organisation, the days.
    assert_eq!(installation.node().facts().keys, 32);
}

#[test]
fn what_one_node_destroys_the_other_neither_opens_nor_seals() {
    let installation = Installation::new();
    let (here, there) = (installation.node(), installation.node());
    let sealed = seal(&here, BUCKETS[1]).unwrap();
    let said = here.seal_message(ORG, 7, ORG, ORG, b"hello").unwrap();
    // It has them at hand.
    assert!(open(&there, BUCKETS[1], &sealed).is_ok() && there.open_message(ORG, 7, ORG, ORG, &said).is_ok());
    here.destroy(ORG, &[BUCKETS[1], Bucket::Author(ORG)]).unwrap();
    assert!(matches!(open(&here, BUCKETS[1], &sealed), Err(Error::Destroyed)));
    until("it hears of it", || matches!(open(&there, BUCKETS[1], &sealed), Err(Error::Destroyed)));
    assert!(matches!(seal(&there, BUCKETS[1]), Err(Error::Destroyed)));
    assert!(matches!(there.open_message(ORG, 7, ORG, ORG, &said), Err(Error::Destroyed)));
    assert!(matches!(there.seal_message(ORG, 8, ORG, ORG, b"again"), Err(Error::Destroyed)));
    assert!(!there.has(ORG, &BUCKETS[1]).unwrap() && there.has(ORG, &Bucket::Day(7)).unwrap());
    assert!(there.is_gone(&there.name(ORG, BUCKETS[1]).unwrap()));
    here.destroy_organisation(ORG).unwrap();
    until("and of the whole", || matches!(seal(&there, BUCKETS[0]), Err(Error::Destroyed)));
    assert!(!there.has_organisation(ORG) && !here.has_organisation(ORG));
    assert!(matches!(there.create_organisation(ORG), Err(Error::Destroyed)));
}

#[test]
fn a_node_without_the_master_key_makes_none_of_its_own() {
    let installation = Installation::new();
    let here = installation.node();
    let sealed = seal(&here, BUCKETS[0]).unwrap();
    let elsewhere = installation.dir.path().join("elsewhere.key");
    let Err(Error::MasterKey { why, .. }) = installation.open(&elsewhere, Start::First) else { panic!("it opened") };
    assert!(why.contains("put back the copy") && !elsewhere.exists());
    fs::copy(installation.dir.path().join("master.key"), &elsewhere).unwrap();
    let there = installation.open(&elsewhere, Start::Again).unwrap();
    assert_eq!(open(&there, BUCKETS[0], &sealed).unwrap(), b"x");
}

#[test]
fn of_nodes_that_start_for_the_first_time_at_once_one_makes_the_ring() {
    for _ in 0..20 {
        let installation = Installation::new();
        let keys: Vec<_> = (0..3).map(|node| installation.dir.path().join(format!("{node}.key"))).collect();
        let opened: Vec<_> = thread::scope(|scope| {
            let node = &installation;
            let starts: Vec<_> = keys.iter().map(|key| scope.spawn(move || node.open(key, Start::First))).collect();
            starts.into_iter().map(|start| start.join().unwrap()).collect()
        });
        let mut first = None;
        for (key, opened) in keys.iter().zip(opened) {
            match opened {
                Ok(vault) => assert!(first.replace(vault).is_none(), "two rings"),
                Err(Error::MasterKey { why, .. }) => assert!(why.contains("put back the copy") && !key.exists()),
                Err(error) => panic!("{error}"),
            }
        }
        assert_eq!(first.unwrap().facts().keys, 1);
    }
}

#[test]
fn many_buckets_are_looked_for_at_once() {
    let installation = Installation::new();
    let (here, there) = (installation.node(), installation.node());
    here.ensure(ORG, &[BUCKETS[0], BUCKETS[2]]).unwrap();
    assert_eq!(there.present(ORG, &BUCKETS).unwrap(), [BUCKETS[0], BUCKETS[2]]);
    let names = BUCKETS.map(|bucket| here.name(ORG, bucket).unwrap());
    assert_eq!(there.are_gone(&names), [false, true, false]);
    assert!(there.opens_organisation(ORG).unwrap() && !there.opens_organisation(Uuid::from_u128(9)).unwrap());
}

#[test]
fn where_there_has_to_be_a_ring_none_is_made() {
    let installation = Installation::new();
    let key = installation.dir.path().join("master.key");
    assert!(matches!(installation.open(&key, Start::Again), Err(Error::NoRing)));
    let folder = installation.dir.path().join("keys");
    assert!(matches!(Vault::open_at(Place::Folder(folder.clone()), &key, Start::Again), Err(Error::NoRing)));
    assert!(!key.exists() && !folder.exists());
    drop(Vault::open_dir(&folder, &key).unwrap());
    Vault::open_at(Place::Folder(folder), &key, Start::Again).unwrap();
}
