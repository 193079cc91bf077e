//! What a receipt says.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// How receipts are written now.
pub const VERSION: u8 = 1;

/// What was erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, sqlx::Type, ToSchema)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
#[schema(as = ErasedClass)]
pub enum Class {
    /// Somebody whose time was over.
    Member,
    /// Messages that were past their time.
    Messages,
    /// An organisation that was dissolved, and everything in it.
    Organisation,
}

impl Class {
    /// By which rule of retention that goes.
    pub fn rule(self) -> &'static str {
        match self {
            Self::Member => "RET-08",
            Self::Messages => "RET-09",
            Self::Organisation => "RET-02",
        }
    }
}

/// A leaf of the log, as JSON. Counts and names of keys: it does not say of whom. Whoever has this server's keys, its database and its
/// old backups could tell by the name of a key whose it was, as long as one of these still says who there was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// How it is written.
    pub v: u8,
    /// Which log: a pseudonym of the organisation.
    pub log: Uuid,
    /// Its place there, from 0.
    pub position: u64,
    /// When it was done.
    pub at: DateTime<Utc>,
    /// What.
    pub class: Class,
    /// By which rule.
    pub rule: String,
    /// How many rows went out of which table.
    pub rows: BTreeMap<String, u64>,
    /// What the keys that were destroyed are called in the key ring, in hexadecimal digits, sorted.
    pub keys: Vec<String>,
}
