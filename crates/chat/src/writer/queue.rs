//! What waits for the writer: bounded, and taken in turns, so that nobody who sends much makes others wait for it.

use std::collections::{HashMap, VecDeque};
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};

use tokio::sync::Notify;

/// Things that wait, by outer and inner key: organisation and conversation. Within one conversation they keep their order.
pub struct Queue<O, C, T> {
    limits: Limits,
    waiting: Mutex<Waiting<O, C, T>>,
    filled: Notify,
}

/// How many may wait in all, of one organisation, and in one conversation.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    pub all: usize,
    pub outer: usize,
    pub inner: usize,
}

/// Why something was not taken in.
#[derive(Debug, PartialEq, Eq)]
pub enum Refused {
    /// As much waits as may.
    Full,
    /// Nobody takes anything out any more.
    Closed,
}

struct Waiting<O, C, T> {
    groups: HashMap<O, Group<C, T>>,
    /// Whose turn it is.
    turns: VecDeque<O>,
    count: usize,
    is_closed: bool,
}

struct Group<C, T> {
    lines: HashMap<C, VecDeque<T>>,
    turns: VecDeque<C>,
    count: usize,
}

impl<O: Copy + Eq + Hash, C: Copy + Eq + Hash, T> Queue<O, C, T> {
    /// An empty queue.
    pub fn new(limits: Limits) -> Self {
        let waiting = Waiting { groups: HashMap::new(), turns: VecDeque::new(), count: 0, is_closed: false };
        Self { limits, waiting: Mutex::new(waiting), filled: Notify::new() }
    }

    /// Puts one in, or says why not.
    pub fn push(&self, outer: O, inner: C, one: T) -> Result<(), Refused> {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        if waiting.is_closed {
            return Err(Refused::Closed);
        }
        let group = waiting.groups.get(&outer);
        let of_outer = group.map_or(0, |group| group.count);
        let of_inner = group.and_then(|group| group.lines.get(&inner)).map_or(0, VecDeque::len);
        if waiting.count >= self.limits.all || of_outer >= self.limits.outer || of_inner >= self.limits.inner {
            return Err(Refused::Full);
        }
        waiting.add(outer, inner, one);
        drop(waiting);
        self.filled.notify_one();
        Ok(())
    }

    /// Whether nothing waits.
    pub fn is_empty(&self) -> bool {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).count == 0
    }

    /// Takes out up to `most`: one of each organisation in turn, within it one of each conversation.
    pub fn take(&self, most: usize, taken: &mut Vec<T>) {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        while taken.len() < most {
            let Some(one) = waiting.next() else { break };
            taken.push(one);
        }
    }

    /// Waits until there is something to take.
    pub async fn filled(&self) {
        loop {
            if !self.is_empty() {
                return;
            }
            self.filled.notified().await;
        }
    }

    /// Takes nothing in any more.
    pub fn close(&self) {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).is_closed = true;
    }
}

impl<O: Copy + Eq + Hash, C: Copy + Eq + Hash, T> Waiting<O, C, T> {
    fn add(&mut self, outer: O, inner: C, one: T) {
        let group = self.groups.entry(outer).or_insert_with(|| {
            self.turns.push_back(outer);
            Group { lines: HashMap::new(), turns: VecDeque::new(), count: 0 }
        });
        let line = group.lines.entry(inner).or_insert_with(|| {
            group.turns.push_back(inner);
            VecDeque::new()
        });
        line.push_back(one);
        group.count += 1;
        self.count += 1;
    }

    fn next(&mut self) -> Option<T> {
        let outer = self.turns.pop_front()?;
        let group = self.groups.get_mut(&outer)?;
        let one = group.next()?;
        if group.count == 0 {
            self.groups.remove(&outer);
        } else {
            self.turns.push_back(outer);
        }
        self.count -= 1;
        Some(one)
    }
}

impl<C: Copy + Eq + Hash, T> Group<C, T> {
    fn next(&mut self) -> Option<T> {
        let inner = self.turns.pop_front()?;
        let line = self.lines.get_mut(&inner)?;
        let one = line.pop_front()?;
        if line.is_empty() {
            self.lines.remove(&inner);
        } else {
            self.turns.push_back(inner);
        }
        self.count -= 1;
        Some(one)
    }
}

#[cfg(test)]
mod tests {
    use super::{Limits, Queue, Refused};

    fn queue() -> Queue<char, u8, u32> {
        Queue::new(Limits { all: 10, outer: 8, inner: 5 })
    }

    fn take(queue: &Queue<char, u8, u32>, most: usize) -> Vec<u32> {
        let mut taken = Vec::new();
        queue.take(most, &mut taken);
        taken
    }

    #[test]
    fn everybody_gets_a_turn_and_a_conversation_keeps_its_order() {
        let queue = queue();
        for (outer, inner, one) in [('a', 1, 1), ('a', 1, 2), ('a', 1, 3), ('a', 2, 4), ('b', 1, 5), ('b', 1, 6)] {
            queue.push(outer, inner, one).unwrap();
        }
        assert_eq!(take(&queue, 4), [1, 5, 4, 6]);
        assert_eq!(take(&queue, 4), [2, 3]);
        assert!(take(&queue, 4).is_empty());
    }

    #[test]
    fn who_fills_a_line_is_refused_while_others_are_not() {
        let queue = queue();
        for one in 0..5 {
            queue.push('a', 1, one).unwrap();
        }
        assert_eq!(queue.push('a', 1, 5), Err(Refused::Full), "one conversation");
        for one in 5..8 {
            queue.push('a', 2, one).unwrap();
        }
        assert_eq!(queue.push('a', 3, 8), Err(Refused::Full), "one organisation");
        queue.push('b', 1, 9).unwrap();
        queue.push('c', 1, 10).unwrap();
        assert_eq!(queue.push('d', 1, 11), Err(Refused::Full), "all together");
        assert_eq!(take(&queue, 10).len(), 10);
        queue.push('a', 1, 12).unwrap();
    }

    #[test]
    fn what_waits_when_it_is_closed_is_still_taken() {
        let queue = queue();
        queue.push('a', 1, 1).unwrap();
        queue.close();
        assert_eq!(queue.push('a', 1, 2), Err(Refused::Closed));
        assert_eq!(take(&queue, 10), [1]);
    }
}
