//! Notifications are hidden after 90 days at the second, and deleted within the hour; sooner where messages are, since some hold
//! a piece of one (`RET-09`).

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use kernel::job::{Class, Job, JobCx};
use kernel::{Actor, App, OrgId, Result, Tx};

/// How long they are kept at most.
const KEPT: TimeDelta = TimeDelta::days(90);
const BATCH: i64 = 5_000;

/// What is from this instant or before is past its time.
pub(super) async fn hidden_before(tx: &mut Tx) -> Result<DateTime<Utc>> {
    let messages = TimeDelta::days(directory::chat_retention_days(tx).await?.into());
    Ok(tx.now() - KEPT.min(messages))
}

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
    let oldest = hidden_before(&mut tx).await?;
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
