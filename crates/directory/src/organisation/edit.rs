//! Change what the organisation is called and how it has its house kept (`ORG-04`).

use std::collections::BTreeMap;

use axum::http::HeaderMap;
use editions::{Edition, Given, given, replace};
use kernel::{Cx, Error, Json, Result, Tx};
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

use super::found::slug_taken;
use super::names::{Contact, Names, checked_slug};
use super::settings::forget;
use super::show::{Organisation, checked_place, organisation};
use crate::events::OrganisationChanged;
use crate::policy::OrganisationEditor;

const LONGEST_WINDOW_S: i32 = 86_400;

/// What is to be different; what is absent stays, `null` or an empty text takes a name away.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EditOrganisation {
    /// The Chinese name.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    pub name_zh: Given<String>,
    /// The English name.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    pub name_en: Given<String>,
    /// Its short name in addresses; old addresses do not work any more.
    pub slug: Option<String>,
    /// ISO 3166.
    pub region: Option<String>,
    /// What it does.
    pub industry: Option<String>,
    /// IANA name.
    pub time_zone: Option<String>,
    /// How long an author may edit a message; 0 for never.
    pub edit_window_s: Option<i32>,
    /// How long an author may take a message back; 0 for never.
    pub recall_window_s: Option<i32>,
    /// Whether colleagues see who is there.
    pub shows_presence: Option<bool>,
    /// Whether what a message said before it was edited stays readable; off, what was kept goes.
    pub keeps_edits: Option<bool>,
    /// Whether people may leave by themselves.
    pub lets_people_leave: Option<bool>,
    /// Whom to ask for.
    pub contact: Option<Contact>,
}

/// Change the organisation
#[utoipa::path(
    patch, path = "/v1/organisation", tag = "directory", operation_id = "editOrganisation",
    params(("If-Match" = String, Header, description = "the revision that is changed")),
    request_body = EditOrganisation,
    responses((status = 200, body = Organisation)),
    extensions(
        ("x-access" = json!("holder of organisation.edit; of periods of messages, content.retention")),
        ("x-errors" = json!(["forbidden", "directory.slug_taken", "directory.changed_meanwhile"])),
    ),
)]
pub async fn edit_organisation(
    cx: Cx,
    edition: Edition,
    Json(input): Json<EditOrganisation>,
) -> Result<(HeaderMap, Json<Organisation>)> {
    let mut tx = cx.begin().await?;
    let editor = OrganisationEditor::load(&mut tx).await?;
    edit(&mut tx, &editor, &edition, input).await?;
    let changed = organisation(&mut tx).await?.seen_by(editor.can());
    tx.commit().await?;
    Ok((editions::tag(changed.revision), Json(changed)))
}

impl EditOrganisation {
    /// Whether it says anything about how long messages may be changed or taken back.
    fn is_about_messages(&self) -> bool {
        self.edit_window_s.is_some() || self.recall_window_s.is_some()
    }

    /// Whether it says anything else.
    fn is_about_more(&self) -> bool {
        let is_named =
            self.name_zh.is_some() || self.name_en.is_some() || self.slug.is_some() || self.contact.is_some();
        let is_placed = self.region.is_some() || self.industry.is_some() || self.time_zone.is_some();
        let lets_see = self.shows_presence.is_some() || self.keeps_edits.is_some();
        is_named || is_placed || lets_see || self.lets_people_leave.is_some()
    }
}

/// Changes the organisation; silent when nothing is different.
pub async fn edit(tx: &mut Tx, by: &OrganisationEditor, edition: &Edition, input: EditOrganisation) -> Result<()> {
    let can = by.can();
    if (input.is_about_messages() && !can.edit_periods) || (input.is_about_more() && !can.edit) {
        return Err(Error::Forbidden);
    }
    let old = locked(tx).await?;
    edition.check(old.revision)?;
    let new = wanted(tx, &old, input)?;
    write(tx, old, new).await
}

/// Messages are kept for so many days from now on (`RET-09`). Who may decide that, and when, and which periods there are, is
/// for crate `retention` to say.
pub async fn keep_chat(tx: &mut Tx, days: i32) -> Result<()> {
    let (old, new) = (locked(tx).await?, organisation(tx).await?);
    write(tx, old, Organisation { chat_retention_days: days, ..new }).await
}

/// The organisation, which nobody else changes until the transaction ends.
async fn locked(tx: &mut Tx) -> Result<Organisation> {
    let org = tx.org();
    sqlx::query("select from directory.organisation where id = $1 for update").bind(org).execute(tx.db()).await?;
    organisation(tx).await
}

