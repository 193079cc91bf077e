//! Short texts that a member writes for everybody in the organisation.
//!
//! Owns the schema `__name__`.

mod entries;
pub mod events;
mod model;
mod policy;

pub use model::{Entry, EntryId};

use kernel::Module;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The domain: routes, schema, data map.
pub fn module() -> Module {
    let routes = OpenApiRouter::new().routes(routes!(entries::list::list_entries, entries::create::create_entry));
    Module::new("__name__", routes, sqlx::migrate!(), include_str!("../data_map.toml"))
}
