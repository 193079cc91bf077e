//! Give an upload up; also after it became a file, as long as that is attached to nothing.

use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use kernel::{Cx, Path, Result};

use super::rows::UploadRow;
use super::tus;
use crate::model::FileId;
use crate::remove;

/// Cancel an upload
#[utoipa::path(
    delete, path = "/v1/uploads/{upload}", tag = "files", operation_id = "cancelUpload",
    params(("upload" = FileId, Path), ("Tus-Resumable" = String, Header, description = "1.0.0")),
    responses((status = 204)),
    extensions(
        ("x-access" = json!("whoever began the upload")),
        ("x-errors" = json!(["files.tus_version"])),
    ),
)]
pub async fn cancel_upload(cx: Cx, Path(upload): Path<FileId>, headers: HeaderMap) -> Result<Response> {
    tus::check_version(&headers)?;
    let mut tx = cx.begin().await?;
    let upload = UploadRow::load(&mut tx, upload).await?;
    sqlx::query("delete from files.upload where id = $1").bind(upload.id).execute(tx.db()).await?;
    remove::loose_file(&mut tx, upload.id).await?;
    remove::drop_unused(&mut tx, vec![upload.blob_id]).await?;
    tx.commit().await?;
    Ok((StatusCode::NO_CONTENT, tus::answer([])?).into_response())
}
