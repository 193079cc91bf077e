//! Reactions to other domains' events: later, in a transaction of their own, in order, at least once.

use std::sync::Arc;

use serde::de::DeserializeOwned;

use crate::event::Recorded;
use crate::socket::BoxFuture;
use crate::{Error, Event, Result, Tx};

type Run = Arc<dyn for<'a> Fn(&'a mut Tx, serde_json::Value) -> Result<BoxFuture<'a, Result<()>>> + Send + Sync>;

/// One reaction to one kind of event.
#[derive(Clone)]
pub struct Subscriber {
    /// `domain.what`, stable: its place in the outbox is kept under this name.
    pub name: &'static str,
    /// The event it waits for.
    pub event: &'static str,
    run: Run,
}

impl Subscriber {
    pub(crate) async fn run(&self, tx: &mut Tx, event: &Recorded) -> Result<()> {
        (self.run)(tx, event.payload.clone())?.await
    }
}

/// Has `react` called for every `E`, in the order of positions of its organisation.
pub fn subscriber<E: Event>(
    name: &'static str,
    react: impl for<'a> Fn(&'a mut Tx, E) -> BoxFuture<'a, Result<()>> + Send + Sync + 'static,
) -> Subscriber {
    subscriber_to(name, E::NAME, react)
}

/// The same for an event of a domain one does not depend on: by its name, as far as `E` reads it.
pub fn subscriber_to<E: DeserializeOwned>(
    name: &'static str,
    event: &'static str,
    react: impl for<'a> Fn(&'a mut Tx, E) -> BoxFuture<'a, Result<()>> + Send + Sync + 'static,
) -> Subscriber {
    let run: Run = Arc::new(move |tx, payload| {
        let read: E = serde_json::from_value(payload).map_err(|e| Error::Internal(e.into()))?;
        Ok(react(tx, read))
    });
    Subscriber { name, event, run }
}
