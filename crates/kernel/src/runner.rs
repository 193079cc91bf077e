//! Runs the jobs that are due: leased, retried with growing pauses, visible in the console.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use crate::job::{Class, Job, JobCx};
use crate::{App, OrgId, Result, SystemTx};

/// A job whose node says nothing for so long is taken over by another.
const LEASE: TimeDelta = TimeDelta::seconds(60);
const RENEW: Duration = Duration::from_secs(20);
const LOOK: Duration = Duration::from_secs(1);
const MAX_ATTEMPTS: i32 = 10;

#[derive(sqlx::FromRow)]
struct Due {
    id: Uuid,
    name: String,
    org_id: Option<OrgId>,
    payload: serde_json::Value,
    attempts: i32,
}

pub(crate) fn start(app: &App) {
    for class in [Class::Light, Class::Heavy] {
        let app = app.clone();
        app.clone().spawn("jobs", async move { run(app, class).await });
    }
}

async fn run(app: App, class: Class) {
    while !app.is_stopping() {
        let has_worked = match work(&app, class).await {
            Ok(has_worked) => has_worked,
            Err(error) => {
                tracing::warn!(code = error.code(), "jobs cannot run");
                false
            }
        };
        if has_worked {
            continue;
        }
        tokio::select! {
            () = app.stopped() => return,
            () = app.pump().jobs(class).notified() => {}
            () = tokio::time::sleep(LOOK) => {}
        }
    }
}

impl App {
    /// Runs what is due now, one after the other, until nothing is. For tests and `tulou admin`.
    pub async fn run_due_jobs(&self) -> Result<()> {
        while work(self, Class::Light).await? || work(self, Class::Heavy).await? {}
        Ok(())
    }
}

/// Does one job of the class; `false` when none is due.
async fn work(app: &App, class: Class) -> Result<bool> {
    queue_recurring(app, class).await?;
    let Some(due) = lease(app, class).await? else {
        return Ok(false);
    };
    let outcome = match app.registry().jobs.get(due.name.as_str()) {
        Some(job) => run_leased(app, job, &due).await,
        None => Err(crate::Error::Conflict("kernel.job_unknown")),
    };
    match outcome {
        Ok(()) => finish(app, due.id, "done", None).await?,
        Err(error) => {
            tracing::warn!(job = due.name, job_id = %due.id, code = error.code(), attempts = due.attempts, "a job failed");
            if due.attempts >= MAX_ATTEMPTS {
                finish(app, due.id, "failed", Some(error.code())).await?;
            } else {
                retry(app, &due, error.code()).await?;
            }
        }
    }
    Ok(true)
}

/// Runs the job and keeps its lease alive meanwhile.
async fn run_leased(app: &App, job: &Job, due: &Due) -> Result<()> {
    let cx = JobCx { app: app.clone(), org: due.org_id, payload: due.payload.clone() };
    let mut work = (job.run)(cx);
    loop {
        tokio::select! {
            outcome = &mut work => return outcome,
            () = tokio::time::sleep(RENEW) => renew(app, due.id).await?,
        }
    }
}

/// A recurring job has one row a period; whoever writes it first has it.
async fn queue_recurring(app: &App, class: Class) -> Result<()> {
    let now = app.now();
    let state = app.state::<LastSlots>();
    let due: Vec<(&'static str, i64)> = {
        let mut last = state.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        app.registry()
            .jobs
            .values()
            .filter(|job| job.class == class)
            .filter_map(|job| Some((job.name, slot(now, job.every?))))
            .filter(|(name, slot)| last.insert(name, *slot) != Some(*slot))
            .collect()
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

async fn renew(app: &App, job: Uuid) -> Result<()> {
    let mut tx = SystemTx::begin(app).await?;
    let until = tx.now() + LEASE;
    sqlx::query("update kernel.job set leased_until = $3 where id = $1 and leased_by = $2")
        .bind(job)
        .bind(app.node())
        .bind(until)
        .execute(tx.db())
        .await?;
    tx.commit().await
}

/// What a node that stood still has to say of a job that another took over meanwhile is not heard any more.
async fn finish(app: &App, job: Uuid, state: &'static str, code: Option<&'static str>) -> Result<()> {
    let mut tx = SystemTx::begin(app).await?;
    let now = tx.now();
    sqlx::query(
        "update kernel.job set state = $2, error_code = $3, finished_at = $4, leased_until = null
         where id = $1 and leased_by = $5",
    )
    .bind(job)
    .bind(state)
    .bind(code)
    .bind(now)
    .bind(app.node())
    .execute(tx.db())
    .await?;
    tx.commit().await
}

/// 5 s, 10 s, 20 s … at most an hour.
async fn retry(app: &App, due: &Due, code: &'static str) -> Result<()> {
    let exponent = u32::try_from(due.attempts.clamp(1, MAX_ATTEMPTS) - 1).unwrap_or(0);
    let pause = TimeDelta::seconds((5 * 2i64.pow(exponent)).min(3600));
    let mut tx = SystemTx::begin(app).await?;
    let run_at = tx.now() + pause;
    sqlx::query(
        "update kernel.job set state = 'queued', run_at = $2, error_code = $3, leased_until = null
         where id = $1 and leased_by = $4",
    )
    .bind(due.id)
    .bind(run_at)
    .bind(code)
    .bind(app.node())
    .execute(tx.db())
    .await?;
    tx.commit().await
}
