//! See in what files are kept: for everybody whose files they are (`ADM-08`).

use kernel::{Cx, Json, Result};
use serde::Serialize;
use utoipa::ToSchema;

use super::{Chosen, StoreKind};

/// In what files are kept.
#[derive(Serialize, ToSchema)]
pub struct FileStore {
    /// What new ones go into; where it is, and how one gets in, is not said.
    pub kind: StoreKind,
}

/// Show in what files are kept
#[utoipa::path(
    get, path = "/v1/file-store", tag = "files", operation_id = "showFileStore",
    responses((status = 200, body = FileStore)),
    extensions(("x-access" = json!("member of the organisation"))),
)]
pub async fn show_file_store(cx: Cx) -> Result<Json<FileStore>> {
    let has_bucket = cx.app().state::<Chosen>().0.get().is_some();
    Ok(Json(FileStore { kind: if has_bucket { StoreKind::Bucket } else { StoreKind::Folder } }))
}
