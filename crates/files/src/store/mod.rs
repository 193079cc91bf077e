//! Where sealed segments lie: a folder of the data directory, or a bucket that speaks S3. A segment is written once and
//! whole: it grows in a staging file, is synced, and takes its place by a rename or by one put.
//!
//! The staging file is known to the node that writes it. When that node is lost, the upload stands at its last whole
//! segment, and another node goes on from there.

mod folder;
mod look;
mod s3;
mod segments;
mod settings;
pub mod show;
mod staging;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use kernel::data_map::DataMap;
use kernel::{App, Error, OrgId, Outbound, Result};
use object_store::ObjectStore;
use tokio::fs;
use uuid::Uuid;

use folder::Folder;
pub use look::{StoreKind, StoreLook, look, try_out_folder};
use s3::S3;
pub use s3::advice as store_advice;
pub use segments::{Segment, Segments};
pub use settings::S3Settings;
pub use staging::start;

/// The host that the data map declares for files.
pub const HOST: &str = "files.s3";

/// The place of segments, and the folder in which they grow.
pub struct Store {
    folder: Folder,
    staging: PathBuf,
    s3: Option<Arc<S3>>,
}

/// The bucket of this program, once the configuration has named one.
#[derive(Default)]
struct Chosen(OnceLock<Arc<S3>>);

/// Keeps segments in a bucket from now on. What lies in the data directory stays there and is read from there.
///
/// # Errors
/// An address that is no URL, or settings that make no client.
pub fn keep_in(app: &App, settings: &S3Settings) -> Result<()> {
    let s3 = Arc::new(open(app.data_map(), settings)?);
    app.state::<Chosen>().0.set(s3).map_err(|_| Error::Internal(anyhow::anyhow!("the store of files is chosen once")))
}

/// Puts, reads and takes away one small object; on failure says which step failed and why, in words for an operator.
pub async fn try_out(map: &DataMap, host: &str, settings: &S3Settings, object: Uuid) -> anyhow::Result<()> {
    open_as(map, host, settings).map_err(anyhow::Error::new)?.try_out(object).await
}

/// The bucket itself, for the key ring of several nodes and for backups, under what the data map declares for either; its client is
/// used nowhere else.
///
/// # Errors
/// An address that is no URL, or settings that make no client.
pub fn bucket(map: &DataMap, host: &str, settings: &S3Settings) -> Result<Arc<dyn ObjectStore>> {
    Ok(open_as(map, host, settings)?.store())
}

fn open(map: &DataMap, settings: &S3Settings) -> Result<S3> {
    open_as(map, HOST, settings)
}

fn open_as(map: &DataMap, host: &str, settings: &S3Settings) -> Result<S3> {
    S3::open(Outbound::to(map, host, &settings.origin())?, settings)
}

impl Store {
    /// The store of this program.
    pub fn of(app: &App) -> Self {
        let data_dir = &app.settings().data_dir;
        let s3 = app.state::<Chosen>().0.get().cloned();
        Self { folder: Folder::of(data_dir), staging: data_dir.join("files/staging"), s3 }
    }

    /// Where the segment that is being written grows. Its number is in the name: what one node left behind of an
    /// earlier segment never becomes a part of a later one.
    pub async fn staging(&self, blob: Uuid, segment: u32) -> Result<PathBuf> {
        fs::create_dir_all(&self.staging).await.map_err(refused)?;
        Ok(self.staging.join(format!("{blob}.{segment}")))
    }

    /// Gives a whole, synced staging file its place for good.
    pub async fn keep(&self, staging: &Path, org: OrgId, blob: Uuid, segment: u32) -> Result<()> {
        let Some(s3) = &self.s3 else { return self.folder.keep(staging, org, blob, segment).await };
        s3.put(staging, org, blob, segment).await?;
        absent_is_fine(fs::remove_file(staging).await)
    }

    /// `length` bytes of a segment.
    pub async fn read(&self, org: OrgId, blob: Uuid, at: At) -> Result<Vec<u8>> {
        match &self.s3 {
            Some(s3) if !self.folder.has(org, blob, at.segment).await? => s3.read(org, blob, at).await,
            _ => self.folder.read(org, blob, at).await,
        }
    }

    /// Takes away what has grown of a segment.
    pub async fn drop_staging(&self, blob: Uuid, segment: u32) -> Result<()> {
        let staging = self.staging(blob, segment).await?;
        absent_is_fine(fs::remove_file(staging).await)
    }

    /// Takes one segment away, wherever it is.
    pub async fn remove_segment(&self, org: OrgId, blob: Uuid, segment: u32) -> Result<()> {
        match &self.s3 {
            Some(s3) if !self.folder.has(org, blob, segment).await? => s3.remove_segment(org, blob, segment).await,
            _ => self.folder.remove_segment(org, blob, segment).await,
        }
    }

    /// Takes away what there is of a blob.
    pub async fn remove(&self, org: OrgId, blob: Uuid) -> Result<()> {
        staging::remove(&self.staging, blob).await?;
        self.folder.remove(org, blob).await?;
        match &self.s3 {
            Some(s3) => s3.remove(org, blob).await,
            None => Ok(()),
        }
    }
}

/// A part of a segment, in bytes.
#[derive(Clone, Copy)]
pub struct At {
    pub segment: u32,
    pub from: u64,
    pub length: u64,
}

fn absent_is_fine(outcome: io::Result<()>) -> Result<()> {
    match outcome {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(refused(error)),
        _ => Ok(()),
    }
}

/// A full disk is the operator's to mend, and the file can be gone on with; the rest is ours.
pub fn refused(error: io::Error) -> Error {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
            let code = "files.no_space";
            tracing::warn!(code, "the disk under the data directory, or what may be written there, is full");
            Error::Unavailable(code)
        }
        _ => Error::Internal(anyhow::Error::new(error).context("the store of files")),
    }
}
