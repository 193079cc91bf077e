//! An announcement as the database holds it.

use chrono::{DateTime, TimeDelta, Utc};
use directory::DepartmentId;
use kernel::{Bucket, Error, MemberId, Result, Tx};
use serde::{Deserialize, Serialize};

use crate::model::{AnnouncementId, State};

const KIND: &str = "announcements.announcement";
/// How long it is kept from when it is shown no more.
pub const KEPT: TimeDelta = TimeDelta::days(180);

/// What somebody wrote: one sealed value.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    /// What it is about.
    pub title: String,
    /// The text itself.
    pub text: String,
}

/// An announcement, still sealed.
#[derive(sqlx::FromRow)]
pub struct Stored {
    pub id: AnnouncementId,
    pub author_id: MemberId,
    written: Vec<u8>,
    pub is_for_everyone: bool,
    pub must_be_confirmed: bool,
    pub until_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
    pub edited_at: Option<DateTime<Utc>>,
    pub withdrawn_at: Option<DateTime<Utc>>,
    pub revision: i64,
    pub department_ids: Vec<DepartmentId>,
}

impl Stored {
    /// Whether it is still shown.
    pub fn state(&self, now: DateTime<Utc>) -> State {
        if self.withdrawn_at.is_some() {
            return State::Withdrawn;
        }
        if self.until_at.is_some_and(|until| until <= now) { State::Ended } else { State::Shown }
    }

    /// What stands in it.
    pub fn open(&self, tx: &Tx) -> Result<Written> {
        let plain = tx.open(Bucket::Object(self.id.0), KIND, self.id.0, &self.written)?;
        Ok(serde_json::from_slice(&plain).map_err(anyhow::Error::from)?)
    }
}

/// Seals what somebody wrote under the announcement's own key.
pub fn seal(tx: &Tx, id: AnnouncementId, written: &Written) -> Result<Vec<u8>> {
    let plain = serde_json::to_vec(written).map_err(anyhow::Error::from)?;
    tx.seal(Bucket::Object(id.0), KIND, id.0, &plain)
}

/// These announcements, the newest first, without those whose time of being kept is over.
pub async fn load(tx: &mut Tx, ids: &[AnnouncementId]) -> Result<Vec<Stored>> {
    let oldest = tx.now() - KEPT;
    Ok(sqlx::query_as(
        "select a.id, a.author_id, a.written, a.is_for_everyone, a.must_be_confirmed, a.until_at, a.created_at,
                a.edited_at, a.withdrawn_at, a.revision,
                array(select d.department_id from announcements.addressed_department d
                      where d.announcement_id = a.id order by d.department_id) as department_ids
         from announcements.announcement a
         where a.id = any($1) and coalesce(least(a.withdrawn_at, a.until_at) > $2, true) order by a.id desc",
    )
    .bind(ids)
    .bind(oldest)
    .fetch_all(tx.db())
    .await?)
}

/// The announcement; `NotFound` when there is none.
pub async fn one(tx: &mut Tx, id: AnnouncementId) -> Result<Stored> {
    load(tx, &[id]).await?.pop().ok_or(Error::NotFound("announcement"))
}

/// The same; two who change it wait for each other.
pub async fn lock(tx: &mut Tx, id: AnnouncementId) -> Result<Stored> {
    sqlx::query("select from announcements.announcement where id = $1 for update").bind(id).execute(tx.db()).await?;
    // Read afterwards, so that the departments are as new as the rest.
    one(tx, id).await
}

/// The same, absent when there is none: nobody changes it until the transaction ends.
pub async fn hold(tx: &mut Tx, id: AnnouncementId) -> Result<Option<Stored>> {
    sqlx::query("select from announcements.announcement where id = $1 for share").bind(id).execute(tx.db()).await?;
    Ok(load(tx, &[id]).await?.pop())
}

/// Exactly these departments are named from now on.
pub async fn address(tx: &mut Tx, id: AnnouncementId, departments: &[DepartmentId]) -> Result<()> {
    sqlx::query("delete from announcements.addressed_department where announcement_id = $1")
        .bind(id)
        .execute(tx.db())
        .await?;
    sqlx::query(
        "insert into announcements.addressed_department (announcement_id, department_id) select $1, unnest($2::uuid[])",
    )
    .bind(id)
    .bind(departments)
    .execute(tx.db())
    .await?;
    Ok(())
}
