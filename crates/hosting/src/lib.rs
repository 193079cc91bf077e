//! What whoever runs the installation decides about an organisation on it: whether it is open, how many people and how
//! many bytes it may have.
//!
//! Owns the schema `hosting`. Every crate above may ask, inside its own transaction.

mod ask;
mod decide;
pub mod events;

pub use ask::{Decision, Limits, check_open, decision, locked_limits, most_bytes, most_people, suspended};
pub use decide::{OperatorAct, OperatorId, limit, resume, suspend};

use kernel::Module;
use utoipa_axum::router::OpenApiRouter;

/// What a suspended organisation answers whoever would come in.
pub const SUSPENDED: &str = "hosting.organisation_suspended";

/// Hosting: schema, data map, the code of a suspended organisation.
pub fn module() -> Module {
    Module {
        demands: &[SUSPENDED],
        ..Module::new("hosting", OpenApiRouter::new(), sqlx::migrate!(), include_str!("../data_map.toml"))
    }
}
