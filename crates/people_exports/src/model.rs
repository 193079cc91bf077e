//! The noun: people somebody may take away as a file, for a day.

use chrono::{DateTime, TimeDelta, Utc};
use directory::{DepartmentId, SensitiveActId, SoughtPeople, State};
use kernel::{Bucket, Error, MemberId, Result, Tx};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

kernel::id!(
    /// People somebody may take away as a file.
    PeopleExportId
);

/// So long it can be taken once nothing stands in its way.
pub const LASTS: TimeDelta = TimeDelta::hours(24);
/// Asking for a second can take a day; then it can be taken for another.
pub const WAITS: TimeDelta = TimeDelta::hours(48);
const KIND: &str = "people_exports.people_export";

/// Which people: as the list asks for them.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PeopleExportFilter)]
pub struct Wanted {
    /// In this department or below it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub department: Option<DepartmentId>,
    /// Only of the departments the caller was given roles for, with what lies below; of whoever was given none, everybody.
    #[serde(default)]
    pub is_mine: bool,
    /// Part of the name, pinyin, initials, as in the list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub query: Option<String>,
    /// In this state.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<State>,
}

impl Wanted {
    /// As the directory asks for it.
    pub fn sought(&self) -> SoughtPeople<'_> {
        let &Self { department, is_mine, ref query, state } = self;
        SoughtPeople { department, is_mine, query: query.as_deref(), state }
    }
}

/// People somebody may take away as a file.
#[derive(Serialize, ToSchema)]
pub struct PeopleExport {
    /// Which.
    pub id: PeopleExportId,
    /// Which people.
    pub filter: Wanted,
    /// How many there were when it was asked for; more are not taken away with it.
    pub people: i32,
    /// Whether it can be taken.
    pub state: ExportState,
    /// What it waits or waited for; absent when one alone may.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub act_id: Option<SensitiveActId>,
    /// When it was asked for.
    pub asked_at: DateTime<Utc>,
    /// Until when it can be taken, or waited for.
    pub until: DateTime<Utc>,
}

/// Whether it can be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = PeopleExportState)]
pub enum ExportState {
    /// A second has to approve.
    Waits,
    /// It can be taken.
    Ready,
}

/// A row of `people_exports.people_export`.
#[derive(sqlx::FromRow)]
pub struct Row {
    id: PeopleExportId,
    wanted: Vec<u8>,
    people: i32,
    act_id: Option<SensitiveActId>,
    is_ready: bool,
    asked_at: DateTime<Utc>,
    until: DateTime<Utc>,
}

impl Row {
    /// With the question opened.
    pub fn opened(self, tx: &Tx) -> Result<PeopleExport> {
        let plain = tx.open(Bucket::Organisation, KIND, self.id.0, &self.wanted)?;
        let filter = serde_json::from_slice(&plain).map_err(anyhow::Error::from)?;
        let state = if self.is_ready { ExportState::Ready } else { ExportState::Waits };
        let Self { id, people, act_id, asked_at, until, .. } = self;
        Ok(PeopleExport { id, filter, people, state, act_id, asked_at, until })
    }
}

/// The question as it is kept: it may hold a name.
pub fn seal(tx: &Tx, id: PeopleExportId, wanted: &Wanted) -> Result<Vec<u8>> {
    let plain = serde_json::to_vec(wanted).map_err(anyhow::Error::from)?;
    tx.seal(Bucket::Organisation, KIND, id.0, &plain)
}

/// Those that somebody asked for and that are not over, the newest first; one of them when it is named.
pub async fn of(tx: &mut Tx, member: MemberId, only: Option<PeopleExportId>) -> Result<Vec<PeopleExport>> {
    let now = tx.now();
    let rows: Vec<Row> = sqlx::query_as(
        "select id, wanted, people, act_id, is_ready, asked_at, until from people_exports.people_export
         where asked_by = $1 and until > $2 and ($3::uuid is null or id = $3) order by asked_at desc, id desc",
    )
    .bind(member)
    .bind(now)
    .bind(only)
    .fetch_all(tx.db())
    .await?;
    rows.into_iter().map(|row| row.opened(tx)).collect()
}

/// One of one's own; `NotFound` when it is somebody else's, or over.
pub async fn one(tx: &mut Tx, member: MemberId, id: PeopleExportId) -> Result<PeopleExport> {
    of(tx, member, Some(id)).await?.pop().ok_or(Error::NotFound("people_export"))
}
