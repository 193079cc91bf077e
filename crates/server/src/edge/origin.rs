//! Which pages may speak to this server: only its own. Checked for every unsafe method and every socket.

use axum::http::{HeaderMap, Method, header};

/// The server's own addresses.
#[derive(Clone, Debug)]
pub struct Origins {
    public_url: String,
}

impl Origins {
    pub fn new(public_url: &str) -> Self {
        Self { public_url: public_url.to_lowercase() }
    }

    /// The `Host` of a request is ours. A page elsewhere could point its own name at this machine (DNS rebinding);
    /// such a name is not ours. The loopback names are, with any port, so that a tunnel works.
    pub fn is_own_host(&self, host: &str) -> bool {
        let host = host.to_lowercase();
        self.public_host() == host || is_loopback(&host)
    }

    /// A page of this origin may act here. A loopback origin must be the very one that is spoken to.
    pub fn is_own(&self, origin: &str, host: Option<&str>) -> bool {
        let origin = origin.to_lowercase();
        if origin == self.public_url {
            return true;
        }
        let authority = origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://"));
        match (authority, host) {
            (Some(authority), Some(host)) => is_loopback(authority) && authority == host.to_lowercase(),
            _ => false,
        }
    }

    /// Whether the request may act: reads may; with an `Origin` it must be ours; without one only what carries no
    /// cookie may, because a browser sends `Origin` with everything that could be forged.
    pub fn may_act(&self, method: &Method, headers: &HeaderMap, host: Option<&str>) -> bool {
        let is_upgrade = headers.contains_key(header::UPGRADE);
        if method.is_safe() && !is_upgrade {
            return true;
        }
        match headers.get(header::ORIGIN).map(|origin| origin.to_str()) {
            Some(Ok(origin)) => self.is_own(origin, host),
            Some(Err(_)) => false,
            None => !headers.contains_key(header::COOKIE),
        }
    }

    fn public_host(&self) -> &str {
        let url = &self.public_url;
        url.strip_prefix("https://").or_else(|| url.strip_prefix("http://")).unwrap_or(url)
    }
}

fn is_loopback(authority: &str) -> bool {
    let name = match authority.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => authority.split(':').next().unwrap_or_default(),
    };
    matches!(name, "localhost" | "127.0.0.1" | "::1")
}

#[cfg(test)]
mod tests {
    use super::Origins;
    use axum::http::{HeaderMap, Method, header};

    fn may_act(method: Method, headers: &[(header::HeaderName, &'static str)]) -> bool {
        let headers: HeaderMap = headers.iter().map(|(name, value)| (name.clone(), value.parse().unwrap())).collect();
        Origins::new("https://office.example.org").may_act(&method, &headers, Some("office.example.org"))
    }

    #[test]
    fn only_our_own_pages_may_act() {
        assert!(may_act(
            Method::POST,
            &[(header::ORIGIN, "https://office.example.org"), (header::COOKIE, "session=x")]
        ));
        assert!(!may_act(Method::POST, &[(header::ORIGIN, "https://evil.example")]));
        assert!(!may_act(Method::POST, &[(header::ORIGIN, "null")]));
        assert!(!may_act(Method::DELETE, &[(header::COOKIE, "session=x")]));
        assert!(may_act(Method::POST, &[(header::AUTHORIZATION, "Bearer x")]));
        assert!(may_act(Method::GET, &[(header::COOKIE, "session=x")]));
        assert!(!may_act(Method::GET, &[(header::COOKIE, "session=x"), (header::UPGRADE, "websocket")]));
    }

    #[test]
    fn a_foreign_name_for_this_machine_is_refused() {
        let own = Origins::new("http://127.0.0.1:8080");
        assert!(
            own.is_own_host("127.0.0.1:8080") && own.is_own_host("localhost:9000") && own.is_own_host("[::1]:8080")
        );
        assert!(!own.is_own_host("rebound.example:8080") && !own.is_own_host("localhost.example"));
        assert!(own.is_own("http://localhost:9000", Some("localhost:9000")));
        assert!(!own.is_own("http://localhost:9001", Some("localhost:9000")));
        assert!(!own.is_own("http://rebound.example:8080", Some("rebound.example:8080")));
    }
}
