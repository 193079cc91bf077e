//! Operators: added and removed on the server's own machine.

use chrono::{DateTime, TimeDelta, Utc};
use hosting::OperatorId;
use kernel::{App, Error, Result, SystemTx};

use crate::acts::{self, Act};

/// A password for one time is good for so long.
const ONE_TIME: TimeDelta = TimeDelta::days(14);
const LONGEST_NAME: usize = 64;

/// Somebody who runs the installation.
#[derive(Debug, sqlx::FromRow)]
pub struct Operator {
    /// Stands in audit logs.
    pub id: OperatorId,
    /// What they sign in with.
    pub name: String,
    /// Since when.
    pub created_at: DateTime<Utc>,
    /// Until when the password for one time is good; absent once they have one of their own.
    pub expires_at: Option<DateTime<Utc>>,
}

/// Adds an operator and gives their password for one time. Whoever has the name already gets a new one, and is signed out.
pub async fn add(app: &App, name: &str) -> Result<String> {
    let name = checked(name)?;
    let password = identity::one_time(app);
    let hash = identity::hash_password(app, &identity::one_time_as_typed(&password)).await?;
    let mut tx = SystemTx::begin(app).await?;
    let (id, now) = (OperatorId(tx.new_id()), tx.now());
    let operator: OperatorId = sqlx::query_scalar(
        "insert into operators.operator (id, name, hash, expires_at, created_at) values ($1, $2, $3, $4, $5)
         on conflict on constraint operator_name do update set hash = excluded.hash, expires_at = excluded.expires_at
         returning id",
    )
    .bind(id)
    .bind(name)
    .bind(hash)
    .bind(now + ONE_TIME)
    .bind(now)
    .fetch_one(tx.db())
    .await?;
    const END: &str = "delete from operators.session where operator_id = $1";
    sqlx::query(END).bind(operator).execute(tx.db()).await?;
    acts::note(&mut tx, Act::OperatorAdded, Some(operator), None).await?;
    tx.commit().await?;
    Ok(password)
}

/// All of them, by name.
pub async fn all(app: &App) -> Result<Vec<Operator>> {
    const ALL: &str = "select id, name, created_at, expires_at from operators.operator order by name";
    let mut tx = SystemTx::begin(app).await?;
    Ok(sqlx::query_as(ALL).fetch_all(tx.db()).await?)
}

/// Removes one; what they have open ends with it.
pub async fn remove(app: &App, name: &str) -> Result<()> {
    const REMOVE: &str = "delete from operators.operator where name = $1 returning id";
    let mut tx = SystemTx::begin(app).await?;
    let gone: Option<OperatorId> = sqlx::query_scalar(REMOVE).bind(folded(name)).fetch_optional(tx.db()).await?;
    let gone = gone.ok_or(Error::NotFound("operator"))?;
    acts::note(&mut tx, Act::OperatorRemoved, Some(gone), None).await?;
    tx.commit().await
}

/// As names are compared.
pub(crate) fn folded(name: &str) -> String {
    name.trim().chars().take(LONGEST_NAME + 1).collect::<String>().to_lowercase()
}

fn checked(name: &str) -> Result<String> {
    let name = folded(name);
    let is_fine = !name.is_empty() && name.chars().count() <= LONGEST_NAME && !name.chars().any(char::is_control);
    if is_fine { Ok(name) } else { Err(Error::Invalid { field: "name", why: "is_wrong" }) }
}
