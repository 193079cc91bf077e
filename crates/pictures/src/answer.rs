//! A small picture as an answer.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use utoipa::IntoParams;

/// Which version of the picture the caller knows.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Known {
    /// As what it is a picture of says; with it the answer may be kept.
    pub v: Option<i64>,
    /// Id or short name of the organisation; a browser cannot send the header with a picture.
    #[serde(rename = "organisation")]
    _organisation: Option<String>,
}

/// The picture, for whoever asked and their browser only. Nothing in it can run, should it not be what it is taken for.
pub fn answer(media_type: &str, bytes: Vec<u8>, is_addressed_by_version: bool) -> Response {
    // Kept under an address that names the version: another picture has another one.
    let keep = if is_addressed_by_version { "private, max-age=31536000, immutable" } else { "private, no-cache" };
    let told: [(HeaderName, &str); 5] = [
        (header::CONTENT_TYPE, media_type),
        (header::CACHE_CONTROL, keep),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'"),
        (header::CONTENT_DISPOSITION, "inline; filename=\"picture\""),
    ];
    let text = |text: &str| HeaderValue::from_str(text).unwrap_or(HeaderValue::from_static("application/octet-stream"));
    let headers: HeaderMap = told.into_iter().map(|(name, value)| (name, text(value))).collect();
    (headers, bytes).into_response()
}
