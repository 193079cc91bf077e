//! The outbox as subscribers read it: in order, at least once, each at its own pace.

use std::collections::HashMap;
use std::sync::PoisonError;
use std::time::Duration;

use crate::event::Recorded;
use crate::subscriber::Subscriber;
use crate::{Actor, App, Hint, OrgId, Result, SystemTx, Tx};

/// How often the outbox is looked at without a hint: what another node wrote, or a hint that was lost.
const LOOK: Duration = Duration::from_secs(2);
/// A cursor is moved over events of other kinds only when so many have gathered: not a write per event.
const SKIP: i64 = 200;
/// A subscriber that failed so often on one event leaves it behind, as a failed job that the console shows.
const MAX_FAILURES: i32 = 10;

impl App {
    /// Runs every subscriber as far as the outbox reaches; returns whether something was left for later.
    pub async fn run_subscribers(&self) -> Result<bool> {
        let mut is_behind = false;
        let orgs = std::mem::take(&mut *self.pump().orgs.lock().unwrap_or_else(PoisonError::into_inner));
        for org in orgs {
            for subscriber in &self.registry().subscribers {
                is_behind |= !catch_up(self, org, subscriber).await?;
            }
            if is_behind {
                self.pump().orgs.lock().unwrap_or_else(PoisonError::into_inner).insert(org);
            }
        }
        Ok(is_behind)
    }
}

pub(crate) fn start(app: &App) {
    let runner = app.clone();
    app.spawn("outbox.subscribers", async move { run_runner(runner).await });
}

async fn run_runner(app: App) {
    let mut known = HashMap::new();
    loop {
        if let Err(error) = look(&app, &mut known).await {
            tracing::warn!(code = error.code(), "the outbox cannot be read");
        }
        if let Err(error) = app.run_subscribers().await {
            tracing::warn!(code = error.code(), "subscribers cannot run");
        }
        tokio::select! {
            () = app.stopped() => return,
            () = app.pump().subscribers.notified() => {}
            () = tokio::time::sleep(LOOK) => {}
        }
    }
}

/// Hints at every organisation whose clock has moved since the last look.
async fn look(app: &App, known: &mut HashMap<OrgId, i64>) -> Result<()> {
    let _turn = app.turn().await;
    let mut tx = SystemTx::begin(app).await?;
    let clocks: Vec<(OrgId, i64)> =
        sqlx::query_as("select org_id, pos from kernel.org_clock").fetch_all(tx.db()).await?;
    tx.commit().await?;
    for (org, pos) in clocks {
        if known.insert(org, pos) != Some(pos) {
            app.hear(Hint::Events(org));
        }
    }
    Ok(())
}

/// Takes one subscriber through the events it has not seen. `false`: it failed and tries again later.
async fn catch_up(app: &App, org: OrgId, subscriber: &Subscriber) -> Result<bool> {
    loop {
        let mut tx = Tx::begin(app, org, Actor::System).await?;
        let Some((pos, failures)) = lock_cursor(&mut tx, subscriber.name).await? else {
            return Ok(true);
        };
        let newest = clock(tx.db(), org).await?;
        let Some(event) = next_event(&mut tx, pos, subscriber.event).await? else {
            if newest - pos > SKIP {
                move_cursor(&mut tx, subscriber.name, newest).await?;
                tx.commit().await?;
            }
            return Ok(true);
        };
        let outcome = subscriber.run(&mut tx, &event).await;
        if let Err(error) = outcome {
            drop(tx);
            tracing::warn!(subscriber = subscriber.name, code = error.code(), pos = event.pos, "a subscriber failed");
            if failures + 1 < MAX_FAILURES {
                note_failure(app, org, subscriber.name).await?;
                return Ok(false);
            }
            tx = Tx::begin(app, org, Actor::System).await?;
            leave_behind(&mut tx, subscriber.name, &event).await?;
        }
        move_cursor(&mut tx, subscriber.name, event.pos).await?;
        tx.commit().await?;
    }
}

/// `None`: another node is at it, or it waits after a failure.
async fn lock_cursor(tx: &mut Tx, subscriber: &str) -> Result<Option<(i64, i32)>> {
    sqlx::query("insert into kernel.subscriber_cursor (subscriber, pos) values ($1, 0) on conflict do nothing")
        .bind(subscriber)
        .execute(tx.db())
        .await?;
    let (org, now) = (tx.org(), tx.now());
    Ok(sqlx::query_as(
        "select pos, failures from kernel.subscriber_cursor
         where org_id = $1 and subscriber = $2 and (retry_at is null or retry_at <= $3) for update skip locked",
    )
    .bind(org)
    .bind(subscriber)
    .bind(now)
    .fetch_optional(tx.db())
    .await?)
}

/// The position of the newest event.
pub(crate) async fn clock(db: impl sqlx::PgExecutor<'_>, org: OrgId) -> Result<i64> {
    const CLOCK: &str = "select coalesce((select pos from kernel.org_clock where org_id = $1), 0)";
    Ok(sqlx::query_scalar(CLOCK).bind(org).fetch_one(db).await?)
}

async fn next_event(tx: &mut Tx, after: i64, name: &str) -> Result<Option<Recorded>> {
    let org = tx.org();
    Ok(sqlx::query_as(
        "select pos, id, name, audience, topics, payload, actor, at from kernel.outbox
         where org_id = $1 and pos > $2 and name = $3 order by pos limit 1",
    )
    .bind(org)
    .bind(after)
    .bind(name)
    .fetch_optional(tx.db())
    .await?)
}

async fn move_cursor(tx: &mut Tx, subscriber: &str, pos: i64) -> Result<()> {
    let org = tx.org();
    sqlx::query(
        "update kernel.subscriber_cursor set pos = $3, failures = 0, retry_at = null where org_id = $1 and subscriber = $2",
    )
    .bind(org)
    .bind(subscriber)
    .bind(pos)
    .execute(tx.db())
    .await?;
    Ok(())
}

async fn note_failure(app: &App, org: OrgId, subscriber: &str) -> Result<()> {
    let mut tx = Tx::begin(app, org, Actor::System).await?;
    let retry_at = tx.now() + chrono::TimeDelta::seconds(5);
    // The failed transaction took the cursor's row with it when it was the first.
    sqlx::query(
        "insert into kernel.subscriber_cursor as c (subscriber, pos, failures, retry_at) values ($1, 0, 1, $2)
         on conflict on constraint subscriber_cursor_pkey do update set failures = c.failures + 1, retry_at = $2",
    )
    .bind(subscriber)
    .bind(retry_at)
    .execute(tx.db())
    .await?;
    tx.commit().await
}

/// One event that cannot be digested must not stop all that follow: it is kept as a failed job, which the console shows.
async fn leave_behind(tx: &mut Tx, subscriber: &str, event: &Recorded) -> Result<()> {
    let (id, org, now) = (tx.new_id(), tx.org(), tx.now());
    sqlx::query(
        "insert into kernel.job (id, name, org_id, payload, class, state, run_at, attempts, error_code, created_at, finished_at)
         values ($1, $2, $3, jsonb_build_object('pos', $4::bigint), 'light', 'failed', $5, $6, 'subscriber_failed', $5, $5)",
    )
    .bind(id)
    .bind(subscriber)
    .bind(org)
    .bind(event.pos)
    .bind(now)
    .bind(MAX_FAILURES)
    .execute(tx.db())
    .await?;
    Ok(())
}
