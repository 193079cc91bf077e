//! What happened, as far as people and their devices can know: what was said and acknowledged, what everybody was shown,
//! and what the server says is unread.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use crate::target::Stamp;

/// All of it. Times count from the beginning of the run, on the one clock of this process.
#[derive(Default, Clone)]
pub struct History {
    /// In any order.
    pub said: BTreeMap<Stamp, Said>,
    pub views: Vec<View>,
    pub counts: Vec<Count>,
}

/// One message, as its sender knows it.
#[derive(Clone)]
pub struct Said {
    /// Which conversation it was said in.
    pub conversation: usize,
    /// When it was handed over first.
    pub sent: Duration,
    /// When the first acknowledgement came, and every number it was acknowledged under.
    pub acknowledged: Option<Duration>,
    pub numbers: BTreeSet<i64>,
}

/// A message as somebody was shown it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Shown {
    /// Which one; none for what the conversation itself says, such as that it was begun.
    pub stamp: Option<Stamp>,
    /// How many messages that can be unread there are up to here.
    pub n: i64,
}

/// All that one device, or one node to whoever asks it, has ever shown of one conversation.
#[derive(Clone)]
pub struct View {
    /// Such as `device 3` or `node 1`.
    pub who: String,
    pub conversation: usize,
    /// By number; more than one under a number where it showed different things.
    pub shown: BTreeMap<i64, Vec<Shown>>,
}

/// What somebody has not read of a conversation, as a node or a device of theirs counts it.
#[derive(Clone)]
pub struct Count {
    pub who: String,
    pub conversation: usize,
    /// The last message, and how many there are that can be unread.
    pub last: (i64, i64),
    /// The last one that was read, and the same of it.
    pub read: (i64, i64),
    pub unread: i64,
    /// They have certainly read up to here: they were told so, or wrote it themselves.
    pub at_least: i64,
    /// They have never said that they read further.
    pub at_most: i64,
}

impl View {
    pub fn new(who: String, conversation: usize) -> Self {
        Self { who, conversation, shown: BTreeMap::new() }
    }

    /// Writes down what was shown under this number.
    pub fn show(&mut self, seq: i64, shown: Shown) {
        let there = self.shown.entry(seq).or_default();
        if !there.contains(&shown) {
            there.push(shown);
        }
    }
}
