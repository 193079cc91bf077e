//! Says whether a history is one that a chat may have: every acknowledged message is there exactly once, under the number
//! it was acknowledged with, in one order for everybody that does not contradict the clock; no number is missing, and
//! nobody is told a wrong count (`IM-16`, `IM-17`, `IM-19`). A small check for linearisability: a conversation is one
//! list to which is only added, and each addition happens between its sending and its acknowledgement.

use std::collections::BTreeMap;

use super::fault::Fault;
use super::history::{Count, History, Shown, View};
use crate::target::Stamp;

/// Everything that is wrong; none: the history is one that may be.
pub fn check(history: &History) -> Vec<Fault> {
    let mut faults = Vec::new();
    let conversations = history.views.iter().map(|view| view.conversation + 1).max().unwrap_or(0);
    let conversations = conversations.max(history.said.values().map(|said| said.conversation + 1).max().unwrap_or(0));
    for conversation in 0..conversations {
        let list = List::agreed(history, conversation, &mut faults);
        for view in history.views.iter().filter(|view| view.conversation == conversation) {
            list.compare(view, &mut faults);
            whole(history, view, &list, &mut faults);
        }
        list.numbers(history, &mut faults);
        list.clock(history, &mut faults);
        list.counting(&mut faults);
        for count in history.counts.iter().filter(|count| count.conversation == conversation) {
            list.unread(count, &mut faults);
        }
    }
    faults
}

/// A conversation as the first who showed each number has it.
struct List<'a> {
    conversation: usize,
    shown: BTreeMap<i64, (Shown, &'a str)>,
}

impl<'a> List<'a> {
    fn agreed(history: &'a History, conversation: usize, faults: &mut Vec<Fault>) -> Self {
        let mut shown = BTreeMap::new();
        for view in history.views.iter().filter(|view| view.conversation == conversation) {
            for (seq, here) in &view.shown {
                shown.entry(*seq).or_insert((here[0], view.who.as_str()));
                here.iter().for_each(|one| belongs(history, view, *one, faults));
            }
        }
        Self { conversation, shown }
    }

    /// This one shows under each number what everybody shows.
    fn compare(&self, view: &View, faults: &mut Vec<Fault>) {
        for (seq, here) in &view.shown {
            let (agreed, first) = self.shown[seq];
            for _ in here.iter().filter(|one| **one != agreed) {
                let (who, other) = (view.who.clone(), first.to_owned());
                faults.push(Fault::Contradicts { conversation: self.conversation, seq: *seq, who, other });
            }
        }
    }

    fn last(&self) -> i64 {
        self.shown.last_key_value().map_or(0, |(seq, _)| *seq)
    }

    /// Each message stands under the one number it was acknowledged with.
    fn numbers(&self, history: &History, faults: &mut Vec<Fault>) {
        for (seq, (shown, _)) in &self.shown {
            let Some((message, said)) = shown.stamp.and_then(|stamp| Some((stamp, history.said.get(&stamp)?))) else {
                continue;
            };
            if said.numbers.iter().any(|number| number != seq) {
                let acknowledged = said.numbers.iter().copied().collect();
                faults.push(Fault::Misnumbered { message, acknowledged, shown: *seq });
            }
        }
    }

    /// Going backwards: nobody behind was acknowledged before somebody in front was sent.
    fn clock(&self, history: &History, faults: &mut Vec<Fault>) {
        let mut soonest: Option<(std::time::Duration, Stamp)> = None;
        for (shown, _) in self.shown.values().rev() {
            let Some((stamp, said)) = shown.stamp.and_then(|stamp| Some((stamp, history.said.get(&stamp)?))) else {
                continue;
            };
            if let Some((_, earlier)) = soonest.filter(|(acknowledged, _)| *acknowledged < said.sent) {
                faults.push(Fault::Backwards { earlier, later: stamp, conversation: self.conversation });
            }
            if let Some(at) = said.acknowledged.filter(|at| soonest.is_none_or(|(before, _)| *at < before)) {
                soonest = Some((at, stamp));
            }
        }
    }

    /// What people say counts one, what the conversation says itself counts nothing.
    fn counting(&self, faults: &mut Vec<Fault>) {
        let mut before = None;
        for (seq, (shown, _)) in &self.shown {
            let expected = before.unwrap_or(0) + i64::from(shown.stamp.is_some());
            if shown.n != expected {
                let conversation = self.conversation;
                faults.push(Fault::Miscounted { conversation, seq: *seq, n: shown.n, expected });
            }
            before = Some(shown.n);
        }
    }

    fn n_at(&self, seq: i64) -> i64 {
        self.shown.range(..=seq).next_back().map_or(0, |(_, (shown, _))| shown.n)
    }

