//! A copy of what there is of somebody, for themselves: readable, and as JSON for programs (`DSR-01`).
//!
//! Owns the schema `personal_exports`. What is in a copy is read from the data map: there is no second list.

mod content;
mod create;
mod delete;
pub mod events;
mod file;
mod forget;
mod held;
mod list;
mod model;
mod pieces;
mod policy;
mod write;

use kernel::Module;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Copies of one's own data: routes, schema, data map, the jobs that write and forget them.
pub fn module() -> Module {
    let routes = OpenApiRouter::new()
        .routes(routes!(list::list_personal_exports, create::create_personal_export))
        .routes(routes!(list::show_personal_export, delete::delete_personal_export))
        .routes(routes!(file::take_personal_export))
        .routes(routes!(held::show_my_data));
    Module {
        jobs: vec![write::job(), forget::job()],
        ..Module::new("personal_exports", routes, sqlx::migrate!(), include_str!("../data_map.toml"))
    }
}
