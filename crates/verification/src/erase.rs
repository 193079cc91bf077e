//! Documents go when their time is over.

use chrono::{DateTime, Utc};
use kernel::{Actor, Class, Job, JobCx, Result, Tx};
use serde_json::json;

use crate::events::DocumentRemoved;
use crate::model::DocumentId;
use crate::stored::erase;

const ERASE: &str = "verification.erase_documents";

/// Erases them when their time is over.
pub async fn schedule(tx: &mut Tx, at: DateTime<Utc>) -> Result<()> {
    tx.schedule(ERASE, json!({}), at).await
}

pub fn job() -> Job {
    Job { name: ERASE, class: Class::Light, every: None, run: |cx| Box::pin(run(cx)) }
}

/// What was asked for again since has another time, or none.
async fn run(cx: JobCx) -> Result<()> {
    const OVER: &str = "select id from verification.document where goes_at <= $1 order by id for update";
    let Some(org) = cx.org else { return Ok(()) };
    let mut tx = cx.app.begin(org, Actor::System).await?;
    let now = tx.now();
    let over: Vec<DocumentId> = sqlx::query_scalar(OVER).bind(now).fetch_all(tx.db()).await?;
    erase(&mut tx, &over).await?;
    over.into_iter().try_for_each(|document| tx.emit(&DocumentRemoved { document }))?;
    tx.commit().await
}
