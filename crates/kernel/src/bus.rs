//! Hints that there is something new to read. A hint is never needed: truth is a position in the database, which every
//! reader looks at by itself every few seconds, so that a hint may be late, doubled or lost.
//!
//! Listeners are functions of this process. A bus between nodes would publish what is said on one and say it again on
//! the others.

use crate::OrgId;
use crate::job::Class;

/// What may be worth a look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hint {
    /// The outbox of the organisation is longer.
    Events(OrgId),
    /// A job of the class is queued.
    Job(Class),
}

type Listener = Box<dyn Fn(Hint) + Send + Sync>;

/// Carries hints to whoever listens.
#[derive(Default)]
pub(crate) struct Bus(Vec<Listener>);

impl Bus {
    /// Calls `listener` with every hint from now on; it must not wait.
    pub fn listen(&mut self, listener: impl Fn(Hint) + Send + Sync + 'static) {
        self.0.push(Box::new(listener));
    }

    /// Tells everybody.
    pub fn say(&self, hint: Hint) {
        for listener in &self.0 {
            listener(hint);
        }
    }
}
