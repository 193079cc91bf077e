//! The file that an upload became.

use kernel::{Cx, Error, Json, Path, Result};

use crate::attach;
use crate::model::{File, FileId};

/// Show the file an upload became
#[utoipa::path(
    get, path = "/v1/uploads/{upload}/file", tag = "files", operation_id = "showUploadedFile",
    params(("upload" = FileId, Path)),
    responses((status = 200, body = File)),
    extensions(("x-access" = json!("whoever began the upload, once its last byte is there"))),
)]
pub async fn show_uploaded_file(cx: Cx, Path(upload): Path<FileId>) -> Result<Json<File>> {
    let mut tx = cx.begin().await?;
    let me = tx.member()?;
    let row = attach::find(&mut tx, upload).await?.filter(|row| row.owner_id == me).ok_or(Error::NotFound("file"))?;
    let file = File { file: row.open(&tx)?, state: row.state };
    tx.commit().await?;
    Ok(Json(file))
}
