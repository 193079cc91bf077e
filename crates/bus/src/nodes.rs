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
    /// One for each way by which letters come.
    lines: Vec<Line>,
    /// Everything that was said before is known here, told or not: the database was looked at.
    looked_at: DateTime<Utc>,
    others: HashMap<Uuid, Heard>,
}

#[derive(Clone)]
struct Line {
    /// Everything that was told by it before is known here: a letter of our own has come back.
    heard_until: DateTime<Utc>,
    /// Since when there has been one without a break.
    since: Option<DateTime<Utc>>,
}

struct Heard {
    /// The highest number of its letters.
    n: u64,
    /// When that was written, by that node's clock.
    written_at: DateTime<Utc>,
    /// When it came, by ours.
    at: DateTime<Utc>,
}

impl Nodes {
    /// Nobody was heard yet, by none of so many ways.
    pub fn new(own: Uuid, now: DateTime<Utc>, ways: usize) -> Self {
        let lines = vec![Line { heard_until: now, since: None }; ways];
        Self { own, lines, looked_at: now, others: HashMap::new() }
    }

    pub fn is_own(&self, node: Uuid) -> bool {
        node == self.own
    }

    /// Since when the database has to be looked at after a time without a line.
    pub fn heard_until(&self) -> DateTime<Utc> {
        let heard = self.lines.iter().map(|line| line.heard_until).min();
        heard.map_or(self.looked_at, |heard| heard.max(self.looked_at))
    }

    /// By this way there is a line from here on, or none any more.
    pub fn set_line(&mut self, way: usize, since: Option<DateTime<Utc>>) {
        self.lines[way].since = since;
    }

    /// Whether there is one by every way: another node may have only one of them left.
    pub fn has_lines(&self) -> bool {
        self.lines.iter().all(|line| line.since.is_some())
    }

    /// The database was looked at, and everything found that was said before.
    pub fn looked(&mut self, at: DateTime<Utc>) {
        self.looked_at = self.looked_at.max(at);
    }

    /// Whether nobody else is there: we have listened by every way for long enough to have heard them.
    pub fn is_alone(&self, now: DateTime<Utc>) -> bool {
        let is_long = |line: &Line| line.since.is_some_and(|since| now - since > SILENT);
        self.others.is_empty() && self.lines.iter().all(is_long)
    }

    /// Notes a letter. `Some`: something was missed, and this is since when the database has to be looked at.
    pub fn note(&mut self, way: usize, letter: &Letter, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        if self.is_own(letter.node) {
            let line = &mut self.lines[way];
            line.heard_until = line.heard_until.max(letter.at);
            return self.forget_silent(now);
        }
        let Some(heard) = self.others.get_mut(&letter.node) else {
            self.others.insert(letter.node, Heard { n: letter.n, written_at: letter.at, at: now });
            // It may have said a lot that did not come: a node that was silent, or one that could not tell.
            return (letter.n > 1).then_some(self.looked_at);
        };
        heard.at = now;
        if letter.n <= heard.n {
            // A beat that has come by another way, or a letter that was overtaken by one.
            return None;
        }
        let missed = (letter.n > heard.n.saturating_add(1)).then_some(heard.written_at);
        (heard.n, heard.written_at) = (letter.n, letter.at);
        missed
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
        nodes.note(0, &Letter { node, n, at: at(seconds), items: Vec::new() }, at(seconds))
    }

    #[test]
    fn a_number_that_is_left_out_means_looking_since_the_letter_before() {
        let mut nodes = Nodes::new(OWN, at(0), 1);
        assert_eq!(note(&mut nodes, OTHER, 1, 1), None, "the first it wrote");
        assert_eq!(note(&mut nodes, OTHER, 2, 2), None);
        assert_eq!(note(&mut nodes, OTHER, 4, 3), Some(at(2)));
        assert_eq!(note(&mut nodes, OTHER, 5, 4), None);
        assert_eq!(note(&mut nodes, OTHER, u64::MAX, 5), Some(at(4)));
        assert_eq!(note(&mut nodes, OTHER, 1, 6), None, "no number follows the last one");
    }

