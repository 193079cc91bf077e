//! The way in: who may speak to the server and how, before any operation is looked at.

mod client;
mod guard;
mod headers;
mod metrics;
mod origin;
mod peer;
mod reference;
mod stopping;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{Method, StatusCode};
use axum::middleware::{Next, from_fn, from_fn_with_state, map_response_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use ipnet::IpNet;
use kernel::{App, Error};
use tokio::sync::oneshot;
use tower::ServiceExt;
use tower_http::compression::CompressionLayer;
use tower_http::timeout::RequestBodyTimeoutLayer;

use crate::config::{Config, Role};
use headers::SecurityHeaders;
use origin::Origins;
pub use stopping::Stopping;

/// Nothing the server answers takes longer, except taking in a file; a reader or writer that stands still longer than this is let go.
const ANSWER_WITHIN: Duration = Duration::from_secs(30);
/// What may change something goes on so much longer when nobody waits for it any more, and holds up the stop of the server no
/// longer either.
const FINISHED_WITHIN: Duration = Duration::from_secs(60);
const BODY_STANDS_STILL: Duration = Duration::from_secs(15);

/// What the way in may answer, whatever is asked.
pub const CODES: [&str; 3] = [guard::UNKNOWN_HOST, guard::FOREIGN_ORIGIN, guard::PLAIN_HTTP];

/// What the way in knows.
#[derive(Clone)]
pub struct Edge {
    pub app: App,
    pub security: Arc<SecurityHeaders>,
    origins: Arc<Origins>,
    proxies: Arc<[IpNet]>,
    has_own_tls: bool,
    metrics_token: Option<Arc<str>>,
    stopping: Stopping,
    api: Router,
    client: Router,
}

/// Everything the server answers, behind the checks that hold for all of it.
pub fn router(app: &App, api: Router, config: &Config, public_url: &str, stopping: Stopping) -> Router {
    let mut edge = Edge {
        app: app.clone(),
        security: Arc::new(SecurityHeaders::new(public_url, &declared_permissions(app))),
        origins: Arc::new(Origins::new(public_url)),
        proxies: config.trusted_proxies.clone().into(),
        has_own_tls: config.tls_certificate.is_some(),
        metrics_token: config.metrics_token.as_deref().map(Arc::from),
        stopping,
        api,
        client: Router::new(),
    };
    edge.client = Router::new().fallback(client::serve).layer(CompressionLayer::new()).with_state(edge.clone());
    let of_every_node = Router::new().route("/healthz", get(stopping::health)).route("/metrics", get(metrics::show));
    let routes = if config.role == Role::Worker { of_every_node } else { for_people(of_every_node) };
    routes
        .layer(from_fn_with_state(edge.clone(), guard::admit))
        .layer(map_response_with_state(edge.clone(), secure))
        .layer(from_fn_with_state(edge.clone(), stopping::take_leave))
        .layer(RequestBodyTimeoutLayer::new(BODY_STANDS_STILL))
        .layer(from_fn(in_time))
        .with_state(edge)
}

fn for_people(routes: Router<Edge>) -> Router<Edge> {
    routes
        .route("/api", get(reference::page))
        .route("/api/reference.css", get(reference::style))
        .route("/api/reference.js", get(reference::script))
        .route("/api/openapi.json", get(reference::document))
        .fallback(inside)
}

/// Which browser features the pages may use: those that the data map declares, and no others.
fn declared_permissions(app: &App) -> Vec<String> {
    app.data_map().permission.values().filter_map(|permission| permission.policy_feature.clone()).collect()
}

/// An upload takes as long as its bytes keep coming; anything else is answered soon or not at all.
async fn in_time(request: Request, next: Next) -> Response {
    if is_upload(&request) {
        return next.run(request).await;
    }
    tokio::time::timeout(ANSWER_WITHIN, next.run(request)).await.unwrap_or_else(|_| late())
}

/// What takes a file in its body.
const UPLOADS: [&str; 2] = ["/v1/imports", "/v1/verification/documents"];

fn is_upload(request: &Request) -> bool {
    let path = request.uri().path();
    (request.method() == Method::PATCH && path.starts_with("/v1/uploads/"))
        || (request.method() == Method::POST && UPLOADS.iter().any(|upload| path.starts_with(upload)))
}

fn late() -> Response {
    StatusCode::SERVICE_UNAVAILABLE.into_response()
}

/// The API below `/v1`, address books below `/dav`, the client everywhere else.
async fn inside(State(edge): State<Edge>, request: Request) -> Response {
    let path = request.uri().path();
    let is_dav = path == "/.well-known/carddav" || path == "/dav" || path.starts_with("/dav/");
    if !is_dav && !path.starts_with("/v1/") {
        return answer(edge.client, request).await;
    }
    if request.method().is_safe() { answer(edge.api, request).await } else { to_its_end(edge, request).await }
}

/// What may change something is finished, although whoever asked hangs up. Cut between two of its commits it would be done
/// once more when it is sent again. A body that ends early ends it all the same.
async fn to_its_end(edge: Edge, request: Request) -> Response {
    let (done, answered) = oneshot::channel();
    let within = if is_upload(&request) { Duration::MAX } else { FINISHED_WITHIN };
    edge.app.follow_up("edge.request", async move {
        let answer = tokio::time::timeout(within, answer(edge.api, request)).await;
        // Nobody may be waiting any more.
        let _ = done.send(answer.unwrap_or_else(|_| late()));
    });
    answered.await.unwrap_or_else(|gone| Error::Internal(gone.into()).into_response())
}

async fn answer(router: Router, request: Request) -> Response {
    match router.oneshot(request).await {
        Ok(response) => response,
        Err(never) => match never {},
    }
}

async fn secure(State(edge): State<Edge>, mut response: Response) -> Response {
    edge.security.add_to(response.headers_mut());
    response
}
