//! What a setting may say, and how it is shown again.

use std::net::IpAddr;
use std::path::PathBuf;

use ipnet::IpNet;

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
