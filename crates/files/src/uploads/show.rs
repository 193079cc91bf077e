//! How far an upload is.

use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use kernel::{Cx, Path, Result};

use super::rows::UploadRow;
use super::tus;
use crate::model::FileId;

/// Show how far an upload is
#[utoipa::path(
    head, path = "/v1/uploads/{upload}", tag = "files", operation_id = "showUpload",
    params(("upload" = FileId, Path), ("Tus-Resumable" = String, Header, description = "1.0.0")),
    responses((status = 200, description = "`Upload-Offset` and `Upload-Length`, in bytes")),
    extensions(
        ("x-access" = json!("whoever began the upload")),
        ("x-errors" = json!(["files.tus_version"])),
    ),
)]
pub async fn show_upload(cx: Cx, Path(upload): Path<FileId>, headers: HeaderMap) -> Result<Response> {
    tus::check_version(&headers)?;
    let mut tx = cx.begin().await?;
    let upload = UploadRow::load(&mut tx, upload).await?;
    tx.commit().await?;
    let offset = match upload.completed_at {
        Some(_) => upload.length.unsigned_abs(),
        None => upload.blob(cx.org).offset(cx.app(), upload.segments()).await?,
    };
    let headers = tus::answer([
        ("upload-offset", offset.to_string()),
        ("upload-length", upload.length.to_string()),
        ("cache-control", "no-store".to_owned()),
    ])?;
    Ok((StatusCode::OK, headers).into_response())
}
