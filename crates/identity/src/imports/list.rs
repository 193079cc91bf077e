//! List the imports one began: the way back to one whose page was left.

use chrono::{DateTime, Utc};
use directory::Importer;
use kernel::{Cx, Json, Limit, Page, Query, Result, Tx};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::model::{ImportState, StagedList, open};
use crate::model::ImportId;

/// Where the page begins.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Before {
    /// The last one of the page before.
    pub before: Option<ImportId>,
    /// How many at most.
    #[serde(default)]
    #[param(inline)]
    pub limit: Limit,
}

/// An import in a list: what it says of people is in [`super::model::Import`].
#[derive(Serialize, ToSchema)]
pub struct ImportSummary {
    /// Which.
    pub id: ImportId,
    /// What its files are called, as far as whoever uploaded them said so.
    pub file_names: Vec<String>,
    /// How far it is.
    pub state: ImportState,
    /// Why nothing was written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// When it was begun.
    pub created_at: DateTime<Utc>,
    /// It is forgotten then, with the initial passwords nobody downloaded.
    pub expires_at: DateTime<Utc>,
    /// People written so far.
    pub done: i32,
    /// People to write; 0 before it is confirmed.
    pub total: i32,
    /// Whether names and initial passwords can be downloaded.
    pub has_result: bool,
}

/// A row of `identity.import`; its lists still sealed.
#[derive(sqlx::FromRow)]
struct Row {
    id: ImportId,
    state: ImportState,
    code: Option<String>,
    created_at: DateTime<Utc>,
    expires_at: DateTime<Utc>,
    done: i32,
    total: i32,
    staged: Option<Vec<u8>>,
    has_result: bool,
}

impl Row {
    fn shown(self, tx: &Tx) -> Result<ImportSummary> {
        let staged: Vec<StagedList> = open(tx, self.id, "staged", self.staged.as_deref())?;
        let file_names = staged.into_iter().filter_map(|staged| staged.list.file_name).collect();
        let Self { id, state, code, created_at, expires_at, done, total, has_result, .. } = self;
        Ok(ImportSummary { id, file_names, state, code, created_at, expires_at, done, total, has_result })
    }
}

/// List my imports
///
/// Those that are not forgotten yet, the newest first.
#[utoipa::path(
    get, path = "/v1/imports", tag = "identity", operation_id = "listImports",
    params(Before),
    responses((status = 200, description = "The newest first", body = Page<ImportSummary>)),
    extensions(
        ("x-access" = json!("holder of people.import, of what they began")),
        ("x-errors" = json!(["forbidden"]))
    ),
)]
pub async fn list_imports(cx: Cx, Query(page): Query<Before>) -> Result<Json<Page<ImportSummary>>> {
    let mut tx = cx.begin().await?;
    let by = Importer::load(&mut tx).await?;
    let (now, limit) = (tx.now(), page.limit.get());
    let rows: Vec<Row> = sqlx::query_as(
        "select id, state, code, created_at, expires_at, done, total, staged, result is not null as has_result
         from identity.import
         where created_by = $1 and expires_at > $2 and state <> 'receiving' and ($3::uuid is null or id < $3)
         order by id desc limit $4",
    )
    .bind(by.id())
    .bind(now)
    .bind(page.before)
    .bind(i64::try_from(limit + 1).unwrap_or(i64::MAX))
    .fetch_all(tx.db())
    .await?;
    let shown: Vec<ImportSummary> = rows.into_iter().map(|row| row.shown(&tx)).collect::<Result<_>>()?;
    Ok(Json(Page::of(shown, limit, |row| row.id.to_string())))
}
