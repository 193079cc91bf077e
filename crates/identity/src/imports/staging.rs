//! The files of an import, sealed piece by piece as they come in: no more of one than a piece is ever in memory here.

use axum::body::Body;
use directory::imports::MAX_BYTES;
use futures_util::StreamExt;
use kernel::{Actor, App, Bucket, Cx, Error, OrgId, Result, Tx};

use crate::model::ImportId;

const PIECE: usize = 1024 * 1024;
const KIND: &str = "identity.import.piece";

/// Takes the body as a file of the import.
pub async fn receive(cx: &Cx, import: ImportId, file: i16, body: Body) -> Result<()> {
    let mut stream = body.into_data_stream();
    let mut piece: Vec<u8> = Vec::new();
    let (mut n, mut size) = (0, 0);
    while let Some(bytes) = stream.next().await {
        // Cut off, or standing still for too long.
        let bytes = bytes.map_err(|_| Error::Invalid { field: "file", why: "is_cut_off" })?;
        size += bytes.len();
        if size > MAX_BYTES {
            return Err(Error::TooLarge);
        }
        piece.extend_from_slice(&bytes);
        while piece.len() >= PIECE {
            let rest = piece.split_off(PIECE);
            keep(cx, import, file, n, &piece).await?;
            (piece, n) = (rest, n + 1);
        }
    }
    if size == 0 {
        return Err(Error::Invalid { field: "file", why: "is_empty" });
    }
    keep(cx, import, file, n, &piece).await
}

/// A transaction each: whoever uploads slowly holds no connection.
async fn keep(cx: &Cx, import: ImportId, file: i16, n: i32, piece: &[u8]) -> Result<()> {
    let mut tx = cx.begin().await?;
    let sealed = tx.seal(Bucket::Object(import.0), &kind(file, n), import.0, piece)?;
    sqlx::query("insert into identity.import_piece (import_id, file, n, bytes) values ($1, $2, $3, $4)")
        .bind(import)
        .bind(file)
        .bind(n)
        .bind(sealed)
        .execute(tx.db())
        .await?;
    tx.commit().await
}

/// A piece opens only in its place.
fn kind(file: i16, n: i32) -> String {
    format!("{KIND} {file} {n}")
}

/// The whole file.
pub async fn file(tx: &mut Tx, import: ImportId, file: i16) -> Result<Vec<u8>> {
    let pieces: Vec<(i32, Vec<u8>)> =
        sqlx::query_as("select n, bytes from identity.import_piece where import_id = $1 and file = $2 order by n")
            .bind(import)
            .bind(file)
            .fetch_all(tx.db())
            .await?;
    let mut bytes = Vec::new();
    for (n, sealed) in pieces {
        bytes.extend(tx.open(Bucket::Object(import.0), &kind(file, n), import.0, &sealed)?);
    }
    Ok(bytes)
}

/// Forgets one file.
pub async fn drop_file(tx: &mut Tx, import: ImportId, file: i16) -> Result<()> {
    sqlx::query("delete from identity.import_piece where import_id = $1 and file = $2")
        .bind(import)
        .bind(file)
        .execute(tx.db())
        .await?;
    Ok(())
}

/// Forgets the import; with its keys it is unreadable in backups too.
pub async fn forget(app: &App, org: OrgId, actor: Actor, import: ImportId) -> Result<()> {
    let mut tx = app.begin(org, actor).await?;
    let gone: Option<Option<uuid::Uuid>> =
        sqlx::query_scalar("delete from identity.import where id = $1 returning result_id")
            .bind(import)
            .fetch_optional(tx.db())
            .await?;
    tx.commit().await?;
    let Some(result) = gone else { return Ok(()) };
    let keys: Vec<Bucket> = [Some(import.0), result].into_iter().flatten().map(Bucket::Object).collect();
    Ok(app.vault().destroy(org.0, &keys)?)
}
