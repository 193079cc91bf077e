//! What search does by itself: make the months ahead, drop those that are past; and what it is told to erase.

use std::time::Duration;

use kernel::{App, Class, Job, Result, SystemTx};

use crate::APPLICATIONS;

pub fn jobs() -> Vec<Job> {
    vec![
        Job {
            name: "search.prepare_partitions",
            class: Class::Light,
            every: Some(Duration::from_secs(6 * 3600)),
            run: |cx| Box::pin(async move { partitions(&cx.app).await }),
        },
        applications::job("search.erase_kept", |cx| Box::pin(applications::erase(cx, APPLICATIONS))),
    ]
}

async fn partitions(app: &App) -> Result<()> {
    let mut tx = SystemTx::begin(app).await?;
    let today = tx.now().date_naive();
    sqlx::query("select search.ensure_partitions($1)").bind(today).execute(tx.db()).await?;
    tx.commit().await?;
    // By itself: what cannot be dropped just now must not keep the time ahead from being prepared.
    let mut tx = SystemTx::begin(app).await?;
    sqlx::query("select search.drop_past_months($1)").bind(today).execute(tx.db()).await?;
    tx.commit().await
}
