//! Take the next bytes of an upload. What arrives is sealed and written chunk by chunk, never held as a whole; a
//! connection that breaks leaves its whole chunks behind, and the next one goes on after them.

use aws_lc_rs::digest;
use axum::body::{Body, BodyDataStream};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use futures_util::StreamExt;
use kernel::{Cx, Error, Path, Result};

use super::finish;
use super::rows::UploadRow;
use super::turn::Turn;
use super::tus;
use crate::blob::{Appender, Mark};
use crate::model::FileId;

/// Bytes that come with a checksum are held until it has been compared.
const MOST_WITH_CHECKSUM: usize = 8 * 1024 * 1024;

/// Upload the next bytes
///
/// tus 1.0.0: `Upload-Offset` must be where the upload stands. With `Upload-Checksum` (`sha256` or `sha1`) at most 8 MiB
/// at a time, all or nothing. Of a request that goes past `Upload-Length` nothing is kept.
#[utoipa::path(
    patch, path = "/v1/uploads/{upload}", tag = "files", operation_id = "appendUpload",
    params(
        ("upload" = FileId, Path),
        ("Tus-Resumable" = String, Header, description = "1.0.0"),
        ("Upload-Offset" = i64, Header, description = "Bytes"),
        ("Upload-Checksum" = Option<String>, Header, description = "Algorithm and digest in Base64"),
    ),
    request_body(content = Vec<u8>, content_type = "application/offset+octet-stream"),
    responses((status = 204, description = "`Upload-Offset`: bytes that are durable")),
    extensions(
        ("x-application" = json!("sending_files")),
        ("x-access" = json!("whoever began the upload")),
        ("x-errors" = json!(["files.tus_version", "files.not_offset_octet_stream", "files.offset", "files.upload_busy", "files.checksum_mismatch", "too_large", "files.no_space", "files.store_unavailable", "files.store_refused", "stopping"])),
    ),
)]
pub async fn append_upload(cx: Cx, Path(upload): Path<FileId>, headers: HeaderMap, body: Body) -> Result<Response> {
    tus::check_version(&headers)?;
    if tus::text(&headers, "content-type") != Some("application/offset+octet-stream") {
        return Err(Error::Protocol(415, "files.not_offset_octet_stream"));
    }
    let offset = tus::offset(&headers)?;
    let _turn = Turn::take(cx.app(), upload)?;
    let mut tx = cx.begin().await?;
    let upload = UploadRow::load(&mut tx, upload).await?;
    tx.commit().await?;
    if upload.completed_at.is_some() {
        return Err(Error::Conflict("files.offset"));
    }
    let mut appender = Appender::open(cx.app(), upload.blob(cx.org), upload.segments()).await?;
    if appender.offset() != offset {
        return Err(Error::Conflict("files.offset"));
    }
    let left = upload.length.unsigned_abs().saturating_sub(offset);
    // Before the first byte is taken, where it is announced; else with the first one that is too many.
    if tus::content_length(&headers).is_some_and(|announced| announced > left) {
        return Err(Error::TooLarge);
    }
    let before = appender.mark();
    let taken = match tus::text(&headers, "upload-checksum") {
        Some(checksum) => take_checked(&cx, &upload, &mut appender, body, checksum).await,
        None => take(&cx, &upload, &mut appender, body).await,
    };
    if matches!(taken, Err(Error::TooLarge)) {
        go_back(&cx, &upload, &mut appender, before).await?;
        return Err(Error::TooLarge);
    }
    let offset = appender.rest().await?;
    write_down(&cx, &upload, &appender).await?;
    taken?;
    if offset == upload.length.unsigned_abs() {
        finish::finish(&cx, &upload).await?;
    }
    Ok((StatusCode::NO_CONTENT, tus::answer([("upload-offset", offset.to_string())])?).into_response())
}

