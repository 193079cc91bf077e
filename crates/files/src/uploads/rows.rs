//! Uploads as they are stored.

use chrono::{DateTime, Utc};
use kernel::{Error, OrgId, Result, Tx};
use uuid::Uuid;

use crate::blob::Blob;
use crate::model::FileId;

/// A row of `files.upload`.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct UploadRow {
    pub id: FileId,
    pub blob_id: Uuid,
    pub name: Vec<u8>,
    pub length: i64,
    pub segments: i32,
    pub completed_at: Option<DateTime<Utc>>,
}

impl UploadRow {
    /// One's own upload, as long as it can be gone on with.
    pub async fn load(tx: &mut Tx, id: FileId) -> Result<Self> {
        let (member, now) = (tx.member()?, tx.now());
        let row: Option<Self> = sqlx::query_as(
            "select id, blob_id, name, length, segments, completed_at from files.upload
             where id = $1 and member_id = $2 and expires_at > $3",
        )
        .bind(id)
        .bind(member)
        .bind(now)
        .fetch_optional(tx.db())
        .await?;
        row.ok_or(Error::NotFound("upload"))
    }

    /// Where its bytes go.
    pub fn blob(&self, org: OrgId) -> Blob {
        Blob { org, id: self.blob_id, length: self.length.unsigned_abs() }
    }

    /// Whole segments in the store.
    pub fn segments(&self) -> u32 {
        self.segments.unsigned_abs()
    }
}
