//! What a device knows: the messages it was shown, how far its person has read, and what it has said that nobody has
//! acknowledged yet. No network here.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::time::{Duration, Instant};

use serde_json::Value;
use uuid::Uuid;

use super::history::{Said, Shown, View};
use super::world::World;
use crate::target::Stamp;
use crate::target::tulou::client_id;

/// What is said is about as long as in the other workloads.
const BODY: usize = 100;

/// Said and not acknowledged.
pub struct Pending {
    pub talk: usize,
    pub client_id: Uuid,
    pub text: String,
    /// When it is to be handed over, the first time or again.
    pub due: Instant,
    /// Since when it waits for an answer on this connection.
    pub waits_since: Option<Instant>,
    pub tries: u32,
}

pub struct State {
    world: Rc<World>,
    pub number: u32,
    pub person: usize,
    /// By conversation; none of those its person is not in.
    pub views: BTreeMap<usize, View>,
    /// Every number up to here was shown.
    upto: BTreeMap<usize, i64>,
    /// Read up to here, and how many that can be unread that is.
    read: BTreeMap<usize, (i64, i64)>,
    pub pending: BTreeMap<u32, Pending>,
    next: u32,
    /// The position of the newest event.
    pub pos: Option<i64>,
    /// Since when a number is missing.
    pub gap_since: Option<Instant>,
}

impl State {
    pub fn new(world: Rc<World>, number: u32, person: usize) -> Self {
        let mine = world.talks.iter().enumerate().filter(|(_, talk)| talk.people.contains(&person));
        let views: BTreeMap<usize, View> =
            mine.map(|(talk, _)| (talk, View::new(format!("device {number}"), talk))).collect();
        let (upto, read) = (BTreeMap::new(), BTreeMap::new());
        let (pending, pos, gap_since) = (BTreeMap::new(), None, None);
        Self { world, number, person, views, upto, read, pending, next: 0, pos, gap_since }
    }

    pub fn upto(&self, talk: usize) -> i64 {
        self.upto.get(&talk).copied().unwrap_or(0)
    }

    pub fn read(&self, talk: usize) -> (i64, i64) {
        self.read.get(&talk).copied().unwrap_or((0, 0))
    }

    /// The last message and how many can be unread.
    pub fn last(&self, talk: usize) -> (i64, i64) {
        let last = self.views[&talk].shown.last_key_value();
        last.map_or((0, 0), |(seq, shown)| (*seq, shown[0].n))
    }

    /// Begins a message; it is handed over with the next turn.
    pub fn say(&mut self, talk: usize) {
        let stamp = Stamp::new(self.number, self.next);
        let sent = self.world.now();
        let said = Said { conversation: talk, sent, acknowledged: None, numbers: [].into() };
        self.world.said.borrow_mut().insert(stamp, said);
        let (client_id, text) = (client_id(stamp), stamp.body(BODY));
        let now = Instant::now();
        self.pending.insert(self.next, Pending { talk, client_id, text, due: now, waits_since: None, tries: 0 });
        self.next += 1;
    }

    /// A new connection: what was handed over on the last one is handed over again.
    pub fn begin_anew(&mut self) {
        let now = Instant::now();
        for pending in self.pending.values_mut() {
            (pending.due, pending.waits_since) = (now, None);
        }
    }

    /// Those that are to be handed over now; they are due again after `patience`.
    pub fn take_due(&mut self, patience: Duration) -> Vec<u32> {
        let now = Instant::now();
        let mut due = Vec::new();
        for (number, pending) in self.pending.iter_mut().filter(|(_, pending)| pending.due <= now) {
            pending.due = now + patience;
            pending.waits_since.get_or_insert(now);
            pending.tries += 1;
            if pending.tries > 1 {
                self.world.count("handed over again");
            }
            due.push(*number);
        }
        due
    }

    /// For how long the longest has waited.
    pub fn longest_wait(&self) -> Duration {
        let waits = self.pending.values().filter_map(|pending| pending.waits_since);
        waits.map(|since| since.elapsed()).max().unwrap_or_default()
    }

    /// It is durable, under this number.
    pub fn acknowledged(&mut self, id: Uuid, (seq, n): (i64, i64)) {
        let Some(number) = self.number_of(id) else { return };
        let stamp = Stamp::new(self.number, number);
        let now = self.world.now();
        let talk = {
            let mut all = self.world.said.borrow_mut();
            let Some(said) = all.get_mut(&stamp) else { return };
            if said.acknowledged.is_none() {
                said.acknowledged = Some(now);
                self.world.acknowledged();
            }
            said.numbers.insert(seq);
            said.conversation
        };
        self.pending.remove(&number);
        let person = self.person;
        self.world.mark(person, talk, |marks| marks.certain = marks.certain.max(seq));
        self.show(talk, seq, Shown { stamp: Some(stamp), n });
        self.read_to(talk, (seq, n));
    }

    /// It was not taken; it is tried again after this time.
    pub fn refused(&mut self, id: Uuid, again: Duration) {
        let Some(number) = self.number_of(id) else { return };
        if let Some(pending) = self.pending.get_mut(&number) {
            (pending.due, pending.waits_since) = (Instant::now() + again, None);
        }
    }

    /// The number of one of its own messages stands in its id.
    fn number_of(&self, id: Uuid) -> Option<u32> {
        u32::try_from(id.as_u128() & 0xffff_ffff).ok().filter(|number| *number < self.next)
    }

    /// A message as the server tells it.
    pub fn message(&mut self, message: &Value) {
        let id = message["conversation_id"].as_str().unwrap_or_default();
        let Some(talk) = self.talk(id) else { return };
        let (seq, n) = (message["seq"].as_i64().unwrap_or(0), message["n"].as_i64().unwrap_or(0));
        let shown = shown(message);
        self.show(talk, seq, shown);
        // Whoever says something has read what was before; what the conversation says itself is nobody's.
        if shown.stamp.is_some() && message["author_id"] == self.world.people[self.person].as_str() {
            self.read_to(talk, (seq, n));
        }
    }

    /// Which conversation that is, where it is one of its person's.
    pub fn talk(&self, id: &str) -> Option<usize> {
        self.views.keys().copied().find(|talk| self.world.talks[*talk].id == id)
    }

    pub fn read_to(&mut self, talk: usize, place: (i64, i64)) {
        let read = self.read.entry(talk).or_default();
        *read = (*read).max(place);
    }

    fn show(&mut self, talk: usize, seq: i64, shown: Shown) {
        let Some(view) = self.views.get_mut(&talk) else { return };
        view.show(seq, shown);
        let upto = self.upto.entry(talk).or_default();
        while view.shown.contains_key(&(*upto + 1)) {
            *upto += 1;
        }
        if self.has_gap() {
            self.gap_since.get_or_insert_with(Instant::now);
        } else {
            self.gap_since = None;
        }
    }

    fn has_gap(&self) -> bool {
        self.views.keys().any(|talk| self.last(*talk).0 > self.upto(*talk))
    }
}

/// What stands in a message.
pub fn shown(message: &Value) -> Shown {
    let text = message["body"]["text"].as_str().unwrap_or_default();
    Shown { stamp: Stamp::find(text.as_bytes()), n: message["n"].as_i64().unwrap_or(0) }
}
