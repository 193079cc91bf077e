//! What becomes of a purpose while what is kept of somebody is not to be used.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Whether a purpose goes on with data that somebody had restricted: either it stops, or it goes on for one of these reasons and no
/// other (`DSR-04`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Restricted {
    /// It stops until the restriction is lifted.
    Stops,
    /// It is no more than keeping.
    Storage,
    /// A law says so.
    LegalDuty,
    /// The organisation, its people and this person are safe by it, and can see who did what.
    Security,
    /// Others have a right to it.
    RightsOfOthers,
    /// The person does or asks it themselves.
    OwnAct,
}
