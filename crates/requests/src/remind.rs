//! The desk hears when fifteen days are over, and again when the fifteen working days are (`DSR-10`): within the hour, each once.

use std::time::Duration;

use kernel::{Actor, App, Class, Job, JobCx, OrgId, Result};

use crate::clock::{Clock, TARGET};
use crate::events::SubjectRequestOverdue;
use crate::model::{Lateness, SubjectRequestId};
use crate::stored;
use crate::tell;

pub fn job() -> Job {
    Job {
        name: "requests.remind_of_time",
        class: Class::Light,
        every: Some(Duration::from_secs(3600)),
        run: |cx| Box::pin(run(cx)),
    }
}

async fn run(cx: JobCx) -> Result<()> {
    for org in directory::every_organisation(&cx.app).await? {
        remind(&cx.app, org).await?;
    }
    Ok(())
}

/// Of those that are later than the desk was told.
async fn remind(app: &App, org: OrgId) -> Result<()> {
    let mut tx = app.begin(org, Actor::System).await?;
    let now = tx.now();
    let late: Vec<(SubjectRequestId, Lateness)> = sqlx::query_as(
        "select id, told from requests.subject_request
         where ended_at is null and told <> 'past_limit' and coalesce(identity_at, received_at) <= $1 and goes_at > $2
         order by id for update",
    )
    .bind(now - TARGET)
    .bind(now)
    .fetch_all(tx.db())
    .await?;
    if late.is_empty() {
        return tx.commit().await;
    }
    let clock = Clock::load(&mut tx).await?;
    for (id, told) in late {
        let lateness = clock.due(&stored::one(&mut tx, id).await?, now).lateness;
        if lateness <= told {
            continue;
        }
        let text =
            if lateness == Lateness::PastLimit { "subject_request_past_limit" } else { "subject_request_past_target" };
        sqlx::query("update requests.subject_request set told = $2 where id = $1")
            .bind(id)
            .bind(lateness)
            .execute(tx.db())
            .await?;
        tell::desk(&mut tx, id, text).await?;
        tx.emit(&SubjectRequestOverdue { subject_request: id, lateness })?;
    }
    tx.commit().await
}
