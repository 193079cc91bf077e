//! Jobs run once, on whichever node, again after a failure, and after a crash.

use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use chrono::TimeDelta;
use kernel::{Actor, Class, Error, Job, Module, SystemTx};
use serde_json::json;
use testkit::TestApp;
use tokio::sync::{Barrier, Semaphore};

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

/// Says whether another one is at work at the same time.
async fn alone() -> kernel::Result<()> {
    static AT_WORK: AtomicU32 = AtomicU32::new(0);
    let others = AT_WORK.fetch_add(1, Ordering::SeqCst);
    tokio::time::sleep(Duration::from_millis(5)).await;
    AT_WORK.fetch_sub(1, Ordering::SeqCst);
    if others == 0 { Ok(()) } else { Err(Error::Conflict("notes.not_alone")) }
}

#[tokio::test]
async fn light_jobs_run_beside_each_other_and_heavy_ones_alone() {
    static TOGETHER: LazyLock<Barrier> = LazyLock::new(|| Barrier::new(2));
    let meet = Job {
        name: "notes.meet",
        class: Class::Light,
        every: None,
        run: |_| {
            Box::pin(async {
                TOGETHER.wait().await;
                Ok(())
            })
        },
    };
    let heavy = Job { name: "notes.alone", class: Class::Heavy, every: None, run: |_| Box::pin(alone()) };
    let t = TestApp::with(vec![Module { jobs: vec![meet, heavy], ..notes::module() }]).await;
    let mut tx = t.app.begin(t.org("acme").await, Actor::System).await.unwrap();
    let now = tx.now();
    for name in ["notes.meet", "notes.meet", "notes.alone", "notes.alone"] {
        tx.schedule(name, json!({}), now).await.unwrap();
    }
    tx.commit().await.unwrap();
    t.start();
    let done = vec![("done".to_owned(), 1), ("done".to_owned(), 1)];
    while states(&t, "notes.meet").await != done || states(&t, "notes.alone").await != done {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test]
async fn a_node_that_lost_its_lease_says_nothing_of_the_job() {
    let job = Job {
        name: "notes.lost",
        class: Class::Light,
        every: None,
        run: |cx| {
            Box::pin(async move {
                let mut tx = SystemTx::begin(&cx.app).await?;
                let other = cx.app.new_id();
                let taken = "update kernel.job set leased_by = $1 where name = 'notes.lost'";
                sqlx::query(taken).bind(other).execute(tx.db()).await?;
                tx.commit().await
            })
        },
    };
    let t = TestApp::with(vec![with_job(job)]).await;
    let mut tx = t.app.begin(t.org("acme").await, Actor::System).await.unwrap();
    let now = tx.now();
    tx.schedule("notes.lost", json!({}), now).await.unwrap();
    tx.commit().await.unwrap();
    t.run_jobs().await;
    assert_eq!(states(&t, "notes.lost").await, [("running".to_owned(), 1)]);
}

static BEGUN: AtomicU32 = AtomicU32::new(0);
static GO: [Semaphore; 2] = [Semaphore::const_new(0), Semaphore::const_new(0)];

/// The first attempt fails, the second is done, each when it is told to.
async fn slow(attempt: u32) -> kernel::Result<()> {
    GO[attempt as usize].acquire().await.unwrap().forget();
    [Err(Error::Unavailable("notes.paper")), Ok(())].into_iter().nth(attempt as usize).unwrap()
}

#[expect(clippy::disallowed_methods, reason = "two runs beside each other are what is tested")]
fn begin(t: &TestApp) -> tokio::task::JoinHandle<kernel::Result<()>> {
    let app = t.app.clone();
    tokio::spawn(async move { app.run_due_jobs().await })
}

async fn has_begun(attempts: u32) {
    while BEGUN.load(Ordering::SeqCst) < attempts {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

/// One that blocks for longer than its lease is begun again, here on its own node, where its lease has one name for both.
#[tokio::test]
async fn an_attempt_that_was_overtaken_on_its_own_node_says_nothing_of_the_job() {
    let job = Job {
        name: "notes.slow",
        class: Class::Light,
        every: None,
        run: |_| Box::pin(slow(BEGUN.fetch_add(1, Ordering::SeqCst))),
    };
    let t = TestApp::with(vec![with_job(job)]).await;
    let mut tx = t.app.begin(t.org("acme").await, Actor::System).await.unwrap();
    let now = tx.now();
    tx.schedule("notes.slow", json!({}), now).await.unwrap();
    tx.commit().await.unwrap();
    let first = begin(&t);
    has_begun(1).await;
    t.clock.advance(TimeDelta::seconds(61));
    let second = begin(&t);
    has_begun(2).await;
    // Were its failure heard, the job would be queued again while the second is at work.
    GO[0].add_permits(1);
    first.await.unwrap().unwrap();
    assert_eq!(states(&t, "notes.slow").await, [("running".to_owned(), 2)]);
    GO[1].add_permits(1);
    second.await.unwrap().unwrap();
    assert_eq!(states(&t, "notes.slow").await, [("done".to_owned(), 2)]);
    assert_eq!(BEGUN.load(Ordering::SeqCst), 2);
}
