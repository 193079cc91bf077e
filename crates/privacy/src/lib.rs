//! The privacy statement and who accepted it, declarations, the audit log, the cookies, whom to ask and what is kept.
//!
//! Owns the schema `privacy`. What identity needs of it is named here.

mod asking;
mod audit;
mod cookies;
pub mod csv;
pub mod events;
mod statement;
mod words;

pub use statement::accept::{Acceptance, Standing, accept, affirm_adult, attest_for_organisation, standing};
pub use statement::text::version as statement_version;

use kernel::Module;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Privacy: routes, schema, data map.
pub fn module() -> Module {
    let routes = OpenApiRouter::new()
        .routes(routes!(statement::show::show_statement))
        .routes(routes!(statement::accept::accept_statement))
        .routes(routes!(statement::acceptances::list_acceptances))
        .routes(routes!(audit::list::list_audit_entries))
        .routes(routes!(audit::export::export_audit_entries))
        .routes(routes!(cookies::list_cookies))
        .routes(routes!(asking::people::show_whom_to_ask))
        .routes(routes!(asking::storage::show_storage));
    Module {
        public_routes: &[
            ("showStatement", "one reads it before one has an account"),
            ("listCookies", "the page about cookies is for everybody"),
        ],
        ..Module::new("privacy", routes, sqlx::migrate!(), include_str!("../data_map.toml"))
    }
}
