//! A sensitive act as the API shows it and as the database holds it.

use std::collections::BTreeMap;

pub(crate) use access::{ActState, Needs, SensitiveActCan};
use chrono::{DateTime, TimeDelta, Utc};
use kernel::{Bucket, Error, MemberId, Result, Tx};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::policy::Acting;
use crate::roles::holding;

kernel::id!(
    /// Something one administrator alone does not do.
    SensitiveActId
);

/// It is approved within so long, or, where there is no second, done after so long (foundation §7).
pub(crate) const WAITS: TimeDelta = TimeDelta::hours(24);
const KIND: &str = "directory.sensitive_act";
pub(super) const REASON: &str = "directory.sensitive_act_reason";

/// Something one administrator alone does not do.
#[derive(Serialize, ToSchema)]
pub struct SensitiveAct {
    /// Which.
    pub id: SensitiveActId,
    /// What it is: `directory.give_owner`, `directory.take_owner`, `directory.lengthen_retention`,
    /// `people_exports.export_people`, `dissolution.dissolve_organisation`.
    pub kind: String,
    /// What exactly: ids and settings.
    pub details: BTreeMap<String, Value>,
    /// What it waits for.
    pub needs: Needs,
    /// How far it is.
    pub state: ActState,
    /// Who asked.
    pub asked_by: MemberId,
    /// When.
    pub asked_at: DateTime<Utc>,
    /// It lapses then, or is done then.
    pub due_at: DateTime<Utc>,
    /// Who approved, refused, or took it back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decided_by: Option<MemberId>,
    /// When.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decided_at: Option<DateTime<Utc>>,
    /// Why it could not be done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Why a second refused it, in their words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// What the caller may do.
    pub can: SensitiveActCan,
}

/// A row of `directory.sensitive_act`.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct Row {
    pub id: SensitiveActId,
    pub kind: String,
    pub about: About,
    pub params: Vec<u8>,
    pub needs: Needs,
    pub state: ActState,
    pub asked_by: MemberId,
    pub asked_at: DateTime<Utc>,
    pub due_at: DateTime<Utc>,
    pub decided_by: Option<MemberId>,
    pub decided_at: Option<DateTime<Utc>>,
    pub code: Option<String>,
    pub reason: Option<Vec<u8>>,
}

/// Nobody else decides about the act until the transaction ends.
pub(crate) async fn lock(tx: &mut Tx, act: SensitiveActId) -> Result<Row> {
    sqlx::query_as(
        "select id, kind, about, params, needs, state, asked_by, asked_at, due_at, decided_by, decided_at, code,
                (select r.reason from directory.act_reason r where r.act_id = sensitive_act.id) as reason
         from directory.sensitive_act where id = $1 for update",
    )
    .bind(act)
    .fetch_optional(tx.db())
    .await?
    .ok_or(Error::NotFound("sensitive_act"))
}

pub(crate) fn seal(tx: &Tx, act: SensitiveActId, params: &impl Serialize) -> Result<Vec<u8>> {
    let plain = serde_json::to_vec(params).map_err(anyhow::Error::from)?;
    tx.seal(Bucket::Organisation, KIND, act.0, &plain)
}

impl Row {
    pub fn open<P: serde::de::DeserializeOwned>(&self, tx: &Tx) -> Result<P> {
        let plain = tx.open(Bucket::Organisation, KIND, self.id.0, &self.params)?;
        Ok(serde_json::from_slice(&plain).map_err(anyhow::Error::from)?)
    }

    /// As the caller may see it. `seconds` are those who may decide about it.
    pub fn shown(self, tx: &Tx, acting: &Acting, seconds: &[MemberId]) -> Result<SensitiveAct> {
        let details = self.open(tx)?;
        let open = |sealed: &[u8]| tx.open(Bucket::Organisation, REASON, self.id.0, sealed);
        let reason = self.reason.as_deref().map(open).transpose()?.map(String::from_utf8).transpose();
        let reason = reason.map_err(anyhow::Error::from)?;
        let is_open = self.state == ActState::Open && self.due_at > tx.now();
        let can = SensitiveActCan {
            decide: is_open && self.needs == Needs::Second && seconds.contains(&acting.id),
            cancel: is_open && may_cancel(&self, acting),
        };
        Ok(SensitiveAct {
            id: self.id,
            kind: self.kind,
            details,
            needs: self.needs,
            state: self.state,
            asked_by: self.asked_by,
            asked_at: self.asked_at,
            due_at: self.due_at,
            decided_by: self.decided_by,
            decided_at: self.decided_at,
            code: self.code,
            reason,
            can,
        })
    }
}

/// Whoever asked, and whoever decides about such acts, stops one.
pub(crate) fn may_cancel(row: &Row, acting: &Acting) -> bool {
    row.asked_by == acting.id || acting.holdings.everywhere().has(access::Permission::ActsDecide)
}

/// Who is no second for it: who asks, and who becomes more by it than they were.
pub(crate) fn apart(asked_by: MemberId, kind: &str, about: About) -> [Option<MemberId>; 2] {
    [Some(asked_by), about.filter(|_| kind == super::owners::GIVE).map(MemberId)]
}

/// Who may decide about an act: whoever holds `acts.decide` for the whole organisation, and did a day before it was asked, but
/// for those who stand [`apart`]. Somebody made one for the occasion is no second.
pub(crate) async fn seconds(tx: &mut Tx, apart: [Option<MemberId>; 2], at: DateTime<Utc>) -> Result<Vec<MemberId>> {
    let holders = holding::holders(tx, access::Permission::ActsDecide, &[]).await?;
    let is_one = |(member, since): &(MemberId, DateTime<Utc>)| !apart.contains(&Some(*member)) && *since + WAITS <= at;
    Ok(holders.into_iter().filter(is_one).map(|(member, _)| member).collect())
}

/// What the act concerns, for the database to find a second one about the same by.
pub(crate) type About = Option<Uuid>;
