//! Say what the columns of a list are, and have it tried again.

use directory::imports::Mapping;
use kernel::{Cx, Error, Json, Path, Result};

use super::dry_run::{self, Source};
use super::model::{Import, OwnImport};
use crate::model::ImportId;

/// Change what the columns are
///
/// Of the list of the kind that the mapping names; with an empty `fields` they are guessed from the titles of `header_row`.
#[utoipa::path(
    put, path = "/v1/imports/{import}/mapping", tag = "identity", operation_id = "setImportMapping",
    params(("import" = ImportId, Path)), request_body = Mapping,
    responses((status = 200, description = "What it would do now", body = Import)),
    extensions(
        ("x-access" = json!("holder of people.import, of what they began")),
        ("x-rate" = json!("heavy")),
        ("x-errors" = json!(["forbidden", "identity.import_not_open"]))
    ),
)]
pub async fn set_import_mapping(
    cx: Cx,
    Path(import): Path<ImportId>,
    Json(mapping): Json<Mapping>,
) -> Result<Json<Import>> {
    let mut tx = cx.begin().await?;
    let own = OwnImport::load_open(&mut tx, import).await?;
    let staged = own.row.staged(&tx)?;
    drop(tx);
    if staged.iter().all(|staged| staged.list.mapping.kind != mapping.kind) {
        return Err(Error::Invalid { field: "kind", why: "no_such_list" });
    }
    let mapped = |own: Mapping| if own.kind == mapping.kind { mapping.clone() } else { own };
    let source = |own: Source| Source { mapping: own.mapping.map(mapped), ..own };
    let files = staged.into_iter().map(Source::of).map(source).collect();
    Ok(Json(dry_run::run(&cx, import, files).await?))
}
