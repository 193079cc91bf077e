//! What files does by itself: look at pictures, forget what nobody attached, sweep what was dropped, erase
//! what it is told to.

use std::time::Duration;

use chrono::TimeDelta;
use kernel::{Actor, App, Bucket, Class, Job, OrgId, Result};
use uuid::Uuid;

use crate::APPLICATIONS;
use crate::pictures;
use crate::remove;
use crate::store::Store;

/// A file that is attached to nothing is kept so long.
const LOOSE: TimeDelta = TimeDelta::days(1);
const BATCH: i64 = 500;

/// The jobs of files.
pub fn jobs() -> Vec<Job> {
    vec![
        pictures::job(),
        Job {
            name: "files.sweep",
            class: Class::Light,
            every: Some(Duration::from_secs(600)),
            run: |cx| Box::pin(async move { sweep_all(&cx.app).await }),
        },
        applications::job("files.erase_kept", |cx| Box::pin(applications::erase(cx, APPLICATIONS))),
    ]
}

async fn sweep_all(app: &App) -> Result<()> {
    for org in directory::every_organisation(app).await? {
        let mut tx = app.begin(org, Actor::System).await?;
        let before = tx.now() - LOOSE;
        remove::forgotten(&mut tx, before).await?;
        tx.commit().await?;
        while sweep(app, org).await? == BATCH {}
    }
    Ok(())
}

/// The bytes of dropped blobs, and then their rows. Every step can be cut and begun again.
async fn sweep(app: &App, org: OrgId) -> Result<i64> {
    let mut tx = app.begin(org, Actor::System).await?;
    let dropped: Vec<Uuid> =
        sqlx::query_scalar("select id from files.blob where dropped_at is not null order by dropped_at limit $1")
            .bind(BATCH)
            .fetch_all(tx.db())
            .await?;
    tx.commit().await?;
    if dropped.is_empty() {
        return Ok(0);
    }
    let keys: Vec<Bucket> = dropped.iter().map(|id| Bucket::Object(*id)).collect();
    app.vault().destroy(org.0, &keys)?;
    for blob in &dropped {
        Store::of(app).remove(org, *blob).await?;
    }
    let mut tx = app.begin(org, Actor::System).await?;
    sqlx::query("delete from files.blob where id = any($1)").bind(&dropped).execute(tx.db()).await?;
    tx.commit().await?;
    Ok(i64::try_from(dropped.len()).unwrap_or(BATCH))
}
