//! What was kept for an application that is off goes, when the organisation said so: a little at a time, so that nobody
//! waits for it, and from where it stands when it was cut or given up (`ORG-12`).

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use kernel::{Actor, App, BoxFuture, Class, Job, JobCx, OrgId, Result, Tx};
use serde_json::json;

use crate::application::Application;
use crate::stored;

/// It begins so long after the switch: by then every node knows of it, and what was begun before has ended.
pub const AFTER: TimeDelta = TimeDelta::seconds(30);
/// How often the job of a module looks, by itself, whether something lies that was to be erased.
const LOOKS_EVERY: Duration = Duration::from_secs(3600);
/// What lies so long was given up: all attempts of a job are over sooner.
const GIVEN_UP: TimeDelta = TimeDelta::hours(1);
/// After each transaction: more would be felt by whoever is working.
const PAUSE: Duration = Duration::from_millis(20);

/// Has what is kept for the application erased from then on.
pub async fn begin(tx: &mut Tx, of: Application, at: DateTime<Utc>) -> Result<()> {
    stored::set_erasing_at(tx, of.key, at).await?;
    tx.schedule(of.kept.job, json!({ "application": of.key }), at).await
}

/// The job by which a module erases what is kept for the applications it brings: `run` is [`erase`] with these.
pub fn job(name: &'static str, run: fn(JobCx) -> BoxFuture<'static, Result<()>>) -> Job {
    Job { name, class: Class::Heavy, every: Some(LOOKS_EVERY), run }
}

/// What the job of a module does that brings these applications: erases what is kept for the one it was scheduled with.
/// It can be cut at any moment and begun again; one that is on again, kept after all, or done, is left alone. By itself,
/// every hour, it begins again what was given up.
pub async fn erase(cx: JobCx, of: &'static [Application]) -> Result<()> {
    let Some(org) = cx.org else { return begin_again(&cx.app, of).await };
    let asked = cx.payload["application"].as_str();
    let Some(one) = of.iter().find(|one| Some(one.key) == asked) else { return Ok(()) };
    while erase_some(&cx.app, org, one).await? {
        tokio::time::sleep(PAUSE).await;
    }
    Ok(())
}

/// Whether there may be more.
async fn erase_some(app: &App, org: OrgId, one: &Application) -> Result<bool> {
    let mut tx = app.begin(org, Actor::System).await?;
    let now = tx.now();
    if stored::erasing(&mut tx, &[one.key], now).await?.is_empty() {
        return Ok(false);
    }
    let gone = (one.kept.erase)(&mut tx).await?;
    stored::note_erased(&mut tx, one.key, gone).await?;
    tx.commit().await?;
    Ok(gone > 0)
}

async fn begin_again(app: &App, of: &[Application]) -> Result<()> {
    let keys: Vec<&str> = of.iter().map(|one| one.key).collect();
    for org in directory::every_organisation(app).await? {
        let mut tx = app.begin(org, Actor::System).await?;
        let now = tx.now();
        let lying = stored::erasing(&mut tx, &keys, now - GIVEN_UP).await?;
        for one in of.iter().filter(|one| lying.iter().any(|key| key == one.key)) {
            begin(&mut tx, *one, now).await?;
        }
        tx.commit().await?;
    }
    Ok(())
}
