//! Whether an organisation is what it says, as whoever runs the installation has seen (`ORG-05`).
//!
//! Owns the schema `verification`.

mod ask;
mod claim;
mod decide;
mod disclosures;
mod documents;
mod erase;
pub mod events;
mod follow;
mod model;
mod show;
mod stored;
mod tell;
mod verified;
mod withdraw;

pub use claim::Claim;
pub use decide::{Asked, OpenDocument, asked, open_document, refuse, verify};
pub use disclosures::{DisclosedKind, Disclosure, RecordDisclosure, record_disclosure};
pub use documents::add::MAX_BYTES as DOCUMENT_BYTES;
pub use model::{DisclosureId, Document, DocumentId, VerificationState};
pub use stored::state;
pub use verified::Verified;

use kernel::{App, Module};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Verification: routes, schema, data map, and the end of documents.
pub fn module() -> Module {
    let routes: OpenApiRouter<App> = OpenApiRouter::new()
        .routes(routes!(show::show_verification))
        .routes(routes!(ask::ask_for_verification, withdraw::withdraw_verification))
        .routes(routes!(documents::add::add_verification_document, documents::remove::remove_verification_document));
    Module {
        jobs: erase::jobs(),
        subscribers: vec![follow::subscriber_to_names()],
        ..Module::new("verification", routes, sqlx::migrate!(), include_str!("../data_map.toml"))
    }
}
