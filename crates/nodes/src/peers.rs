//! Who else is there, and whether all of what they said has arrived.

use std::collections::HashMap;
use std::time::Duration;

use tokio::time::Instant;
use uuid::Uuid;

use crate::batch::Batch;

/// A node says each second that it is there; silent for so long, it is gone, and with it perhaps a word it had not said.
const SILENT: Duration = Duration::from_secs(3);
/// While nothing arrives, not even what this node says itself, words are missed all the time.
const AGAIN: Duration = Duration::from_secs(10);

/// The other nodes, by what was heard of them.
pub struct Peers {
    own: Uuid,
    heard_own: Instant,
    others: HashMap<Uuid, Peer>,
    /// When it was last said that nothing arrives.
    away_since: Option<Instant>,
}

struct Peer {
    next: u64,
    heard: Instant,
}

impl Peers {
    /// Nobody is known yet.
    pub fn new(own: Uuid, now: Instant) -> Self {
        Self { own, heard_own: now, others: HashMap::new(), away_since: None }
    }

    /// Takes note of a batch; whether something before it did not arrive.
    pub fn hear(&mut self, batch: &Batch, now: Instant) -> bool {
        if batch.node == self.own {
            self.heard_own = now;
            return self.away_since.take().is_some();
        }
        let next = batch.first + batch.words.len() as u64;
        let before = self.others.insert(batch.node, Peer { next, heard: now });
        if batch.is_last {
            self.others.remove(&batch.node);
        }
        // Of a node that was never heard nothing is missing only if it has said nothing yet.
        before.map_or(0, |peer| peer.next) != batch.first
    }

    /// Looks for nodes that are silent; whether there are, or nothing arrives at all.
    pub fn look(&mut self, now: Instant) -> bool {
        if now - self.heard_own > SILENT {
            self.others.clear();
            let is_due = self.away_since.is_none_or(|since| now - since >= AGAIN);
            if is_due {
                self.away_since = Some(now);
            }
            return is_due;
        }
        let before = self.others.len();
        self.others.retain(|_, peer| now - peer.heard <= SILENT);
        self.others.len() < before
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OWN: Uuid = Uuid::from_u128(1);
    const OTHER: Uuid = Uuid::from_u128(2);

    fn beat(node: Uuid, first: u64) -> Batch {
        Batch { node, first, is_last: false, words: Vec::new() }
    }

    fn second(n: u64) -> Duration {
        Duration::from_secs(n)
    }

    #[test]
    fn a_number_that_is_missing_is_noticed_once() {
        let begun = Instant::now();
        let mut peers = Peers::new(OWN, begun);
        assert!(!peers.hear(&beat(OTHER, 0), begun), "a node that has just started");
        assert!(!peers.hear(&beat(OTHER, 0), begun));
        assert!(peers.hear(&beat(OTHER, 2), begun), "two words are missing");
        assert!(!peers.hear(&beat(OTHER, 2), begun));
        let mut late = Peers::new(OWN, begun);
        assert!(late.hear(&beat(OTHER, 2), begun), "whoever comes later has missed what was before");
    }

    #[test]
    fn a_node_that_falls_silent_may_have_left_something_unsaid_and_one_that_says_goodbye_has_not() {
        let begun = Instant::now();
        for is_last in [false, true] {
            let mut peers = Peers::new(OWN, begun);
            peers.hear(&Batch { is_last, ..beat(OTHER, 0) }, begun);
            peers.hear(&beat(OWN, 0), begun + second(4));
            assert_eq!(peers.look(begun + second(4)), !is_last);
            assert!(!peers.look(begun + second(5)));
        }
    }

    #[test]
    fn a_node_that_does_not_even_hear_itself_says_so_now_and_then_and_once_more_when_it_does() {
        let begun = Instant::now();
        let mut peers = Peers::new(OWN, begun);
        let told: Vec<bool> = (1..=15).map(|n| peers.look(begun + second(n))).collect();
        assert_eq!(told.iter().filter(|told| **told).count(), 2, "{told:?}");
        assert!(peers.hear(&beat(OWN, 0), begun + second(16)));
        assert!(!peers.hear(&beat(OWN, 0), begun + second(17)));
    }
}
