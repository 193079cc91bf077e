//! Hints that there is something new to read. A hint is never needed: truth is a position in the database, which every
//! reader looks at by itself every few seconds, so that a hint may be late, doubled or lost.
//! What is said here wakes the readers of this process. A bus between nodes has it passed on, and says it again there.

use std::sync::OnceLock;

use crate::job::Class;
use crate::{App, OrgId};

/// What may be worth a look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hint {
    /// The outbox of the organisation is longer.
    Events(OrgId),
    /// A job of the class is queued.
    Job(Class),
}

/// The way to other nodes, where there is one.
#[derive(Default)]
pub(crate) struct Bus(OnceLock<Box<dyn Fn(Hint) + Send + Sync>>);

impl App {
    /// Has every hint of this node passed on by `pass_on`, which must not wait; the first one stays.
    pub fn pass_on_hints(&self, pass_on: impl Fn(Hint) + Send + Sync + 'static) {
        self.bus().0.get_or_init(|| Box::new(pass_on));
    }

    /// Whether hints are passed on: there may be other nodes. It is asked with every message, and costs a look at a flag.
    pub fn has_bus(&self) -> bool {
        self.bus().0.get().is_some()
    }

    /// Wakes whoever reads here what another node's hint is about.
    pub fn hear(&self, hint: Hint) {
        self.pump().wake(hint);
    }

    pub(crate) fn say(&self, hint: Hint) {
        self.hear(hint);
        if let Some(pass_on) = self.bus().0.get() {
            pass_on(hint);
        }
    }
}
