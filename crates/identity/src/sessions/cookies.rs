//! The two cookies of signing in; `data_map.toml` declares them (CKE-01, CKE-03).

use axum::http::{HeaderMap, HeaderValue, header};
use kernel::{App, Error, Result};

use crate::secrets;
use crate::sessions::start::Started;

/// The browser may forget it after so many seconds; the session itself ends when it is idle for long.
const SESSION_KEPT_S: u32 = 180 * 86_400;
const DEVICE_KEPT_S: u32 = 365 * 86_400;

/// Sets both cookies. One that is not to be remembered goes when the browser closes.
pub fn set(app: &App, started: &Started) -> Result<HeaderMap> {
    let mut headers = HeaderMap::new();
    let kept = started.is_remembered.then_some(SESSION_KEPT_S);
    headers.append(header::SET_COOKIE, cookie(app, "session", &started.token, kept)?);
    let device = secrets::encode(&started.device_token);
    headers.append(header::SET_COOKIE, cookie(app, "device", &device, Some(DEVICE_KEPT_S))?);
    Ok(headers)
}

/// Takes the session cookie away; the device stays known.
pub fn clear(app: &App) -> Result<HeaderMap> {
    let mut headers = HeaderMap::new();
    headers.append(header::SET_COOKIE, cookie(app, "session", "", Some(0))?);
    Ok(headers)
}

/// A cookie that no script reads and no other page sends; without a time it goes when the browser closes.
pub fn cookie(app: &App, name: &str, value: &str, kept_s: Option<u32>) -> Result<HeaderValue> {
    let name = app.settings().cookie(name);
    let secure = if app.settings().is_tls { "; Secure" } else { "" };
    let kept = kept_s.map(|seconds| format!("; Max-Age={seconds}")).unwrap_or_default();
    let line = format!("{name}={value}; Path=/; HttpOnly; SameSite=Strict{secure}{kept}");
    HeaderValue::from_str(&line).map_err(|e| Error::Internal(e.into()))
}
