//! Take lines of the audit log away as a file. That somebody did is a line itself.

use axum::body::Body;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use directory::{Permission, Permitted};
use futures_util::stream;
use kernel::audit::{self, Found, Wanted};
use kernel::{Actor, App, Error, Json, MemberId, OrgId, Result, SignedIn, Tx};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::entry::{Entry, Outcome};
use super::filter::Filter;
use crate::csv;
use crate::events::AuditExported;

/// Lines that are read at a time: what one file holds in memory.
const AT_A_TIME: usize = 1000;

/// How the file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = AuditFormat)]
pub enum Format {
    /// A line of JSON for each entry.
    Jsonl,
    /// For a spreadsheet program, with a row of titles. No cell is computed.
    Csv,
}

/// What is taken away.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExportAuditEntries {
    /// As what.
    pub format: Format,
    /// Which lines; all when absent.
    #[serde(default)]
    pub filter: Filter,
}

/// Export the audit log, the newest first
///
/// The file is written as it is read: of what happens meanwhile nothing is in it.
#[utoipa::path(
    post, path = "/v1/audit/export", tag = "privacy", operation_id = "exportAuditEntries",
    request_body = ExportAuditEntries,
    responses((status = 200, description = "A file", body = String, content_type = "text/plain")),
    extensions(
        ("x-access" = json!("holder of audit.read, an owner while it is being dissolved too")),
        // A kept answer would be a second copy of the file.
        ("x-rate" = json!("heavy")), ("x-idempotency-key" = json!("not_here")), ("x-errors" = json!(["forbidden"]))
    ),
)]
pub async fn export_audit_entries(caller: SignedIn, Json(input): Json<ExportAuditEntries>) -> Result<Response> {
    let mut tx = hosting::enter_to_take_away(&caller).await?;
    let by = Permitted::everywhere(&mut tx, Permission::AuditRead).await?;
    let (app, org, reader) = (caller.app().clone(), tx.org(), by.id());
    let wanted = begin(&mut tx, &input).await?;
    tx.commit().await?;
    Ok(File { app, org, reader, format: input.format, wanted: Some(wanted) }.respond())
}

/// Records that it is done, and says where to begin reading: below that record.
async fn begin(tx: &mut Tx, input: &ExportAuditEntries) -> Result<Wanted> {
    let newest = audit::page(tx, &Wanted::default(), 1).await?;
    let before = newest.first().map_or(1, |entry| entry.line + 1);
    let wanted = input.filter.wanted(Some(before))?;
    tx.emit(&AuditExported { format: input.format, filter: input.filter.clone() })?;
    Ok(wanted)
}

/// A file that is being written.
struct File {
    app: App,
    org: OrgId,
    reader: MemberId,
    format: Format,
    /// What is still to read.
    wanted: Option<Wanted>,
}

impl File {
    fn respond(self) -> Response {
        let (kind, disposition, begin) = match self.format {
            Format::Jsonl => ("application/x-ndjson", "attachment; filename=\"audit.jsonl\"", String::new()),
            Format::Csv => {
                let begin = format!("{}{}", csv::MARK, csv::row(TITLES));
                ("text/csv; charset=utf-8", "attachment; filename=\"audit.csv\"", begin)
            }
        };
        let pieces = stream::try_unfold((Some(begin), self), |(begin, mut file)| async move {
            if let Some(begin) = begin {
                return Ok::<_, Error>(Some((begin, (None, file))));
            }
            Ok(file.next().await?.map(|piece| (piece, (None, file))))
        });
        let mut response = Response::new(Body::from_stream(pieces));
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
        headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static(disposition));
        headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        response
    }

    /// The next piece; a transaction each, so that a slow reader holds none. Whoever loses the right meanwhile gets no more.
    async fn next(&mut self) -> Result<Option<String>> {
        let Some(wanted) = self.wanted.take() else { return Ok(None) };
        let mut tx = self.app.begin(self.org, Actor::Member(self.reader)).await?;
        Permitted::everywhere(&mut tx, Permission::AuditRead).await?;
        let entries = audit::page(&mut tx, &wanted, AT_A_TIME).await?;
        let last = entries.last().filter(|_| entries.len() == AT_A_TIME).map(|entry| entry.line);
        self.wanted = last.map(|line| Wanted { before: Some(line), ..wanted });
        let piece: Result<String> = entries.into_iter().map(|entry| self.format.write(entry)).collect();
        Ok(Some(piece?))
    }
}

const TITLES: [&str; 14] = [
    "line",
    "at",
    "actor_kind",
    "actor",
    "name",
    "target_kind",
    "target",
    "outcome",
    "code",
    "rule",
    "request_id",
    "address",
    "device",
    "data",
];

impl Format {
    fn write(self, found: Found) -> Result<String> {
        let entry = Entry::of(found)?;
        match self {
            Self::Jsonl => Ok(format!("{}\n", serde_json::to_string(&entry).map_err(anyhow::Error::from)?)),
            Self::Csv => row(&entry),
        }
    }
}

fn row(entry: &Entry) -> Result<String> {
    let actor = serde_json::to_value(entry.actor).map_err(anyhow::Error::from)?;
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let optional = |value: &Option<String>| value.clone().unwrap_or_default();
    Ok(csv::row([
        entry.line.to_string(),
        entry.at.to_rfc3339(),
        text(&actor["kind"]),
        text(&actor["id"]),
        entry.name.clone(),
        entry.target.as_ref().map(|target| target.kind.clone()).unwrap_or_default(),
        entry.target.as_ref().map(|target| target.id.to_string()).unwrap_or_default(),
        if entry.outcome == Outcome::Done { "done" } else { "refused" }.to_owned(),
        optional(&entry.code),
        optional(&entry.rule),
        entry.request_id.map(|id| id.to_string()).unwrap_or_default(),
        optional(&entry.address),
        optional(&entry.device),
        serde_json::to_string(&entry.data).map_err(anyhow::Error::from)?,
    ]))
}
