//! How long things are kept: what the data map says, what the organisation decides of it, and what another decision would take or keep
//! before it is made (`RET-09`, C3).
//!
//! Owns the schema `retention`.

mod cancel;
mod change;
pub mod events;
mod lengthen;
mod notices;
mod period;
mod preview;
mod shortening;
mod show;

use kernel::Module;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The domain: routes, schema, data map, what follows an approval, the job by which a shorter period takes effect.
pub fn module() -> Module {
    let routes = OpenApiRouter::new()
        .routes(routes!(show::show_retention))
        .routes(routes!(preview::preview_chat_retention))
        .routes(routes!(change::change_chat_retention, cancel::cancel_chat_retention));
    Module {
        jobs: vec![shortening::job()],
        subscribers: vec![lengthen::subscriber_to_approvals()],
        ..Module::new("retention", routes, sqlx::migrate!(), include_str!("../data_map.toml"))
    }
}
