//! Take people away: the file is written while it is taken, and kept nowhere.

use anyhow::Context;
use axum::body::Body;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use directory::{Permission, Permitted};
use kernel::{Error, Json, Path, Result, SignedIn, Tx};
use privacy::csv;
use rust_xlsxwriter::{Format as Look, Workbook};
use serde::Deserialize;
use texts::Language;
use utoipa::ToSchema;

use crate::events::PeopleExported;
use crate::model::{self, ExportState, PeopleExportId};
use crate::rows::{self, Table};
use crate::titles::{Format, Titles};

/// How the file is written.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TakePeopleExport {
    /// As what.
    pub format: Format,
    /// In which words titles and choices are.
    pub language: Language,
}

/// Take people away as a file
///
/// What is known now, as the caller sees it now. The file is kept nowhere.
#[utoipa::path(
    post, path = "/v1/people-exports/{people_export}/file", tag = "people_exports", operation_id = "takePeopleExport",
    params(("people_export" = PeopleExportId, Path)),
    request_body = TakePeopleExport,
    responses((status = 200, description = "A file", body = Vec<u8>, content_type = "application/octet-stream")),
    extensions(
        ("x-application" = json!("people_exports")),
        ("x-access" = json!("holder of people.see, of their own, an owner while it is being dissolved too")), ("x-rate" = json!("heavy")),
        // A kept answer would be a second copy of the file.
        ("x-idempotency-key" = json!("not_here")),
        ("x-errors" = json!(["forbidden", "people_exports.waits", "people_exports.more_people_now"]))
    ),
)]
pub async fn take_people_export(
    caller: SignedIn,
    Path(export): Path<PeopleExportId>,
    Json(input): Json<TakePeopleExport>,
) -> Result<Response> {
    let mut tx = hosting::enter_to_take_away(&caller).await?;
    let by = Permitted::load(&mut tx, Permission::PeopleSee).await?;
    let table = take(&mut tx, &by, export, &input).await?;
    tx.commit().await?;
    let written = tokio::task::spawn_blocking(move || write(&table, input.format)).await;
    Ok(respond(written.context("a file of people was not written")??, input.format))
}

/// What the file holds, recorded. `Conflict` while a second has not approved, and when more people are meant than then.
pub async fn take(tx: &mut Tx, by: &Permitted, id: PeopleExportId, input: &TakePeopleExport) -> Result<Table> {
    let export = model::one(tx, by.id(), id).await?;
    if export.state != ExportState::Ready {
        return Err(Error::Conflict("people_exports.waits"));
    }
    let ids = directory::found_people(tx, export.filter.sought()).await?;
    let people = i32::try_from(ids.len()).map_err(anyhow::Error::from)?;
    if people > export.people {
        return Err(Error::Conflict("people_exports.more_people_now"));
    }
    let table = rows::table(tx, &ids, Titles(input.language)).await?;
    tx.emit(&PeopleExported { export: id, people, format: input.format, fields: table.fields.clone() })?;
    Ok(table)
}

fn write(table: &Table, format: Format) -> Result<Vec<u8>> {
    match format {
        Format::Csv => {
            let rows = std::iter::once(&table.titles).chain(&table.rows).map(csv::row);
            Ok(std::iter::once(csv::MARK.to_string()).chain(rows).collect::<String>().into_bytes())
        }
        Format::Xlsx => Ok(workbook(table).map_err(anyhow::Error::from)?),
    }
}

/// Every cell is text: nothing is computed and no number is rounded.
fn workbook(table: &Table) -> Result<Vec<u8>, rust_xlsxwriter::XlsxError> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_freeze_panes(1, 1)?;
    let head = Look::new().set_bold();
    for (column, title) in (0..).zip(&table.titles) {
        sheet.write_string_with_format(0, column, title, &head)?;
    }
    for (line, row) in (1..).zip(&table.rows) {
        for (column, text) in (0..).zip(row) {
            sheet.write_string(line, column, text)?;
        }
    }
    workbook.save_to_buffer()
}

fn respond(file: Vec<u8>, format: Format) -> Response {
    let (kind, disposition) = match format {
        Format::Csv => ("text/csv; charset=utf-8", "attachment; filename=\"people.csv\""),
        Format::Xlsx => (
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "attachment; filename=\"people.xlsx\"",
        ),
    };
    let mut response = Response::new(Body::from(file));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static(disposition));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}
