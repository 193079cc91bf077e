//! What an organisation switches off, for everybody or for some departments, and the one place where that holds.
//!
//! Owns the schema `applications`. A module says what of it is an [`Application`], and its operations name it in
//! `x-application`: the kernel asks the gate of this module before any of them (`ADM-04`, `ADM-07`, `OPN-03`). While
//! one is open to nobody it collects nothing, and what is kept for it is kept out of sight or erased (`ORG-12`).

mod application;
mod change;
mod erase;
pub mod events;
mod follow;
mod gate;
mod kept;
mod list;
mod reach;
mod setting;
mod stored;

pub use application::Application;
pub use erase::{erase, job};
pub use gate::{check, is_open, is_open_to, is_open_to_anybody};
pub use kept::{Kept, KeptThings, MOST_COUNTED};
pub use reach::{Reach, reach};

use axum::Extension;
use kernel::Module;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::application::Known;

/// The domain with these applications: routes, schema, data map, the gate.
pub fn module(applications: Vec<Application>) -> Module {
    let routes = OpenApiRouter::new()
        .routes(routes!(list::list_applications))
        .routes(routes!(change::change_application))
        .routes(routes!(kept::list_kept_things))
        .layer(Extension(Known::of(applications)));
    Module {
        gate: Some(gate::gate),
        subscribers: follow::subscribers(),
        ..Module::new("applications", routes, sqlx::migrate!(), include_str!("../data_map.toml"))
    }
}
