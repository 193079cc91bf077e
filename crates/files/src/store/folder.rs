//! Segments in the data directory.

use std::io::SeekFrom;
use std::path::{Path, PathBuf};

use kernel::{OrgId, Result};
use tokio::fs::{self, File};
use tokio::io::{AsyncReadExt, AsyncSeekExt};
use uuid::Uuid;

use super::{At, absent_is_fine, refused};

/// The folder of whole segments.
pub struct Folder(pub PathBuf);

impl Folder {
    /// The last two digits are random: 256 folders of an organisation fill evenly.
    fn segment(&self, org: OrgId, blob: Uuid, number: u32) -> PathBuf {
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

    pub async fn remove(&self, org: OrgId, blob: Uuid) -> Result<()> {
        let mut number = 0;
        while self.has(org, blob, number).await? {
            absent_is_fine(fs::remove_file(self.segment(org, blob, number)).await)?;
            number += 1;
        }
        Ok(())
    }
}
