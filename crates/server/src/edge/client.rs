//! The web client inside the program: hashed files for ever, the page afresh each time, client paths to the page.

use std::borrow::Cow;

use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use kernel::Error;
use rust_embed::{EmbeddedFile, RustEmbed};

use super::Edge;

/// What `web` builds. In a development build it is read from the disk, so that a new build of the client needs no new
/// build of the server; without any there is the page of `assets/no-client.html`.
#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../../web/dist"]
#[allow_missing = true]
struct Files;

const NO_CLIENT: &str = include_str!("../../assets/no-client.html");

/// The worker that keeps the client for times without a network has to fetch what it keeps, and nothing else.
const WORKER: &str = "sw.js";
const WORKER_POLICY: &str =
    "default-src 'none'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// First segments of the paths that the client itself understands.
const CLIENT_PATHS: &[&str] = &["", "setup", "sign-in", "join", "welcome", "o", "statement", "card"];

/// Everything that is not the API.
pub async fn serve(State(edge): State<Edge>, request: Request) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Error::NotFound("page").into_response();
    }
    let path = request.uri().path().trim_start_matches('/');
    if let Some(file) = Files::get(path).filter(|_| path != "index.html") {
        return asset(path, &file, request.headers());
    }
    let first = path.split('/').next().unwrap_or_default();
    if CLIENT_PATHS.contains(&first) {
        return page(&edge, request.headers());
    }
    // A person reads that there is no such page, in the client's words; a program gets a problem.
    let accepts = request.headers().get(header::ACCEPT).and_then(|accepts| accepts.to_str().ok());
    if accepts.is_some_and(|accepts| accepts.contains("text/html")) {
        return (StatusCode::NOT_FOUND, page(&edge, request.headers())).into_response();
    }
    Error::NotFound("page").into_response()
}

fn asset(path: &str, file: &EmbeddedFile, asked: &HeaderMap) -> Response {
    let tag =
        format!("\"{}\"", base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(&file.metadata.sha256_hash()[..18]));
    // The build puts a hash of the content into the names below assets/; everything else may change under its name.
    let keep = if path.starts_with("assets/") { "public, max-age=31536000, immutable" } else { "no-cache" };
    let is_known = asked.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes());
    let (encoding, content) = precompressed(path, asked).unwrap_or_else(|| (None, bytes(file.data.clone())));
    let mut response =
        if is_known { StatusCode::NOT_MODIFIED.into_response() } else { Body::from(content).into_response() };
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(keep));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    set(headers, header::ETAG, &tag);
    set(headers, header::CONTENT_TYPE, content_type(path));
    if path == WORKER {
        headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(WORKER_POLICY));
    }
    if let Some(encoding) = encoding.filter(|_| !is_known) {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    response
}

/// `name.br` or `name.gz` beside the file, when the browser takes it.
fn precompressed(path: &str, asked: &HeaderMap) -> Option<(Option<&'static str>, Bytes)> {
    let accepted = asked.get(header::ACCEPT_ENCODING)?.to_str().ok()?;
    let takes = |name: &str| accepted.split(',').any(|one| one.split(';').next().is_some_and(|one| one.trim() == name));
    [("br", "br"), ("gzip", "gz")].into_iter().filter(|(name, _)| takes(name)).find_map(|(name, extension)| {
        let file = Files::get(&format!("{path}.{extension}"))?;
        Some((Some(name), bytes(file.data)))
    })
}

/// What is embedded is not copied.
fn bytes(data: Cow<'static, [u8]>) -> Bytes {
    match data {
        Cow::Borrowed(data) => Bytes::from_static(data),
        Cow::Owned(data) => Bytes::from(data),
    }
}

/// The page, with this answer's nonce, and with theme and language as the cookies say, so that nothing flickers.
fn page(edge: &Edge, asked: &HeaderMap) -> Response {
    let nonce = base64::engine::general_purpose::STANDARD.encode(edge.app.random::<16>());
    let file = Files::get("index.html");
    let html = file.as_ref().and_then(|file| std::str::from_utf8(&file.data).ok()).unwrap_or(NO_CLIENT);
    let html = personal(html, &nonce, cookie(asked, "theme"), cookie(asked, "language"));
    let mut response = Body::from(html).into_response();
    let headers = response.headers_mut();
    set(headers, header::CONTENT_SECURITY_POLICY, &edge.security.page_policy(&nonce));
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    headers.insert(header::VARY, HeaderValue::from_static("cookie, accept-encoding"));
    response
}

fn set(headers: &mut HeaderMap, name: header::HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}

/// Only known values get into the page, whatever the cookies say.
fn personal(html: &str, nonce: &str, theme: Option<&str>, language: Option<&str>) -> String {
    let theme = theme.and_then(|theme| ["light", "dark"].into_iter().find(|known| *known == theme));
    let language = language.and_then(|language| ["zh-CN", "zh-TW", "en"].into_iter().find(|known| *known == language));
    let mut html = html.replacen("__CSP_NONCE__", nonce, 1);
    let Some(start) = html.find("<html") else { return html };
    let Some(end) = html[start..].find('>').map(|length| start + length) else { return html };
    let mut tag = html[start..end].to_owned();
    for (name, value) in [("data-theme", theme), ("lang", language)] {
        if let Some(value) = value {
            tag = with_attribute(&tag, name, value);
        }
    }
    html.replace_range(start..end, &tag);
    html
}

fn with_attribute(tag: &str, name: &str, value: &str) -> String {
    let opening = format!(" {name}=\"");
    match tag.find(&opening) {
        Some(at) => {
            let from = at + opening.len();
            let to = tag[from..].find('"').map_or(tag.len(), |length| from + length);
            format!("{}{value}{}", &tag[..from], &tag[to..])
        }
        None => format!("{tag}{opening}{value}\""),
    }
}

fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    lines.flat_map(|line| line.split(';')).find_map(|pair| pair.trim().strip_prefix(name)?.strip_prefix('='))
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "html" => "text/html; charset=utf-8",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "wasm" => "application/wasm",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::personal;

    const PAGE: &str = "<!doctype html><html lang=\"zh-CN\"><meta property=\"csp-nonce\" content=\"__CSP_NONCE__\">";

    #[test]
    fn the_page_takes_nonce_theme_and_language() {
        let html = personal(PAGE, "abc", Some("dark"), Some("en"));
        assert_eq!(
            html,
            "<!doctype html><html lang=\"en\" data-theme=\"dark\"><meta property=\"csp-nonce\" content=\"abc\">"
        );
    }

    #[test]
    fn a_cookie_cannot_write_into_the_page() {
        let html = personal(PAGE, "abc", Some("\"><script>"), Some("xx"));
        assert_eq!(html, PAGE.replace("__CSP_NONCE__", "abc"));
    }
}
