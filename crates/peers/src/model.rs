//! The nouns of the domain.

use kernel::{Bucket, OrgId, Result, Tx};
use serde::{Deserialize, Serialize};
use texts::{contact, one_line};
use utoipa::ToSchema;

const CONTACT: &str = "peers.contact";

/// Where a connection stands, seen from one side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, sqlx::Type, ToSchema)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum PeerState {
    /// This organisation has asked, and nobody has answered.
    Asked,
    /// The other one has asked.
    Received,
    /// Both want it.
    Connected,
    /// The other one does not want it.
    Declined,
}

/// Whom to ask for in an organisation: what it shows to one peer.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PeerContact {
    /// Who, at most 64 characters.
    pub name: String,
    /// With country code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// In lower case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
}

impl PeerContact {
    /// As it is kept; a number without a country code is read as one of the organisation's region.
    pub async fn checked(self, tx: &mut Tx) -> Result<Self> {
        let at = |error| match error {
            kernel::Error::Invalid { field: "phone", why } => kernel::Error::Invalid { field: "contact.phone", why },
            kernel::Error::Invalid { field: "email", why } => kernel::Error::Invalid { field: "contact.email", why },
            other => other,
        };
        let name = one_line("contact.name", &self.name, 64)?
            .ok_or(kernel::Error::Invalid { field: "contact.name", why: "is_empty" })?;
        let region = directory::organisation(tx).await?.region;
        let given = |text: Option<String>| text.filter(|text| !text.trim().is_empty());
        Ok(Self {
            name,
            phone: given(self.phone).map(|text| contact::phone(&text, &region)).transpose().map_err(at)?,
            email: given(self.email).map(|text| contact::email(&text)).transpose().map_err(at)?,
        })
    }

    /// Under the key of the organisation of `tx`, which shows it.
    pub fn seal(&self, tx: &Tx, peer: OrgId) -> Result<Vec<u8>> {
        let plain = serde_json::to_vec(self).map_err(anyhow::Error::from)?;
        tx.seal(Bucket::Organisation, CONTACT, peer.0, &plain)
    }

    /// Opens what [`PeerContact::seal`] sealed.
    pub fn open(tx: &Tx, peer: OrgId, sealed: &[u8]) -> Result<Self> {
        let plain = tx.open(Bucket::Organisation, CONTACT, peer.0, sealed)?;
        Ok(serde_json::from_slice(&plain).map_err(anyhow::Error::from)?)
    }
}
