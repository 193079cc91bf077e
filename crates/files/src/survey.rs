//! The rows beside the bytes: what there should be, whether it opens, and what has become of it after an older database was put back.

use std::ops::Range;

use futures_util::TryStreamExt;
use kernel::{App, Bucket, Error, OrgId, Result, Tx, VaultError};
use uuid::Uuid;

use crate::blob::{Blob, CHUNK, segments_of};
use crate::remove;

/// Sealed bytes that a file of the organisation needs.
#[derive(Debug, Clone, Copy, sqlx::FromRow)]
pub struct NeededBlob {
    /// Which.
    pub id: Uuid,
    size: i64,
}

impl NeededBlob {
    /// How long each of its segments is, sealed.
    pub fn segments(&self) -> Vec<u64> {
        segments_of(self.size.cast_unsigned())
    }

    /// Opens the first and the last piece of it, or every one.
    pub async fn open(&self, app: &App, org: OrgId, is_whole: bool) -> Result<Opened> {
        let length = self.size.cast_unsigned();
        let bucket = Bucket::Object(self.id);
        match app.vault().pseudonym(org.0, bucket) {
            Err(VaultError::Destroyed) => return Ok(Opened::Forgotten),
            Err(VaultError::Missing) => return Ok(Opened::WithoutKey),
            found => found?,
        };
        let first = if is_whole { length } else { length.min(CHUNK) };
        let last = (first < length).then(|| length - 1..length);
        for range in [Some(0..first), last].into_iter().flatten() {
            let blob = Blob { org, id: self.id, length };
            match read_through(blob, app, range).await {
                Ok(()) => {}
                Err(Error::Unavailable(code)) => return Err(Error::Unavailable(code)),
                Err(_) => return Ok(Opened::Damaged),
            }
        }
        Ok(Opened::Whole)
    }
}

async fn read_through(blob: Blob, app: &App, range: Range<u64>) -> Result<()> {
    let mut pieces = std::pin::pin!(blob.read(app.clone(), range));
    while pieces.try_next().await?.is_some() {}
    Ok(())
}

/// What came of opening something sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opened {
    /// It is what was sealed.
    Whole,
    /// Its key was destroyed: nobody is to read it.
    Forgotten,
    /// Its key was never in this ring.
    WithoutKey,
    /// It is missing, or something else.
    Damaged,
}

/// The blobs that files of the organisation need, in the order of their ids.
pub async fn needed(tx: &mut Tx) -> Result<Vec<NeededBlob>> {
    Ok(sqlx::query_as(
        "select b.id, b.size from files.blob b
         where b.dropped_at is null
           and (exists (select from files.file f where f.blob_id = b.id)
                or exists (select from files.file f where f.thumbnail_id = b.id))
         order by b.id",
    )
    .fetch_all(tx.db())
    .await?)
}

/// All blobs the organisation has a row of.
pub async fn known_blobs(tx: &mut Tx) -> Result<Vec<Uuid>> {
    Ok(sqlx::query_scalar("select id from files.blob order by id").fetch_all(tx.db()).await?)
}

/// Takes away files whose key was destroyed after the database was as it is now; says how many. Before anybody is served.
pub async fn forget_unreadable(app: &App, tx: &mut Tx) -> Result<usize> {
    let needed = needed(tx).await?;
    let buckets: Vec<Bucket> = needed.iter().map(|blob| Bucket::Object(blob.id)).collect();
    let destroyed = app.vault().destroyed(tx.org().0, &buckets)?;
    let gone: Vec<Uuid> =
        needed.iter().map(|blob| blob.id).filter(|id| destroyed.contains(&Bucket::Object(*id))).collect();
    remove::unreadable(tx, gone).await
}

#[cfg(test)]
mod tests {
    use super::segments_of;

    #[test]
    fn a_blob_has_as_many_segments_as_its_bytes_need() {
        let (chunk, segment, sealed) = (65_536, 8 * 1024 * 1024, 65_536 + 30);
        assert_eq!(segments_of(0), Vec::<u64>::new());
        assert_eq!(segments_of(1), [31]);
        assert_eq!(segments_of(chunk + 1), [sealed + 31]);
        assert_eq!(segments_of(segment), [128 * sealed]);
        assert_eq!(segments_of(segment + 5), [128 * sealed, 35]);
    }
}
