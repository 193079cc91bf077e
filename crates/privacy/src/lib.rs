//! The privacy statement and the other documents about data, who accepted it, declarations, the audit log, the cookies, whom to ask and what is kept.
//!
//! Owns the schema `privacy`. What identity needs of it is named here.

mod asking;
mod audit;
mod cookies;
pub mod csv;
mod documents;
pub mod events;
pub mod periods;
mod processing;
mod statement;
mod uses;
mod words;

pub use asking::until::{Until, UntilKind};
pub use processing::rules::{RetentionRule, rules, told_otherwise};
pub use statement::accept::{Acceptance, Standing, accept, affirm_adult, attest_for_organisation, standing};
pub use statement::text::version as statement_version;
pub use statement::versions::{acceptances, outgrown_by};
pub use words::Words;

use kernel::data_map::DataMap;
use kernel::{Module, Result};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Privacy: routes, schema, data map.
pub fn module() -> Module {
    let routes = OpenApiRouter::new()
        .routes(routes!(documents::list::list_privacy_documents))
        .routes(routes!(documents::show::show_privacy_document))
        .routes(routes!(statement::show::show_statement))
        .routes(routes!(statement::accept::accept_statement))
        .routes(routes!(statement::acceptances::list_acceptances))
        .routes(routes!(audit::list::list_audit_entries))
        .routes(routes!(audit::export::export_audit_entries))
        .routes(routes!(cookies::list_cookies))
        .routes(routes!(asking::people::show_whom_to_ask))
        .routes(routes!(asking::storage::show_storage))
        .routes(routes!(processing::show::show_data_map))
        .routes(routes!(processing::export::export_data_map))
        .routes(routes!(uses::list_my_data_uses));
    Module {
        public_routes: &[
            ("listPrivacyDocuments", "one reads them before one has an account"),
            ("showPrivacyDocument", "one reads them before one has an account"),
            ("showStatement", "one reads it before one has an account"),
            ("listCookies", "the page about cookies is for everybody"),
        ],
        ..Module::new("privacy", routes, sqlx::migrate!(), include_str!("../data_map.toml"))
    }
}

/// What the documents of the version in force have to say of a map, as `statement/facts.json` keeps it: where the two differ, the
/// program has changed and the statement has not (`DOC-03`).
pub fn facts(map: &DataMap) -> Result<String> {
    let facts = documents::facts::Facts::of(map, statement_version()?);
    Ok(serde_json::to_string_pretty(&facts).map_err(anyhow::Error::from)? + "\n")
}
