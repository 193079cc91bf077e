//! What every message and every page asks of the organisation, kept in memory.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use chrono::{DateTime, TimeDelta, Utc};
use kernel::{App, Error, OrgId, Result, Tx};

/// How long another node's change may go unnoticed.
const FRESH: TimeDelta = TimeDelta::seconds(30);

/// The settings of an organisation.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Settings {
    /// ISO 3166, where it is.
    pub region: String,
    /// IANA name; days and months are meant there.
    pub time_zone: String,
    /// 90, 180, 360 or 720 (`RET-09`).
    pub chat_retention_days: i32,
    /// How long an author may edit a message.
    pub edit_window_s: i32,
    /// How long an author may take a message back.
    pub recall_window_s: i32,
    /// Whether colleagues see who is there.
    pub shows_presence: bool,
    /// Whether what a message said before it was edited stays readable to those who can read it.
    pub keeps_edits: bool,
    /// Whether people may leave by themselves (`ACC-12`).
    pub lets_people_leave: bool,
}

/// Settings and when they were read.
type Read = (Arc<Settings>, DateTime<Utc>);

#[derive(Default)]
struct Cache {
    known: RwLock<HashMap<OrgId, Read>>,
    /// Counts changes, so that what was read before one is not kept after it.
    changes: AtomicU64,
}

/// The settings in force.
pub async fn settings(tx: &mut Tx) -> Result<Arc<Settings>> {
    let (org, now) = (tx.org(), tx.now());
    if let Some(settings) = known(tx.app(), org, now) {
        return Ok(settings);
    }
    let cache = tx.app().state::<Cache>();
    let changes = cache.changes.load(Ordering::Acquire);
    let settings: Settings = sqlx::query_as(
        "select region, time_zone, chat_retention_days, edit_window_s, recall_window_s, shows_presence,
                keeps_edits, lets_people_leave
         from directory.organisation where id = $1",
    )
    .bind(org)
    .fetch_optional(tx.db())
    .await?
    .ok_or(Error::NotFound("organisation"))?;
    let settings = Arc::new(settings);
    let mut known = cache.known.write().unwrap_or_else(PoisonError::into_inner);
    if cache.changes.load(Ordering::Acquire) == changes {
        known.insert(org, (Arc::clone(&settings), now));
    }
    Ok(settings)
}

/// The settings if they are in memory: for work that holds no transaction of one organisation.
pub fn known(app: &App, org: OrgId, now: DateTime<Utc>) -> Option<Arc<Settings>> {
    let cache = app.state::<Cache>();
    let known = cache.known.read().unwrap_or_else(PoisonError::into_inner);
    known.get(&org).filter(|(_, at)| (now - *at).abs() < FRESH).map(|(settings, _)| Arc::clone(settings))
}

/// How long chat is kept (`RET-09`).
pub async fn chat_retention_days(tx: &mut Tx) -> Result<i32> {
    Ok(settings(tx).await?.chat_retention_days)
}

/// After the commit that changed them.
pub(super) fn forget(app: &App, org: OrgId) {
    let cache = app.state::<Cache>();
    let mut known = cache.known.write().unwrap_or_else(PoisonError::into_inner);
    cache.changes.fetch_add(1, Ordering::AcqRel);
    known.remove(&org);
}