    #[test]
    fn a_node_that_wrote_before_it_was_heard_means_looking_since_the_last_look() {
        let mut nodes = Nodes::new(OWN, at(0), 1);
        nodes.looked(at(5));
        assert_eq!(note(&mut nodes, OTHER, 7, 9), Some(at(5)));
        assert_eq!(note(&mut nodes, OTHER, 8, 10), None);
    }

    #[test]
    fn a_node_that_is_silent_is_looked_after_once_and_again_when_it_comes_back() {
        let mut nodes = Nodes::new(OWN, at(0), 1);
        note(&mut nodes, OTHER, 1, 1);
        assert_eq!(note(&mut nodes, OWN, 1, 21), None);
        assert_eq!(note(&mut nodes, OWN, 2, 22), Some(at(1)));
        nodes.looked(at(22));
        assert_eq!(note(&mut nodes, OWN, 3, 60), None);
        assert_eq!(note(&mut nodes, OTHER, 3, 61), Some(at(22)), "what it said meanwhile did not come");
    }

    #[test]
    fn on_a_line_that_stays_deaf_each_look_begins_where_the_last_one_ended() {
        let mut nodes = Nodes::new(OWN, at(0), 1);
        for look in [15, 30, 45] {
            nodes.looked(at(look));
            assert_eq!(nodes.heard_until(), at(look));
        }
        note(&mut nodes, OWN, 1, 50);
        assert_eq!(nodes.heard_until(), at(50));
    }

    #[test]
    fn whoever_has_listened_for_a_while_and_heard_nobody_is_alone() {
        let mut nodes = Nodes::new(OWN, at(0), 1);
        assert!(!nodes.is_alone(at(90)), "without a line nobody knows");
        nodes.set_line(0, Some(at(100)));
        assert!(!nodes.is_alone(at(120)) && nodes.is_alone(at(121)));
        note(&mut nodes, OTHER, 1, 122);
        assert!(!nodes.is_alone(at(123)));
        note(&mut nodes, OWN, 1, 143);
        assert!(nodes.is_alone(at(143)), "the other one has ended");
        nodes.set_line(0, None);
        assert!(!nodes.is_alone(at(200)));
    }

    #[test]
    fn what_comes_by_two_ways_is_missed_by_neither() {
        let mut nodes = Nodes::new(OWN, at(0), 2);
        let mut by = |way, n, seconds| {
            let letter = Letter { node: OTHER, n, at: at(seconds), items: Vec::new() };
            nodes.note(way, &letter, at(seconds))
        };
        assert_eq!((by(0, 1, 1), by(1, 1, 1)), (None, None), "a beat comes by both");
        assert_eq!((by(0, 2, 2), by(0, 3, 3)), (None, None));
        assert_eq!((by(1, 4, 5), by(0, 4, 5)), (None, None), "so does the next one");
        assert_eq!(by(1, 7, 10), Some(at(5)), "two that one way took did not come");
        assert_eq!((by(0, 6, 10), by(0, 8, 11)), (None, None), "one was late");
    }

    #[test]
    fn only_what_came_back_by_every_way_is_known_to_be_heard_and_nobody_is_alone_without_one_of_them() {
        let mut nodes = Nodes::new(OWN, at(0), 2);
        let own = |seconds| Letter { node: OWN, n: 1, at: at(seconds), items: Vec::new() };
        nodes.note(0, &own(10), at(10));
        assert_eq!(nodes.heard_until(), at(0));
        nodes.note(1, &own(5), at(10));
        assert_eq!(nodes.heard_until(), at(5));
        nodes.set_line(0, Some(at(0)));
        assert!(!nodes.has_lines() && !nodes.is_alone(at(60)));
        nodes.set_line(1, Some(at(50)));
        assert!(nodes.has_lines() && !nodes.is_alone(at(60)) && nodes.is_alone(at(71)));
    }
}
