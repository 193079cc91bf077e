//! Where a request comes from, as far as a sign-in remembers it: browser and system in words, and the address.

use std::net::IpAddr;

use axum::http::{HeaderMap, header};
use kernel::{AccountId, App, Bucket, Result, Visitor};
use uuid::Uuid;

use crate::secrets;

/// The vault keeps what belongs to accounts and to no organisation under this name.
const INSTALLATION: Uuid = Uuid::nil();

/// The device a request comes from.
#[derive(Debug, Clone)]
pub struct Device {
    /// "Firefox · Windows".
    pub name: String,
    /// Tells roughly where somebody is: sealed wherever it is kept (`ACC-14`).
    pub address: IpAddr,
    /// What an earlier sign-in left in the browser's device cookie.
    pub token: Option<Vec<u8>>,
}

impl Device {
    /// The one a request comes from.
    pub fn of(visitor: &Visitor, headers: &HeaderMap) -> Self {
        let token = cookie(headers, &visitor.app().settings().cookie("device")).and_then(secrets::decode);
        Self {
            name: kernel::device_name(&visitor.user_agent),
            address: visitor.address,
            token: token.filter(|token| token.len() == secrets::TOKEN),
        }
    }

    /// Under which the token is kept; of no token, a hash that no token has.
    pub fn hash(&self) -> [u8; 32] {
        secrets::sha256(self.token.as_deref().unwrap_or_default())
    }

    pub fn seal(&self, app: &App, account: AccountId, object: Uuid) -> Result<Sealed> {
        let address = self.address.to_string();
        Ok(Sealed {
            device: seal(app, account, "identity.device", object, self.name.as_bytes())?,
            address: seal(app, account, "identity.address", object, address.as_bytes())?,
        })
    }
}

/// Device and address as they are kept.
#[derive(sqlx::FromRow)]
pub struct Sealed {
    pub device: Vec<u8>,
    pub address: Vec<u8>,
}

impl Sealed {
    /// Device and address of the session or sign-in `object`.
    pub fn open(&self, app: &App, account: AccountId, object: Uuid) -> Result<(String, String)> {
        let open = |kind: &str, sealed: &[u8]| -> Result<String> {
            let plain = app.vault().open(INSTALLATION, Bucket::Object(account.0), kind, object, sealed)?;
            Ok(String::from_utf8(plain).map_err(anyhow::Error::from)?)
        };
        Ok((open("identity.device", &self.device)?, open("identity.address", &self.address)?))
    }
}

/// Everything of an account goes under one key, which goes with the account.
fn seal(app: &App, account: AccountId, kind: &str, object: Uuid, plain: &[u8]) -> Result<Vec<u8>> {
    app.vault().create_organisation(INSTALLATION)?;
    Ok(app.vault().seal(INSTALLATION, Bucket::Object(account.0), kind, object, plain)?)
}

/// The value of the cookie of this name.
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(found, _)| *found == name).map(|(_, value)| value)
}
