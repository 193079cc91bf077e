//! The request that lines are part of: its id, where it came from, with what.

use std::net::IpAddr;
use std::sync::{Arc, OnceLock};

use serde::{Deserialize, Serialize};
use tokio::task::futures::TaskLocalFuture;
use uuid::Uuid;

tokio::task_local! {
    static REQUEST: Option<Arc<Request>>;
}

/// What the audit log keeps of a request. Whoever keeps one for what is done later in its name seals it (`ACC-14`).
#[derive(Serialize, Deserialize)]
pub struct Request {
    /// Names it.
    pub id: Uuid,
    /// After the proxies that are trusted.
    pub address: IpAddr,
    /// In words, never the raw user agent.
    pub device: String,
    /// Whom or what it is about, where the path does not say.
    #[serde(skip)]
    pub about: OnceLock<(String, Uuid)>,
}

impl Request {
    /// The request that is being answered, followed up or carried out later; none in other jobs, subscribers and socket frames.
    pub fn current() -> Option<Arc<Self>> {
        REQUEST.try_with(Clone::clone).ok().flatten()
    }
}

/// Whom or what the request that is being answered concerns, where its path does not say: a refusal of it tells that.
pub fn concerns(kind: &str, id: Uuid) {
    if let Some(request) = Request::current() {
        request.about.get_or_init(|| (kind.to_owned(), id));
    }
}

/// Answers a request, or does later what it asked for: every transaction begun meanwhile knows that it is part of it.
pub fn within<F: Future>(request: Option<Arc<Request>>, answering: F) -> TaskLocalFuture<Option<Arc<Request>>, F> {
    REQUEST.scope(request, answering)
}
