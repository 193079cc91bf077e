//! What the kernel clears away by itself.

use std::time::Duration;

use chrono::TimeDelta;

use crate::job::{Class, Job, JobCx};
use crate::{Actor, App, OrgId, Result, SystemTx, Tx, audit};

/// Answers to repeated requests are kept for a day.
const IDEMPOTENCY: TimeDelta = TimeDelta::days(1);
/// Finished jobs stay visible for a month.
const JOBS: TimeDelta = TimeDelta::days(30);
/// What happened is told to sockets and subscribers for a month; the audit log goes on saying it, under pseudonyms.
const OUTBOX: TimeDelta = TimeDelta::days(30);

pub(crate) fn jobs() -> Vec<Job> {
    vec![Job {
        name: "kernel.clear",
        class: Class::Light,
        every: Some(Duration::from_secs(3600)),
        run: |cx| Box::pin(clear(cx)),
    }]
}

async fn clear(cx: JobCx) -> Result<()> {
    let mut tx = SystemTx::begin(&cx.app).await?;
    let now = tx.now();
    sqlx::query("delete from kernel.idempotency where at < $1").bind(now - IDEMPOTENCY).execute(tx.db()).await?;
    sqlx::query("delete from kernel.job where finished_at < $1").bind(now - JOBS).execute(tx.db()).await?;
    let orgs: Vec<OrgId> = sqlx::query_scalar("select org_id from kernel.org_clock").fetch_all(tx.db()).await?;
    tx.commit().await?;
    for org in orgs {
        clear_outbox(&cx.app, org).await?;
        clear_audit(&cx.app, org).await?;
    }
    Ok(())
}

/// What a subscriber has still to read stays, however old it is.
async fn clear_outbox(app: &App, org: OrgId) -> Result<()> {
    let (subscribers, events): (Vec<_>, Vec<_>) =
        app.registry().subscribers.iter().map(|subscriber| (subscriber.name, subscriber.event)).unzip();
    let mut tx = Tx::begin(app, org, Actor::System).await?;
    let before = tx.now() - OUTBOX;
    sqlx::query(
        "delete from kernel.outbox o
         where o.org_id = $1 and o.at < $2 and not exists (
             select from unnest($3::text[], $4::text[]) as s (subscriber, event)
             left join kernel.subscriber_cursor c on c.org_id = $1 and c.subscriber = s.subscriber
             where s.event = o.name and o.pos > coalesce(c.pos, 0))",
    )
    .bind(org)
    .bind(before)
    .bind(subscribers)
    .bind(events)
    .execute(tx.db())
    .await?;
    tx.commit().await
}

async fn clear_audit(app: &App, org: OrgId) -> Result<()> {
    let mut tx = Tx::begin(app, org, Actor::System).await?;
    audit::expire(&mut tx).await?;
    tx.commit().await
}
