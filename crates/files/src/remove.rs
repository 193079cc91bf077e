//! Files go: the row at once, the key of bytes that no file needs any more with the same commit, the bytes soon after.

use chrono::{DateTime, Utc};
use kernel::{Actor, App, Bucket, OrgId, Result, Tx};
use uuid::Uuid;

use crate::model::FileId;
use crate::policy;

/// Rows that one transaction takes.
const BATCH: i64 = 200;

/// What a file that went leaves behind.
#[derive(sqlx::FromRow)]
struct Gone {
    blob_id: Uuid,
    thumbnail_id: Option<Uuid>,
}

/// Takes away the files that `seq` carries in the scope.
pub async fn detach(tx: &mut Tx, scope: Uuid, seq: i64) -> Result<()> {
    let gone: Vec<Gone> =
        sqlx::query_as("delete from files.file where scope_id = $1 and scope_seq = $2 returning blob_id, thumbnail_id")
            .bind(scope)
            .bind(seq)
            .fetch_all(tx.db())
            .await?;
    drop_unused(tx, blobs(gone)).await
}

/// Takes away what the feature carries since this instant or before; says how many files that were.
pub async fn expire(app: &App, org: OrgId, feature: &'static str, until: DateTime<Utc>) -> Result<u64> {
    let mut count = 0;
    loop {
        let mut tx = app.begin(org, Actor::System).await?;
        let gone: Vec<Gone> = sqlx::query_as(
            "delete from files.file where id in (
                 select id from files.file where feature = $1 and attached_at <= $2 order by attached_at limit $3)
             returning blob_id, thumbnail_id",
        )
        .bind(feature)
        .bind(until)
        .bind(BATCH)
        .fetch_all(tx.db())
        .await?;
        let is_last = i64::try_from(gone.len()).unwrap_or(BATCH) < BATCH;
        count += u64::try_from(gone.len()).unwrap_or(0);
        drop_unused(&mut tx, blobs(gone)).await?;
        tx.commit().await?;
        if is_last {
            return Ok(count);
        }
    }
}

/// Takes away a file that is attached to nothing; one that is stays.
pub async fn loose_file(tx: &mut Tx, id: FileId) -> Result<()> {
    let gone: Vec<Gone> =
        sqlx::query_as("delete from files.file where id = $1 and scope_id is null returning blob_id, thumbnail_id")
            .bind(id)
            .fetch_all(tx.db())
            .await?;
    drop_unused(tx, blobs(gone)).await
}

/// Files that were never attached, and uploads that were never finished or whose file is long made.
pub async fn forgotten(tx: &mut Tx, before: DateTime<Utc>) -> Result<()> {
    let gone: Vec<Gone> = sqlx::query_as(
        "delete from files.file where scope_id is null and created_at <= $1 returning blob_id, thumbnail_id",
    )
    .bind(before)
    .fetch_all(tx.db())
    .await?;
    drop_unused(tx, blobs(gone)).await?;
    let now = tx.now();
    let ended: Vec<Uuid> = sqlx::query_scalar("delete from files.upload where expires_at <= $1 returning blob_id")
        .bind(now)
        .fetch_all(tx.db())
        .await?;
    drop_unused(tx, ended).await?;
    // Bytes that a worker left behind when it was cut.
    let stray: Vec<Uuid> = sqlx::query_scalar(
        "select b.id from files.blob b
         where b.dropped_at is null and b.created_at <= $1
           and not exists (select from files.file f where f.blob_id = b.id or f.thumbnail_id = b.id)",
    )
    .bind(before)
    .fetch_all(tx.db())
    .await?;
    drop_unused(tx, stray).await
}

/// Takes away some of what was never attached, and of uploads that are not done; how many. That an upload was done is
/// forgotten with its file, and is no thing of its own.
pub async fn some_unsent(tx: &mut Tx) -> Result<u64> {
    let gone: Vec<Gone> = sqlx::query_as(
        "with gone as (
             delete from files.file where scope_id is null and id in (
                 select id from files.file where scope_id is null order by created_at limit $1)
             returning id, blob_id, thumbnail_id),
         done as (delete from files.upload where id in (select id from gone))
         select blob_id, thumbnail_id from gone",
    )
    .bind(BATCH)
    .fetch_all(tx.db())
    .await?;
    let uploads: Vec<Uuid> = sqlx::query_scalar(
        "delete from files.upload where id in (
             select id from files.upload where completed_at is null order by expires_at limit $1)
         returning blob_id",
    )
    .bind(BATCH)
    .fetch_all(tx.db())
    .await?;
    let count = gone.len() + uploads.len();
    drop_unused(tx, [blobs(gone), uploads].concat()).await?;
    Ok(u64::try_from(count).unwrap_or(u64::MAX))
}

/// Takes away files whose bytes nobody can open any more, of these blobs; says how many.
pub async fn unreadable(tx: &mut Tx, ids: Vec<Uuid>) -> Result<usize> {
    sqlx::query("update files.file set thumbnail_id = null where thumbnail_id = any($1)")
        .bind(&ids)
        .execute(tx.db())
        .await?;
    let gone: Vec<Gone> =
        sqlx::query_as("delete from files.file where blob_id = any($1) returning blob_id, thumbnail_id")
            .bind(&ids)
            .fetch_all(tx.db())
            .await?;
    let count = gone.len();
    drop_unused(tx, [blobs(gone), ids].concat()).await?;
    Ok(count)
}

fn blobs(gone: Vec<Gone>) -> Vec<Uuid> {
    gone.into_iter().flat_map(|gone| [Some(gone.blob_id), gone.thumbnail_id]).flatten().collect()
}

/// Drops those of the blobs that nothing names any more: their keys die with the commit.
pub async fn drop_unused(tx: &mut Tx, ids: Vec<Uuid>) -> Result<()> {
    if ids.is_empty() {
        return Ok(());
    }
    let now = tx.now();
    let dropped: Vec<(Uuid, i64)> = sqlx::query_as(
        "update files.blob b set dropped_at = $2
         where b.id = any($1) and b.dropped_at is null
           and not exists (select from files.file f where f.blob_id = b.id)
           and not exists (select from files.file f where f.thumbnail_id = b.id)
           and not exists (select from files.upload u where u.blob_id = b.id and u.completed_at is null)
         returning b.id, b.size",
    )
    .bind(ids)
    .bind(now)
    .fetch_all(tx.db())
    .await?;
    policy::release(tx, dropped.iter().map(|(_, size)| size).sum()).await?;
    let (org, keys) = (tx.org(), dropped.into_iter().map(|(id, _)| Bucket::Object(id)).collect::<Vec<_>>());
    tx.on_commit(move |app| {
        // If this is cut, the sweep does it again.
        if let Err(error) = app.vault().destroy(org.0, &keys) {
            tracing::warn!(%error, "keys of files could not be destroyed yet");
        }
    });
    Ok(())
}
