//! What devices saw of a history, and whether it can be true: every message that was acknowledged is there once and for
//! all, in one order for everybody. A small check in the manner of linearisability: the numbers are the order, so it
//! only has to be shown that all devices were told the same numbers, and every sender the one that holds.

use std::collections::{BTreeMap, HashMap};

/// One message as a device has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub id: String,
    /// What was said; each text is said once. None: a line of the conversation's own.
    pub text: Option<String>,
    pub author: String,
    pub n: i64,
}

/// Conversation, and in it number and message.
pub type Seen = BTreeMap<String, BTreeMap<i64, Entry>>;

/// A message whose sender was told that it is durable.
#[derive(Clone, Debug)]
pub struct Ack {
    pub device: String,
    pub conversation: String,
    pub seq: i64,
    pub text: String,
}

/// How many messages somebody has not read, by the server's count.
#[derive(Clone, Debug)]
pub struct Unread {
    pub member: String,
    pub conversation: String,
    pub count: i64,
}

/// A whole run: what each device had at its end, what was acknowledged on the way, in the order of each device.
#[derive(Clone, Debug, Default)]
pub struct History {
    pub devices: Vec<(String, Seen)>,
    pub acks: Vec<Ack>,
    pub unread: Vec<Unread>,
    /// What a device met while it ran: two messages under one number.
    pub contradictions: Vec<String>,
}

/// Everything that cannot be true; nothing, if all is well.
pub fn violations(history: &History) -> Vec<String> {
    let mut found = history.contradictions.clone();
    let truth = agree(history, &mut found);
    for (conversation, messages) in &truth {
        gaps(conversation, messages, &mut found);
        doubles(conversation, messages, &mut found);
        counts(conversation, messages, &mut found);
    }
    acknowledged(history, &truth, &mut found);
    unread(history, &truth, &mut found);
    found
}

/// What all devices together have; of a conversation each has all or nothing.
fn agree(history: &History, found: &mut Vec<String>) -> Seen {
    let mut truth = Seen::new();
    for (device, seen) in &history.devices {
        for (conversation, messages) in seen {
            for (seq, entry) in messages {
                let held = truth.entry(conversation.clone()).or_default().entry(*seq).or_insert_with(|| entry.clone());
                if held != entry {
                    found
                        .push(format!("{device} has another message at {conversation}/{seq}: {entry:?}, not {held:?}"));
                }
            }
        }
    }
    for (device, seen) in &history.devices {
        for (conversation, messages) in seen {
            let missing: Vec<_> = truth[conversation].keys().filter(|seq| !messages.contains_key(seq)).collect();
            if !missing.is_empty() {
                found.push(format!("{device} has not got {conversation}/{missing:?}"));
            }
        }
    }
    truth
}

fn gaps(conversation: &str, messages: &BTreeMap<i64, Entry>, found: &mut Vec<String>) {
    for (expected, seq) in (1..).zip(messages.keys()) {
        if expected != *seq {
            found.push(format!("there is no {conversation}/{expected}"));
            return;
        }
    }
}

fn doubles(conversation: &str, messages: &BTreeMap<i64, Entry>, found: &mut Vec<String>) {
    let (mut texts, mut ids) = (HashMap::new(), HashMap::new());
    for (seq, entry) in messages {
        let again = entry.text.as_ref().and_then(|text| texts.insert(text, seq)).or(ids.insert(&entry.id, seq));
        if let Some(before) = again {
            found.push(format!("{conversation}/{seq} is {conversation}/{before} once more"));
        }
    }
}

/// What counts as unread is numbered without a gap too.
fn counts(conversation: &str, messages: &BTreeMap<i64, Entry>, found: &mut Vec<String>) {
    let mut n = 0;
    for (seq, entry) in messages {
        n += i64::from(entry.text.is_some());
        if entry.n != n {
            found.push(format!("{conversation}/{seq} is counted as {}, not {n}", entry.n));
            return;
        }
    }
}

fn acknowledged(history: &History, truth: &Seen, found: &mut Vec<String>) {
    let mut last = HashMap::new();
    for Ack { device, conversation, seq, text } in &history.acks {
        let there = truth.get(conversation).and_then(|messages| messages.get(seq));
        if there.is_none_or(|entry| entry.text.as_ref() != Some(text)) {
            found.push(format!("{text:?} was acknowledged as {conversation}/{seq}, where there is {there:?}"));
        }
        if last.insert((device, conversation), seq).is_some_and(|before| before >= seq) {
            found.push(format!("{device} said {text:?} after what stands behind it in {conversation}"));
        }
    }
}

