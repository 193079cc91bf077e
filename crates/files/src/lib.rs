//! Files: taken in piece by piece, sealed, looked at in a process apart, given out by addresses that end.
//!
//! Owns the schema `files` and the folder of segments. A feature attaches a file to something of its own
//! ([`attach`]), decides who may open it, and takes it away again ([`detach`], [`expire`]).

mod address;
mod attach;
mod blob;
mod count;
mod dissolve;
pub mod events;
mod jobs;
mod kept;
mod model;
mod own;
mod pictures;
mod policy;
mod read;
mod remove;
mod sniff;
mod store;
mod survey;
mod uploads;

pub use address::{FileAddresses, Reader, addresses};
pub use attach::{Carrier, Listing, attach, copy, list, place};
pub use blob::CHUNK;
pub use count::{FileCount, count_attached};
pub use dissolve::clear_some;
pub use model::{FileId, FileKind, FileRef, Placed};
pub use own::{OwnFile, OwnListing, own_files};
pub use pictures::worker;
pub use policy::{DEFAULT_MAX_FILE_BYTES as FILE_BYTES, used_bytes};
pub use read::attachment;
pub use remove::{detach, expire};
pub use store::{
    HOST, S3Settings, Segment, Segments, StoreKind, StoreLook, bucket, keep_in, look, store_advice, try_out,
    try_out_folder,
};
pub use survey::{NeededBlob, Opened, forget_unreadable, known_blobs, needed};

use applications::Application;
use kernel::Module;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(crate) const SENDING_FILES: &str = "sending_files";

/// What an organisation can do without: sending files. Those that were sent can be opened all the same.
pub const APPLICATIONS: &[Application] = &[Application::of_people(SENDING_FILES, kept::KEPT)];

/// The domain: routes, schema, data map, jobs.
pub fn module() -> Module {
    let routes = OpenApiRouter::new()
        .routes(routes!(uploads::describe::describe_uploads, uploads::create::create_upload))
        .routes(routes!(uploads::show::show_upload, uploads::append::append_upload, uploads::cancel::cancel_upload))
        .routes(routes!(uploads::file::show_uploaded_file))
        .routes(routes!(read::read_file))
        .routes(routes!(policy::show_file_policy, policy::change_file_policy))
        .routes(routes!(store::show::show_file_store));
    Module {
        public_routes: &[
            ("readFile", "the address is signed and ends; pictures and players cannot send headers"),
            ("describeUploads", "says what the protocol can, and nothing about anybody"),
        ],
        jobs: jobs::jobs(),
        start: Some(store::start),
        ..Module::new("files", routes, sqlx::migrate!(), include_str!("../data_map.toml"))
    }
}
