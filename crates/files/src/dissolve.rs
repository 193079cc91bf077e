//! An organisation is gone: its bytes follow its keys.

use kernel::{Actor, App, OrgId, Result};
use uuid::Uuid;

use crate::store::Store;

const BATCH: i64 = 100;

/// Takes away the bytes of some blobs of the organisation, and then their rows; `false` when there was none. Whoever asks has
/// destroyed the organisation's key, so that none of them opens any more. It can be cut and begun again.
pub async fn clear_some(app: &App, org: OrgId) -> Result<bool> {
    let mut tx = app.begin(org, Actor::System).await?;
    let blobs: Vec<Uuid> = sqlx::query_scalar("select id from files.blob where org_id = $1 order by id limit $2")
        .bind(org)
        .bind(BATCH)
        .fetch_all(tx.db())
        .await?;
    tx.commit().await?;
    for blob in &blobs {
        Store::of(app).remove(org, *blob).await?;
    }
    let mut tx = app.begin(org, Actor::System).await?;
    sqlx::query("delete from files.blob where org_id = $1 and id = any($2)")
        .bind(org)
        .bind(&blobs)
        .execute(tx.db())
        .await?;
    tx.commit().await?;
    Ok(!blobs.is_empty())
}
