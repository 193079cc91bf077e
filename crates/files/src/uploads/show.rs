//! How far an upload is.

use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use kernel::{Cx, Path, Result};

use super::append::write_down;
use super::finish;
use super::rows::UploadRow;
use super::turn::Turn;
use super::tus;
use crate::blob::Appender;
use crate::model::FileId;

/// Show how far an upload is
#[utoipa::path(
    head, path = "/v1/uploads/{upload}", tag = "files", operation_id = "showUpload",
    params(("upload" = FileId, Path), ("Tus-Resumable" = String, Header, description = "1.0.0")),
    responses((status = 200, description = "`Upload-Offset` and `Upload-Length`, in bytes")),
    extensions(
        ("x-access" = json!("whoever began the upload")),
        ("x-errors" = json!(["files.tus_version", "files.upload_busy", "files.no_space", "files.store_unavailable", "files.store_refused"])),
    ),
)]
pub async fn show_upload(cx: Cx, Path(upload): Path<FileId>, headers: HeaderMap) -> Result<Response> {
    tus::check_version(&headers)?;
    let mut tx = cx.begin().await?;
    let upload = UploadRow::load(&mut tx, upload).await?;
    tx.commit().await?;
    let offset = match upload.completed_at {
        Some(_) => upload.length.unsigned_abs(),
        None => going_on(&cx, &upload).await?,
    };
    let headers = tus::answer([
        ("upload-offset", offset.to_string()),
        ("upload-length", upload.length.to_string()),
        ("cache-control", "no-store".to_owned()),
    ])?;
    Ok((StatusCode::OK, headers).into_response())
}

/// Where the next byte goes. When all bytes are there and only the file is not made (the store did not answer, or the
/// server was killed), that is done now: no further request would come.
async fn going_on(cx: &Cx, upload: &UploadRow) -> Result<u64> {
    let blob = upload.blob(cx.org);
    let offset = blob.offset(cx.app(), upload.segments()).await?;
    if offset == blob.length {
        let _turn = Turn::take(cx.app(), upload.id)?;
        let mut tx = cx.begin().await?;
        // As it is now that nobody else writes to it.
        let upload = UploadRow::load(&mut tx, upload.id).await?;
        tx.commit().await?;
        let appender = Appender::open(cx.app(), blob, upload.segments()).await?;
        write_down(cx, &upload, &appender).await?;
        finish::finish(cx, &upload).await?;
    }
    Ok(offset)
}
