//! Whether somebody runs the organisation: the built-in roles, as a card names them.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::BuiltIn;

/// Whether somebody runs the organisation, as everybody may see; what one may do stands in the roles one was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, sqlx::Type, ToSchema)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Role {
    /// Uses it.
    Member,
    /// Runs it, except for its owners.
    Administrator,
    /// Answers for it; there is always one.
    Owner,
}

impl Role {
    /// The built-in role behind it.
    pub fn built_in(self) -> Option<BuiltIn> {
        match self {
            Self::Owner => Some(BuiltIn::Owner),
            Self::Administrator => Some(BuiltIn::Administrator),
            Self::Member => None,
        }
    }
}
