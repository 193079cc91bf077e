//! The only way out: a host that the data map does not declare cannot be called.

use std::time::Duration;

use reqwest::redirect::Policy;
use reqwest::{Client, Method, RequestBuilder, Url};

use crate::{App, Error, Result};

/// Nobody outside may keep one of our tasks longer than this.
const PATIENCE: Duration = Duration::from_secs(30);

/// A client for one declared host. It follows no redirects (they could lead elsewhere) and says nothing about us but what
/// the request holds.
#[derive(Clone)]
pub struct Outbound {
    client: Client,
    origin: Url,
}

impl App {
    /// A client for the host declared as `[host.<id>]`, reached at `origin` (scheme, host, port), which the operator
    /// configured. An undeclared id, or another name than the declared one, is a mistake of ours and is refused.
    pub fn outbound(&self, id: &str, origin: &str) -> Result<Outbound> {
        let declared = self.data_map().host.get(id);
        let declared =
            declared.ok_or_else(|| Error::Internal(anyhow::anyhow!("the data map declares no host {id}")))?;
        let origin: Url =
            origin.parse().map_err(|_| Error::Internal(anyhow::anyhow!("the address of {id} is no URL")))?;
        if declared.address.as_deref().is_some_and(|address| origin.host_str() != Some(address)) {
            return Err(Error::Internal(anyhow::anyhow!("{id} is declared with another address")));
        }
        let client = Client::builder().redirect(Policy::none()).timeout(PATIENCE).no_proxy().build();
        Ok(Outbound { client: client.map_err(anyhow::Error::from)?, origin })
    }
}

impl Outbound {
    /// A request to `path` of the host. A path cannot lead to another host: what would is refused.
    pub fn request(&self, method: Method, path: &str) -> Result<RequestBuilder> {
        let url = self.origin.join(path).map_err(|e| Error::Internal(e.into()))?;
        if url.origin() != self.origin.origin() {
            return Err(Error::Internal(anyhow::anyhow!("a path led to another host")));
        }
        Ok(self.client.request(method, url))
    }
}
