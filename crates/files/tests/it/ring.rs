//! The key ring of several nodes in a bucket that speaks S3: the store keeps them apart, and one that cannot is not taken.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use files::S3Settings;
use kernel::data_map::DataMap;
use testkit::TestApp;
use uuid::Uuid;
use vault::{Board, Bucket, Error, Place, Start, Vault};

use crate::weed::{Weed, as_guest, settings};

const ORG: Uuid = Uuid::from_u128(1);
/// How long a test waits before it fails.
const PATIENCE: Duration = Duration::from_secs(60);

/// The number the nodes share; in earnest it stands in the database.
#[derive(Clone, Default)]
struct Numbers(Arc<AtomicI64>);

impl Numbers {
    fn board(&self) -> Board {
        let (look, add) = (Arc::clone(&self.0), Arc::clone(&self.0));
        Board {
            look: Box::new(move || {
                let gone = look.load(Ordering::SeqCst);
                Box::pin(async move { Ok(gone) })
            }),
            add: Box::new(move || {
                add.fetch_add(1, Ordering::SeqCst);
                Box::pin(async { Ok(()) })
            }),
        }
    }
}

fn node(map: &DataMap, settings: &S3Settings, numbers: &Numbers, master_key: &Path) -> vault::Result<Vault> {
    let store = files::bucket(map, files::HOST, settings).unwrap();
    Vault::open_at(Place::Shared { store, board: numbers.board() }, master_key, Start::First)
}

fn seal(vault: &Vault, day: i32) -> vault::Result<Vec<u8>> {
    vault.seal(ORG, Bucket::Day(day), "note", ORG, b"x")
}

/// On twelve days, beginning with `first`.
fn seal_twelve(vault: &Vault, first: i32) -> Vec<(i32, Vec<u8>)> {
    let days = (0..12).map(|day| (day + first) % 12);
    days.map(|day| (day, seal(vault, day).unwrap())).collect()
}

#[tokio::test]
async fn nodes_share_a_key_ring_in_a_bucket_and_destroy_for_each_other() {
    let weed = Weed::start().await;
    let t = TestApp::with(vec![files::module()]).await;
    let (dir, numbers) = (tempfile::tempdir().unwrap(), Numbers::default());
    let key = dir.path().join("master.key");
    let open = || node(t.app.data_map(), &settings(&weed), &numbers, &key).unwrap();
    let nodes = [open(), open()];
    nodes[0].create_organisation(ORG).unwrap();
    let sealed: Vec<(i32, Vec<u8>)> = thread::scope(|scope| {
        let threads: Vec<_> = (0..6_i32)
            .map(|turn| {
                let vault = &nodes[turn as usize % 2];
                scope.spawn(move || seal_twelve(vault, turn * 2))
            })
            .collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    for (day, sealed) in &sealed {
        for vault in &nodes {
            assert_eq!(vault.open(ORG, Bucket::Day(*day), "note", ORG, sealed).unwrap(), b"x");
        }
    }
    assert_eq!(nodes[1].facts().keys, 14, "the installation, the organisation, the days: each once");
    nodes[0].destroy(ORG, &[Bucket::Day(3)]).unwrap();
    let begun = Instant::now();
    while !matches!(seal(&nodes[1], 3), Err(Error::Destroyed)) {
        assert!(begun.elapsed() < PATIENCE, "it does not hear of it");
    }
    // A try that was cut because it took long may land after it was taken away; a start an hour later finds it.
    let paths = weed.paths().await;
    assert_eq!(paths.iter().filter(|path| path.ends_with(".keys")).count(), 1, "one segment: {paths:?}");
    assert_eq!(open().facts().destroyed, 1);
}

#[tokio::test]
async fn a_bucket_that_may_not_be_written_holds_no_key_ring() {
    let weed = Weed::start().await;
    let t = TestApp::with(vec![files::module()]).await;
    let dir = tempfile::tempdir().unwrap();
    let key = dir.path().join("master.key");
    let opened = node(t.app.data_map(), &as_guest(&weed), &Numbers::default(), &key);
    assert!(matches!(opened, Err(Error::Unreachable(_))));
    assert!(!key.exists(), "no master key for a ring that is not there");
}
