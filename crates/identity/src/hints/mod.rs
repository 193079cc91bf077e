//! Hints for the first time somebody uses something. One that was read or followed is gone for good, wherever they sign in.

pub mod end;
pub mod list;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A hint. The list is closed: kept of somebody is which place of the program they know, nothing of what they do there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, sqlx::Type, ToSchema)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Hint {
    /// Several people are chosen with their boxes.
    ChoosePeople,
    /// A conversation has a menu.
    ConversationMenu,
}
