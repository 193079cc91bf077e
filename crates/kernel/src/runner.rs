//! Runs the jobs that are due: leased, retried with growing pauses, visible in the console.

use std::panic::AssertUnwindSafe;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use futures_util::FutureExt;
use tokio::task::JoinSet;
use uuid::Uuid;

use crate::job::{Class, Job, JobCx};
use crate::{App, Error, OrgId, Result, SystemTx};

/// A job whose node says nothing for so long is taken over by another.
const LEASE: TimeDelta = TimeDelta::seconds(60);
const RENEW: Duration = Duration::from_secs(20);
const LOOK: Duration = Duration::from_secs(1);
const TURN: Duration = Duration::from_millis(50);
const MAX_ATTEMPTS: i32 = 10;
const BROKE: Error = Error::Conflict("kernel.job_broke");

#[derive(sqlx::FromRow)]
struct Due {
    id: Uuid,
    name: String,
    org_id: Option<OrgId>,
    payload: serde_json::Value,
    attempts: i32,
}

pub(crate) fn start(app: &App) {
    for class in Class::ALL {
        let app = app.clone();
        app.clone().spawn("jobs", async move { run(app, class).await });
    }
}

/// As many at a time as the class allows on this node; a stop waits for those that run.
async fn run(app: App, class: Class) {
    let mut running = JoinSet::new();
    while !app.is_stopping() {
        if running.len() < class.at_a_time() {
            match take(&app, class).await {
                Ok(Some(due)) => {
                    running.spawn(carry_out(app.clone(), due));
                    continue;
                }
                Ok(None) => {}
                Err(error) => tracing::warn!(code = error.code(), "jobs cannot run"),
            }
        }
        tokio::select! {
            () = app.stopped() => break,
            Some(Ok(Err(error))) = running.join_next() => tracing::warn!(code = error.code(), "jobs cannot run"),
            () = app.pump().jobs(class).notified() => {}
            () = tokio::time::sleep(LOOK) => {}
        }
    }
    while running.join_next().await.is_some() {}
}

impl App {
    /// The turn of one who looks by the clock for something to do: one after the other they need one connection to the
    /// database, at once one each. Who has waited a moment for it looks all the same.
    pub async fn turn(&self) -> Option<tokio::sync::OwnedMutexGuard<()>> {
        tokio::time::timeout(TURN, self.state::<tokio::sync::Mutex<()>>().lock_owned()).await.ok()
    }

    /// Runs what is due now, one after the other, until nothing is. For tests and `tulou admin`.
    pub async fn run_due_jobs(&self) -> Result<()> {
        while work(self, Class::Light).await? || work(self, Class::Apart).await? || work(self, Class::Heavy).await? {}
        Ok(())
    }
}

/// Does one job of the class; `false` when none is due.
async fn work(app: &App, class: Class) -> Result<bool> {
    let Some(due) = take(app, class).await? else {
        return Ok(false);
    };
    carry_out(app.clone(), due).await?;
    Ok(true)
}

async fn take(app: &App, class: Class) -> Result<Option<Due>> {
    let _turn = app.turn().await;
    queue_recurring(app, class).await?;
    lease(app, class).await
}

async fn carry_out(app: App, due: Due) -> Result<()> {
    let outcome = match app.registry().jobs.get(due.name.as_str()) {
        // One that breaks is a failure like any other, tried again and given up in the end.
        Some(job) => AssertUnwindSafe(run_leased(&app, job, &due)).catch_unwind().await.unwrap_or(Err(BROKE)),
        None => Err(Error::Conflict("kernel.job_unknown")),
    };
    let Err(error) = outcome else { return settle(&app, &due, "done", None).await };
    tracing::warn!(job = due.name, job_id = %due.id, code = error.code(), attempts = due.attempts, "a job failed");
    let state = if due.attempts >= MAX_ATTEMPTS { "failed" } else { "queued" };
    settle(&app, &due, state, Some(error.code())).await
}

/// Runs the job and keeps its lease alive meanwhile. Once another node has it, this one lets go of it.
async fn run_leased(app: &App, job: &Job, due: &Due) -> Result<()> {
    let cx = JobCx { app: app.clone(), org: due.org_id, payload: due.payload.clone() };
    let mut work = (job.run)(cx);
    loop {
        tokio::select! {
            outcome = &mut work => return outcome,
            () = tokio::time::sleep(RENEW) => renew(app, due).await?,
        }
    }
}