/// Takes the body as it comes. A sender that vanishes is no error of ours: what came whole is kept. The last piece is taken
/// once nothing follows it, so that a body that is too long never makes the upload whole.
async fn take(cx: &Cx, upload: &UploadRow, appender: &mut Appender, body: Body) -> Result<()> {
    let mut pieces = body.into_data_stream();
    let mut known = appender.segments();
    let mut left = upload.length.unsigned_abs().saturating_sub(appender.offset());
    let mut coming = next_piece(&mut pieces).await;
    while let Some(piece) = coming {
        let piece = piece?;
        left = left.checked_sub(piece.len() as u64).ok_or(Error::TooLarge)?;
        coming = if left == 0 { next_piece(&mut pieces).await } else { None };
        if matches!(coming, Some(Ok(_))) {
            return Err(Error::TooLarge);
        }
        appender.take(&piece).await?;
        if appender.segments() != known {
            known = appender.segments();
            write_down(cx, upload, appender).await?;
        }
        if cx.app().is_stopping() {
            return Err(Error::Unavailable("stopping"));
        }
        if left > 0 {
            coming = next_piece(&mut pieces).await;
        }
    }
    Ok(())
}

/// The next bytes; an empty piece is none.
async fn next_piece(pieces: &mut BodyDataStream) -> Option<Result<Bytes>> {
    loop {
        match pieces.next().await? {
            Ok(piece) if piece.is_empty() => {}
            Ok(piece) => return Some(Ok(piece)),
            Err(_) => return Some(Err(Error::Invalid { field: "body", why: "cut" })),
        }
    }
}

/// All of a body that is no longer than `most`.
async fn all(body: Body, most: usize) -> Result<Vec<u8>> {
    let (mut pieces, mut bytes) = (body.into_data_stream(), Vec::new());
    while let Some(piece) = next_piece(&mut pieces).await {
        let piece = piece?;
        if piece.len() > most - bytes.len() {
            return Err(Error::TooLarge);
        }
        bytes.extend_from_slice(&piece);
    }
    Ok(bytes)
}

/// The upload stands where it stood before a body that was too long.
async fn go_back(cx: &Cx, upload: &UploadRow, appender: &mut Appender, to: Mark) -> Result<()> {
    let left_behind = appender.go_back(to).await?;
    let segments = i32::try_from(appender.segments()).map_err(anyhow::Error::from)?;
    let mut tx = cx.begin().await?;
    sqlx::query("update files.upload set segments = $2 where id = $1 and completed_at is null")
        .bind(upload.id)
        .bind(segments)
        .execute(tx.db())
        .await?;
    tx.commit().await?;
    appender.forget(left_behind).await
}

async fn take_checked(cx: &Cx, upload: &UploadRow, appender: &mut Appender, body: Body, checksum: &str) -> Result<()> {
    let (algorithm, expected) = checksum.split_once(' ').unwrap_or((checksum, ""));
    let algorithm = match algorithm {
        "sha256" => &digest::SHA256,
        "sha1" => &digest::SHA1_FOR_LEGACY_USE_ONLY,
        _ => return Err(Error::Invalid { field: "upload-checksum", why: "unknown_algorithm" }),
    };
    let left = upload.length.unsigned_abs().saturating_sub(appender.offset());
    let most = usize::try_from(left).unwrap_or(usize::MAX).min(MOST_WITH_CHECKSUM);
    let bytes = all(body, most).await?;
    let digest = STANDARD.encode(digest::digest(algorithm, &bytes));
    if digest != expected.trim() {
        return Err(Error::Protocol(460, "files.checksum_mismatch"));
    }
    let before = appender.segments();
    appender.take(&bytes).await?;
    if appender.segments() == before { Ok(()) } else { write_down(cx, upload, appender).await }
}

/// Notes which segments are in the store. If that is lost, the last one is written once more.
pub async fn write_down(cx: &Cx, upload: &UploadRow, appender: &Appender) -> Result<()> {
    let segments = i32::try_from(appender.segments()).map_err(anyhow::Error::from)?;
    let mut tx = cx.begin().await?;
    sqlx::query("update files.upload set segments = $2 where id = $1 and segments < $2")
        .bind(upload.id)
        .bind(segments)
        .execute(tx.db())
        .await?;
    tx.commit().await
}
