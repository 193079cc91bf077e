//! Where a request came from, behind our own proxies.

use std::net::{IpAddr, SocketAddr};

/// The nearest address that is not a trusted proxy's. `lines` are the `X-Forwarded-For` lines in their order: each proxy is
/// believed about whom it heard, and about nothing before that. What is no address ends the list.
pub fn client_address<'a>(
    direct: IpAddr,
    lines: impl Iterator<Item = &'a [u8]>,
    is_proxy: impl Fn(IpAddr) -> bool,
) -> IpAddr {
    let mut hops: Vec<&[u8]> = lines.flat_map(|line| line.split(|byte| *byte == b',')).collect();
    let mut address = direct.to_canonical();
    while is_proxy(address) {
        let Some(before) = hops.pop().and_then(parsed) else { break };
        address = before;
    }
    address
}

/// Some proxies write the port too.
fn parsed(hop: &[u8]) -> Option<IpAddr> {
    let hop = std::str::from_utf8(hop).ok()?.trim();
    let address = hop.parse::<IpAddr>().or_else(|_| hop.parse::<SocketAddr>().map(|with_port| with_port.ip()));
    address.ok().map(|address| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;

    use super::client_address;

    fn client(direct: &str, lines: &[&str]) -> String {
        let is_proxy = |address: IpAddr| address.to_string().starts_with("10.");
        client_address(direct.parse().unwrap(), lines.iter().map(|line| line.as_bytes()), is_proxy).to_string()
    }

    #[test]
    fn acc_14_nobody_chooses_their_own_address() {
        assert_eq!(client("203.0.113.5", &["6.6.6.6"]), "203.0.113.5");
        assert_eq!(
            client("10.0.0.1", &["6.6.6.6", "203.0.113.9"]),
            "203.0.113.9",
            "a line the client sent comes first"
        );
        assert_eq!(client("10.0.0.1", &["6.6.6.6, 203.0.113.9, 10.0.0.2"]), "203.0.113.9");
        assert_eq!(client("10.0.0.1", &["7.7.7.7, 203.0.113.9:51234"]), "203.0.113.9");
        assert_eq!(client("10.0.0.1", &["7.7.7.7, [2001:db8::9]:443"]), "2001:db8::9");
        assert_eq!(client("10.0.0.1", &["7.7.7.7, unknown"]), "10.0.0.1", "what is no address ends the list");
        assert_eq!(
            client("10.0.0.1", &["7.7.7.7, \u{fe}, 203.0.113.9"]),
            "203.0.113.9",
            "nor does what is no text hide it"
        );
        assert_eq!(client("10.0.0.1", &[]), "10.0.0.1");
        assert_eq!(client("::ffff:10.0.0.1", &["::ffff:198.51.100.7"]), "198.51.100.7");
    }
}