/// A recurring job has one row a period; whoever writes it first has it.
async fn queue_recurring(app: &App, class: Class) -> Result<()> {
    let now = app.now();
    let state = app.state::<LastSlots>();
    let due: Vec<(&'static str, i64)> = {
        let mut last = state.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let jobs = app.registry().jobs.values().filter(|job| job.class == class);
        let slots = jobs.filter_map(|job| Some((job.name, slot(now, job.every?))));
        slots.filter(|(name, slot)| last.insert(name, *slot) != Some(*slot)).collect()
    };
    if due.is_empty() {
        return Ok(());
    }
    let mut tx = SystemTx::begin(app).await?;
    for (name, slot) in due {
        let id = tx.new_id();
        sqlx::query(
            "insert into kernel.job (id, name, payload, class, run_at, slot, created_at) values ($1, $2, '{}', $3, $4, $5, $4)
             on conflict on constraint job_slot do nothing",
        )
        .bind(id)
        .bind(name)
        .bind(class)
        .bind(now)
        .bind(slot)
        .execute(tx.db())
        .await?;
    }
    tx.commit().await
}

/// The last slot this node has queued, so that it asks the database once a period and not once a second.
#[derive(Default)]
struct LastSlots(std::sync::Mutex<std::collections::HashMap<&'static str, i64>>);

fn slot(now: DateTime<Utc>, every: Duration) -> i64 {
    now.timestamp() / i64::try_from(every.as_secs().max(1)).unwrap_or(i64::MAX)
}

async fn lease(app: &App, class: Class) -> Result<Option<Due>> {
    let mut tx = SystemTx::begin(app).await?;
    let now = tx.now();
    let due = sqlx::query_as(
        "update kernel.job set state = 'running', attempts = attempts + 1, leased_by = $2, leased_until = $3
         where id = (select id from kernel.job
                     where class = $4 and run_at <= $1
                       and (state = 'queued' or (state = 'running' and leased_until < $1))
                     order by run_at, id limit 1 for update skip locked)
         returning id, name, org_id, payload, attempts",
    )
    .bind(now)
    .bind(app.node())
    .bind(now + LEASE)
    .bind(class)
    .fetch_optional(tx.db())
    .await?;
    tx.commit().await?;
    Ok(due)
}

/// The lease is this attempt's: not another node's, nor a later attempt's on this one.
async fn renew(app: &App, due: &Due) -> Result<()> {
    let mut tx = SystemTx::begin(app).await?;
    let until = tx.now() + LEASE;
    let renewed =
        sqlx::query("update kernel.job set leased_until = $3 where id = $1 and leased_by = $2 and attempts = $4")
            .bind(due.id)
            .bind(app.node())
            .bind(until)
            .bind(due.attempts)
            .execute(tx.db())
            .await?;
    tx.commit().await?;
    if renewed.rows_affected() == 1 { Ok(()) } else { Err(Error::Conflict("kernel.lease_lost")) }
}

/// Nothing is written by a node that has lost the lease: the job is another one's.
async fn settle(app: &App, due: &Due, state: &'static str, code: Option<&'static str>) -> Result<()> {
    let mut tx = SystemTx::begin(app).await?;
    let (now, is_over) = (tx.now(), state != "queued");
    sqlx::query(
        "update kernel.job set state = $3, error_code = $4, finished_at = $5, run_at = coalesce($6, run_at), leased_until = null
         where id = $1 and leased_by = $2 and attempts = $7",
    )
    .bind(due.id)
    .bind(app.node())
    .bind(state)
    .bind(code)
    .bind(is_over.then_some(now))
    .bind((!is_over).then(|| now + pause(due.attempts)))
    .bind(due.attempts)
    .execute(tx.db())
    .await?;
    tx.commit().await
}

/// 5 s, 10 s, 20 s … at most an hour.
fn pause(attempts: i32) -> TimeDelta {
    let exponent = u32::try_from(attempts.clamp(1, MAX_ATTEMPTS) - 1).unwrap_or(0);
    TimeDelta::seconds((5 * 2i64.pow(exponent)).min(3600))
}
