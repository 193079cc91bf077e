//! What is known of the nodes by their letters: up to which number each was heard, and when.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use crate::letter::Letter;

/// A node that says nothing for so long, four beats, has ended; what it said last may not have come.
const SILENT: TimeDelta = TimeDelta::seconds(20);

/// All nodes that are heard.
pub struct Nodes {
    own: Uuid,
    /// Everything that was told before is known here: a letter of our own has come back, or the database was looked at.
    heard_until: DateTime<Utc>,
    /// Everything that was said before is known here, told or not: the database was looked at.
    looked_at: DateTime<Utc>,
    /// Since when there has been a line without a break.
    line_since: Option<DateTime<Utc>>,
    others: HashMap<Uuid, Heard>,
}

struct Heard {
    n: u64,
    /// When it was written, by that node's clock.
    written_at: DateTime<Utc>,
    /// When it came, by ours.
    at: DateTime<Utc>,
}

impl Nodes {
    /// Nobody was heard yet.
    pub fn new(own: Uuid, now: DateTime<Utc>) -> Self {
        Self { own, heard_until: now, looked_at: now, line_since: None, others: HashMap::new() }
    }

    pub fn is_own(&self, node: Uuid) -> bool {
        node == self.own
    }

    /// Since when the database has to be looked at after a time without a line.
    pub fn heard_until(&self) -> DateTime<Utc> {
        self.heard_until
    }

    /// There is a line from here on, or none any more.
    pub fn set_line(&mut self, since: Option<DateTime<Utc>>) {
        self.line_since = since;
    }

    pub fn has_line(&self) -> bool {
        self.line_since.is_some()
    }

    /// The database was looked at, and everything found that was said before.
    pub fn looked(&mut self, at: DateTime<Utc>) {
        self.looked_at = at;
        self.heard_until = self.heard_until.max(at);
    }

    /// Whether nobody else is there: we have listened for long enough to have heard them.
    pub fn is_alone(&self, now: DateTime<Utc>) -> bool {
        self.others.is_empty() && self.line_since.is_some_and(|since| now - since > SILENT)
    }

    /// Notes a letter. `Some`: something was missed, and this is since when the database has to be looked at.
    pub fn note(&mut self, letter: &Letter, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        if self.is_own(letter.node) {
            self.heard_until = self.heard_until.max(letter.at);
            return self.forget_silent(now);
        }
        let heard = Heard { n: letter.n, written_at: letter.at, at: now };
        let (n, since) = match self.others.insert(letter.node, heard) {
            Some(before) => (before.n, before.written_at),
            // It may have said a lot that did not come: a node that was silent, or one that could not tell.
            None => (0, self.looked_at),
        };
        (letter.n > n.saturating_add(1)).then_some(since)
    }

    /// Whoever comes back after that is heard as if for the first time.
    fn forget_silent(&mut self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let is_silent = |heard: &Heard| now - heard.at > SILENT;
        let since = self.others.values().filter(|heard| is_silent(heard)).map(|heard| heard.written_at).min();
        self.others.retain(|_, heard| !is_silent(heard));
        since
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OWN: Uuid = Uuid::from_u128(1);
    const OTHER: Uuid = Uuid::from_u128(2);

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::seconds(seconds)
    }

    /// Written and heard in the same second.
    fn note(nodes: &mut Nodes, node: Uuid, n: u64, seconds: i64) -> Option<DateTime<Utc>> {
        nodes.note(&Letter { node, n, at: at(seconds), items: Vec::new() }, at(seconds))
    }

    #[test]
    fn a_number_that_is_left_out_means_looking_since_the_letter_before() {
        let mut nodes = Nodes::new(OWN, at(0));
        assert_eq!(note(&mut nodes, OTHER, 1, 1), None, "the first it wrote");
        assert_eq!(note(&mut nodes, OTHER, 2, 2), None);
        assert_eq!(note(&mut nodes, OTHER, 4, 3), Some(at(2)));
        assert_eq!(note(&mut nodes, OTHER, 5, 4), None);
        assert_eq!(note(&mut nodes, OTHER, u64::MAX, 5), Some(at(4)));
        assert_eq!(note(&mut nodes, OTHER, 1, 6), None, "no number follows the last one");
    }

    #[test]
    fn a_node_that_wrote_before_it_was_heard_means_looking_since_the_last_look() {
        let mut nodes = Nodes::new(OWN, at(0));
        nodes.looked(at(5));
        assert_eq!(note(&mut nodes, OTHER, 7, 9), Some(at(5)));
        assert_eq!(note(&mut nodes, OTHER, 8, 10), None);
    }

    #[test]
    fn a_node_that_is_silent_is_looked_after_once_and_again_when_it_comes_back() {
        let mut nodes = Nodes::new(OWN, at(0));
        note(&mut nodes, OTHER, 1, 1);
        assert_eq!(note(&mut nodes, OWN, 1, 21), None);
        assert_eq!(note(&mut nodes, OWN, 2, 22), Some(at(1)));
        nodes.looked(at(22));
        assert_eq!(note(&mut nodes, OWN, 3, 60), None);
        assert_eq!(note(&mut nodes, OTHER, 3, 61), Some(at(22)), "what it said meanwhile did not come");
    }

    #[test]
    fn on_a_line_that_stays_deaf_each_look_begins_where_the_last_one_ended() {
        let mut nodes = Nodes::new(OWN, at(0));
        for look in [15, 30, 45] {
            nodes.looked(at(look));
            assert_eq!(nodes.heard_until(), at(look));
        }
        note(&mut nodes, OWN, 1, 50);
        assert_eq!(nodes.heard_until(), at(50));
    }

    #[test]
    fn whoever_has_listened_for_a_while_and_heard_nobody_is_alone() {
        let mut nodes = Nodes::new(OWN, at(0));
        assert!(!nodes.is_alone(at(90)), "without a line nobody knows");
        nodes.set_line(Some(at(100)));
        assert!(!nodes.is_alone(at(120)) && nodes.is_alone(at(121)));
        note(&mut nodes, OTHER, 1, 122);
        assert!(!nodes.is_alone(at(123)));
        note(&mut nodes, OWN, 1, 143);
        assert!(nodes.is_alone(at(143)), "the other one has ended");
        nodes.set_line(None);
        assert!(!nodes.is_alone(at(200)));
    }
}
