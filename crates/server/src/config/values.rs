//! How a text becomes a value, and what is said where it does not.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

use ipnet::IpNet;

use super::keys::{KEYS, Key};

/// The address to type into a browser on this machine.
pub fn own_url(listen: SocketAddr) -> String {
    if listen.ip().is_unspecified() {
        format!("http://localhost:{}", listen.port())
    } else {
        format!("http://{listen}")
    }
}

/// `; did you mean …?` when a known name is near.
pub fn suggestion(name: &str, of: impl Fn(&Key) -> String) -> String {
    let nearest = KEYS.iter().map(of).map(|known| (distance(name, &known), known)).min();
    match nearest {
        Some((away, known)) if away <= 3 => format!("; did you mean {known}?"),
        _ => String::new(),
    }
}

fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.chars().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, b) in other.iter().enumerate() {
            let replaced = corner + usize::from(a != *b);
            corner = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(corner + 1);
        }
    }
    row[other.len()]
}

/// A block, or one address as the block of itself.
pub fn network(text: &str) -> Result<IpNet, String> {
    let block = text.parse::<IpNet>().map(|block| block.trunc());
    block
        .or_else(|_| text.parse::<IpAddr>().map(IpNet::from))
        .map_err(|_| format!("\"{text}\" is not an address such as 10.0.0.7 or a block such as 10.0.0.0/8"))
}

pub fn flag(text: &str) -> Result<bool, String> {
    text.parse().map_err(|_| format!("\"{text}\" is not true or false"))
}

pub fn path(text: &str) -> Result<PathBuf, String> {
    if text.is_empty() { Err("is empty".to_owned()) } else { Ok(PathBuf::from(text)) }
}

pub fn url(text: &str) -> Result<String, String> {
    let text = text.trim_end_matches('/');
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    match host {
        Some(host) if !host.is_empty() && !host.contains(['/', '?', '#', '@', ' ']) => Ok(text.to_lowercase()),
        _ => Err(format!("\"{text}\" is not an address such as https://office.example.org, without a path")),
    }
}

/// What every S3-compatible store takes as a name.
pub fn bucket(text: &str) -> Result<String, String> {
    let is_fine = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '.';
    if (3..=63).contains(&text.len()) && text.chars().all(is_fine) && !text.starts_with(['-', '.']) {
        Ok(text.to_owned())
    } else {
        Err(format!("\"{text}\" is not a bucket: 3 to 63 small letters, digits, - and ."))
    }
}

pub fn word(text: &str) -> Result<String, String> {
    if text.is_empty() || text.contains(char::is_whitespace) {
        Err("is no word".to_owned())
    } else {
        Ok(text.to_owned())
    }
}

pub fn postgres(text: &str) -> Result<String, String> {
    match text.parse::<sqlx::postgres::PgConnectOptions>() {
        Ok(_) if text.starts_with("postgres") => Ok(text.to_owned()),
        _ => Err("is not a PostgreSQL address such as postgres://tulou_app:password@host/tulou".to_owned()),
    }
}

pub fn shown(path: &Option<PathBuf>) -> String {
    path.as_ref().map(|path| path.display().to_string()).unwrap_or_default()
}

pub fn secret(value: &Option<String>) -> String {
    (if value.is_some() { "(set, not shown)" } else { "" }).to_owned()
}
