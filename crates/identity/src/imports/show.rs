//! Show how far an import is.

use kernel::{Cx, Json, Path, Result};

use super::model::{Import, OwnImport};
use crate::model::ImportId;

/// Show an import
#[utoipa::path(
    get, path = "/v1/imports/{import}", tag = "identity", operation_id = "showImport",
    params(("import" = ImportId, Path)),
    responses((status = 200, description = "What it would do, does or did", body = Import)),
    extensions(
        ("x-access" = json!("holder of people.import, of what they began")),
        ("x-errors" = json!(["forbidden"]))
    ),
)]
pub async fn show_import(cx: Cx, Path(import): Path<ImportId>) -> Result<Json<Import>> {
    let mut tx = cx.begin().await?;
    let own = OwnImport::load(&mut tx, import).await?;
    Ok(Json(own.row.shown(&mut tx).await?))
}
