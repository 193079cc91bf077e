//! What every message and every page asks of the organisation, kept in memory.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use kernel::{App, Error, OrgId, Result, Tx};

type Memory = memory::Memory<OrgId, Settings, 30>;

/// The settings of an organisation.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Settings {
    /// ISO 3166, where it is.
    pub region: String,
    /// IANA name; days and months are meant there.
    pub time_zone: String,
    /// How long messages are kept (`RET-09`).
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

/// The settings in force.
pub async fn settings(tx: &mut Tx) -> Result<Arc<Settings>> {
    let (org, now) = (tx.org(), tx.now());
    if let Some(settings) = known(tx.app(), org, now) {
        return Ok(settings);
    }
    let memory = tx.app().state::<Memory>();
    let begun = memory.begin();
    let settings: Settings = sqlx::query_as(
        "select region, time_zone, chat_retention_days, edit_window_s, recall_window_s, shows_presence,
                keeps_edits, lets_people_leave
         from directory.organisation where id = $1",
    )
    .bind(org)
    .fetch_optional(tx.db())
    .await?
    .ok_or(Error::NotFound("organisation"))?;
    Ok(memory.keep(begun, org, settings, now))
}

/// The settings if they are in memory: for work that holds no transaction of one organisation.
pub fn known(app: &App, org: OrgId, now: DateTime<Utc>) -> Option<Arc<Settings>> {
    app.state::<Memory>().get(&org, now)
}

/// How long chat is kept (`RET-09`).
pub async fn chat_retention_days(tx: &mut Tx) -> Result<i32> {
    Ok(settings(tx).await?.chat_retention_days)
}

/// After the commit that changed them.
pub(super) fn forget(app: &App, org: OrgId) {
    app.state::<Memory>().forget(&org);
}
