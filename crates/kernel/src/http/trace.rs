//! The request a transaction is part of, for the audit log: its id, where it came from, with what.

use std::future::Future;
use std::net::IpAddr;
use std::sync::Arc;

use crate::RequestId;

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
}

/// The request that is being answered; none in jobs, subscribers and socket frames.
pub(crate) fn current() -> Option<Arc<Trace>> {
    REQUEST.try_with(Arc::clone).ok()
}

/// Answers a request: every transaction begun meanwhile knows that it is part of it.
pub(crate) async fn within<T>(trace: Arc<Trace>, answering: impl Future<Output = T>) -> T {
    REQUEST.scope(trace, answering).await
}
