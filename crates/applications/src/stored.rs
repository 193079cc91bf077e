//! What was decided, as the database holds it and memory keeps it: every request of an application asks.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use directory::DepartmentId;
use kernel::{App, OrgId, Result, Tx};

use crate::events::{ApplicationChanged, ApplicationDecided, State};
use crate::setting::{OpenTo, Setting};

/// By the application's key; what is not in it is open to everybody.
pub type Settings = HashMap<String, Setting>;

type Memory = memory::Memory<OrgId, Settings, 5>;

#[derive(sqlx::FromRow)]
struct Row {
    key: String,
    #[sqlx(flatten)]
    setting: Setting,
}

/// All that was decided.
pub async fn settings(tx: &mut Tx) -> Result<Arc<Settings>> {
    let (org, now) = (tx.org(), tx.now());
    if let Some(settings) = known(tx.app(), org, now) {
        return Ok(settings);
    }
    let memory = tx.app().state::<Memory>();
    let begun = memory.begin();
    let settings = load(tx).await?;
    Ok(memory.keep(begun, org, settings, now))
}

/// All that was decided, if it is in memory.
pub fn known(app: &App, org: OrgId, now: DateTime<Utc>) -> Option<Arc<Settings>> {
    app.state::<Memory>().get(&org, now)
}

/// The same, past memory: for whoever changes it or must see the newest.
pub async fn load(tx: &mut Tx) -> Result<Settings> {
    let rows: Vec<Row> =
        sqlx::query_as("select key, open_to, department_ids, revision from applications.application order by key")
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
        "select open_to, department_ids, revision from applications.application where key = $1 for update",
    )
    .bind(key)
    .fetch_one(tx.db())
    .await?)
}

/// Writes what holds instead of what was locked, says so, and has memory forget.
pub async fn write(tx: &mut Tx, key: &str, before: Setting, after: (OpenTo, Vec<DepartmentId>)) -> Result<()> {
    let (open_to, department_ids) = after;
    sqlx::query(
        "update applications.application set open_to = $2, department_ids = $3, revision = revision + 1 where key = $1",
    )
    .bind(key)
    .bind(open_to)
    .bind(&department_ids)
    .execute(tx.db())
    .await?;
    let org = tx.org();
    tx.on_commit(move |app| app.state::<Memory>().forget(&org));
    tx.emit(&ApplicationChanged { application: key.to_owned() })?;
    tx.emit(&ApplicationDecided {
        application: key.to_owned(),
        before: State { open_to: before.open_to, departments: before.department_ids },
        after: State { open_to, departments: department_ids },
    })
}
