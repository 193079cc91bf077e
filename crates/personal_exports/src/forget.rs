//! What is over is forgotten.

use chrono::{DateTime, Utc};
use kernel::{Actor, Class, Job, JobCx, Result, Tx};
use serde_json::json;

const FORGET: &str = "personal_exports.forget";

/// Forgets it when it is over.
pub async fn schedule(tx: &mut Tx, at: DateTime<Utc>) -> Result<()> {
    tx.schedule(FORGET, json!({}), at).await
}

pub fn job() -> Job {
    Job { name: FORGET, class: Class::Light, every: None, run: |cx| Box::pin(forget(cx)) }
}

/// Emits nothing: nobody sees it any more. The pieces go with their copy.
async fn forget(cx: JobCx) -> Result<()> {
    let Some(org) = cx.org else { return Ok(()) };
    let mut tx = cx.app.begin(org, Actor::System).await?;
    let now = tx.now();
    sqlx::query("delete from personal_exports.personal_export where until <= $1").bind(now).execute(tx.db()).await?;
    tx.commit().await
}
