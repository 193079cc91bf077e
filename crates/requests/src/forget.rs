//! A request goes five years after it came (`RET-04`): hidden at the second, deleted within the hour, its key before it.

use std::time::Duration;

use kernel::{Actor, App, Bucket, Class, Job, JobCx, OrgId, Result};

use crate::model::SubjectRequestId;
use crate::tell;

pub fn job() -> Job {
    Job {
        name: "requests.forget_old",
        class: Class::Light,
        every: Some(Duration::from_secs(3600)),
        run: |cx| Box::pin(run(cx)),
    }
}

async fn run(cx: JobCx) -> Result<()> {
    for org in directory::every_organisation(&cx.app).await? {
        forget(&cx.app, org).await?;
    }
    Ok(())
}

/// The keys go before the rows: no copy of these says anything from then on. Emits nothing: they were hidden before.
async fn forget(app: &App, org: OrgId) -> Result<()> {
    let mut tx = app.begin(org, Actor::System).await?;
    let now = tx.now();
    let over: Vec<SubjectRequestId> =
        sqlx::query_scalar("select id from requests.subject_request where goes_at <= $1 order by id for update")
            .bind(now)
            .fetch_all(tx.db())
            .await?;
    if over.is_empty() {
        return tx.commit().await;
    }
    let keys: Vec<Bucket> = over.iter().map(|id| Bucket::Object(id.0)).collect();
    app.vault().destroy(org.0, &keys)?;
    sqlx::query("delete from requests.subject_request where id = any($1)").bind(&over).execute(tx.db()).await?;
    for id in over {
        tell::take_back(&mut tx, id).await?;
    }
    tx.commit().await
}
