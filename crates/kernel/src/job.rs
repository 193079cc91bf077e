//! Work in the background: in the database, so that it survives restarts and runs once on many nodes.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::socket::BoxFuture;
use crate::{App, OrgId, Result};

/// How much of the machine a job takes. One heavy job runs at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, sqlx::Type, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Class {
    /// Milliseconds; several at a time.
    Light,
    /// Reads or writes a lot.
    Heavy,
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
