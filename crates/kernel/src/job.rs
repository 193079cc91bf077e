//! Work in the background: in the database, so that it survives restarts and runs once on many nodes.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::socket::BoxFuture;
use crate::{App, OrgId, Result, Tx};

/// How much of the machine a job takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, sqlx::Type, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Class {
    /// Milliseconds.
    Light,
    /// Reads or writes a lot.
    Heavy,
    /// Waits for a process of its own, such as the one that looks at pictures.
    Apart,
}

impl Class {
    pub(crate) const ALL: [Self; 3] = [Self::Light, Self::Heavy, Self::Apart];

    /// The weight of the class: how many of its jobs run on a node at a time. A heavy one leaves the machine to requests.
    pub(crate) fn at_a_time(self) -> usize {
        match self {
            Self::Light => 4,
            Self::Heavy => 1,
            Self::Apart => 2,
        }
    }
}

/// A kind of job.
#[derive(Clone, Copy)]
pub struct Job {
    /// `domain.verb_noun`, stable.
    pub name: &'static str,
    /// How much of the machine it takes.
    pub class: Class,
    /// Done by itself once in every such period, by one node.
    pub every: Option<Duration>,
    /// Does it. It may be cut at any moment and begun again: it must be idempotent.
    pub run: fn(JobCx) -> BoxFuture<'static, Result<()>>,
}

/// What a job knows of its one run.
pub struct JobCx {
    /// The running program.
    pub app: App,
    /// The organisation it was scheduled in; none for recurring jobs.
    pub org: Option<OrgId>,
    /// The ids it was scheduled with.
    pub payload: serde_json::Value,
}

/// One run of a job, as the console shows it.
#[derive(Debug, Serialize, sqlx::FromRow, utoipa::ToSchema)]
pub struct JobState {
    /// Pages go by it.
    pub id: Uuid,
    /// `domain.verb_noun`.
    pub name: String,
    /// How much of the machine it takes.
    pub class: Class,
    /// `queued`, `running`, `done` or `failed`.
    pub state: String,
    /// How often it was begun.
    pub attempts: i32,
    /// When it is or was due.
    pub run_at: DateTime<Utc>,
    /// When it was done or given up.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub finished_at: Option<DateTime<Utc>>,
    /// Why the last attempt failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error_code: Option<String>,
}

/// The newest `limit` jobs before `before`: the organisation's and those of the installation.
pub async fn list(tx: &mut Tx, before: Option<Uuid>, limit: usize) -> Result<Vec<JobState>> {
    let org = tx.org();
    Ok(sqlx::query_as(
        "select id, name, class, state, attempts, run_at, finished_at, error_code from kernel.job
         where (org_id = $1 or org_id is null) and ($2::uuid is null or id < $2) order by id desc limit $3",
    )
    .bind(org)
    .bind(before)
    .bind(i64::try_from(limit).unwrap_or(i64::MAX))
    .fetch_all(tx.db())
    .await?)
}

/// How many were given up since `since`.
pub async fn failed_since(tx: &mut Tx, since: DateTime<Utc>) -> Result<i64> {
    let org = tx.org();
    Ok(sqlx::query_scalar(
        "select count(*) from kernel.job where (org_id = $1 or org_id is null) and state = 'failed' and finished_at >= $2",
    )
    .bind(org)
    .bind(since)
    .fetch_one(tx.db())
    .await?)
}
