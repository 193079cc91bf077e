//! Jobs run once, on whichever node, again after a failure, and after a crash.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use chrono::TimeDelta;
use kernel::{Actor, Class, Error, Job, Module};
use serde_json::json;
use testkit::TestApp;

use crate::notes;

fn with_job(job: Job) -> Module {
    Module { jobs: vec![job], ..notes::module() }
}

async fn states(t: &TestApp, name: &str) -> Vec<(String, i32)> {
    sqlx::query_as("select state, attempts from kernel.job where name = $1")
        .bind(name)
        .fetch_all(&t.admin)
        .await
        .unwrap()
}

#[tokio::test]
async fn a_job_runs_when_it_is_due_and_not_before() {
    static RUNS: AtomicU32 = AtomicU32::new(0);
    let job = Job {
        name: "notes.once",
        class: Class::Light,
        every: None,
        run: |cx| {
            assert_eq!(cx.payload, json!({"note": 1}));
            RUNS.fetch_add(1, Ordering::SeqCst);
            Box::pin(async { Ok(()) })
        },
    };
    let t = TestApp::with(vec![with_job(job)]).await;
    let mut tx = t.app.begin(t.org("acme").await, Actor::System).await.unwrap();
    let at = tx.now() + TimeDelta::hours(1);
    tx.schedule("notes.once", json!({"note": 1}), at).await.unwrap();
    tx.commit().await.unwrap();
    t.run_jobs().await;
    assert_eq!(RUNS.load(Ordering::SeqCst), 0);
    t.clock.advance(TimeDelta::hours(1));
    t.run_jobs().await;
    t.run_jobs().await;
    assert_eq!(RUNS.load(Ordering::SeqCst), 1);
    assert_eq!(states(&t, "notes.once").await, [("done".to_owned(), 1)]);
}

#[tokio::test]
async fn a_failing_job_is_tried_again_later_and_given_up_in_the_end() {
    let job = Job {
        name: "notes.fail",
        class: Class::Light,
        every: None,
        run: |_| Box::pin(async { Err(Error::Unavailable("notes.paper")) }),
    };
    let t = TestApp::with(vec![with_job(job)]).await;
    let mut tx = t.app.begin(t.org("acme").await, Actor::System).await.unwrap();
    let now = tx.now();
    tx.schedule("notes.fail", json!({}), now).await.unwrap();
    tx.commit().await.unwrap();
    t.run_jobs().await;
    assert_eq!(states(&t, "notes.fail").await, [("queued".to_owned(), 1)]);
    for _ in 0..10 {
        t.clock.advance(TimeDelta::hours(1));
        t.run_jobs().await;
    }
    assert_eq!(states(&t, "notes.fail").await, [("failed".to_owned(), 10)]);
}

#[tokio::test]
async fn a_recurring_job_runs_once_a_period_however_many_nodes_ask() {
    static RUNS: AtomicU32 = AtomicU32::new(0);
    let job = Job {
        name: "notes.sweep",
        class: Class::Heavy,
        every: Some(Duration::from_secs(3600)),
        run: |_| {
            RUNS.fetch_add(1, Ordering::SeqCst);
            Box::pin(async { Ok(()) })
        },
    };
    let t = TestApp::with(vec![with_job(job)]).await;
    let (one, two) = (t.app.clone(), t.app.clone());
    let (a, b) = tokio::join!(one.run_due_jobs(), two.run_due_jobs());
    a.unwrap();
    b.unwrap();
    assert_eq!(RUNS.load(Ordering::SeqCst), 1);
    t.clock.advance(TimeDelta::hours(1));
    t.run_jobs().await;
    assert_eq!(RUNS.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn of_many_jobs_each_is_done_by_one_of_two_nodes() {
    static DONE: Mutex<Vec<i64>> = Mutex::new(Vec::new());
    let job = Job {
        name: "notes.count",
        class: Class::Light,
        every: None,
        run: |cx| {
            DONE.lock().unwrap().push(cx.payload["number"].as_i64().unwrap());
            Box::pin(async { Ok(()) })
        },
    };
    let one = TestApp::with(vec![with_job(job)]).await;
    let other = one.beside(vec![with_job(job)]).await;
    let mut tx = one.app.begin(one.org("acme").await, Actor::System).await.unwrap();
    let now = tx.now();
    for number in 0..40 {
        tx.schedule("notes.count", json!({"number": number}), now).await.unwrap();
    }
    tx.commit().await.unwrap();
    tokio::join!(one.run_jobs(), other.run_jobs());
    let mut done = DONE.lock().unwrap().clone();
    done.sort_unstable();
    assert_eq!(done, (0..40).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_job_whose_node_died_is_taken_over() {
    let job = Job { name: "notes.orphan", class: Class::Light, every: None, run: |_| Box::pin(async { Ok(()) }) };
    let t = TestApp::with(vec![with_job(job)]).await;
    let mut tx = t.app.begin(t.org("acme").await, Actor::System).await.unwrap();
    let now = tx.now();
    tx.schedule("notes.orphan", json!({}), now).await.unwrap();
    tx.commit().await.unwrap();
    sqlx::query("update kernel.job set state = 'running', leased_until = $1, attempts = 1 where name = 'notes.orphan'")
        .bind(now + TimeDelta::seconds(60))
        .execute(&t.admin)
        .await
        .unwrap();
    t.run_jobs().await;
    assert_eq!(states(&t, "notes.orphan").await, [("running".to_owned(), 1)]);
    t.clock.advance(TimeDelta::seconds(61));
    t.run_jobs().await;
    assert_eq!(states(&t, "notes.orphan").await, [("done".to_owned(), 2)]);
}
