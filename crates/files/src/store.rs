//! Where sealed segments lie: a folder of the data directory. A segment is written once and whole: it grows in a staging
//! file, is synced, and takes its place by a rename.

use std::io::{self, SeekFrom};
use std::path::{Path, PathBuf};

use kernel::{App, Error, OrgId, Result};
use tokio::fs::{self, File};
use tokio::io::{AsyncReadExt, AsyncSeekExt};
use uuid::Uuid;

/// The folder of segments.
pub struct Store {
    root: PathBuf,
}

impl Store {
    /// The store of this program.
    pub fn of(app: &App) -> Self {
        Self { root: app.settings().data_dir.join("files") }
    }

    /// Where the segment that is being written grows.
    pub async fn staging(&self, blob: Uuid) -> Result<PathBuf> {
        let folder = self.root.join("staging");
        fs::create_dir_all(&folder).await.map_err(refused)?;
        Ok(folder.join(blob.to_string()))
    }

    /// The last two digits are random: 256 folders of an organisation fill evenly.
    fn segment(&self, org: OrgId, blob: Uuid, number: u32) -> PathBuf {
        let name = blob.to_string();
        self.root.join("segments").join(org.to_string()).join(&name[34..]).join(format!("{name}.{number}"))
    }

    /// Gives a whole, synced staging file its place for good.
    pub async fn keep(&self, staging: &Path, org: OrgId, blob: Uuid, number: u32) -> Result<()> {
        let place = self.segment(org, blob, number);
        let folder = place.parent().unwrap_or(&self.root);
        fs::create_dir_all(folder).await.map_err(refused)?;
        fs::rename(staging, &place).await.map_err(refused)?;
        File::open(folder).await.map_err(refused)?.sync_all().await.map_err(refused)
    }

    /// `length` bytes of a segment.
    pub async fn read(&self, org: OrgId, blob: Uuid, at: At) -> Result<Vec<u8>> {
        let mut file = File::open(self.segment(org, blob, at.segment)).await.map_err(refused)?;
        file.seek(SeekFrom::Start(at.from)).await.map_err(refused)?;
        let mut bytes = Vec::new();
        file.take(at.length).read_to_end(&mut bytes).await.map_err(refused)?;
        Ok(bytes)
    }

    /// Takes away what there is of a blob.
    pub async fn remove(&self, org: OrgId, blob: Uuid) -> Result<()> {
        absent_is_fine(fs::remove_file(self.staging(blob).await?).await)?;
        let mut number = 0;
        while fs::try_exists(self.segment(org, blob, number)).await.map_err(refused)? {
            absent_is_fine(fs::remove_file(self.segment(org, blob, number)).await)?;
            number += 1;
        }
        Ok(())
    }
}

/// A part of a segment, in bytes.
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
            Error::Unavailable("files.no_space")
        }
        _ => Error::Internal(anyhow::Error::new(error).context("the store of files")),
    }
}
