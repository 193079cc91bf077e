//! What time does: those who look after people are reminded after thirty days, once; what an administrator lifted ends when the notice is
//! over. Within the hour.

use std::time::Duration;

use kernel::{Actor, App, Class, Job, JobCx, MemberId, OrgId, Result};

use crate::lift::end;
use crate::model::{EndedBy, REVIEW};
use crate::tell;

pub fn job() -> Job {
    Job {
        name: "restrictions.keep_time",
        class: Class::Light,
        every: Some(Duration::from_secs(3600)),
        run: |cx| Box::pin(run(cx)),
    }
}

async fn run(cx: JobCx) -> Result<()> {
    for org in directory::every_organisation(&cx.app).await? {
        turn(&cx.app, org).await?;
    }
    Ok(())
}

async fn turn(app: &App, org: OrgId) -> Result<()> {
    let mut tx = app.begin(org, Actor::System).await?;
    let now = tx.now();
    let over: Vec<MemberId> = sqlx::query_scalar(
        "select member_id from restrictions.restriction where ended_at is null and lifts_at <= $1 order by member_id",
    )
    .bind(now)
    .fetch_all(tx.db())
    .await?;
    for member in over {
        end(&mut tx, member, EndedBy::Administrator).await?;
    }
    let lasting: Vec<MemberId> = sqlx::query_scalar(
        "update restrictions.restriction set told = 'reminded'
         where ended_at is null and told = 'nobody' and since <= $1 returning member_id",
    )
    .bind(now - REVIEW)
    .fetch_all(tx.db())
    .await?;
    for member in lasting {
        tell::review(&mut tx, member).await?;
    }
    tx.commit().await
}
