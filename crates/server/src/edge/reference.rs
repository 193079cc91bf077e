//! The reference of the API: a page of ours that draws the document. Nothing inline, nothing from elsewhere.

use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; \
                      form-action 'none'; frame-ancestors 'none'";

pub async fn page() -> Response {
    let html = include_str!("../../assets/reference.html");
    ([(CONTENT_TYPE, "text/html; charset=utf-8"), (CONTENT_SECURITY_POLICY, POLICY), (CACHE_CONTROL, "no-cache")], html)
        .into_response()
}

pub async fn style() -> Response {
    answer("text/css; charset=utf-8", include_str!("../../assets/reference.css"))
}

pub async fn script() -> Response {
    answer("text/javascript; charset=utf-8", include_str!("../../assets/reference.js"))
}

/// The committed one, which a test compares with the operations: in memory only while somebody reads it.
pub async fn document() -> Response {
    answer("application/json", include_str!("../../../../api/openapi.json"))
}

fn answer(kind: &'static str, text: &'static str) -> Response {
    ([(CONTENT_TYPE, kind), (CACHE_CONTROL, "no-cache")], text).into_response()
}
