//! See one's copies, and how far one is.

use kernel::{Cx, Json, Page, Path, Result};

use crate::model::{Looked, PersonalExport, PersonalExportId};
use crate::policy::OwnExport;

/// List the copies of one's own data, the newest first
#[utoipa::path(
    get, path = "/v1/personal-exports", tag = "personal_exports", operation_id = "listPersonalExports",
    responses((status = 200, body = Page<PersonalExport>)),
    extensions(("x-access" = json!("member; one's own only"))),
)]
pub async fn list_personal_exports(cx: Cx) -> Result<Json<Page<PersonalExport>>> {
    let mut tx = cx.begin().await?;
    let own = OwnExport::all(&mut tx).await?;
    let looked = Looked::load(&mut tx, cx.session, cx.app().data_map()).await?;
    Ok(Json(Page { items: own.iter().map(|one| one.row().shown(&looked)).collect(), next: None }))
}

/// Show a copy of one's own data, and how far it is
#[utoipa::path(
    get, path = "/v1/personal-exports/{personal_export}", tag = "personal_exports", operation_id = "showPersonalExport",
    params(("personal_export" = PersonalExportId, Path)),
    responses((status = 200, body = PersonalExport)),
    extensions(("x-access" = json!("member; one's own only"))),
)]
pub async fn show_personal_export(cx: Cx, Path(export): Path<PersonalExportId>) -> Result<Json<PersonalExport>> {
    let mut tx = cx.begin().await?;
    let own = OwnExport::load(&mut tx, export).await?;
    let looked = Looked::load(&mut tx, cx.session, cx.app().data_map()).await?;
    Ok(Json(own.row().shown(&looked)))
}
