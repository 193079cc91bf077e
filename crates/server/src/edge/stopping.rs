//! A node that is asked to stop says so, and lets go of whoever would send it more.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, Version, header};
use axum::middleware::Next;
use axum::response::Response;

use super::Edge;

/// Whether this node was asked to stop.
#[derive(Clone, Debug, Default)]
pub struct Stopping(Arc<AtomicBool>);

impl Stopping {
    /// From now on it is.
    pub fn begin(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    fn has_begun(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// What balancers and supervisors ask: 503 once the node was asked to stop, although it answers for as long as `drain` says.
pub async fn health(State(edge): State<Edge>) -> (StatusCode, &'static str) {
    if edge.stopping.has_begun() { (StatusCode::SERVICE_UNAVAILABLE, "stopping\n") } else { (StatusCode::OK, "ok\n") }
}

/// The last answer of a connection says that it is the last one (RFC 9112, 9.6): what is sent into one that is being closed
/// has no answer. HTTP/2 says so by itself.
pub async fn take_leave(State(edge): State<Edge>, request: Request, next: Next) -> Response {
    let has_one_at_a_time = request.version() <= Version::HTTP_11;
    let mut response = next.run(request).await;
    if has_one_at_a_time && edge.stopping.has_begun() && response.status() != StatusCode::SWITCHING_PROTOCOLS {
        response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    response
}
