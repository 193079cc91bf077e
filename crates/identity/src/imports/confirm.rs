//! Have an import written.

use axum::http::StatusCode;
use kernel::{Cx, Error, Json, Path, Result, Tx};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use super::model::{Import, OwnImport};
use super::write;
use crate::model::ImportId;

/// What is to be done about rows with something wrong.
#[derive(Deserialize, ToSchema)]
pub struct ConfirmImport {
    /// Leave them out. Without it an import with such rows is refused.
    #[serde(default)]
    pub leaves_out_wrong_rows: bool,
}

/// Write an import
///
/// All of it or nothing, in the background; `showImport` tells how far it is.
#[utoipa::path(
    post, path = "/v1/imports/{import}/confirm", tag = "identity", operation_id = "confirmImport",
    params(("import" = ImportId, Path)), request_body = ConfirmImport,
    responses((status = 202, description = "It is being written", body = Import)),
    extensions(
        ("x-access" = json!("holder of people.import, of what they began")),
        ("x-rate" = json!("heavy")),
        ("x-errors" = json!(["forbidden", "identity.import_not_open", "identity.import_has_wrong_rows"]))
    ),
)]
pub async fn confirm_import(
    cx: Cx,
    Path(import): Path<ImportId>,
    Json(input): Json<ConfirmImport>,
) -> Result<(StatusCode, Json<Import>)> {
    let mut tx = cx.begin().await?;
    let own = OwnImport::load_open(&mut tx, import).await?;
    if own.row.report(&tx)?.counts.wrong > 0 && !input.leaves_out_wrong_rows {
        return Err(Error::Conflict("identity.import_has_wrong_rows"));
    }
    queue(&mut tx, &own).await?;
    let shown = OwnImport::load(&mut tx, import).await?.row.shown(&tx)?;
    tx.commit().await?;
    Ok((StatusCode::ACCEPTED, Json(shown)))
}

async fn queue(tx: &mut Tx, own: &OwnImport) -> Result<()> {
    let import = own.row.id;
    sqlx::query("update identity.import set state = 'queued', code = null, done = 0, total = 0 where id = $1")
        .bind(import)
        .execute(tx.db())
        .await?;
    let now = tx.now();
    tx.schedule(write::WRITE, json!({ "import": import }), now).await
}
