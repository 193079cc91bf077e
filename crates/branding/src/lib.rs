//! What an organisation's own house looks like: a short name, a logo, an accent that can be read.
//!
//! Owns the schema `branding`.

mod accent;
mod edit;
pub mod events;
mod logo;
mod show;
mod stored;

use kernel::Module;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The domain: routes, schema, data map.
pub fn module() -> Module {
    let routes = OpenApiRouter::new()
        .routes(routes!(show::show_brand))
        .routes(routes!(edit::edit_brand))
        .routes(routes!(logo::show_logo))
        .routes(routes!(logo::set_logo))
        .routes(routes!(logo::remove_logo));
    Module::new("branding", routes, sqlx::migrate!(), include_str!("../data_map.toml"))
}
