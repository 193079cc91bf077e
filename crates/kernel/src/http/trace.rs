//! The request a transaction is part of, for the audit log: its id, where it came from, with what.

use std::future::Future;
use std::net::IpAddr;
use std::sync::{Arc, OnceLock};

use crate::RequestId;
use uuid::Uuid;

tokio::task_local! {
    static REQUEST: Arc<Trace>;
}

/// What the audit log keeps of a request.
pub(crate) struct Trace {
    pub id: RequestId,
    /// After the proxies that are trusted.
    pub address: IpAddr,
    /// In words, never the raw user agent.
    pub device: String,
    /// Whom or what it is about, where the path does not say.
    pub about: OnceLock<(String, Uuid)>,
}

/// The request that is being answered; none in jobs, subscribers and socket frames.
pub(crate) fn current() -> Option<Arc<Trace>> {
    REQUEST.try_with(Arc::clone).ok()
}

/// Whom or what the request that is being answered concerns, where its path does not say: a refusal of it tells that.
pub fn concerns(kind: &str, id: Uuid) {
    if let Some(request) = current() {
        request.about.get_or_init(|| (kind.to_owned(), id));
    }
}

/// Answers a request: every transaction begun meanwhile knows that it is part of it.
pub(crate) async fn within<T>(trace: Arc<Trace>, answering: impl Future<Output = T>) -> T {
    REQUEST.scope(trace, answering).await
}
