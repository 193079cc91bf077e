//! The request a transaction is part of, for the audit log: its id, where it came from, with what.

use std::net::IpAddr;
use std::sync::{Arc, OnceLock};

use tokio::task::futures::TaskLocalFuture;
use uuid::Uuid;

use crate::RequestId;

tokio::task_local! {
    static REQUEST: Option<Arc<Trace>>;
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

/// The request that is being answered, or that is followed up; none in jobs, subscribers and socket frames.
pub(crate) fn current() -> Option<Arc<Trace>> {
    REQUEST.try_with(Clone::clone).ok().flatten()
}

/// Whom or what the request that is being answered concerns, where its path does not say: a refusal of it tells that.
pub fn concerns(kind: &str, id: Uuid) {
    if let Some(request) = current() {
        request.about.get_or_init(|| (kind.to_owned(), id));
    }
}

/// Answers a request: every transaction begun meanwhile knows that it is part of it.
pub(crate) fn within<F: Future>(trace: Option<Arc<Trace>>, answering: F) -> TaskLocalFuture<Option<Arc<Trace>>, F> {
    REQUEST.scope(trace, answering)
}
