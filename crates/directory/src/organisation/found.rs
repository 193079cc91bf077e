//! An organisation comes into being (`ORG-01`, `ORG-02`).

use kernel::{Error, OrgId, Result, SystemTx};

use super::names::{Contact, Names, checked_slug};
use super::show::{checked_place, checked_retention};

/// What is asked of whoever registers an organisation, and nothing else.
pub struct NewOrganisation {
    /// The Chinese name; one of the two is there.
    pub name_zh: Option<String>,
    /// The English name.
    pub name_en: Option<String>,
    /// Short name in addresses; made out of the name when absent.
    pub slug: Option<String>,
    /// ISO 3166: `CN`, `CN-33`, `TW`.
    pub region: String,
    /// What it does.
    pub industry: String,
    /// IANA name.
    pub time_zone: String,
    /// 90, 180, 360 or 720.
    pub chat_retention_days: i32,
    /// Whom to ask for.
    pub contact: Contact,
}

impl NewOrganisation {
    /// Whether it would be taken, as far as that does not depend on what is there already.
    pub fn check(&self) -> Result<()> {
        Names::checked(self.name_zh.clone(), self.name_en.clone())?;
        let place = checked_place(&self.region, &self.industry, &self.time_zone)?;
        checked_retention(self.chat_retention_days)?;
        self.contact.clone().checked(&place.region).map(drop)
    }
}

/// Makes the organisation and its keys. Emits nothing: nobody is in it yet who could hear it.
pub async fn found(tx: &mut SystemTx, new: NewOrganisation) -> Result<OrgId> {
    let names = Names::checked(new.name_zh, new.name_en)?;
    let place = checked_place(&new.region, &new.industry, &new.time_zone)?;
    checked_retention(new.chat_retention_days)?;
    let contact = new.contact.checked(&place.region)?;
    let org = OrgId(tx.new_id());
    let slug = match new.slug.filter(|slug| !slug.trim().is_empty()) {
        Some(slug) => checked_slug(slug.trim())?,
        None => free_slug(tx, names.slug(), org).await?,
    };
    tx.app().vault().create_organisation(org.0)?;
    let (names, contact) = (names.seal(tx.app(), org)?, contact.seal(tx.app(), org)?);
    let now = tx.now();
    sqlx::query(
        "insert into directory.organisation (id, slug, names, contact, region, industry, time_zone,
             chat_retention_days, state_at, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)",
    )
    .bind(org)
    .bind(slug)
    .bind(names)
    .bind(contact)
    .bind(place.region)
    .bind(place.industry)
    .bind(place.time_zone)
    .bind(new.chat_retention_days)
    .bind(now)
    .execute(tx.db())
    .await
    .map_err(slug_taken)?;
    Ok(org)
}

pub(super) fn slug_taken(error: sqlx::Error) -> Error {
    if kernel::violates(&error, "organisation_slug_key") {
        Error::Taken("slug", "directory.slug_taken")
    } else {
        error.into()
    }
}

/// The wish, else the wish with the end of the id, else only that.
async fn free_slug(tx: &mut SystemTx, wish: Option<String>, org: OrgId) -> Result<String> {
    let id = org.0.simple().to_string();
    let end = &id[id.len() - 6..];
    let Some(wish) = wish else { return Ok(format!("org-{end}")) };
    let is_taken: bool = sqlx::query_scalar("select exists (select from directory.organisation where slug = $1)")
        .bind(&wish)
        .fetch_one(tx.db())
        .await?;
    if !is_taken {
        return Ok(wish);
    }
    let short: String = wish.chars().take(33).collect();
    checked_slug(&format!("{}-{end}", short.trim_end_matches('-')))
}
