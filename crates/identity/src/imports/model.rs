//! An import as the API shows it and as the database holds it.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use directory::Importer;
use directory::imports::{Column, DeedKind, HeadRow, Mapping, Report};
use kernel::{Bucket, Error, MemberId, Request, Result, Tx};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::model::ImportId;

/// How far an import is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, sqlx::Type, ToSchema)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum ImportState {
    /// Its file is being uploaded.
    Receiving,
    /// It was tried; nothing is written.
    Ready,
    /// It is confirmed and waits for its turn.
    Queued,
    /// It is being written.
    Writing,
    /// It is written, all of it.
    Done,
    /// Nothing of it is written; `code` says why.
    Failed,
    /// It is written, and is being taken back.
    Undoing,
}

/// A list of people on its way in.
#[derive(Serialize, ToSchema)]
pub struct Import {
    /// Which.
    pub id: ImportId,
    /// How far it is.
    pub state: ImportState,
    /// Why nothing was written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// When it was begun.
    pub created_at: DateTime<Utc>,
    /// It is forgotten then, with everything in it.
    pub expires_at: DateTime<Utc>,
    /// The lists: of people, of departments, or both.
    pub lists: Vec<ImportList>,
    /// What it would do, or did.
    pub report: Report,
    /// People written so far.
    pub done: i32,
    /// People to write.
    pub total: i32,
    /// Whether names and initial passwords can be downloaded: until the download is confirmed or the import is forgotten.
    pub has_result: bool,
    /// What it did, in its four kinds; nothing before it is written.
    pub deeds: Vec<DeedCount>,
}

/// How much of one kind an import did, and what became of it. It can be taken back until the import is forgotten.
#[derive(Serialize, sqlx::FromRow, ToSchema)]
#[schema(as = ImportDeedCount)]
pub struct DeedCount {
    /// Which kind.
    pub kind: DeedKind,
    /// People and departments it was done to; who was changed and moved is both.
    pub count: i64,
    /// How much of it is taken back.
    pub undone: i64,
    /// How much of it could not be taken back so far: it was changed meanwhile.
    pub kept: i64,
}

/// One list of an import.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct ImportList {
    /// What its file is called, if whoever uploaded it said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file_name: Option<String>,
    /// What its columns are.
    pub mapping: Mapping,
    /// The columns.
    pub columns: Vec<Column>,
    /// How many rows it has.
    pub rows: u32,
    /// All sheets of its file as they are called, for whoever chooses another; empty names when the file has none.
    #[serde(default)]
    pub sheets: Vec<String>,
    /// The first rows of its sheet, for whoever says which one has the titles.
    #[serde(default)]
    pub head: Vec<HeadRow>,
}

/// What is kept of the files beside their bytes.
#[derive(Clone, Serialize, Deserialize)]
pub struct StagedList {
    pub file: i16,
    pub list: ImportList,
}

/// A row of `identity.import`; lists and report still sealed.
#[derive(sqlx::FromRow)]
pub struct Row {
    pub id: ImportId,
    pub created_by: MemberId,
    pub created_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
    pub state: ImportState,
    pub code: Option<String>,
    pub done: i32,
    pub total: i32,
    pub staged: Option<Vec<u8>>,
    pub report: Option<Vec<u8>>,
    pub asked: Option<Vec<u8>>,
    pub has_result: bool,
}

/// An import the caller may go on with.
pub struct OwnImport {
    pub by: Importer,
    pub row: Row,
}

impl OwnImport {
    /// Who imports goes on with what they began themselves, and find nothing else. Nobody else changes it until the
    /// transaction ends.
    pub async fn load(tx: &mut Tx, import: ImportId) -> Result<Self> {
        let by = Importer::load(tx).await?;
        let row = load(tx, import).await?.filter(|row| row.created_by == by.id());
        Ok(Self { by, row: row.ok_or(Error::NotFound("import"))? })
    }

    /// The same, when nothing of it is being written.
    pub async fn load_open(tx: &mut Tx, import: ImportId) -> Result<Self> {
        let own = Self::load(tx, import).await?;
        match own.row.state {
            ImportState::Ready | ImportState::Failed => Ok(own),
            _ => Err(Error::Conflict("identity.import_not_open")),
        }
    }
}

pub async fn load(tx: &mut Tx, import: ImportId) -> Result<Option<Row>> {
    let now = tx.now();
    Ok(sqlx::query_as(
        "select id, created_by, created_at, expires_at, state, code, done, total, staged, report, asked,
                result is not null as has_result
         from identity.import where id = $1 and expires_at > $2 for update",
    )
    .bind(import)
    .bind(now)
    .fetch_optional(tx.db())
    .await?)
}

impl Row {
    pub fn staged(&self, tx: &Tx) -> Result<Vec<StagedList>> {
        open(tx, self.id, "staged", self.staged.as_deref())
    }

    pub fn report(&self, tx: &Tx) -> Result<Report> {
        open(tx, self.id, "report", self.report.as_deref())
    }

    /// The request that asked for what is done now: lines of the audit log are part of it.
    pub fn request(&self, tx: &Tx) -> Result<Option<Arc<Request>>> {
        let asked: Option<Request> = open(tx, self.id, "asked", self.asked.as_deref())?;
        Ok(asked.map(Arc::new))
    }

    /// As the API shows it.
    pub async fn shown(self, tx: &mut Tx) -> Result<Import> {
        let lists = self.staged(tx)?.into_iter().map(|staged| staged.list).collect();
        let (report, deeds) = (self.report(tx)?, deeds(tx, self.id).await?);
        let Self { id, state, code, created_at, expires_at, done, total, has_result, .. } = self;
        Ok(Import { id, state, code, created_at, expires_at, lists, report, done, total, has_result, deeds })
    }
}

async fn deeds(tx: &mut Tx, import: ImportId) -> Result<Vec<DeedCount>> {
    Ok(sqlx::query_as(
        "select kind, count(*) as count, count(*) filter (where state = 'undone') as undone,
                count(*) filter (where state = 'kept') as kept
         from identity.import_deed where import_id = $1 and is_counted group by kind
         order by array_position(array['created', 'changed', 'moved', 'left'], kind)",
    )
    .bind(import)
    .fetch_all(tx.db())
    .await?)
}

/// Keeps the request that is being answered with the import: a job does what it asks for, in its name.
pub async fn keep_request(tx: &mut Tx, import: ImportId) -> Result<()> {
    let asked = Request::current().map(|request| seal(tx, import, "asked", &*request)).transpose()?;
    sqlx::query("update identity.import set asked = $2 where id = $1")
        .bind(import)
        .bind(asked)
        .execute(tx.db())
        .await?;
    Ok(())
}

/// Seals a part of the import under its own key.
pub fn seal<T: Serialize>(tx: &Tx, import: ImportId, part: &str, value: &T) -> Result<Vec<u8>> {
    let plain = serde_json::to_vec(value).map_err(anyhow::Error::from)?;
    tx.seal(Bucket::Object(import.0), &format!("identity.import.{part}"), import.0, &plain)
}

/// Opens what [`seal`] sealed; what was never sealed is empty.
pub fn open<T: DeserializeOwned + Default>(tx: &Tx, import: ImportId, part: &str, sealed: Option<&[u8]>) -> Result<T> {
    let Some(sealed) = sealed else { return Ok(T::default()) };
    let plain = tx.open(Bucket::Object(import.0), &format!("identity.import.{part}"), import.0, sealed)?;
    Ok(serde_json::from_slice(&plain).map_err(anyhow::Error::from)?)
}
