//! One's own files, for a copy of what there is of somebody (crate `personal_exports`).

use bytes::Bytes;
use chrono::{DateTime, Utc};
use futures_util::Stream;
use kernel::{App, Bucket, MemberId, Result, Tx};
use uuid::Uuid;

use crate::blob::Blob;
use crate::model::{FileId, NAME};

/// A file that somebody uploaded, with its bytes.
pub struct OwnFile {
    /// Which.
    pub id: FileId,
    /// What they call it, without folders; empty where its name cannot be opened.
    pub name: String,
    blob: Blob,
}

impl OwnFile {
    /// Whether its bytes need numbers of more than 32 bits to be counted.
    pub fn is_large(&self) -> bool {
        self.blob.length >= u64::from(u32::MAX)
    }

    /// Its bytes, a few at a time.
    pub fn read(self, app: App) -> impl Stream<Item = Result<Bytes>> + Send {
        let whole = 0..self.blob.length;
        self.blob.read(app, whole)
    }
}

/// Which of somebody's files.
#[derive(Debug, Clone, Copy)]
pub struct OwnListing {
    /// Who uploaded them.
    pub owner: MemberId,
    /// After this one, in the order of their ids.
    pub after: Option<FileId>,
    /// Not those that came later.
    pub made_until: DateTime<Utc>,
    /// Not those that were attached at this instant or before: they are past the time they are kept.
    pub attached_after: DateTime<Utc>,
    /// At most so many.
    pub limit: i64,
}

/// Files that somebody uploaded, also those that are attached to nothing yet; not what others did and they forwarded.
pub async fn own_files(tx: &mut Tx, listing: OwnListing) -> Result<Vec<OwnFile>> {
    let rows: Vec<(FileId, Uuid, Vec<u8>, i64)> = sqlx::query_as(
        "select f.id, f.blob_id, f.name, b.size from files.file f join files.blob b on b.id = f.blob_id
         where f.owner_id = $1 and not f.is_of_others and b.dropped_at is null and ($2::uuid is null or f.id > $2)
           and f.created_at <= $3 and (f.attached_at is null or f.attached_at > $4)
         order by f.id limit $5",
    )
    .bind(listing.owner)
    .bind(listing.after)
    .bind(listing.made_until)
    .bind(listing.attached_after)
    .bind(listing.limit)
    .fetch_all(tx.db())
    .await?;
    let org = tx.org();
    let mut files = Vec::with_capacity(rows.len());
    for (id, blob, name, size) in rows {
        let name = match tx.open(Bucket::Object(blob), NAME, id.0, &name) {
            Ok(name) => String::from_utf8_lossy(&name).into_owned(),
            Err(error) => {
                // One name that cannot be read keeps nobody from all the others.
                tracing::warn!(file_id = %id, code = error.code(), "the name of a file cannot be opened");
                String::new()
            }
        };
        files.push(OwnFile { id, name, blob: Blob { org, id: blob, length: size.unsigned_abs() } });
    }
    Ok(files)
}
