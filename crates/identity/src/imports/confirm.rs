//! Have an import written.

use axum::http::StatusCode;
use directory::Assured;
use kernel::{Cx, Error, Json, Path, Result, Tx};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use super::model::{Import, OwnImport, keep_request};
use super::write;
use crate::model::ImportId;

/// What is to be done about rows with something wrong.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConfirmImport {
    /// Leave them out. Without it an import with such rows is refused.
    #[serde(default)]
    pub leaves_out_wrong_rows: bool,
    /// More than a tenth of the people leave, and that is meant. Without it such an import is refused.
    #[serde(default)]
    pub lets_many_leave: bool,
}

/// Write an import
///
/// All of it or nothing, in the background; `showImport` tells how far it is. When people leave with it, one proves one's
/// password again first.
#[utoipa::path(
    post, path = "/v1/imports/{import}/confirm", tag = "identity", operation_id = "confirmImport",
    params(("import" = ImportId, Path)), request_body = ConfirmImport,
    responses((status = 202, description = "It is being written", body = Import)),
    extensions(
        ("x-access" = json!("holder of people.import, of what they began")),
        ("x-rate" = json!("heavy")),
        ("x-errors" = json!([
            "forbidden", "identity.prove_again", "identity.import_not_open", "identity.import_has_wrong_rows",
            "identity.import_many_leave"
        ]))
    ),
)]
pub async fn confirm_import(
    cx: Cx,
    Path(import): Path<ImportId>,
    Json(input): Json<ConfirmImport>,
) -> Result<(StatusCode, Json<Import>)> {
    let mut tx = cx.begin().await?;
    let own = OwnImport::load_open(&mut tx, import).await?;
    let report = own.row.report(&tx)?;
    // Who stands in a wrong row may be one of those who would leave for not being in the list.
    let others_leave = own.row.staged(&tx)?.iter().any(|staged| staged.list.mapping.others_leave);
    if report.counts.wrong > 0 && (others_leave || !input.leaves_out_wrong_rows) {
        return Err(Error::Conflict("identity.import_has_wrong_rows"));
    }
    if report.many_leave && !input.lets_many_leave {
        return Err(Error::Conflict("identity.import_many_leave"));
    }
    if report.counts.left > 0 {
        Assured::load(&mut tx, cx.session).await?;
    }
    queue(&mut tx, &own).await?;
    let shown = OwnImport::load(&mut tx, import).await?.row.shown(&mut tx).await?;
    tx.commit().await?;
    Ok((StatusCode::ACCEPTED, Json(shown)))
}

async fn queue(tx: &mut Tx, own: &OwnImport) -> Result<()> {
    let import = own.row.id;
    sqlx::query("update identity.import set state = 'queued', code = null, done = 0, total = 0 where id = $1")
        .bind(import)
        .execute(tx.db())
        .await?;
    keep_request(tx, import).await?;
    let now = tx.now();
    tx.schedule(write::WRITE, json!({ "import": import }), now).await
}
