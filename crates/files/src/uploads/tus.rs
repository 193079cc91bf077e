//! The words of the protocol.

use axum::http::{HeaderMap, HeaderName, HeaderValue};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use kernel::{Error, Result};

pub const VERSION: &str = "1.0.0";
pub const EXTENSIONS: &str = "creation,termination,checksum,expiration";
pub const CHECKSUMS: &str = "sha1,sha256";

const LENGTH: &str = "upload-length";
const OFFSET: &str = "upload-offset";
const METADATA: &str = "upload-metadata";

/// A client that speaks another version must learn so before anything happens.
pub fn check_version(headers: &HeaderMap) -> Result<()> {
    if text(headers, "tus-resumable") == Some(VERSION) {
        Ok(())
    } else {
        Err(Error::Protocol(412, "files.tus_version"))
    }
}

/// `Upload-Length`: lengths that are told later are not supported.
pub fn length(headers: &HeaderMap) -> Result<i64> {
    number(headers, LENGTH).ok_or(Error::Invalid { field: LENGTH, why: "not_a_number" })
}

/// `Upload-Offset`.
pub fn offset(headers: &HeaderMap) -> Result<u64> {
    let offset = number(headers, OFFSET).and_then(|offset| u64::try_from(offset).ok());
    offset.ok_or(Error::Invalid { field: OFFSET, why: "not_a_number" })
}

/// How long the body is, if that is said before it.
pub fn content_length(headers: &HeaderMap) -> Option<u64> {
    text(headers, "content-length")?.parse().ok()
}

/// A value of `Upload-Metadata`, if it is there and is text.
pub fn metadata(headers: &HeaderMap, key: &str) -> Result<Option<String>> {
    let pairs = text(headers, METADATA).unwrap_or_default().split(',').map(str::trim);
    let Some(value) = pairs.filter_map(|pair| pair.split_once(' ')).find(|(k, _)| *k == key).map(|(_, v)| v) else {
        return Ok(None);
    };
    let bytes = STANDARD.decode(value.trim()).map_err(|_| Error::Invalid { field: METADATA, why: "not_base64" })?;
    String::from_utf8(bytes).map(Some).map_err(|_| Error::Invalid { field: METADATA, why: "not_utf8" })
}

/// Answers of the protocol carry its version.
pub fn answer<const N: usize>(pairs: [(&'static str, String); N]) -> Result<HeaderMap> {
    let mut headers = HeaderMap::new();
    headers.insert("tus-resumable", HeaderValue::from_static(VERSION));
    for (name, value) in pairs {
        let value = HeaderValue::from_str(&value).map_err(anyhow::Error::from)?;
        headers.insert(HeaderName::from_static(name), value);
    }
    Ok(headers)
}

/// A header that is text.
pub fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

fn number(headers: &HeaderMap, name: &str) -> Option<i64> {
    text(headers, name)?.parse().ok().filter(|number| *number >= 0)
}
