//! What a sensitive act waits for, and how far it is: what one alone does not do (foundation §7).

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What an act waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, sqlx::Type, ToSchema)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Needs {
    /// A second administrator.
    Second,
    /// A day, in which everybody can see it coming.
    Time,
}

/// How far an act is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, sqlx::Type, ToSchema)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
#[schema(as = SensitiveActState)]
pub enum ActState {
    /// It waits.
    Open,
    /// It may be done, and is in a moment.
    Approved,
    /// It is done.
    Done,
    /// A second said no.
    Refused,
    /// It was taken back.
    Cancelled,
    /// Nobody approved it in time.
    Lapsed,
    /// It could not be done any more; `code` says why.
    Failed,
}
