//! Upload a list, and have it tried.

use axum::body::Body;
use axum::http::{HeaderMap, StatusCode, header};
use chrono::{DateTime, TimeDelta, Utc};
use directory::Importer;
use directory::imports::MAX_BYTES;
use kernel::{Actor, Class, Cx, Error, Job, JobCx, Json, Path, Result, Tx};
use serde_json::json;

use super::dry_run::{self, Source};
use super::model::{Import, OwnImport, load};
use super::{file_name, staging};
use crate::model::ImportId;

/// A list is kept so long at most, and its result from when it was written.
pub const KEPT: TimeDelta = TimeDelta::hours(24);
const FORGET: &str = "identity.forget_import";

/// Begin an import of people
///
/// The body is the file: CSV (UTF-8, UTF-16, GBK, Big5), XLSX or XLS, at most 32 MiB. The answer says what it would do;
/// nothing is written before it is confirmed.
#[utoipa::path(
    post, path = "/v1/imports", tag = "identity", operation_id = "createImport",
    params(("Tulou-File-Name" = Option<String>, Header, description = "what the file is called, percent-encoded UTF-8")),
    request_body(content = Vec<u8>, content_type = "application/octet-stream", description = "The spreadsheet"),
    responses((status = 201, description = "What it would do", body = Import)),
    extensions(
        ("x-access" = json!("holder of people.import, with adding, changing, placing and departments")),
        ("x-rate" = json!("heavy")),
        // The answer holds the first rows of the list: it goes with the import, and no copy of it stays.
        ("x-idempotency-key" = json!("not_here")),
        ("x-errors" = json!(["forbidden"]))
    ),
)]
pub async fn create_import(cx: Cx, headers: HeaderMap, body: Body) -> Result<(StatusCode, Json<Import>)> {
    let import = begin(&cx).await?;
    match fill(&cx, import, 0, &headers, body).await {
        Ok(()) => {}
        Err(error) => return Err(give_up(&cx, import, error).await),
    }
    let source = Source { file: 0, name: file_name::of(&headers), mapping: None };
    match dry_run::run(&cx, import, vec![source]).await {
        Ok(import) => Ok((StatusCode::CREATED, Json(import))),
        Err(error) => Err(give_up(&cx, import, error).await),
    }
}

/// Add a list to an import
///
/// The list of departments beside the list of people, in any order. A second list of one kind replaces the first.
#[utoipa::path(
    post, path = "/v1/imports/{import}/files", tag = "identity", operation_id = "addImportFile",
    params(
        ("import" = ImportId, Path),
        ("Tulou-File-Name" = Option<String>, Header, description = "what the file is called, percent-encoded UTF-8")
    ),
    request_body(content = Vec<u8>, content_type = "application/octet-stream", description = "The spreadsheet"),
    responses((status = 200, description = "What it would do now", body = Import)),
    extensions(
        ("x-access" = json!("holder of people.import, of what they began")),
        ("x-rate" = json!("heavy")),
        ("x-idempotency-key" = json!("not_here")),
        ("x-errors" = json!(["forbidden", "identity.import_not_open"]))
    ),
)]
pub async fn add_import_file(
    cx: Cx,
    Path(import): Path<ImportId>,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<Import>> {
    let mut tx = cx.begin().await?;
    let own = OwnImport::load_open(&mut tx, import).await?;
    let mut files: Vec<Source> = own.row.staged(&tx)?.into_iter().map(Source::of).collect();
    drop(tx);
    let file = files.iter().map(|source| source.file).max().unwrap_or(0).saturating_add(1);
    let tried = match fill(&cx, import, file, &headers, body).await {
        Ok(()) => {
            files.push(Source { file, name: file_name::of(&headers), mapping: None });
            dry_run::run(&cx, import, files).await
        }
        Err(error) => Err(error),
    };
    if tried.is_err() {
        let mut tx = cx.begin().await?;
        staging::drop_file(&mut tx, import, file).await?;
        tx.commit().await?;
    }
    Ok(Json(tried?))
}

/// An import without a file, which is forgotten in a day unless it is written.
async fn begin(cx: &Cx) -> Result<ImportId> {
    let mut tx = cx.begin().await?;
    let by = Importer::load(&mut tx).await?;
    let (import, now) = (ImportId(tx.new_id()), tx.now());
    sqlx::query(
        "insert into identity.import (id, created_by, created_at, expires_at, state)
         values ($1, $2, $3, $4, 'receiving')",
    )
    .bind(import)
    .bind(by.id())
    .bind(now)
    .bind(now + KEPT)
    .execute(tx.db())
    .await?;
    forget_at(&mut tx, import, now + KEPT).await?;
    tx.commit().await?;
    Ok(import)
}

/// Has the import forgotten then, if its time is over.
pub async fn forget_at(tx: &mut Tx, import: ImportId, at: DateTime<Utc>) -> Result<()> {
    tx.schedule(FORGET, json!({ "import": import }), at).await
}

async fn fill(cx: &Cx, import: ImportId, file: i16, headers: &HeaderMap, body: Body) -> Result<()> {
    let announced = headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    if announced.is_some_and(|length| length > MAX_BYTES) {
        return Err(Error::TooLarge);
    }
    staging::receive(cx, import, file, body).await
}

async fn give_up(cx: &Cx, import: ImportId, error: Error) -> Error {
    let forgotten = staging::forget(cx.app(), cx.org, Actor::Member(cx.member), import).await;
    forgotten.err().unwrap_or(error)
}

/// Forgets an import when its day is over; one that was written has another.
pub fn forget_job() -> Job {
    Job { name: FORGET, class: Class::Light, every: None, run: |cx| Box::pin(forget(cx)) }
}

async fn forget(cx: JobCx) -> Result<()> {
    let (Some(org), Ok(import)) = (cx.org, serde_json::from_value::<ImportId>(cx.payload["import"].clone())) else {
        return Err(Error::Conflict("identity.no_such_import"));
    };
    let mut tx = cx.app.begin(org, Actor::System).await?;
    let is_kept = load(&mut tx, import).await?.is_some();
    drop(tx);
    if is_kept { Ok(()) } else { staging::forget(&cx.app, org, Actor::System, import).await }
}
