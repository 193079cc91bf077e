//! Partitions and day keys are made ahead, so that the first message of a day or month does not wait for them.

use kernel::{App, Bucket, Result, SystemTx};

use crate::{days, index, mentions};

/// Has the owner's function make the partitions of the time ahead and drop those of client ids past
/// repeating and of months that every organisation is past.
pub async fn partitions(app: &App) -> Result<()> {
    let mut tx = SystemTx::begin(app).await?;
    let today = tx.now().date_naive();
    sqlx::query("select chat.ensure_partitions($1)").bind(today).execute(tx.db()).await?;
    tx.commit().await?;
    // By itself: what cannot be dropped just now must not keep the time ahead from being prepared.
    let mut tx = SystemTx::begin(app).await?;
    sqlx::query("select chat.drop_past_months($1)").bind(today).execute(tx.db()).await?;
    tx.commit().await
}

/// Today's and tomorrow's keys of every organisation, durable before the day begins.
pub async fn keys(app: &App) -> Result<()> {
    let today = days::of(app.now());
    for org in directory::every_organisation(app).await? {
        app.vault().ensure(org.0, &[Bucket::Day(today), Bucket::Day(today + 1)])?;
    }
    Ok(())
}

/// Mentions whose notifications a crash has cut off.
pub async fn mentions(app: &App) -> Result<()> {
    for org in directory::every_organisation(app).await? {
        mentions::deliver(app, org).await?;
    }
    Ok(())
}

/// What a crash, or another node, has left out of the index.
pub async fn index(app: &App) -> Result<()> {
    for org in directory::every_organisation(app).await? {
        index::follow::catch_up(app, org).await?;
    }
    Ok(())
}