/// One has read up to the last thing one said oneself, and these people read nothing else.
fn unread(history: &History, truth: &Seen, found: &mut Vec<String>) {
    for Unread { member, conversation, count } in &history.unread {
        let Some(messages) = truth.get(conversation) else { continue };
        let own = messages.iter().rev().find(|(_, entry)| entry.text.is_some() && entry.author == *member);
        let read = own.map_or(0, |(seq, _)| *seq);
        let expected = messages.range(read + 1..).filter(|(_, entry)| entry.text.is_some()).count();
        if i64::try_from(expected).unwrap() != *count {
            found.push(format!("{member} has {count} unread in {conversation}, not {expected}"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(seq: i64, author: &str) -> Entry {
        let text = (seq > 1).then(|| format!("text {seq}"));
        Entry { id: format!("id {seq}"), text, author: author.into(), n: seq - 1 }
    }

    /// Ann and Bob each have two devices; Ann says the even ones, Cai nothing.
    fn good() -> History {
        let messages: BTreeMap<i64, Entry> =
            (1..=10).map(|seq| (seq, entry(seq, if seq % 2 == 0 { "ann" } else { "bob" }))).collect();
        let seen = Seen::from([("lunch".to_owned(), messages.clone())]);
        let devices = ["ann 1", "ann 2", "bob 1", "bob 2"].map(|device| (device.to_owned(), seen.clone()));
        let acks = messages.iter().filter_map(|(seq, entry)| {
            let (device, conversation) = (format!("{} 1", entry.author), "lunch".to_owned());
            Some(Ack { device, conversation, seq: *seq, text: entry.text.clone()? })
        });
        let unread = [("ann", 0), ("bob", 1), ("cai", 9)].map(|(member, count)| Unread {
            member: member.into(),
            conversation: "lunch".into(),
            count,
        });
        History { devices: devices.into(), acks: acks.collect(), unread: unread.into(), contradictions: Vec::new() }
    }

    fn said(spoil: impl FnOnce(&mut History)) -> String {
        let mut history = good();
        spoil(&mut history);
        violations(&history).join("\n")
    }

    fn on(history: &mut History, device: usize) -> &mut BTreeMap<i64, Entry> {
        history.devices[device].1.get_mut("lunch").unwrap()
    }

    #[test]
    fn a_good_history_is_believed() {
        assert_eq!(said(|_| {}), "");
    }

    #[test]
    fn whatever_a_broken_server_does_is_found() {
        let lost_for_one = said(|h| drop(on(h, 3).remove(&10)));
        assert!(lost_for_one.contains("bob 2 has not got lunch/[10]"), "{lost_for_one}");
        let lost_for_all = said(|h| (0..4).for_each(|device| drop(on(h, device).remove(&10))));
        assert!(lost_for_all.contains("acknowledged as lunch/10, where there is None"), "{lost_for_all}");
        let gap = said(|h| (0..4).for_each(|device| drop(on(h, device).remove(&5))));
        assert!(gap.contains("there is no lunch/5"), "{gap}");
        let twice = said(|h| {
            (0..4).for_each(|device| {
                let again = Entry { n: 10, id: "id 11".into(), ..entry(4, "ann") };
                on(h, device).insert(11, again);
            });
        });
        assert!(twice.contains("lunch/11 is lunch/4 once more"), "{twice}");
        let order = said(|h| {
            let (four, six) = (on(h, 2)[&4].clone(), on(h, 2)[&6].clone());
            on(h, 2).extend([(4, six), (6, four)]);
        });
        assert!(order.contains("bob 1 has another message at lunch/4"), "{order}");
        let sender = said(|h| h.acks.swap(0, 2));
        assert!(sender.contains("after what stands behind it"), "{sender}");
        let elsewhere = said(|h| h.acks[0].seq = 3);
        assert!(elsewhere.contains("acknowledged as lunch/3"), "{elsewhere}");
        let count = said(|h| h.unread[2].count = 8);
        assert!(count.contains("cai has 8 unread in lunch, not 9"), "{count}");
        let counted = said(|h| (0..4).for_each(|device| on(h, device).get_mut(&7).unwrap().n = 9));
        assert!(counted.contains("lunch/7 is counted as 9, not 6"), "{counted}");
        let contradiction = said(|h| h.contradictions.push("changed".into()));
        assert_eq!(contradiction, "changed");
    }
}
