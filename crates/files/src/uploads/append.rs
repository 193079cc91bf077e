//! Take the next bytes of an upload. What arrives is sealed and written chunk by chunk, never held as a whole; a
//! connection that breaks leaves its whole chunks behind, and the next one goes on after them.

use aws_lc_rs::digest;
use axum::body::{Body, HttpBody, to_bytes};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use futures_util::StreamExt;
use kernel::{Cx, Error, Path, Result};

use super::finish;
use super::rows::UploadRow;
use super::turn::Turn;
use super::tus;
use crate::blob::Appender;
use crate::model::FileId;

/// Bytes that come with a checksum are held until it has been compared.
const MOST_WITH_CHECKSUM: usize = 8 * 1024 * 1024;

/// Upload the next bytes
///
/// tus 1.0.0: `Upload-Offset` must be where the upload stands. With `Upload-Checksum` (`sha256` or `sha1`) at most 8 MiB
/// at a time, all or nothing.
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
        ("x-errors" = json!(["files.tus_version", "files.not_offset_octet_stream", "files.offset", "files.upload_busy", "files.checksum_mismatch", "files.no_space", "files.store_unavailable", "files.store_refused", "stopping"])),
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
    // Before the first byte: what is refused leaves nothing behind.
    if body.size_hint().lower() > upload.length.unsigned_abs().saturating_sub(offset) {
        return Err(Error::TooLarge);
    }
    let taken = match tus::text(&headers, "upload-checksum") {
        Some(checksum) => take_checked(&cx, &upload, &mut appender, body, checksum).await,
        None => take(&cx, &upload, &mut appender, body).await,
    };
    let offset = appender.rest().await?;
    write_down(&cx, &upload, &appender).await?;
    taken?;
    if offset == upload.length.unsigned_abs() {
        finish::finish(&cx, &upload).await?;
    }
    Ok((StatusCode::NO_CONTENT, tus::answer([("upload-offset", offset.to_string())])?).into_response())
}

/// Takes the body as it comes. A sender that vanishes is no error of ours: what came whole is kept.
async fn take(cx: &Cx, upload: &UploadRow, appender: &mut Appender, body: Body) -> Result<()> {
    let mut pieces = body.into_data_stream();
    let mut known = appender.segments();
    while let Some(piece) = pieces.next().await {
        let piece = piece.map_err(|_| Error::Invalid { field: "body", why: "cut" })?;
        appender.take(&piece).await?;
        if appender.segments() != known {
            known = appender.segments();
            write_down(cx, upload, appender).await?;
        }
        if cx.app().is_stopping() {
            return Err(Error::Unavailable("stopping"));
        }
    }
    Ok(())
}

async fn take_checked(cx: &Cx, upload: &UploadRow, appender: &mut Appender, body: Body, checksum: &str) -> Result<()> {
    let (algorithm, expected) = checksum.split_once(' ').unwrap_or((checksum, ""));
    let algorithm = match algorithm {
        "sha256" => &digest::SHA256,
        "sha1" => &digest::SHA1_FOR_LEGACY_USE_ONLY,
        _ => return Err(Error::Invalid { field: "upload-checksum", why: "unknown_algorithm" }),
    };
    let bytes = to_bytes(body, MOST_WITH_CHECKSUM).await.map_err(|_| Error::TooLarge)?;
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
