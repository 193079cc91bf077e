//! What is shown no more leaves the bells within the hour, and goes after 180 days: hidden at the second, deleted within the
//! hour.

use std::time::Duration;

use chrono::TimeDelta;
use kernel::{Actor, App, Bucket, Class, Job, JobCx, OrgId, Result, Tx};

use crate::model::AnnouncementId;
use crate::stored::KEPT;
use crate::tell;

/// For so long after its end it is looked who was told of it: also when this job stood still for a while.
const LOOKED_AT: TimeDelta = TimeDelta::days(7);

pub fn job() -> Job {
    Job {
        name: "announcements.forget_ended",
        class: Class::Light,
        every: Some(Duration::from_secs(3600)),
        run: |cx| Box::pin(run(cx)),
    }
}

async fn run(cx: JobCx) -> Result<()> {
    for org in directory::every_organisation(&cx.app).await? {
        ring_off(&cx.app, org).await?;
        forget(&cx.app, org).await?;
    }
    Ok(())
}

/// Who has not read what is over does not find it any more: so the bell does not lead there.
async fn ring_off(app: &App, org: OrgId) -> Result<()> {
    let mut tx = app.begin(org, Actor::System).await?;
    let now = tx.now();
    let over: Vec<AnnouncementId> = sqlx::query_scalar(
        "select id from announcements.announcement
         where withdrawn_at is null and until_at <= $1 and until_at > $2 order by id",
    )
    .bind(now)
    .bind(now - LOOKED_AT)
    .fetch_all(tx.db())
    .await?;
    for id in over {
        tell::settle(&mut tx, id).await?;
    }
    tx.commit().await
}

/// No copy of these says anything from then on. Emits nothing: they were hidden before.
async fn forget(app: &App, org: OrgId) -> Result<()> {
    let mut tx = app.begin(org, Actor::System).await?;
    let oldest = tx.now() - KEPT;
    let over: Vec<AnnouncementId> = sqlx::query_scalar(
        "select id from announcements.announcement where least(withdrawn_at, until_at) <= $1 for update",
    )
    .bind(oldest)
    .fetch_all(tx.db())
    .await?;
    destroy(&mut tx, &over).await?;
    tx.commit().await
}

/// Deletes these, the keys before the rows.
pub async fn destroy(tx: &mut Tx, some: &[AnnouncementId]) -> Result<()> {
    if some.is_empty() {
        return Ok(());
    }
    let keys: Vec<Bucket> = some.iter().map(|id| Bucket::Object(id.0)).collect();
    tx.app().vault().destroy(tx.org().0, &keys)?;
    sqlx::query("delete from announcements.announcement where id = any($1)").bind(some).execute(tx.db()).await?;
    Ok(())
}
