//! How many files were attached within a span of time, and how large they are: what another period of retention would take or keep (C3).

use chrono::{DateTime, Utc};
use kernel::{Result, Tx};

/// How many, and how large.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileCount {
    /// Files; when there are more than were to be counted, that many.
    pub files: i64,
    /// Bytes of them all together, as they were sent; what was forwarded counts each time. None: there are more than `files`.
    pub bytes: Option<i64>,
}

/// Those a feature attached after one instant and no later than another, as [`crate::expire`] would take them. No more than `most`
/// are counted, one after the other along the index: how long it takes does not depend on how many there are.
pub async fn count_attached(
    tx: &mut Tx,
    feature: &'static str,
    (after, until): (DateTime<Utc>, DateTime<Utc>),
    most: i64,
) -> Result<FileCount> {
    let (files, bytes): (i64, i64) = sqlx::query_as(
        "select count(*), coalesce(sum(f.size), 0)::bigint from (
             select size from files.file where feature = $1 and attached_at > $2 and attached_at <= $3 limit $4) f",
    )
    .bind(feature)
    .bind(after)
    .bind(until)
    .bind(most.saturating_add(1))
    .fetch_one(tx.db())
    .await?;
    Ok(if files > most { FileCount { files: most, bytes: None } } else { FileCount { files, bytes: Some(bytes) } })
}
