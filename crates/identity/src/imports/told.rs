//! List who and what an import creates, changes and moves, with what was there before.

use directory::imports::{Outcome, PathChange, PersonChange, Told};
use kernel::{Cx, Json, Limit, Page, Path, Query, Result, Tx};
use serde::Deserialize;

use super::model::{OwnImport, open};
use super::pages::page;
use crate::model::ImportId;

/// Which people.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct WantedPeople {
    /// Only those of whom this becomes; who is changed and moved is both.
    pub outcome: Option<Outcome>,
    /// As `next` of the page before.
    pub after: Option<String>,
    /// How many at most.
    #[serde(default)]
    #[param(inline)]
    pub limit: Limit,
}

/// Where the page begins.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct WantedDepartments {
    /// As `next` of the page before.
    pub after: Option<String>,
    /// How many at most.
    #[serde(default)]
    #[param(inline)]
    pub limit: Limit,
}

/// List the people of an import
///
/// Everybody but those left out, in the order of the list, until it is written.
#[utoipa::path(
    get, path = "/v1/imports/{import}/people", tag = "identity", operation_id = "listImportPeople",
    params(("import" = ImportId, Path), WantedPeople),
    responses((status = 200, description = "In the order of the list", body = Page<PersonChange>)),
    extensions(
        ("x-access" = json!("holder of people.import, of what they began")),
        ("x-errors" = json!(["forbidden"]))
    ),
)]
pub async fn list_import_people(
    cx: Cx,
    Path(import): Path<ImportId>,
    Query(wanted): Query<WantedPeople>,
) -> Result<Json<Page<PersonChange>>> {
    let mut tx = cx.begin().await?;
    OwnImport::load(&mut tx, import).await?;
    let people = told(&mut tx, import).await?.people.into_iter();
    let people = people.filter(|one| wanted.outcome.is_none_or(|only| one.is(only)));
    Ok(Json(page(people, wanted.after.as_deref(), wanted.limit.get())?))
}

/// List the departments an import makes or changes
///
/// Those that are new, renamed, moved or put into another order, until it is written.
#[utoipa::path(
    get, path = "/v1/imports/{import}/departments", tag = "identity", operation_id = "listImportDepartments",
    params(("import" = ImportId, Path), WantedDepartments),
    responses((status = 200, description = "In the order of the lists", body = Page<PathChange>)),
    extensions(
        ("x-access" = json!("holder of people.import, of what they began")),
        ("x-errors" = json!(["forbidden"]))
    ),
)]
pub async fn list_import_departments(
    cx: Cx,
    Path(import): Path<ImportId>,
    Query(wanted): Query<WantedDepartments>,
) -> Result<Json<Page<PathChange>>> {
    let mut tx = cx.begin().await?;
    OwnImport::load(&mut tx, import).await?;
    let departments = told(&mut tx, import).await?.departments.into_iter();
    Ok(Json(page(departments, wanted.after.as_deref(), wanted.limit.get())?))
}

/// What whoever confirms was shown; nothing when it is written.
pub async fn told(tx: &mut Tx, import: ImportId) -> Result<Told> {
    let sealed: Option<Vec<u8>> =
        sqlx::query_scalar("select told from identity.import where id = $1").bind(import).fetch_one(tx.db()).await?;
    open(tx, import, "told", sealed.as_deref())
}
