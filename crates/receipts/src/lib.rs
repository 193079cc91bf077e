//! That something was erased is proven: a receipt without content for each erasure, in a signed Merkle log of the organisation that
//! forgets its receipts after 180 days (`RET-03`) and goes on proving.
//!
//! Owns the schema `receipts`.

mod certificate;
mod checkpoint;
mod forget;
mod list;
mod log;
pub mod merkle;
mod note;
mod receipt;
mod tally;
mod verify;

pub use certificate::{Certificate, certificate_of_end};
pub use note::{Checkpoint, Key};
pub use receipt::{Class, Receipt};
pub use tally::{Run, close, close_late, note};
pub use verify::{Fault, Proven, verify};

use kernel::Module;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The domain: routes, schema, data map, the job that forgets.
pub fn module() -> Module {
    let routes = OpenApiRouter::new()
        .routes(routes!(list::list_erasure_receipts))
        .routes(routes!(certificate::show_erasure_certificate))
        .routes(routes!(checkpoint::show_erasure_checkpoint));
    Module {
        jobs: vec![forget::job()],
        ..Module::new("receipts", routes, sqlx::migrate!(), include_str!("../data_map.toml"))
    }
}
