//! Take the records of processing away: for a program, for a spreadsheet program, or as the beginning of an impact assessment.

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use directory::{Permission, Permitted};
use kernel::{Cx, Query, Result};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::assessment;
use super::record::{self, Record};
use crate::csv;
use texts::{Language, Text};

/// How they are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = RecordsFormat)]
pub enum Format {
    /// For a spreadsheet program, with a row of titles. No cell is computed.
    #[default]
    Csv,
    /// For other programs.
    Json,
    /// An impact assessment with what the map knows filled in, as Markdown.
    Assessment,
}

/// As what, and in which language.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct WantedRecords {
    /// As what; CSV when absent.
    #[serde(default)]
    #[param(inline)]
    pub format: Format,
    /// A language tag: of its regions the nearest text is taken. English when absent; a language there is no text in is refused.
    pub language: Option<String>,
}

/// Export the records of processing
///
/// One for each purpose, by the settings in force.
#[utoipa::path(
    get, path = "/v1/data-map/records", tag = "privacy", operation_id = "exportDataMap",
    params(WantedRecords),
    responses((status = 200, description = "A file", body = String, content_type = "text/plain")),
    extensions(
        ("x-access" = json!("holder of audit.read")), ("x-rate" = json!("heavy")), ("x-errors" = json!(["forbidden"]))
    ),
)]
pub async fn export_data_map(cx: Cx, Query(wanted): Query<WantedRecords>) -> Result<Response> {
    let mut tx = cx.begin().await?;
    Permitted::everywhere(&mut tx, Permission::AuditRead).await?;
    let language = Language::wanted(wanted.language.as_deref())?;
    let chat_days = directory::chat_retention_days(&mut tx).await?;
    let organisation = directory::organisation(&mut tx).await?;
    let about = About {
        kind: "tulou.processing/1",
        language: language.tag(),
        made_at: tx.now(),
        organisation: organisation.name,
        contact: organisation.contact.map(|contact| contact.name).unwrap_or_default(),
        records: record::records(cx.app().data_map(), chat_days, language),
    };
    wanted.format.write(&about, language)
}

/// Of which organisation, as it is now.
#[derive(Serialize)]
pub struct About {
    /// What this file is.
    kind: &'static str,
    language: &'static str,
    /// When it was made.
    pub made_at: DateTime<Utc>,
    /// Who answers for it.
    pub organisation: String,
    /// Whom to ask there.
    pub contact: String,
    /// What is done.
    pub records: Vec<Record>,
}

impl Format {
    fn write(self, about: &About, language: Language) -> Result<Response> {
        let (text, kind, disposition) = match self {
            Self::Csv => (table(about, language), "text/csv; charset=utf-8", "attachment; filename=\"processing.csv\""),
            Self::Json => {
                let text = serde_json::to_string_pretty(about).map_err(anyhow::Error::from)?;
                (format!("{text}\n"), "application/json", "attachment; filename=\"processing.json\"")
            }
            Self::Assessment => {
                let text = assessment::write(about, language);
                (text, "text/markdown; charset=utf-8", "attachment; filename=\"assessment.md\"")
            }
        };
        let mut response = text.into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
        headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static(disposition));
        headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        Ok(response)
    }
}

const TITLES: [Text; 13] = [
    ["处理目的标识", "處理目的識別碼", "Purpose id"],
    ["功能", "功能", "Function"],
    ["处理目的", "處理目的", "Purpose"],
    ["角色", "角色", "Role"],
    ["合法性基础", "合法性基礎", "Legal ground"],
    ["是否征得同意", "是否徵得同意", "Asked first"],
    ["个人信息主体", "個人資料當事人", "About whom"],
    ["个人信息种类", "個人資料種類", "Kinds of data"],
    ["其中敏感的", "其中敏感的", "Sensitive kinds"],
    ["存放位置", "存放位置", "Where it stands"],
    ["接收方", "接收方", "Recipients"],
    ["保存期限", "保存期限", "Kept for"],
    ["声明条款", "聲明條款", "Clause"],
];

/// Yes and no.
pub const ANSWERS: [Text; 2] = [["否", "否", "no"], ["是", "是", "yes"]];

fn table(about: &About, language: Language) -> String {
    let titles = csv::row(TITLES.map(|title| language.of(title)));
    let rows: String = about.records.iter().map(|record| row(record, language)).collect();
    format!("{}{titles}{rows}", csv::MARK)
}

fn row(record: &Record, language: Language) -> String {
    let Record { id, function, clause, purpose, role, needs_consent, .. } = record;
    csv::row([
        id.clone(),
        function.clone(),
        purpose.clone(),
        role.clone(),
        record.grounds.join("; "),
        language.of(ANSWERS[usize::from(*needs_consent)]).to_owned(),
        record.subjects.join("; "),
        record.categories.join("; "),
        record.sensitive.join("; "),
        record.places.join("; "),
        record.recipients.join("; "),
        record.kept.join("; "),
        clause.clone(),
    ])
}
