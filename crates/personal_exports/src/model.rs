//! The noun: a copy of one's own data, being written or ready for a week.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use kernel::data_map::DataMap;
use kernel::{AccountId, MemberId, Result, SessionId, Tx};
use serde::Serialize;
use sqlx::types::Json;
use utoipa::ToSchema;

use crate::content::Plan;
use crate::policy;
use texts::Language;

kernel::id!(
    /// A copy of one's own data.
    PersonalExportId
);

/// So long it can be taken.
pub const LASTS: TimeDelta = TimeDelta::days(7);
/// One of which nothing was written for so long is given up: what writes it has been tried again for most of an hour.
pub const GIVEN_UP_AFTER: TimeDelta = TimeDelta::hours(3);
/// So often one asks within a day.
pub const A_DAY: usize = 3;

/// A copy of one's own data.
#[derive(Serialize, ToSchema)]
pub struct PersonalExport {
    /// Which.
    pub id: PersonalExportId,
    /// Whether it can be taken.
    pub state: ExportState,
    /// In which language its readable part is.
    pub language: Language,
    /// How many records are in it so far.
    pub records: i64,
    /// Of how many places of the data map everything is in it.
    pub places_done: usize,
    /// Out of how many places it is written.
    pub places: usize,
    /// When it was asked for.
    pub asked_at: DateTime<Utc>,
    /// When it was ready.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ready_at: Option<DateTime<Utc>>,
    /// Until when it can be taken; of one that is being written, when it is given up.
    pub until: DateTime<Utc>,
    /// Whether taking it needs the password first.
    pub must_prove: bool,
}

/// Whether it can be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, sqlx::Type, ToSchema)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
#[schema(as = PersonalExportState)]
pub enum ExportState {
    /// Not yet.
    Writing,
    /// It can.
    Ready,
    /// It did not work: nothing is written of it any more.
    Failed,
}

/// A row of `personal_exports.personal_export` that is not deleted.
#[derive(sqlx::FromRow)]
pub struct Row {
    pub id: PersonalExportId,
    pub member_id: MemberId,
    pub account_id: AccountId,
    pub language: Language,
    pub state: ExportState,
    pub done: String,
    pub cursor: Vec<String>,
    pub counts: Json<BTreeMap<String, i64>>,
    pub pieces: i32,
    pub asked_at: DateTime<Utc>,
    pub ready_at: Option<DateTime<Utc>>,
    pub stepped_at: DateTime<Utc>,
    pub until: DateTime<Utc>,
}

/// Who looks at it, and when.
pub struct Looked<'a> {
    pub plan: Plan<'a>,
    pub now: DateTime<Utc>,
    pub must_prove: bool,
}

impl<'a> Looked<'a> {
    /// By what is known of the sign-in now.
    pub async fn load(tx: &mut Tx, session: SessionId, map: &'a DataMap) -> Result<Self> {
        Ok(Self { plan: Plan::of(map), now: tx.now(), must_prove: policy::must_prove(tx, session).await? })
    }
}

impl Row {
    /// How many records of a place are in it.
    pub fn so_far(&self, place: &str) -> i64 {
        self.counts.get(place).copied().unwrap_or_default()
    }

    /// As its owner sees it.
    pub fn shown(&self, looked: &Looked<'_>) -> PersonalExport {
        let is_ready = self.state == ExportState::Ready;
        let stands_still = !is_ready && looked.now - self.stepped_at >= GIVEN_UP_AFTER;
        let places = looked.plan.places().len();
        PersonalExport {
            id: self.id,
            state: if stands_still { ExportState::Failed } else { self.state },
            language: self.language,
            records: self.counts.values().sum(),
            places_done: if is_ready { places } else { looked.plan.up_to(&self.done) },
            places,
            asked_at: self.asked_at,
            ready_at: self.ready_at,
            until: self.until,
            must_prove: looked.must_prove,
        }
    }
}
