//! Make things findable no more, at once.

use chrono::{DateTime, Utc};
use kernel::{Result, Tx};
use uuid::Uuid;

/// Forgets what stands at this place of the scope; nothing is there afterwards, whatever was.
pub async fn forget(tx: &mut Tx, kind: &'static str, scope: Uuid, place: i64, at: DateTime<Utc>) -> Result<()> {
    sqlx::query("delete from search.entry where scope = $1 and kind = $2 and place = $3 and at = $4")
        .bind(scope)
        .bind(kind)
        .bind(place)
        .bind(at)
        .execute(tx.db())
        .await?;
    Ok(())
}

/// Forgets everything of the scope up to and including this place, as far as it is not newer than `until`; says how many entries
/// that were.
pub async fn forget_through(
    tx: &mut Tx,
    kind: &'static str,
    scope: Uuid,
    place: i64,
    until: DateTime<Utc>,
) -> Result<u64> {
    let gone = sqlx::query("delete from search.entry where scope = $1 and kind = $2 and place <= $3 and at <= $4")
        .bind(scope)
        .bind(kind)
        .bind(place)
        .bind(until)
        .execute(tx.db())
        .await?;
    Ok(gone.rows_affected())
}
