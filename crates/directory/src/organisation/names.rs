//! What an organisation is called and whom to ask for, sealed; its slug, open.

use kernel::{App, Bucket, Error, OrgId, Result};
use serde::{Deserialize, Serialize};
use texts::{contact, one_line};
use utoipa::ToSchema;

pub(crate) use texts::slug::checked as checked_slug;

const NAMES: &str = "directory.organisation.names";
const CONTACT: &str = "directory.organisation.contact";

/// The names; at least one is there.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Names {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name_zh: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name_en: Option<String>,
}

/// Whom to ask for (`ORG-02`).
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// Who.
    pub name: String,
    /// With country code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// In lower case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
}

impl Names {
    pub(crate) fn checked(name_zh: Option<String>, name_en: Option<String>) -> Result<Self> {
        let line = |field, text: Option<String>| text.map_or(Ok(None), |text| one_line(field, &text, 100));
        let names = Self { name_zh: line("name_zh", name_zh)?, name_en: line("name_en", name_en)? };
        if names.name_zh.is_none() && names.name_en.is_none() {
            return Err(Error::Invalid { field: "name_zh", why: "one_of_name_zh_name_en" });
        }
        Ok(names)
    }

    /// The one to show: the Chinese one, else the English one.
    pub(crate) fn shown(&self) -> String {
        self.name_zh.clone().or_else(|| self.name_en.clone()).unwrap_or_default()
    }

    pub(crate) fn seal(&self, app: &App, org: OrgId) -> Result<Vec<u8>> {
        seal(app, org, NAMES, self)
    }

    pub(crate) fn open(app: &App, org: OrgId, sealed: &[u8]) -> Result<Self> {
        open(app, org, NAMES, sealed)
    }

    /// A short name for addresses, in case nobody chooses one: `yunwu-group`.
    pub(crate) fn slug(&self) -> Option<String> {
        texts::slug::of(self.name_en.as_deref().or(self.name_zh.as_deref())?)
    }
}

impl Contact {
    pub(crate) fn checked(self, region: &str) -> Result<Self> {
        let at = |error| match error {
            Error::Invalid { field: "phone", why } => Error::Invalid { field: "contact.phone", why },
            Error::Invalid { field: "email", why } => Error::Invalid { field: "contact.email", why },
            other => other,
        };
        let given = |text: Option<String>| text.filter(|text| !text.trim().is_empty());
        Ok(Self {
            name: one_line("contact.name", &self.name, 64)?
                .ok_or(Error::Invalid { field: "contact.name", why: "is_empty" })?,
            phone: given(self.phone).map(|text| contact::phone(&text, region)).transpose().map_err(at)?,
            email: given(self.email).map(|text| contact::email(&text)).transpose().map_err(at)?,
        })
    }

    pub(crate) fn seal(&self, app: &App, org: OrgId) -> Result<Vec<u8>> {
        seal(app, org, CONTACT, self)
    }

    pub(crate) fn open(app: &App, org: OrgId, sealed: &[u8]) -> Result<Self> {
        open(app, org, CONTACT, sealed)
    }
}

fn seal<T: Serialize>(app: &App, org: OrgId, kind: &str, value: &T) -> Result<Vec<u8>> {
    let plain = serde_json::to_vec(value).map_err(anyhow::Error::from)?;
    Ok(app.vault().seal(org.0, Bucket::Organisation, kind, org.0, &plain)?)
}

fn open<T: for<'a> Deserialize<'a>>(app: &App, org: OrgId, kind: &str, sealed: &[u8]) -> Result<T> {
    let plain = app.vault().open(org.0, Bucket::Organisation, kind, org.0, sealed)?;
    Ok(serde_json::from_slice(&plain).map_err(anyhow::Error::from)?)
}
