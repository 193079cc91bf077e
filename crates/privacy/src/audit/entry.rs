//! A line of the audit log as administrators read it.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use kernel::audit::Found;
use kernel::{Actor, Result};
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;
use uuid::Uuid;

/// Who did what, or was refused. Ids only: whoever reads it looks the names up.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AuditEntry)]
pub struct Entry {
    /// Its number in the organisation: gapless, in the order of commits. Pages go by it.
    pub line: i64,
    /// Names it.
    pub id: Uuid,
    /// When.
    pub at: DateTime<Utc>,
    /// Who. Of somebody who was erased the id is a pseudonym that nobody can resolve any more.
    pub actor: Actor,
    /// The event, or the operation that was refused.
    pub name: String,
    /// Whom or what it was done to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<Target>,
    /// Further ids and small facts, by name; none when it was refused. Of settings what they were and are, never content.
    pub data: BTreeMap<String, Value>,
    /// Whether it was done.
    pub outcome: Outcome,
    /// Why it was refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The permission it rests on: it is a documented instruction of the organisation to whoever runs the server (`ADM-06`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// The request it was part of, as the answer and the logs of the server name it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_id: Option<Uuid>,
    /// Where from, of what was done with the rights of a role, of what was refused, and of sign-ins, their ends and changes of
    /// passwords, until whoever did it is erased.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// With what, likewise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub device: Option<String>,
}

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = AuditOutcome)]
pub enum Outcome {
    /// It happened.
    Done,
    /// It was not allowed.
    Refused,
}

/// Whom or what something was done to.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AuditTarget)]
pub struct Target {
    /// `member`, or the noun: `department`, `role`, `conversation`.
    pub kind: String,
    /// Which.
    pub id: Uuid,
}

impl Entry {
    /// As it was found.
    pub fn of(found: Found) -> Result<Self> {
        let Found { line, stored, data, trace } = found;
        let actor = json!({ "kind": stored.actor_kind, "id": stored.actor });
        let (address, device) = trace.map(|trace| (trace.address, trace.device)).unzip();
        Ok(Self {
            line,
            id: stored.id,
            at: stored.at,
            actor: serde_json::from_value(actor).map_err(anyhow::Error::from)?,
            name: stored.name,
            target: stored.target_kind.zip(stored.target).map(|(kind, id)| Target { kind, id }),
            data,
            outcome: if stored.code.is_some() { Outcome::Refused } else { Outcome::Done },
            code: stored.code,
            rule: stored.rule,
            request_id: stored.request_id,
            address,
            device: device.filter(|device| !device.is_empty()),
        })
    }
}
