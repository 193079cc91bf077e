//! The last byte is there: the upload becomes a file.

use anyhow::Context;
use futures_util::TryStreamExt;
use kernel::{App, Cx, Result, Tx};
use serde_json::json;

use super::rows::UploadRow;
use crate::blob::Blob;
use crate::model::{FileKind, FileState};
use crate::pictures;
use crate::sniff::{self, is_looked_at, sniff};

/// Makes the file. A picture is looked at first; anything else can be attached at once.
pub async fn finish(cx: &Cx, upload: &UploadRow) -> Result<()> {
    let first = first_bytes(cx.app(), upload.blob(cx.org)).await?;
    let (media_type, kind) = sniff(&first);
    let mut tx = cx.begin().await?;
    if make_file(&mut tx, upload, media_type, kind).await? && is_looked_at(media_type, kind) {
        let at = pictures::turn(&mut tx).await?;
        tx.schedule(pictures::JOB, json!({ "file": upload.id }), at).await?;
    }
    tx.commit().await
}

async fn first_bytes(app: &App, blob: Blob) -> Result<Vec<u8>> {
    let end = blob.length.min(u64::try_from(sniff::ENOUGH).unwrap_or(0));
    let pieces: Vec<_> = blob.read(app.clone(), 0..end).try_collect().await.context("reading what was just written")?;
    Ok(pieces.concat())
}

/// `false`: it was made before, and the answer was lost.
async fn make_file(tx: &mut Tx, upload: &UploadRow, media_type: &str, kind: FileKind) -> Result<bool> {
    let (member, now) = (tx.member()?, tx.now());
    let done = sqlx::query("update files.upload set completed_at = $2 where id = $1 and completed_at is null")
        .bind(upload.id)
        .bind(now)
        .execute(tx.db())
        .await?;
    if done.rows_affected() == 0 {
        return Ok(false);
    }
    let state = if is_looked_at(media_type, kind) { FileState::Processing } else { FileState::Ready };
    sqlx::query(
        "insert into files.file (id, owner_id, blob_id, name, size, media_type, kind, state, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(upload.id)
    .bind(member)
    .bind(upload.blob_id)
    .bind(&upload.name)
    .bind(upload.length)
    .bind(media_type)
    .bind(kind)
    .bind(state)
    .bind(now)
    .execute(tx.db())
    .await?;
    Ok(true)
}
