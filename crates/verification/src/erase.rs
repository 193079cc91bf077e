//! Documents go when their time is over, and a request lapses that nobody decided.

use chrono::{DateTime, Utc};
use kernel::{Actor, Bucket, Class, Error, Job, JobCx, Result, Tx};
use serde_json::json;

use crate::events::{DocumentRemoved, VerificationWithdrawn};
use crate::model::DocumentId;
use crate::stored::{Request, WAITS, erase, erase_all};
use crate::tell::tell_standing;

const ERASE: &str = "verification.erase_documents";
const DESTROY: &str = "verification.destroy_keys";

/// Erases them when their time is over.
pub async fn schedule(tx: &mut Tx, at: DateTime<Utc>) -> Result<()> {
    tx.schedule(ERASE, json!({}), at).await
}

/// Destroys the keys of documents that are gone as soon as their going is durable: then no backup can be read either.
pub async fn schedule_keys(tx: &mut Tx, documents: &[DocumentId]) -> Result<()> {
    let now = tx.now();
    tx.schedule(DESTROY, json!({ "documents": documents }), now).await
}

pub fn jobs() -> Vec<Job> {
    vec![
        Job { name: ERASE, class: Class::Light, every: None, run: |cx| Box::pin(run(cx)) },
        Job { name: DESTROY, class: Class::Light, every: None, run: |cx| Box::pin(async move { destroy(&cx) }) },
    ]
}

/// What was asked for again since has another time.
async fn run(cx: JobCx) -> Result<()> {
    const OVER: &str = "select id from verification.document where goes_at <= $1 order by id";
    let Some(org) = cx.org else { return Ok(()) };
    let mut tx = cx.app.begin(org, Actor::System).await?;
    let now = tx.now();
    lapse(&mut tx).await?;
    let over: Vec<DocumentId> = sqlx::query_scalar(OVER).bind(now).fetch_all(tx.db()).await?;
    erase(&mut tx, &over).await?;
    over.into_iter().try_for_each(|document| tx.emit(&DocumentRemoved { document }))?;
    tx.commit().await
}

/// As if it had been withdrawn, where nobody decided in time; what was said stays, to be said again.
async fn lapse(tx: &mut Tx) -> Result<()> {
    const LAPSE: &str =
        "update verification.request set state = 'none', asked_at = null where state = 'asked' and asked_at <= $1";
    Request::lock(tx).await?;
    let latest = tx.now() - WAITS;
    if sqlx::query(LAPSE).bind(latest).execute(tx.db()).await?.rows_affected() == 0 {
        return Ok(());
    }
    erase_all(tx).await?;
    tell_standing(tx, "verification_lapsed").await?;
    tx.emit(&VerificationWithdrawn {})
}

fn destroy(cx: &JobCx) -> Result<()> {
    let (Some(org), Ok(documents)) =
        (cx.org, serde_json::from_value::<Vec<DocumentId>>(cx.payload["documents"].clone()))
    else {
        return Err(Error::NotFound("document"));
    };
    let keys: Vec<Bucket> = documents.iter().map(|document| Bucket::Object(document.0)).collect();
    Ok(cx.app.vault().destroy(org.0, &keys)?)
}
