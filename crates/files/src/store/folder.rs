//! Segments in the data directory.

use std::io::SeekFrom;
use std::path::{Path, PathBuf};

use kernel::{Error, OrgId, Result};
use tokio::fs::{self, File};
use tokio::io::{AsyncReadExt, AsyncSeekExt};
use uuid::Uuid;

use super::{At, absent_is_fine, refused};

/// The folder of whole segments.
pub struct Folder(PathBuf);

impl Folder {
    /// That of a data directory.
    pub fn of(data_dir: &Path) -> Self {
        Self(data_dir.join("files/segments"))
    }

    /// What all of them lie in.
    pub fn root(&self) -> &Path {
        &self.0
    }

    /// The last two digits are random: 256 folders of an organisation fill evenly.
    pub fn segment(&self, org: OrgId, blob: Uuid, number: u32) -> PathBuf {
        let name = blob.to_string();
        self.0.join(org.to_string()).join(&name[34..]).join(format!("{name}.{number}"))
    }

    pub async fn has(&self, org: OrgId, blob: Uuid, number: u32) -> Result<bool> {
        fs::try_exists(self.segment(org, blob, number)).await.map_err(refused)
    }

    pub async fn keep(&self, staging: &Path, org: OrgId, blob: Uuid, number: u32) -> Result<()> {
        let place = self.segment(org, blob, number);
        let folder = place.parent().unwrap_or(&self.0);
        fs::create_dir_all(folder).await.map_err(refused)?;
        fs::rename(staging, &place).await.map_err(refused)?;
        File::open(folder).await.map_err(refused)?.sync_all().await.map_err(refused)
    }

    pub async fn read(&self, org: OrgId, blob: Uuid, at: At) -> Result<Vec<u8>> {
        let mut file = File::open(self.segment(org, blob, at.segment)).await.map_err(refused)?;
        file.seek(SeekFrom::Start(at.from)).await.map_err(refused)?;
        let mut bytes = Vec::new();
        file.take(at.length).read_to_end(&mut bytes).await.map_err(refused)?;
        Ok(bytes)
    }

    pub async fn try_out(&self, object: Uuid) -> Result<()> {
        fs::create_dir_all(&self.0).await.map_err(refused)?;
        let (name, content) = (self.0.join(format!("check-{object}")), object.as_bytes());
        let written = fs::write(&name, content).await;
        let read = fs::read(&name).await;
        // What was written is taken away in any case.
        let removed = fs::remove_file(&name).await;
        written.map_err(refused)?;
        if read.map_err(refused)? != content {
            return Err(Error::Internal(anyhow::anyhow!("other bytes came back than were written")));
        }
        removed.map_err(refused)
    }

    pub async fn remove(&self, org: OrgId, blob: Uuid) -> Result<()> {
        let mut number = 0;
        while self.has(org, blob, number).await? {
            self.remove_segment(org, blob, number).await?;
            number += 1;
        }
        Ok(())
    }

    pub async fn remove_segment(&self, org: OrgId, blob: Uuid, number: u32) -> Result<()> {
        absent_is_fine(fs::remove_file(self.segment(org, blob, number)).await)
    }
}
