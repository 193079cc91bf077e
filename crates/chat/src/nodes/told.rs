//! Which messages the windows of this node were sent lately, so that looking in the database tells none of them again.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use kernel::OrgId;

use crate::model::ConversationId;

/// Longer than anybody looks back who did not lose the database itself.
const KEPT: TimeDelta = TimeDelta::minutes(2);
/// Ranges of one conversation that are kept, the newest: where several nodes say something in turns there are holes.
const MOST: usize = 64;

type Place = (OrgId, ConversationId);

/// Numbers of messages by conversation, for a while.
#[derive(Default)]
pub struct Told(Mutex<Recent>);

#[derive(Default)]
struct Recent {
    conversations: HashMap<Place, Numbers>,
    swept_at: Option<DateTime<Utc>>,
}

struct Numbers {
    at: DateTime<Utc>,
    /// From and to, in ascending order and apart from each other.
    ranges: Vec<(i64, i64)>,
}

impl Told {
    /// These were sent.
    pub fn note(&self, place: Place, range: (i64, i64), now: DateTime<Utc>) {
        let mut recent = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        recent.sweep(now);
        let numbers = recent.conversations.entry(place).or_insert_with(|| Numbers { at: now, ranges: Vec::new() });
        numbers.at = now;
        add(&mut numbers.ranges, range);
    }

    /// Whether it was sent.
    pub fn has(&self, place: Place, seq: i64) -> bool {
        let recent = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let numbers = recent.conversations.get(&place);
        numbers.is_some_and(|numbers| numbers.ranges.iter().any(|(first, last)| (*first..=*last).contains(&seq)))
    }
}

impl Recent {
    fn sweep(&mut self, now: DateTime<Utc>) {
        if self.swept_at.is_some_and(|at| now - at < KEPT) {
            return;
        }
        self.swept_at = Some(now);
        self.conversations.retain(|_, numbers| now - numbers.at < KEPT);
    }
}

/// What two nodes say in turns becomes one range again.
fn add(ranges: &mut Vec<(i64, i64)>, range: (i64, i64)) {
    ranges.push(range);
    ranges.sort_unstable();
    ranges.dedup_by(|next, before| {
        let touches = next.0 <= before.1 + 1;
        if touches {
            before.1 = before.1.max(next.1);
        }
        touches
    });
    ranges.drain(..ranges.len().saturating_sub(MOST));
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn place(n: u128) -> Place {
        (OrgId(Uuid::from_u128(n)), ConversationId(Uuid::from_u128(n)))
    }

    #[test]
    fn what_was_sent_is_known_and_a_hole_is_not() {
        let (told, now) = (Told::default(), DateTime::UNIX_EPOCH);
        told.note(place(1), (3, 4), now);
        told.note(place(1), (7, 7), now);
        let known = |seq| told.has(place(1), seq);
        assert!(known(3) && known(4) && known(7));
        assert!(!known(2) && !known(5) && !known(8) && !told.has(place(2), 3));
    }

    #[test]
    fn ranges_that_touch_become_one() {
        let mut ranges = Vec::new();
        for range in [(10, 12), (15, 16), (13, 14), (1, 2), (2, 3)] {
            add(&mut ranges, range);
        }
        assert_eq!(ranges, [(1, 3), (10, 16)]);
    }

    #[test]
    fn the_newest_ranges_are_kept() {
        let mut ranges = Vec::new();
        for n in 0..1_000 {
            add(&mut ranges, (n * 2, n * 2));
        }
        assert_eq!((ranges.len(), ranges.last()), (MOST, Some(&(1_998, 1_998))));
    }

    #[test]
    fn it_is_forgotten_after_a_while() {
        let (told, now) = (Told::default(), DateTime::UNIX_EPOCH);
        told.note(place(1), (1, 1), now);
        told.note(place(2), (1, 1), now + KEPT);
        assert!(!told.has(place(1), 1) && told.has(place(2), 1));
    }
}
