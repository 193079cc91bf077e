//! What identity clears away by itself.

use std::time::Duration;

use crate::imports;
use chrono::TimeDelta;
use kernel::{Class, Job, JobCx, Result, SystemTx};

/// Six calendar months are never longer: the floor of RET-01. The statement says so.
const HISTORY: TimeDelta = TimeDelta::days(184);
/// As long as the cookie.
const KNOWN_DEVICE: TimeDelta = TimeDelta::days(365);
/// Every node has read it long before.
const REVOCATION: TimeDelta = TimeDelta::hours(1);

pub fn jobs() -> Vec<Job> {
    let clear = Job {
        name: "identity.clear",
        class: Class::Light,
        every: Some(Duration::from_secs(3600)),
        run: |cx| Box::pin(clear(cx)),
    };
    vec![clear, imports::upload::forget_job(), imports::write::job(), imports::undo::job()]
}

async fn clear(cx: JobCx) -> Result<()> {
    let mut tx = SystemTx::begin(&cx.app).await?;
    let now = tx.now();
    sqlx::query("delete from identity.sign_in where at < $1").bind(now - HISTORY).execute(tx.db()).await?;
    sqlx::query("delete from identity.known_device where seen_at < $1")
        .bind(now - KNOWN_DEVICE)
        .execute(tx.db())
        .await?;
    sqlx::query("delete from identity.revocation where at < $1").bind(now - REVOCATION).execute(tx.db()).await?;
    sqlx::query("delete from identity.session where expires_at < $1").bind(now).execute(tx.db()).await?;
    sqlx::query("delete from identity.account_invitation where expires_at < $1").bind(now).execute(tx.db()).await?;
    tx.commit().await
}