    fn unread(&self, count: &Count, faults: &mut Vec<Fault>) {
        let last = (self.last(), self.n_at(self.last()));
        let (read, read_n) = count.read;
        let mut say = |why: String| {
            let (conversation, who) = (self.conversation, count.who.clone());
            faults.push(Fault::Unread { conversation, who, why });
        };
        if count.last != last {
            say(format!("says that {:?} is the last, and it is {last:?}", count.last));
        }
        if read_n != self.n_at(read) {
            say(format!("says that {read_n} are read up to {read}, and it is {}", self.n_at(read)));
        }
        if read < count.at_least || read > count.at_most {
            say(format!("says that {read} was read, which lies between {} and {}", count.at_least, count.at_most));
        }
        let unread = last.1 - self.n_at(read);
        if count.unread != unread {
            say(format!("says that {} are unread of {last:?} after {read}, and it is {unread}", count.unread));
        }
    }
}

/// What is shown was said, and here.
fn belongs(history: &History, view: &View, shown: Shown, faults: &mut Vec<Fault>) {
    let Some(message) = shown.stamp else { return };
    let who = view.who.clone();
    match history.said.get(&message) {
        None => faults.push(Fault::Invented { message, who }),
        Some(said) if said.conversation != view.conversation => {
            faults.push(Fault::Astray { message, conversation: view.conversation, who });
        }
        Some(_) => {}
    }
}

