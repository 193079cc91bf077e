//! Notifications are hidden after 90 days at the second, and deleted within the hour.

use std::time::Duration;

use chrono::TimeDelta;
use kernel::job::{Class, Job, JobCx};
use kernel::{Actor, App, OrgId, Result};

/// How long they are kept.
pub(crate) const KEPT: TimeDelta = TimeDelta::days(90);
const BATCH: i64 = 5_000;

pub(crate) fn job() -> Job {
    Job {
        name: "inbox.forget_old_notifications",
        class: Class::Light,
        every: Some(Duration::from_secs(3600)),
        run: |cx| Box::pin(run(cx)),
    }
}

async fn run(cx: JobCx) -> Result<()> {
    for org in directory::every_organisation(&cx.app).await? {
        while forget(&cx.app, org).await? && !cx.app.is_stopping() {}
    }
    Ok(())
}

/// Deletes a batch; whether there may be more. Emits nothing: they were hidden before.
async fn forget(app: &App, org: OrgId) -> Result<bool> {
    let mut tx = app.begin(org, Actor::System).await?;
    let oldest = tx.now() - KEPT;
    let done = sqlx::query(
        "delete from inbox.notification where (member_id, id) in (
             select member_id, id from inbox.notification where created_at <= $1 limit $2)",
    )
    .bind(oldest)
    .bind(BATCH)
    .execute(tx.db())
    .await?;
    tx.commit().await?;
    Ok(done.rows_affected() == u64::try_from(BATCH).unwrap_or(u64::MAX))
}
