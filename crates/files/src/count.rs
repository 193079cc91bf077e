//! How many files were attached within a span of time, and how large they are: what another period of retention would take or keep (C3).

use chrono::{DateTime, Utc};
use kernel::{Result, Tx};

/// How many, and how large.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct FileCount {
    /// Files.
    pub files: i64,
    /// Bytes of them all together, as they were sent; what was forwarded counts each time.
    pub bytes: i64,
}

/// Those a feature attached after one instant and no later than another, as [`crate::expire`] would take them.
pub async fn count_attached(
    tx: &mut Tx,
    feature: &'static str,
    after: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<FileCount> {
    Ok(sqlx::query_as(
        "select count(*) as files, coalesce(sum(size), 0)::bigint as bytes from files.file
         where feature = $1 and attached_at > $2 and attached_at <= $3",
    )
    .bind(feature)
    .bind(after)
    .bind(until)
    .fetch_one(tx.db())
    .await?)
}