/// Nothing is shown twice, and nothing that was acknowledged, and no number, is not shown.
fn whole(history: &History, view: &View, list: &List<'_>, faults: &mut Vec<Fault>) {
    let mut places: BTreeMap<Stamp, Vec<i64>> = BTreeMap::new();
    for (seq, here) in &view.shown {
        for stamp in here.iter().filter_map(|shown| shown.stamp) {
            places.entry(stamp).or_default().push(*seq);
        }
    }
    for (message, seqs) in places.iter().filter(|(_, seqs)| seqs.len() > 1) {
        faults.push(Fault::Doubled { message: *message, who: view.who.clone(), seqs: seqs.clone() });
    }
    for seq in (1..=list.last()).filter(|seq| !view.shown.contains_key(seq)) {
        faults.push(Fault::Missing { conversation: view.conversation, seq, who: view.who.clone() });
    }
    let acknowledged = history.said.iter().filter(|(_, said)| said.acknowledged.is_some());
    for (message, _) in acknowledged.filter(|(_, said)| said.conversation == view.conversation) {
        if !places.contains_key(message) {
            faults.push(Fault::Lost { message: *message, who: view.who.clone() });
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::time::Duration;

    use super::super::history::{Count, History, Said, Shown, View};
    use super::{Fault, check};
    use crate::target::Stamp;

    fn stamp(number: u32) -> Stamp {
        Stamp { run: 1, sender: 0, number }
    }

    fn at(millis: u64) -> Duration {
        Duration::from_millis(millis)
    }

    fn said(number: u32, millis: u64, seq: i64) -> (Stamp, Said) {
        let (sent, acknowledged) = (at(millis), Some(at(millis + 5)));
        (stamp(number), Said { conversation: 0, sent, acknowledged, numbers: BTreeSet::from([seq]) })
    }

    fn view(who: &str, messages: &[(i64, Option<u32>, i64)]) -> View {
        let mut view = View::new(who.to_owned(), 0);
        for (seq, number, n) in messages {
            view.show(*seq, Shown { stamp: number.map(stamp), n: *n });
        }
        view
    }

    /// Begun, then three messages, which two devices have; somebody has read the first.
    fn sound() -> History {
        let all = [(1, None, 0), (2, Some(0), 1), (3, Some(1), 2), (4, Some(2), 3)];
        let count = |who: &str| Count {
            who: who.to_owned(),
            conversation: 0,
            last: (4, 3),
            read: (2, 1),
            unread: 2,
            at_least: 0,
            at_most: 3,
        };
        History {
            said: [said(0, 0, 2), said(1, 10, 3), said(2, 20, 4)].into(),
            views: vec![view("one", &all), view("other", &all)],
            counts: vec![count("one"), count("other")],
        }
    }

    fn other_has(messages: &[(i64, Option<u32>, i64)]) -> Vec<Fault> {
        let mut history = sound();
        history.views[1] = view("other", messages);
        check(&history)
    }

    /// Breaks it in one way, and says whether that is found by its name.
    fn is_found(break_it: impl FnOnce(&mut History), wanted: impl Fn(&Fault) -> bool) {
        let mut history = sound();
        break_it(&mut history);
        let faults = check(&history);
        assert!(faults.iter().any(wanted), "{faults:?}");
    }

    #[test]
    fn a_history_that_may_be_has_no_fault() {
        assert_eq!(check(&sound()), []);
        let mut unanswered = sound();
        unanswered.said.insert(stamp(9), Said { acknowledged: None, numbers: BTreeSet::new(), ..said(9, 1, 0).1 });
        assert_eq!(check(&unanswered), [], "what was never acknowledged may be there or not");
    }

    #[test]
    fn an_acknowledged_message_that_is_nowhere_is_lost() {
        is_found(
            |history| {
                history.said.extend([said(7, 30, 5)]);
            },
            |fault| matches!(fault, Fault::Lost { message, .. } if *message == stamp(7)),
        );
    }

    #[test]
    fn a_message_that_one_device_lacks_is_lost_and_its_number_missing() {
        let faults = other_has(&[(1, None, 0), (2, Some(0), 1), (4, Some(2), 3)]);
        assert!(faults.contains(&Fault::Lost { message: stamp(1), who: "other".to_owned() }), "{faults:?}");
        assert!(faults.contains(&Fault::Missing { conversation: 0, seq: 3, who: "other".to_owned() }), "{faults:?}");
        let faults = other_has(&[(1, None, 0), (2, Some(0), 1), (3, Some(1), 2)]);
        assert_eq!(faults.len(), 2, "the last one too: {faults:?}");
    }

    #[test]
    fn a_number_that_nobody_has_is_missing() {
        let gap = [(1, None, 0), (2, Some(0), 1), (3, Some(1), 2), (5, Some(2), 3)];
        is_found(
            |history| {
                history.views = vec![view("one", &gap), view("other", &gap)];
                history.said.extend([said(2, 20, 5)]);
            },
            |fault| matches!(fault, Fault::Missing { seq: 4, .. }),
        );
    }

    #[test]
    fn a_message_twice_is_doubled() {
        let twice = [(1, None, 0), (2, Some(0), 1), (3, Some(1), 2), (4, Some(2), 3), (5, Some(0), 4)];
        let faults = other_has(&twice);
        let doubled = Fault::Doubled { message: stamp(0), who: "other".to_owned(), seqs: vec![2, 5] };
        assert!(faults.contains(&doubled), "{faults:?}");
    }

    #[test]
    fn two_orders_contradict_each_other() {
        let faults = other_has(&[(1, None, 0), (2, Some(1), 1), (3, Some(0), 2), (4, Some(2), 3)]);
        let contradicts = |fault: &&Fault| matches!(fault, Fault::Contradicts { seq: 2 | 3, .. });
        assert_eq!(faults.iter().filter(contradicts).count(), 2, "{faults:?}");
        is_found(
            |history| history.views[0].show(4, Shown { stamp: Some(stamp(1)), n: 3 }),
            |fault| matches!(fault, Fault::Contradicts { seq: 4, .. }),
        );
    }

    #[test]
    fn one_order_that_the_clock_contradicts_is_found() {
        let swapped = [(1, None, 0), (2, Some(1), 1), (3, Some(0), 2), (4, Some(2), 3)];
        is_found(
            |history| {
                history.views = vec![view("one", &swapped), view("other", &swapped)];
                history.said.extend([said(0, 0, 3), said(1, 10, 2)]);
            },
            |fault| matches!(fault, Fault::Backwards { earlier, later, .. } if (*earlier, *later) == (stamp(0), stamp(1))),
        );
        let mut at_once = sound();
        at_once.views = vec![view("one", &swapped), view("other", &swapped)];
        at_once.said.extend([said(0, 8, 3), said(1, 10, 2)]);
        assert_eq!(check(&at_once), [], "those that were under way together have either order");
    }

    #[test]
    fn a_message_acknowledged_under_another_number_is_found() {
        is_found(
            |history| {
                history.said.entry(stamp(1)).and_modify(|said| said.numbers.extend([7]));
            },
            |fault| matches!(fault, Fault::Misnumbered { shown: 3, .. }),
        );
    }

    #[test]
    fn what_nobody_said_and_what_was_said_elsewhere_is_found() {
        is_found(
            |history| drop(history.said.remove(&stamp(1))),
            |fault| matches!(fault, Fault::Invented { message, .. } if *message == stamp(1)),
        );
        is_found(
            |history| {
                history.said.entry(stamp(1)).and_modify(|said| said.conversation = 1);
            },
            |fault| matches!(fault, Fault::Astray { message, conversation: 0, .. } if *message == stamp(1)),
        );
    }

    #[test]
    fn a_wrong_count_is_found() {
        let counted = [(1, None, 0), (2, Some(0), 1), (3, Some(1), 1), (4, Some(2), 2)];
        is_found(
            |history| history.views = vec![view("one", &counted), view("other", &counted)],
            |fault| matches!(fault, Fault::Miscounted { seq: 3, .. }),
        );
        let wrong: [fn(&mut Count); 6] = [
            |count| count.unread = 1,
            |count| count.last = (3, 2),
            |count| count.read = (2, 2),
            |count| (count.read, count.unread) = ((3, 2), 2),
            |count| count.at_least = 3,
            |count| count.at_most = 1,
        ];
        for wrong in wrong {
            is_found(|history| wrong(&mut history.counts[1]), |fault| matches!(fault, Fault::Unread { .. }));
        }
    }
}
