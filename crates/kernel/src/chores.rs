//! What the kernel clears away by itself.

use std::time::Duration;

use chrono::TimeDelta;

use crate::job::{Class, Job, JobCx};
use crate::{Result, SystemTx};

/// Answers to repeated requests are kept for a day.
const IDEMPOTENCY: TimeDelta = TimeDelta::days(1);
/// Finished jobs stay visible for a month.
const JOBS: TimeDelta = TimeDelta::days(30);

pub(crate) fn jobs() -> Vec<Job> {
    vec![Job {
        name: "kernel.clear",
        class: Class::Light,
        every: Some(Duration::from_secs(3600)),
        run: |cx| Box::pin(clear(cx)),
    }]
}

async fn clear(cx: JobCx) -> Result<()> {
    let mut tx = SystemTx::begin(&cx.app).await?;
    let now = tx.now();
    sqlx::query("delete from kernel.idempotency where at < $1").bind(now - IDEMPOTENCY).execute(tx.db()).await?;
    sqlx::query("delete from kernel.job where finished_at < $1").bind(now - JOBS).execute(tx.db()).await?;
    tx.commit().await
}
