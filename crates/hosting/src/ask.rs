//! What was decided, for whoever lets somebody or something in.

use chrono::{DateTime, Utc};
use kernel::{Bucket, Error, OrgId, Result, Tx};
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;

pub(crate) const REASON: &str = "hosting.reason";

/// How much an organisation may have; without a number, as much as there is room for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, sqlx::FromRow)]
pub struct Limits {
    /// People who are not erased.
    pub most_people: Option<i32>,
    /// Bytes of files.
    pub most_bytes: Option<i64>,
}

/// What was decided about an organisation.
#[derive(Default)]
pub struct Decision {
    /// Since when nobody comes in, and why, in the operator's words.
    pub suspended: Option<(DateTime<Utc>, String)>,
    /// How much it may have, and which saying of it that is.
    pub held: HeldLimits,
}

/// How much an organisation may have, as it was said.
#[derive(Debug, Clone, Copy, Default, sqlx::FromRow)]
pub struct HeldLimits {
    /// How much.
    #[sqlx(flatten)]
    pub limits: Limits,
    /// Rises when other limits are set.
    #[sqlx(rename = "limits_revision")]
    pub revision: i64,
}

#[derive(sqlx::FromRow)]
struct Row {
    suspended_at: Option<DateTime<Utc>>,
    reason: Option<Vec<u8>>,
    #[sqlx(flatten)]
    held: HeldLimits,
}

/// Everything that was decided about the organisation of `tx`.
pub async fn decision(tx: &mut Tx) -> Result<Decision> {
    let org = tx.org();
    let row: Option<Row> = sqlx::query_as(
        "select suspended_at, reason, most_people, most_bytes, limits_revision from hosting.decision where org_id = $1",
    )
    .bind(org)
    .fetch_optional(tx.db())
    .await?;
    let Some(row) = row else { return Ok(Decision::default()) };
    let suspended = match row.suspended_at.zip(row.reason) {
        None => None,
        Some((at, sealed)) => {
            let reason = tx.open(Bucket::Organisation, REASON, org.0, &sealed)?;
            Some((at, String::from_utf8(reason).map_err(anyhow::Error::from)?))
        }
    };
    Ok(Decision { suspended, held: row.held })
}

/// How much it may have, for whoever is about to say so: nobody else does until the transaction ends.
pub async fn locked_limits(tx: &mut Tx) -> Result<HeldLimits> {
    let org = tx.org();
    sqlx::query("insert into hosting.decision (org_id) values ($1) on conflict on constraint decision_pkey do nothing")
        .bind(org)
        .execute(tx.db())
        .await?;
    Ok(sqlx::query_as(
        "select most_people, most_bytes, limits_revision from hosting.decision where org_id = $1 for update",
    )
    .bind(org)
    .fetch_one(tx.db())
    .await?)
}

/// An organisation into which nobody comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::FromRow)]
pub struct Closed {
    /// Which.
    pub org: OrgId,
    /// By the operator; otherwise it is being dissolved.
    pub is_suspended: bool,
    /// When it is gone, if it is being dissolved.
    pub dissolves_at: Option<DateTime<Utc>>,
}

impl Closed {
    /// What it answers whoever would come in.
    pub fn code(&self) -> &'static str {
        if self.is_suspended { crate::SUSPENDED } else { crate::DISSOLVING }
    }
}

/// Those of `orgs` into which nobody comes.
pub async fn closed(db: &mut PgConnection, orgs: &[OrgId]) -> Result<Vec<Closed>> {
    Ok(sqlx::query_as(
        "select org_id as org, suspended_at is not null as is_suspended, dissolves_at from hosting.decision
         where org_id = any($1) and (suspended_at is not null or dissolves_at is not null)",
    )
    .bind(orgs)
    .fetch_all(db)
    .await?)
}

/// `Blocked` when nobody comes into the organisation of `tx`.
pub async fn check_open(tx: &mut Tx) -> Result<()> {
    let org = tx.org();
    closed(tx.db(), &[org]).await?.first().map_or(Ok(()), |closed| Err(Error::Blocked(closed.code())))
}

/// How many people the organisation of `tx` may have. Whoever asks has added them, and counts now: nobody else who adds
/// some comes in between.
pub async fn most_people(tx: &mut Tx) -> Result<Option<i64>> {
    let org = tx.org();
    Ok(sqlx::query_scalar(
        "select most_people::bigint from hosting.decision where org_id = $1 and most_people is not null for update",
    )
    .bind(org)
    .fetch_optional(tx.db())
    .await?)
}

/// How many bytes of files the organisation of `tx` may have.
pub async fn most_bytes(tx: &mut Tx) -> Result<Option<i64>> {
    let org = tx.org();
    let most: Option<Option<i64>> = sqlx::query_scalar("select most_bytes from hosting.decision where org_id = $1")
        .bind(org)
        .fetch_optional(tx.db())
        .await?;
    Ok(most.flatten())
}
