//! Receipts go after 180 days (`RET-03`), the oldest first. What is left of them are the hashes by which the later ones prove. What was
//! noted of an erasure that was never closed goes as late.

use std::time::Duration;

use chrono::TimeDelta;
use kernel::{Actor, App, Class, Job, OrgId, Result, SystemTx, Tx};

use crate::log::Log;
use crate::tally;

/// How long a receipt stays, and is shown: to its second, also where nobody has looked for those that are over yet.
pub(crate) const KEPT: TimeDelta = TimeDelta::days(180);
/// No receipt stays longer than that past its second.
const EVERY: Duration = Duration::from_secs(3600);

/// Looks for receipts whose time is over.
pub fn job() -> Job {
    Job {
        name: "receipts.forget",
        class: Class::Light,
        every: Some(EVERY),
        run: |cx| Box::pin(async move { turn(&cx.app).await }),
    }
}

/// Every log there is, also of organisations that are gone, then every organisation. What one of them cannot do now keeps no other
/// waiting; it is said at the end, so that the job is tried again.
async fn turn(app: &App) -> Result<()> {
    let mut tx = SystemTx::begin(app).await?;
    let logs: Vec<OrgId> =
        sqlx::query_scalar("select org_id from receipts.log order by org_id").fetch_all(tx.db()).await?;
    tx.commit().await?;
    let mut outcome = Ok(());
    for org in logs {
        outcome = outcome.and(forget(app, org).await);
    }
    for org in directory::every_organisation(app).await? {
        outcome = outcome.and(forget_left(app, org).await);
    }
    outcome
}

async fn forget(app: &App, org: OrgId) -> Result<()> {
    let mut tx = app.begin(org, Actor::System).await?;
    let mut log = Log::lock(&mut tx).await?;
    let over = over(&mut tx).await?;
    if !over.is_empty() {
        log.forget(&mut tx, over).await?;
    }
    let is_empty = log.past.size() == log.size();
    if is_empty && !app.vault().has_organisation(org.0) {
        sqlx::query("delete from receipts.log where org_id = $1").bind(org).execute(tx.db()).await?;
    }
    tx.commit().await
}

async fn forget_left(app: &App, org: OrgId) -> Result<()> {
    let mut tx = app.begin(org, Actor::System).await?;
    let until = tx.now() - KEPT;
    tally::forget_left(&mut tx, until).await?;
    tx.commit().await
}

/// Deletes the receipts that are over, and gives their hashes. Time in a log never runs back: they are its beginning.
async fn over(tx: &mut Tx) -> Result<Vec<Vec<u8>>> {
    let (org, until) = (tx.org(), tx.now() - KEPT);
    let over = sqlx::query_scalar(
        "with over_now as (delete from receipts.receipt where org_id = $1 and at <= $2 returning position, leaf)
         select leaf from over_now order by position",
    )
    .bind(org)
    .bind(until)
    .fetch_all(tx.db())
    .await?;
    Ok(over)
}
