//! The mark and the board, on a real database.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use kernel::Module;
use key_ring::{Hold, Mark, Share};
use testkit::TestApp;
use uuid::Uuid;
use vault::Vault;

fn modules() -> Vec<Module> {
    vec![key_ring::module()]
}

/// What every domain promises: tenancy, access, the data map.
#[tokio::test]
async fn contract() {
    testkit::contract(modules()).await;
}

async fn mark(t: &TestApp) -> Option<Mark> {
    key_ring::read(&mut t.admin.acquire().await.unwrap()).await.unwrap()
}

#[tokio::test]
async fn a_database_is_marked_once_and_knows_its_ring_from_any_other() {
    let t = TestApp::with(modules()).await;
    assert_eq!(mark(&t).await, None);
    let (id, vault) = (Uuid::from_u128(1), t.app.vault());
    let mut db = t.admin.acquire().await.unwrap();
    key_ring::write(&mut db, vault, id, "folder").await.unwrap();
    let marked = mark(&t).await.unwrap();
    assert!(marked.is_of(vault) && marked.place == "folder");
    let dir = tempfile::tempdir().unwrap();
    let other = Vault::open_dir(&dir.path().join("keys"), &dir.path().join("master.key")).unwrap();
    assert!(!marked.is_of(&other));
    key_ring::write(&mut db, &other, Uuid::from_u128(2), "bucket").await.unwrap();
    assert_eq!(mark(&t).await.unwrap(), marked, "the first one stays");
    key_ring::moved(&mut db, "bucket").await.unwrap();
    let moved = mark(&t).await.unwrap();
    assert!(moved.is_of(vault) && moved.place == "bucket");
}

#[tokio::test]
async fn a_database_that_was_never_migrated_has_no_mark_and_an_empty_board() {
    let t = TestApp::with(Vec::new()).await;
    assert_eq!(mark(&t).await, None);
    let board = key_ring::board(t.line());
    assert_eq!((board.look)().await.unwrap(), 0);
    (board.add)().await.unwrap();
    assert_eq!((board.look)().await.unwrap(), 0);
}

#[tokio::test]
async fn what_one_node_adds_the_other_sees() {
    let t = TestApp::with(modules()).await;
    key_ring::write(&mut t.admin.acquire().await.unwrap(), t.app.vault(), Uuid::from_u128(1), "bucket").await.unwrap();
    let (here, there) = (key_ring::board(t.line()), key_ring::board(t.line()));
    assert_eq!((there.look)().await.unwrap(), 0);
    (here.add)().await.unwrap();
    (here.add)().await.unwrap();
    assert_eq!((there.look)().await.unwrap(), 2);
}

#[tokio::test]
async fn a_ring_in_a_folder_is_used_by_one_program_and_a_shared_one_by_those_who_share_it() {
    let t = TestApp::with(modules()).await;
    let take = |share| Hold::take(t.line(), share);
    let alone = take(Share::Alone).await.unwrap();
    assert!(alone.is_some());
    for share in [Share::Alone, Share::WithOthers] {
        assert!(take(share).await.unwrap().is_none(), "{share:?}");
    }
    drop(alone);
    let shared = [take(Share::WithOthers).await.unwrap(), take(Share::WithOthers).await.unwrap()];
    assert!(shared.iter().all(Option::is_some));
    assert!(take(Share::Alone).await.unwrap().is_none());
}
