//! Figures for a monitoring system: sums over the whole process, never about an organisation or a person.

use axum::Extension;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use kernel::Error;

use super::Edge;
use super::peer::Peer;
use crate::figures;

/// Answers this machine, or whoever has the token.
pub async fn show(State(edge): State<Edge>, Extension(peer): Extension<Peer>, headers: HeaderMap) -> Response {
    if !peer.address.is_loopback() && !has_token(&edge, &headers) {
        return Error::NotFound("page").into_response();
    }
    let lines = figures::lines(&edge.app);
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4"), (header::CACHE_CONTROL, "no-store")], lines).into_response()
}

fn has_token(edge: &Edge, headers: &HeaderMap) -> bool {
    let shown = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
    match (&edge.metrics_token, shown) {
        (Some(token), Some(shown)) => same(token.as_bytes(), shown.as_bytes()),
        _ => false,
    }
}

/// Takes as long for a near miss as for a far one.
fn same(one: &[u8], other: &[u8]) -> bool {
    one.len() == other.len() && one.iter().zip(other).fold(0, |sum, (a, b)| sum | (a ^ b)) == 0
}
