//! What was decided, as the database holds it and memory keeps it: every request of an application asks.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use kernel::{App, OrgId, Result, Tx};

use crate::events::{ApplicationChanged, ApplicationDecided, KeptErased, State};
use crate::setting::{KeptState, OpenTo, Setting, WhatIsKept};

/// By the application's key; what is not in it is open to everybody.
pub type Settings = HashMap<String, Setting>;

type Memory = memory::Memory<OrgId, Settings, 5>;

#[derive(sqlx::FromRow)]
struct Row {
    key: String,
    #[sqlx(flatten)]
    setting: Setting,
}

/// All that was decided. A program that is composed without this module, as tests of others are, has nothing to switch.
pub async fn settings(tx: &mut Tx) -> Result<Arc<Settings>> {
    let (org, now) = (tx.org(), tx.now());
    if let Some(settings) = known(tx.app(), org, now) {
        return Ok(settings);
    }
    let memory = tx.app().state::<Memory>();
    let begun = memory.begin();
    let is_here = tx.app().modules().contains(&"applications");
    let settings = if is_here { load(tx).await? } else { Settings::new() };
    Ok(memory.keep(begun, org, settings, now))
}

/// All that was decided, if it is in memory.
pub fn known(app: &App, org: OrgId, now: DateTime<Utc>) -> Option<Arc<Settings>> {
    app.state::<Memory>().get(&org, now)
}

/// The same, past memory: for whoever changes it or must see the newest.
pub async fn load(tx: &mut Tx) -> Result<Settings> {
    let rows: Vec<Row> = sqlx::query_as(
        "select key, open_to, department_ids, kept, erased, revision from applications.application order by key",
    )
    .fetch_all(tx.db())
    .await?;
    Ok(rows.into_iter().map(|row| (row.key, row.setting)).collect())
}

/// What was decided about this one; two who change it wait for each other.
pub async fn lock(tx: &mut Tx, key: &str) -> Result<Setting> {
    sqlx::query(
        "insert into applications.application (key, open_to, revision) values ($1, 'everybody', 0)
         on conflict on constraint application_pkey do nothing",
    )
    .bind(key)
    .execute(tx.db())
    .await?;
    Ok(sqlx::query_as(
        "select open_to, department_ids, kept, erased, revision from applications.application where key = $1 for update",
    )
    .bind(key)
    .fetch_one(tx.db())
    .await?)
}

/// Writes what holds instead of what was locked, says so, and has memory forget.
pub async fn write(tx: &mut Tx, key: &str, before: Setting, after: Setting) -> Result<()> {
    let Setting { open_to, department_ids, kept, erased, .. } = after;
    sqlx::query(
        "update applications.application
         set open_to = $2, department_ids = $3, kept = $4, erased = $5, revision = revision + 1 where key = $1",
    )
    .bind(key)
    .bind(open_to)
    .bind(&department_ids)
    .bind(kept)
    .bind(erased)
    .execute(tx.db())
    .await?;
    let org = tx.org();
    tx.on_commit(move |app| app.state::<Memory>().forget(&org));
    tx.emit(&ApplicationChanged { application: key.to_owned() })?;
    let said = if kept == KeptState::Kept { WhatIsKept::Kept } else { WhatIsKept::Erased };
    tx.emit(&ApplicationDecided {
        application: key.to_owned(),
        before: State { open_to: before.open_to, departments: before.department_ids },
        after: State { open_to, departments: department_ids },
        stored: (open_to == OpenTo::Nobody).then_some(said),
    })
}

/// What is kept for it is erased from then on, and no sooner.
pub async fn set_erasing_at(tx: &mut Tx, key: &str, at: DateTime<Utc>) -> Result<()> {
    sqlx::query("update applications.application set erasing_at = $2 where key = $1")
        .bind(key)
        .bind(at)
        .execute(tx.db())
        .await?;
    Ok(())
}

/// Those of these whose things are being erased, and of which none went since then; whoever decides about one waits.
pub async fn erasing(tx: &mut Tx, keys: &[&str], since: DateTime<Utc>) -> Result<Vec<String>> {
    Ok(sqlx::query_scalar(
        "select key from applications.application
         where key = any($1) and kept = 'erasing' and coalesce(erasing_at <= $2, true) order by key for update",
    )
    .bind(keys)
    .bind(since)
    .fetch_all(tx.db())
    .await?)
}

/// Notes that so many things more are erased; that none was left is the end of it, and is said.
pub async fn note_erased(tx: &mut Tx, key: &str, gone: u64) -> Result<()> {
    let now = tx.now();
    let count: i64 = sqlx::query_scalar(
        "update applications.application
         set erased = erased + $2, erasing_at = $3, kept = case when $2 = 0 then 'erased' else kept end
         where key = $1 returning erased",
    )
    .bind(key)
    .bind(i64::try_from(gone).unwrap_or(i64::MAX))
    .bind(now)
    .fetch_one(tx.db())
    .await?;
    if gone > 0 {
        return Ok(());
    }
    tx.emit(&ApplicationChanged { application: key.to_owned() })?;
    tx.emit(&KeptErased { application: key.to_owned(), count })
}
