//! Download names and initial passwords, and have them forgotten when they have arrived (`ACC-06`).

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use kernel::{Bucket, Cx, Error, Path, Query, Result, Tx};
use serde::Deserialize;
use uuid::Uuid;

use super::model::OwnImport;
use super::{csv, file_name, write};
use crate::events::{ImportResultForgotten, ImportResultTaken};
use crate::model::ImportId;

const TAKEN: Error = Error::Gone("identity.import_result_taken");

/// In which words.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// `zh-CN`, `zh-TW`, or English.
    pub language: Option<String>,
}

/// Download the result of an import
///
/// Names, what became of them, and initial passwords. Whoever has all of it says so with `forgetImportResult`; until then, and
/// for a day at most, a download that was cut off can be repeated.
#[utoipa::path(
    post, path = "/v1/imports/{import}/result", tag = "identity", operation_id = "takeImportResult",
    params(("import" = ImportId, Path), Wanted),
    responses((status = 200, description = "A file", body = String, content_type = "text/csv")),
    extensions(
        ("x-access" = json!("holder of people.import, of what they began")),
        // Passwords are told from one place, which is forgotten.
        ("x-idempotency-key" = json!("not_here")),
        ("x-errors" = json!(["forbidden", "identity.import_result_taken"]))
    ),
)]
pub async fn take_import_result(
    cx: Cx,
    Path(import): Path<ImportId>,
    Query(wanted): Query<Wanted>,
) -> Result<Response> {
    let mut tx = cx.begin().await?;
    let own = OwnImport::load(&mut tx, import).await?;
    let lines = take(&mut tx, &own).await?;
    let list = own.row.staged(&tx)?.into_iter().find_map(|staged| staged.list.file_name);
    tx.commit().await?;
    let name = csv::file_name(list.as_deref(), own.row.created_at, wanted.language.as_deref());
    let disposition = HeaderValue::from_str(&file_name::attachment(&name)).map_err(anyhow::Error::from)?;
    let mut response = csv::file(&lines, wanted.language.as_deref()).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8"));
    headers.insert(header::CONTENT_DISPOSITION, disposition);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    Ok(response)
}

async fn take(tx: &mut Tx, own: &OwnImport) -> Result<Vec<csv::Line>> {
    let import = own.row.id;
    let kept: Option<(Uuid, Vec<u8>)> =
        sqlx::query_as("select result_id, result from identity.import where id = $1 and result is not null")
            .bind(import)
            .fetch_optional(tx.db())
            .await?;
    let (result, sealed) = kept.ok_or(TAKEN)?;
    let lines = write::open(tx, result, &sealed)?;
    tx.emit(&ImportResultTaken { import, member: own.by.id() })?;
    Ok(lines)
}

/// Confirm that the result of an import has arrived
///
/// Its initial passwords are forgotten with their key; nobody can read them any more.
#[utoipa::path(
    delete, path = "/v1/imports/{import}/result", tag = "identity", operation_id = "forgetImportResult",
    params(("import" = ImportId, Path)),
    responses((status = 204, description = "Forgotten, with its key")),
    extensions(
        ("x-access" = json!("holder of people.import, of what they began")),
        ("x-errors" = json!(["forbidden", "identity.import_result_taken"]))
    ),
)]
pub async fn forget_import_result(cx: Cx, Path(import): Path<ImportId>) -> Result<StatusCode> {
    let mut tx = cx.begin().await?;
    let own = OwnImport::load(&mut tx, import).await?;
    let result = forget(&mut tx, &own).await?;
    tx.commit().await?;
    cx.app().vault().destroy(cx.org.0, &[Bucket::Object(result)])?;
    Ok(StatusCode::NO_CONTENT)
}

async fn forget(tx: &mut Tx, own: &OwnImport) -> Result<Uuid> {
    let import = own.row.id;
    let kept: Option<Uuid> =
        sqlx::query_scalar("select result_id from identity.import where id = $1 and result is not null")
            .bind(import)
            .fetch_optional(tx.db())
            .await?;
    let result = kept.ok_or(TAKEN)?;
    sqlx::query("update identity.import set result = null, result_id = null where id = $1")
        .bind(import)
        .execute(tx.db())
        .await?;
    tx.emit(&ImportResultForgotten { import, member: own.by.id() })?;
    Ok(result)
}