/// Writes what is different and says so, with the settings as they were and as they are.
async fn write(tx: &mut Tx, old: Organisation, new: Organisation) -> Result<()> {
    let org = tx.org();
    let fields = differences(&old, &new);
    if fields.is_empty() {
        return Ok(());
    }
    let (before, after) = (told(&old, &fields), told(&new, &fields));
    let names = Names { name_zh: new.name_zh, name_en: new.name_en }.seal(tx.app(), org)?;
    let contact = new.contact.map(|contact| contact.seal(tx.app(), org)).transpose()?;
    sqlx::query(
        "update directory.organisation set slug = $2, names = $3, contact = coalesce($4, contact), region = $5,
                industry = $6, time_zone = $7, chat_retention_days = $8, edit_window_s = $9, recall_window_s = $10,
                shows_presence = $11, keeps_edits = $12, lets_people_leave = $13, revision = revision + 1
         where id = $1",
    )
    .bind(org)
    .bind(new.slug)
    .bind(names)
    .bind(contact)
    .bind(new.region)
    .bind(new.industry)
    .bind(new.time_zone)
    .bind(new.chat_retention_days)
    .bind(new.edit_window_s)
    .bind(new.recall_window_s)
    .bind(new.shows_presence)
    .bind(new.keeps_edits)
    .bind(new.lets_people_leave)
    .execute(tx.db())
    .await
    .map_err(slug_taken)?;
    tx.on_commit(move |app| forget(app, org));
    tx.emit(&OrganisationChanged { fields, before, after })
}

/// What these fields say. What it is called, whom to ask for, and how, is not told: that is sealed, and the log outlives its key.
fn told(organisation: &Organisation, fields: &[String]) -> BTreeMap<String, Value> {
    let settings = [
        ("slug", json!(organisation.slug)),
        ("region", json!(organisation.region)),
        ("industry", json!(organisation.industry)),
        ("time_zone", json!(organisation.time_zone)),
        ("chat_retention_days", json!(organisation.chat_retention_days)),
        ("edit_window_s", json!(organisation.edit_window_s)),
        ("recall_window_s", json!(organisation.recall_window_s)),
        ("shows_presence", json!(organisation.shows_presence)),
        ("keeps_edits", json!(organisation.keeps_edits)),
        ("lets_people_leave", json!(organisation.lets_people_leave)),
    ];
    let is_told = |(field, _): &(&str, Value)| fields.iter().any(|changed| changed == field);
    settings.into_iter().filter(is_told).map(|(field, value)| (field.to_owned(), value)).collect()
}

/// The organisation as it is to be, or the first field that is wrong.
fn wanted(tx: &mut Tx, old: &Organisation, input: EditOrganisation) -> Result<Organisation> {
    let (mut name_zh, mut name_en) = (old.name_zh.clone(), old.name_en.clone());
    replace(&mut name_zh, input.name_zh);
    replace(&mut name_en, input.name_en);
    let names = Names::checked(name_zh, name_en)?;
    let place = checked_place(
        input.region.as_deref().unwrap_or(&old.region),
        input.industry.as_deref().unwrap_or(&old.industry),
        input.time_zone.as_deref().unwrap_or(&old.time_zone),
    )?;
    let contact = match input.contact {
        Some(contact) => Some(contact.checked(&place.region)?),
        None => old.contact.clone(),
    };
    Ok(Organisation {
        id: tx.org(),
        slug: input.slug.map_or(Ok(old.slug.clone()), |slug| checked_slug(slug.trim()))?,
        name: names.shown(),
        name_zh: names.name_zh,
        name_en: names.name_en,
        region: place.region,
        industry: place.industry,
        time_zone: place.time_zone,
        chat_retention_days: old.chat_retention_days,
        edit_window_s: window("edit_window_s", input.edit_window_s, old.edit_window_s)?,
        recall_window_s: window("recall_window_s", input.recall_window_s, old.recall_window_s)?,
        shows_presence: input.shows_presence.unwrap_or(old.shows_presence),
        keeps_edits: input.keeps_edits.unwrap_or(old.keeps_edits),
        lets_people_leave: input.lets_people_leave.unwrap_or(old.lets_people_leave),
        contact,
        revision: old.revision,
        can: old.can,
    })
}

fn window(field: &'static str, new: Option<i32>, old: i32) -> Result<i32> {
    let seconds = new.unwrap_or(old);
    if (0..=LONGEST_WINDOW_S).contains(&seconds) {
        Ok(seconds)
    } else {
        Err(Error::Invalid { field, why: "out_of_range" })
    }
}

fn differences(old: &Organisation, new: &Organisation) -> Vec<String> {
    let fields = [
        ("slug", old.slug == new.slug),
        ("names", old.name_zh == new.name_zh && old.name_en == new.name_en),
        ("contact", old.contact == new.contact),
        ("region", old.region == new.region),
        ("industry", old.industry == new.industry),
        ("time_zone", old.time_zone == new.time_zone),
        ("chat_retention_days", old.chat_retention_days == new.chat_retention_days),
        ("edit_window_s", old.edit_window_s == new.edit_window_s),
        ("recall_window_s", old.recall_window_s == new.recall_window_s),
        ("shows_presence", old.shows_presence == new.shows_presence),
        ("keeps_edits", old.keeps_edits == new.keeps_edits),
        ("lets_people_leave", old.lets_people_leave == new.lets_people_leave),
    ];
    fields.into_iter().filter(|(_, is_same)| !is_same).map(|(field, _)| field.to_owned()).collect()
}
