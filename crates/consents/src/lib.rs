//! Consents: who agreed to which purpose of the data map, in which words, when, from which device and how; and the proof of it that
//! an action on such a purpose takes.
//!
//! Owns the schema `consents`.

mod consent;
pub mod events;
mod give;
mod list;
mod policy;
mod withdraw;

pub use consent::{Consent, Purpose};

use kernel::Module;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The domain: routes, schema, data map.
pub fn module() -> Module {
    let routes = OpenApiRouter::new()
        .routes(routes!(list::list_my_consents))
        .routes(routes!(give::give_consent, withdraw::withdraw_consent));
    Module::new("consents", routes, sqlx::migrate!(), include_str!("../data_map.toml"))
}
