//! What whoever runs the installation decides about an organisation on it: whether it is open, how many people and how
//! many bytes it may have.
//!
//! Owns the schema `hosting`. Every crate above may ask, inside its own transaction.

mod ask;
mod decide;
mod dissolve;
pub mod events;

pub use ask::{
    Closed, Decision, HeldLimits, Limits, check_open, closed, decision, locked_limits, most_bytes, most_people,
};
pub use decide::{OperatorAct, OperatorId, limit, resume, suspend};
pub use dissolve::{
    begin_erasure, check_open_to_owners, dissolve, dissolves_at, end_again, enter_to_take_away, forget, over, restore,
};

use kernel::Module;
use utoipa_axum::router::OpenApiRouter;

/// What a suspended organisation answers whoever would come in.
pub const SUSPENDED: &str = "hosting.organisation_suspended";

/// What an organisation that is being dissolved answers whoever would come in; its owners, about everything but that.
pub const DISSOLVING: &str = "hosting.organisation_dissolving";

/// Hosting: schema, data map, the codes of an organisation into which nobody comes.
pub fn module() -> Module {
    Module {
        demands: &[SUSPENDED, DISSOLVING],
        ..Module::new("hosting", OpenApiRouter::new(), sqlx::migrate!(), include_str!("../data_map.toml"))
    }
}
