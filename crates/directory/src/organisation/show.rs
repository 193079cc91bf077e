//! What the organisation is called and how it has its house kept (`ORG-02`, `ORG-04`).

use access::OrganisationCan;
use axum::http::HeaderMap;
use kernel::{Cx, Error, Json, OrgId, Result, Tx};
use serde::Serialize;
use utoipa::ToSchema;

pub(crate) use texts::place::checked as checked_place;

use super::names::{Contact, Names};
use crate::policy;

/// The organisation.
#[derive(Serialize, ToSchema)]
pub struct Organisation {
    /// Which.
    pub id: OrgId,
    /// Its short name in addresses.
    pub slug: String,
    /// The name to show.
    pub name: String,
    /// The Chinese name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name_zh: Option<String>,
    /// The English name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name_en: Option<String>,
    /// ISO 3166.
    pub region: String,
    /// What it does.
    pub industry: String,
    /// IANA name.
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
    /// Whom to ask for; for whoever may change it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact: Option<Contact>,
    /// Changes with every change: what `If-Match` of a change names.
    pub revision: i64,
    /// What the caller may do to it.
    pub can: OrganisationCan,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: OrgId,
    slug: String,
    names: Vec<u8>,
    contact: Vec<u8>,
    region: String,
    industry: String,
    time_zone: String,
    chat_retention_days: i32,
    edit_window_s: i32,
    recall_window_s: i32,
    shows_presence: bool,
    keeps_edits: bool,
    lets_people_leave: bool,
    revision: i64,
}

/// Show the organisation
#[utoipa::path(
    get, path = "/v1/organisation", tag = "directory", operation_id = "showOrganisation",
    responses((status = 200, body = Organisation)),
    extensions(("x-access" = json!("member of the organisation; the contact, holder of organisation.edit"))),
)]
pub async fn show_organisation(cx: Cx) -> Result<(HeaderMap, Json<Organisation>)> {
    let mut tx = cx.begin().await?;
    let can = policy::Acting::load(&mut tx).await?.organisation_can();
    let organisation = organisation(&mut tx).await?;
    Ok((editions::tag(organisation.revision), Json(organisation.seen_by(can))))
}

impl Organisation {
    /// Whom to ask for is for whoever may change it.
    pub(crate) fn seen_by(self, can: OrganisationCan) -> Self {
        Self { contact: self.contact.filter(|_| can.edit), can, ..self }
    }
}

/// The organisation of `tx`, contact included.
pub async fn organisation(tx: &mut Tx) -> Result<Organisation> {
    let org = tx.org();
    let row: Row = sqlx::query_as(
        "select id, slug, names, contact, region, industry, time_zone, chat_retention_days, edit_window_s,
                recall_window_s, shows_presence, keeps_edits, lets_people_leave, revision
         from directory.organisation where id = $1",
    )
    .bind(org)
    .fetch_optional(tx.db())
    .await?
    .ok_or(Error::NotFound("organisation"))?;
    let names = Names::open(tx.app(), org, &row.names)?;
    Ok(Organisation {
        id: row.id,
        slug: row.slug,
        name: names.shown(),
        name_zh: names.name_zh,
        name_en: names.name_en,
        region: row.region,
        industry: row.industry,
        time_zone: row.time_zone,
        chat_retention_days: row.chat_retention_days,
        edit_window_s: row.edit_window_s,
        recall_window_s: row.recall_window_s,
        shows_presence: row.shows_presence,
        keeps_edits: row.keeps_edits,
        lets_people_leave: row.lets_people_leave,
        revision: row.revision,
        contact: Some(Contact::open(tx.app(), org, &row.contact)?),
        can: OrganisationCan::default(),
    })
}

/// One of the periods that are offered (`RET-09`): an organisation begins with one of these.
pub(crate) fn checked_retention(days: i32) -> Result<i32> {
    if [90, 180, 360, 720].contains(&days) {
        Ok(days)
    } else {
        Err(Error::Invalid { field: "chat_retention_days", why: "not_90_180_360_720" })
    }
}
