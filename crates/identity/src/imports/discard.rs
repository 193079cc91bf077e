//! Throw an import away.

use axum::http::StatusCode;
use kernel::{Actor, Cx, Error, Path, Result};

use super::model::{ImportState, OwnImport};
use super::staging;
use crate::model::ImportId;

/// Forget an import
///
/// Its lists, its report, the initial passwords nobody downloaded, and what it takes to undo it. Who was imported stays.
#[utoipa::path(
    delete, path = "/v1/imports/{import}", tag = "identity", operation_id = "deleteImport",
    params(("import" = ImportId, Path)),
    responses((status = 204, description = "Forgotten, with its key")),
    extensions(
        ("x-access" = json!("holder of people.import, of what they began")),
        ("x-errors" = json!(["forbidden", "identity.import_not_open"]))
    ),
)]
pub async fn delete_import(cx: Cx, Path(import): Path<ImportId>) -> Result<StatusCode> {
    let mut tx = cx.begin().await?;
    let own = OwnImport::load(&mut tx, import).await?;
    if matches!(own.row.state, ImportState::Queued | ImportState::Writing | ImportState::Undoing) {
        return Err(Error::Conflict("identity.import_not_open"));
    }
    drop(tx);
    staging::forget(cx.app(), cx.org, Actor::Member(cx.member), import).await?;
    Ok(StatusCode::NO_CONTENT)
}
