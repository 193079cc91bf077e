//! Order of position is order of commit; subscribers see every event once, in that order, and survive their mistakes.

use std::sync::{Arc, Mutex};

use chrono::TimeDelta;
use kernel::{Actor, Error, Module, OrgId};
use testkit::TestApp;
use uuid::Uuid;

use crate::notes::{self, NoteWritten};

async fn write(t: &TestApp, org: OrgId) -> Uuid {
    let mut tx = t.app.begin(org, Actor::System).await.unwrap();
    let note = notes::write(&mut tx).await.unwrap();
    tx.commit().await.unwrap();
    note
}

async fn write_five(t: &TestApp, org: OrgId, done: &tokio::sync::Semaphore) {
    for _ in 0..5 {
        write(t, org).await;
    }
    done.add_permits(1);
}

async fn positions(t: &TestApp, org: OrgId) -> Vec<i64> {
    let mut tx = t.app.begin(org, Actor::System).await.unwrap();
    sqlx::query_scalar("select pos from kernel.outbox order by pos").fetch_all(tx.db()).await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn positions_of_concurrent_writers_are_gapless() {
    let t = Arc::new(TestApp::with(vec![notes::module()]).await);
    let acme = t.org("acme").await;
    let done = Arc::new(tokio::sync::Semaphore::new(0));
    for _ in 0..8 {
        let (writer, done) = (t.clone(), done.clone());
        t.app.spawn("writer", async move { write_five(&writer, acme, &done).await });
    }
    drop(done.acquire_many(8).await.unwrap());
    assert_eq!(positions(&t, acme).await, (1..=40).collect::<Vec<i64>>());
}

#[tokio::test]
async fn what_is_rolled_back_was_never_announced() {
    let t = TestApp::with(vec![notes::module()]).await;
    let acme = t.org("acme").await;
    let mut tx = t.app.begin(acme, Actor::System).await.unwrap();
    notes::write(&mut tx).await.unwrap();
    drop(tx);
    write(&t, acme).await;
    assert_eq!(positions(&t, acme).await, [1]);
}

/// A module that remembers what it heard and fails while told to.
fn listener(heard: Arc<Mutex<Vec<Uuid>>>, failures: Arc<Mutex<u32>>) -> Module {
    let hear = kernel::subscriber("listener.hear", move |_tx, event: NoteWritten| {
        let (heard, failures) = (heard.clone(), failures.clone());
        Box::pin(async move {
            let mut left = failures.lock().unwrap();
            if *left > 0 {
                *left -= 1;
                return Err(Error::Conflict("listener.not_now"));
            }
            heard.lock().unwrap().push(event.note);
            Ok(())
        })
    });
    Module { subscribers: vec![hear], ..notes::module() }
}

#[tokio::test]
async fn a_subscriber_that_fails_tries_again_and_misses_nothing() {
    let (heard, failures) = (Arc::new(Mutex::new(Vec::new())), Arc::new(Mutex::new(2)));
    let t = TestApp::with(vec![listener(heard.clone(), failures)]).await;
    let acme = t.org("acme").await;
    let written = [write(&t, acme).await, write(&t, acme).await];
    for _ in 0..3 {
        t.run_subscribers().await;
        t.clock.advance(TimeDelta::seconds(6));
    }
    assert_eq!(*heard.lock().unwrap(), written);
    t.run_subscribers().await;
    assert_eq!(heard.lock().unwrap().len(), 2);
}

#[tokio::test]
async fn an_event_that_cannot_be_digested_is_left_behind_and_shown() {
    let (heard, failures) = (Arc::new(Mutex::new(Vec::new())), Arc::new(Mutex::new(10)));
    let t = TestApp::with(vec![listener(heard.clone(), failures)]).await;
    let acme = t.org("acme").await;
    let written = [write(&t, acme).await, write(&t, acme).await];
    for _ in 0..12 {
        t.run_subscribers().await;
        t.clock.advance(TimeDelta::seconds(6));
    }
    assert_eq!(*heard.lock().unwrap(), written[1..]);
    let failed: Vec<String> =
        sqlx::query_scalar("select name from kernel.job where state = 'failed'").fetch_all(&t.admin).await.unwrap();
    assert_eq!(failed, ["listener.hear"]);
}
