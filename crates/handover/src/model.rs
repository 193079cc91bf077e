//! The nouns of the domain, as the API shows them.

use chrono::{DateTime, Utc};
use directory::{DepartmentId, Principal, RoleId, State};
use kernel::MemberId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// What became of a thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, sqlx::Type, ToSchema)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
#[schema(as = HandOverOutcome)]
pub enum Outcome {
    /// The successor has it.
    Done,
    /// It stays as it is.
    Skipped,
}

/// Somebody who is shut out, and how far their hand-over is.
#[derive(Serialize, ToSchema)]
pub struct Leaver {
    /// Who.
    pub member_id: MemberId,
    /// What they are called.
    pub name: String,
    /// Where they stand.
    pub state: State,
    /// Since when.
    pub since: DateTime<Utc>,
    /// Until when; then they leave, or are erased.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<DateTime<Utc>>,
    /// How many things nobody has decided about.
    pub open_count: usize,
}

/// What somebody had who is shut out, and what became of it.
#[derive(Serialize, ToSchema)]
pub struct HandOver {
    /// Whose.
    pub leaver: Leaver,
    /// What they still have.
    pub things: Vec<HandOverThing>,
    /// What others have now, the latest first.
    pub done: Vec<HandOverDone>,
}

/// A thing somebody still has.
#[derive(Serialize, ToSchema)]
pub struct HandOverThing {
    /// What kind of thing: `chat.group`, `contacts.shared`, `directory.leadership`, `directory.role`.
    pub kind: String,
    /// Which one of its kind.
    pub thing_id: Uuid,
    /// What it is called, where it has a name of its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The department it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub department_id: Option<DepartmentId>,
    /// The role it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role_id: Option<RoleId>,
    /// How many it is, when it is several in one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<i64>,
    /// Under which names somebody may have it.
    pub candidates: Vec<Principal>,
    /// Who is nearest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proposed_id: Option<MemberId>,
    /// Whether it was decided that it stays as it is.
    pub is_skipped: bool,
    /// What the caller may do.
    pub can: HandOverCan,
}

/// What the caller may do with a thing.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct HandOverCan {
    /// Hand it over, to some of the candidates at least.
    pub hand_over: bool,
}

/// A thing somebody else has now.
#[derive(Serialize, sqlx::FromRow, ToSchema)]
pub struct HandOverDone {
    /// What kind of thing.
    pub kind: String,
    /// Which one of its kind.
    pub thing_id: Uuid,
    /// Who has it.
    pub successor_id: MemberId,
    /// Who decided that.
    pub decided_by: MemberId,
    /// When.
    pub decided_at: DateTime<Utc>,
}
