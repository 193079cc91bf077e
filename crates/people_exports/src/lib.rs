//! People of the directory as a file for a spreadsheet program: whom and what the caller sees, recorded, and never kept.
//!
//! Owns the schema `people_exports`.

mod create;
pub mod events;
mod file;
mod forget;
mod kept;
mod list;
mod model;
mod rows;
mod settle;
mod titles;

use applications::Application;
use kernel::Module;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// What an organisation can do without: all of it.
pub const APPLICATIONS: &[Application] = &[Application::of_people("people_exports", kept::KEPT)];

/// Exports of people: routes, schema, data map.
pub fn module() -> Module {
    let routes = OpenApiRouter::new()
        .routes(routes!(list::list_people_exports, create::create_people_export))
        .routes(routes!(file::take_people_export));
    Module {
        jobs: vec![forget::job(), kept::job()],
        subscribers: settle::subscribers(),
        ..Module::new("people_exports", routes, sqlx::migrate!(), include_str!("../data_map.toml"))
    }
}
