//! The only way out: a host that the data map does not declare cannot be called.

use std::time::Duration;

use data_map::{DataMap, Host};
use reqwest::redirect::Policy;
use reqwest::{Client, Method, RequestBuilder, Url};

use crate::{Error, Result};

/// Nobody outside may keep one of our tasks longer than this.
const PATIENCE: Duration = Duration::from_secs(30);

/// A client for one declared host. It follows no redirects (they could lead elsewhere) and says nothing about us but what
/// the request holds.
#[derive(Clone)]
pub struct Outbound {
    client: Client,
    origin: Url,
}

impl Outbound {
    /// A client for the host declared as `[host.<id>]`, reached at `origin` (scheme, host, port), which the operator
    /// configured. An undeclared id, or another name than the declared one, is a mistake of ours and is refused.
    pub fn to(map: &DataMap, id: &str, origin: &str) -> Result<Self> {
        let wrong = |why: &str| Error::Internal(anyhow::anyhow!("the host {id} {why}"));
        let declared = Self::demand(map, id)?;
        let origin: Url = origin.parse().map_err(|_| wrong("has an address that is no URL"))?;
        if declared.address.as_deref().is_some_and(|address| origin.host_str() != Some(address)) {
            return Err(wrong("is declared with another address"));
        }
        let client = Client::builder().redirect(Policy::none()).timeout(PATIENCE).no_proxy().build();
        Ok(Self { client: client.map_err(anyhow::Error::from)?, origin })
    }

    /// The host as the data map declares it, for what leaves by another client than this one; refused when it does not.
    pub fn demand<'a>(map: &'a DataMap, id: &str) -> Result<&'a Host> {
        let undeclared = || Error::Internal(anyhow::anyhow!("the host {id} is not declared in the data map"));
        map.host.get(id).ok_or_else(undeclared)
    }

    /// A request to `path` of the host. A path cannot lead to another host: what would is refused.
    pub fn request(&self, method: Method, path: &str) -> Result<RequestBuilder> {
        let url = self.origin.join(path).map_err(|e| Error::Internal(e.into()))?;
        Ok(self.client_for(url.as_str())?.request(method, url))
    }

    /// The client itself, for a library that makes its requests by itself: asked anew for the address of each of them.
    pub fn client_for(&self, address: &str) -> Result<&Client> {
        let leads_there = address.parse::<Url>().is_ok_and(|url| url.origin() == self.origin.origin());
        if leads_there { Ok(&self.client) } else { Err(Error::Internal(anyhow::anyhow!("a path led to another host"))) }
    }
}
