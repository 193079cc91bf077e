//! How the store is just now, for those who run an organisation on it.

use std::path::Path;
use std::time::Duration;

use kernel::{App, Error};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Folder, Store};

/// A page waits for the answer: a bucket that takes longer counts as one that does not answer.
const PATIENCE: Duration = Duration::from_secs(5);

/// Where files are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum StoreKind {
    /// In the data directory.
    Folder,
    /// In a bucket that speaks S3.
    Bucket,
}

/// What was found.
#[derive(Debug, Clone, Copy)]
pub struct StoreLook {
    /// Which it is.
    pub kind: StoreKind,
    /// Why nothing can be kept there; a code of the errors of uploads, or `files.no_bucket`.
    pub fault: Option<&'static str>,
}

/// Looks at the store of this program: a folder is written to, a bucket is read from. Leaves nothing behind.
pub async fn look(app: &App) -> StoreLook {
    let store = Store::of(app);
    let Some(s3) = &store.s3 else {
        let outcome = store.folder.try_out(app.new_id()).await.map_err(|error| error.code());
        return StoreLook { kind: StoreKind::Folder, fault: outcome.err() };
    };
    let outcome = tokio::time::timeout(PATIENCE, s3.look()).await;
    StoreLook { kind: StoreKind::Bucket, fault: outcome.unwrap_or(Err("files.store_unavailable")).err() }
}

/// Puts, reads and takes away one small file in the folder of a data directory.
///
/// # Errors
/// The folder cannot be written, or the disk is full.
pub async fn try_out_folder(data_dir: &Path, object: Uuid) -> Result<(), Error> {
    Folder::of(data_dir).try_out(object).await
}
