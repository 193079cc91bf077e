//! A line as it is stored.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Everything but its number and its link.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Line {
    /// Names it.
    pub id: Uuid,
    /// When, to the microsecond.
    pub at: DateTime<Utc>,
    /// What the actor is: `member`, `system`.
    pub actor_kind: String,
    /// Of a member the pseudonym.
    pub actor: Option<Uuid>,
    /// The event, or the operation that was refused.
    pub name: String,
    /// `member`, or the noun.
    pub target_kind: Option<String>,
    /// Of a member the pseudonym.
    pub target: Option<Uuid>,
    /// JSON, as it was written.
    pub data: String,
    /// Why it was refused.
    pub code: Option<String>,
    /// The permission it rests on.
    pub rule: Option<String>,
    /// The request it was part of.
    pub request_id: Option<Uuid>,
    /// Address and device, sealed.
    pub trace: Option<Vec<u8>>,
}

/// Address and device of a line, as they are sealed (`ADM-02`, `ACC-14`).
#[derive(Serialize, Deserialize)]
pub struct Trace {
    /// Where from.
    #[serde(rename = "a")]
    pub address: String,
    /// With what, in words.
    #[serde(rename = "d")]
    pub device: String,
}

impl Line {
    /// Every stored byte, so that no two lines read the same: the length stands before each column.
    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(256);
        let at = self.at.timestamp_micros().to_be_bytes();
        let columns: [Option<&[u8]>; 12] = [
            Some(self.id.as_bytes()),
            Some(&at),
            Some(self.actor_kind.as_bytes()),
            self.actor.as_ref().map(|id| id.as_bytes().as_slice()),
            Some(self.name.as_bytes()),
            self.target_kind.as_deref().map(str::as_bytes),
            self.target.as_ref().map(|id| id.as_bytes().as_slice()),
            Some(self.data.as_bytes()),
            self.code.as_deref().map(str::as_bytes),
            self.rule.as_deref().map(str::as_bytes),
            self.request_id.as_ref().map(|id| id.as_bytes().as_slice()),
            self.trace.as_deref(),
        ];
        for column in columns {
            let length = column.map_or(u64::MAX, |column| column.len() as u64);
            bytes.extend_from_slice(&length.to_be_bytes());
            bytes.extend_from_slice(column.unwrap_or_default());
        }
        bytes
    }
}
