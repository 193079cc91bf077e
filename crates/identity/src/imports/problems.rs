//! List what is not right in the lists of an import, by row and column.

use directory::imports::{Problem, Severity};
use kernel::{Cx, Json, Page, Path, Query, Result, Tx};
use serde::Deserialize;

use super::model::{OwnImport, open};
use super::pages::page;
use crate::model::ImportId;

const MOST: u16 = 200;

/// Which problems.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// Only those that keep a row out, or only the others.
    pub severity: Option<Severity>,
    /// Only those of this kind.
    pub code: Option<String>,
    /// As `next` of the page before.
    pub after: Option<String>,
    /// 1 to 200; 50 when absent.
    pub limit: Option<u16>,
}

/// List the problems of an import
///
/// What keeps rows out comes first, then by row.
#[utoipa::path(
    get, path = "/v1/imports/{import}/problems", tag = "identity", operation_id = "listImportProblems",
    params(("import" = ImportId, Path), Wanted),
    responses((status = 200, description = "By row and column", body = Page<Problem>)),
    extensions(
        ("x-access" = json!("holder of people.import, of what they began")),
        ("x-errors" = json!(["forbidden"]))
    ),
)]
pub async fn list_import_problems(
    cx: Cx,
    Path(import): Path<ImportId>,
    Query(wanted): Query<Wanted>,
) -> Result<Json<Page<Problem>>> {
    let mut tx = cx.begin().await?;
    OwnImport::load(&mut tx, import).await?;
    let problems = all(&mut tx, import).await?;
    let limit = usize::from(wanted.limit.unwrap_or(50).clamp(1, MOST));
    let is_wanted = |problem: &Problem| {
        wanted.severity.is_none_or(|only| only == problem.severity)
            && wanted.code.as_ref().is_none_or(|only| *only == problem.code)
    };
    Ok(Json(page(problems.into_iter().filter(is_wanted), wanted.after.as_deref(), limit)?))
}

async fn all(tx: &mut Tx, import: ImportId) -> Result<Vec<Problem>> {
    let sealed: Option<Vec<u8>> = sqlx::query_scalar("select problems from identity.import where id = $1")
        .bind(import)
        .fetch_one(tx.db())
        .await?;
    open(tx, import, "problems", sealed.as_deref())
}
