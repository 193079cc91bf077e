//! Who is at the other end: the address behind our own proxies, and whether the way here is protected.

use std::net::{IpAddr, SocketAddr};

use axum::http::HeaderMap;
use ipnet::IpNet;

/// The other end of one request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Peer {
    pub address: IpAddr,
    /// TLS ends here or at a proxy that we trust, or nothing leaves this machine.
    pub is_protected: bool,
}

impl Peer {
    /// A forwarded address is believed only from a trusted proxy, and only as far as proxies are trusted: the client
    /// is the rightmost address that is not one of them.
    pub fn of(connection: SocketAddr, headers: &HeaderMap, proxies: &[IpNet], is_tls: bool) -> Self {
        let direct = connection.ip().to_canonical();
        let is_proxy = |address: IpAddr| proxies.iter().any(|network| network.contains(&address));
        if !is_proxy(direct) {
            return Self { address: direct, is_protected: is_tls || direct.is_loopback() };
        }
        let lines = headers.get_all("x-forwarded-for").iter().map(|value| value.as_bytes());
        let address = kernel::client_address(direct, lines, is_proxy);
        let proto = headers.get("x-forwarded-proto").and_then(|value| value.to_str().ok());
        let is_https = proto.is_some_and(|proto| proto.eq_ignore_ascii_case("https"));
        Self { address, is_protected: is_tls || is_https || address.is_loopback() }
    }
}

#[cfg(test)]
mod tests {
    use super::Peer;
    use axum::http::HeaderMap;

    fn peer(connection: &str, forwarded: &[(&'static str, &str)], is_tls: bool) -> (String, bool) {
        let mut headers = HeaderMap::new();
        for (name, value) in forwarded {
            headers.append(*name, value.parse().unwrap());
        }
        let proxies = ["10.0.0.0/8".parse().unwrap()];
        let peer = Peer::of(format!("{connection}:9").parse().unwrap(), &headers, &proxies, is_tls);
        (peer.address.to_string(), peer.is_protected)
    }

    #[test]
    fn a_stranger_cannot_choose_his_address() {
        let claim = [("x-forwarded-for", "127.0.0.1"), ("x-forwarded-proto", "https")];
        assert_eq!(peer("203.0.113.5", &claim, false), ("203.0.113.5".to_owned(), false));
        assert_eq!(peer("203.0.113.5", &[], true), ("203.0.113.5".to_owned(), true));
    }

    #[test]
    fn a_trusted_proxy_is_believed_up_to_the_first_stranger() {
        let chain = [("x-forwarded-for", "127.0.0.1, 198.51.100.7, 10.0.0.9"), ("x-forwarded-proto", "https")];
        assert_eq!(peer("10.0.0.1", &chain, false), ("198.51.100.7".to_owned(), true));
        assert_eq!(peer("10.0.0.1", &chain[..1], false), ("198.51.100.7".to_owned(), false));
    }

    #[test]
    fn this_machine_may_speak_plainly() {
        assert_eq!(peer("127.0.0.1", &[], false), ("127.0.0.1".to_owned(), true));
    }
}
