//! How another program keeps people and departments, and follows what changes.
//!
//! Owns the schema `provisioning`.

mod changes;
pub mod events;
mod fields;
mod kept;
mod link;
mod note;
mod policy;
mod service_tokens;
mod upsert;

use applications::Application;
use kernel::{App, Module};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(crate) const PROVISIONING: &str = "provisioning";

/// What an organisation can do without: all of it, except that tokens can always be revoked.
pub const APPLICATIONS: &[Application] = &[Application::of_the_whole(PROVISIONING, kept::KEPT)];

/// Provisioning: routes, schema, data map, and what it follows.
pub fn module() -> Module {
    let routes: OpenApiRouter<App> = OpenApiRouter::new()
        .routes(routes!(service_tokens::list::list_service_tokens, service_tokens::make::make_service_token))
        .routes(routes!(service_tokens::revoke::revoke_service_token))
        .routes(routes!(changes::list_directory_changes))
        .routes(routes!(fields::list_provisioned_fields))
        .routes(routes!(upsert::upsert_directory));
    Module {
        jobs: vec![kept::job()],
        subscribers: note::subscribers(),
        ..Module::new("provisioning", routes, sqlx::migrate!(), include_str!("../data_map.toml"))
    }
}
