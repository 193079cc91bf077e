//! The three questions before anything else: is the way here protected, is this our name, is this our page?

use std::net::SocketAddr;

use axum::extract::{ConnectInfo, Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use kernel::Error;

use super::Edge;
use super::peer::Peer;

const EXPLANATION: &str = include_str!("../../assets/plain-http.html");

pub const UNKNOWN_HOST: &str = "edge.unknown_host";
pub const FOREIGN_ORIGIN: &str = "edge.foreign_origin";
pub const PLAIN_HTTP: &str = "edge.plain_http";

pub async fn admit(
    State(edge): State<Edge>,
    ConnectInfo(connection): ConnectInfo<SocketAddr>,
    mut request: Request,
    next: Next,
) -> Response {
    // A supervisor asks by address and learns nothing.
    if request.uri().path() == "/healthz" {
        return next.run(request).await;
    }
    let peer = Peer::of(connection, request.headers(), &edge.proxies, edge.has_own_tls);
    if !peer.is_protected {
        return explain_plain_http(&request);
    }
    let host = host(&request);
    let is_from_proxy = edge.proxies.iter().any(|network| network.contains(&connection.ip().to_canonical()));
    if !is_from_proxy && !host.as_deref().is_some_and(|host| edge.origins.is_own_host(host)) {
        return Error::Blocked(UNKNOWN_HOST).into_response();
    }
    if !edge.origins.may_act(request.method(), request.headers(), host.as_deref()) {
        return Error::Blocked(FOREIGN_ORIGIN).into_response();
    }
    request.extensions_mut().insert(peer);
    next.run(request).await
}

/// The name the client used for this server: HTTP/1 has it in a header, HTTP/2 in the address.
fn host(request: &Request) -> Option<String> {
    let named = request.uri().authority().map(|authority| authority.as_str().to_owned());
    named.or_else(|| request.headers().get(header::HOST)?.to_str().ok().map(str::to_owned))
}

/// A person gets a page, a program a problem; neither gets anything else.
fn explain_plain_http(request: &Request) -> Response {
    if request.uri().path().starts_with("/v1/") {
        return Error::Blocked(PLAIN_HTTP).into_response();
    }
    (
        StatusCode::FORBIDDEN,
        [(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::CACHE_CONTROL, "no-store")],
        EXPLANATION,
    )
        .into_response()
}
