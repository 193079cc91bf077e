//! Follows every message from its sending until all who should have it have it, and then gives its sender a place in the
//! window of outstanding messages back.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::future::pending;
use std::rc::Rc;
use std::time::{Duration, Instant};

use tokio::sync::Semaphore;
use tokio::task::spawn_local;
use tokio::time::sleep;

use crate::target::{Event, Outgoing, Reader, Recipient, Stamp, Writer};

/// Messages handed to a connection in one write.
const BATCH: usize = 64;
/// What a timer may be late is not held against the server.
const TIMER_SLACK: Duration = Duration::from_millis(2);

/// What all connections of a measurement write down.
pub struct Tracker {
    under_way: RefCell<HashMap<(u32, u32), UnderWay>>,
    /// One for each sender: how many more may be outstanding.
    windows: Vec<Semaphore>,
    /// Times are kept while this is set.
    pub is_measuring: Cell<bool>,
    pub is_over: Cell<bool>,
    /// Messages that everybody has.
    pub complete: Cell<usize>,
    pub deliveries: Cell<usize>,
    /// Deliveries nobody waits for: doubles, wrong recipients.
    pub unexpected: Cell<usize>,
    pub refused: Cell<usize>,
    pub lost: Cell<usize>,
    pub joined: Cell<usize>,
    pub delivery: RefCell<Vec<Duration>>,
    /// Until the last of a group had it.
    pub last_delivery: RefCell<Vec<Duration>>,
    pub acknowledgement: RefCell<Vec<Duration>>,
}

struct UnderWay {
    sent: Instant,
    /// None: a group.
    recipient: Option<u32>,
    deliveries: u32,
    is_unacknowledged: bool,
}

fn count(cell: &Cell<usize>) {
    cell.set(cell.get() + 1);
}

impl Tracker {
    pub fn new(senders: u32) -> Rc<Self> {
        Rc::new(Self {
            under_way: RefCell::default(),
            windows: (0..senders).map(|_| Semaphore::new(0)).collect(),
            is_measuring: Cell::default(),
            is_over: Cell::default(),
            complete: Cell::default(),
            deliveries: Cell::default(),
            unexpected: Cell::default(),
            refused: Cell::default(),
            lost: Cell::default(),
            joined: Cell::default(),
            delivery: RefCell::default(),
            last_delivery: RefCell::default(),
            acknowledgement: RefCell::default(),
        })
    }

    /// Messages somebody still waits for.
    pub fn unfinished(&self) -> usize {
        self.under_way.borrow().len()
    }

    /// Ends the sending and waits until nothing is under way, at most so long.
    pub async fn end(&self, within: Duration) {
        self.is_measuring.set(false);
        self.is_over.set(true);
        let end = Instant::now() + within;
        while self.unfinished() > 0 && Instant::now() < end {
            sleep(Duration::from_millis(5)).await;
        }
    }

    /// Takes in what the user receives until the connection ends.
    pub fn listen(self: &Rc<Self>, user: u32, reader: impl Reader) {
        spawn_local(Rc::clone(self).hear(user, reader));
    }

    async fn hear(self: Rc<Self>, user: u32, mut reader: impl Reader) {
        let mut events = Vec::new();
        let error = loop {
            let result = reader.read(&mut events).await;
            let now = Instant::now();
            events.drain(..).for_each(|event| self.on(user, event, now));
            if let Err(error) = result {
                break error;
            }
        };
        if !self.is_over.get() {
            eprintln!("user {user}: {error}");
        }
        count(&self.lost);
    }

    fn on(&self, user: u32, event: Event, now: Instant) {
        match event {
            Event::Joined => count(&self.joined),
            Event::Refused => count(&self.refused),
            Event::Acknowledged(stamp) if stamp.is_ours() => self.acknowledged(stamp, now),
            Event::Delivered(stamp) if stamp.is_ours() => self.delivered(user, stamp, now),
            _ => {}
        }
    }

    fn delivered(&self, user: u32, stamp: Stamp, now: Instant) {
        let mut under_way = self.under_way.borrow_mut();
        let message = under_way.get_mut(&(stamp.sender, stamp.number));
        let Some(message) = message.filter(|m| m.deliveries > 0 && m.recipient.is_none_or(|to| to == user)) else {
            return count(&self.unexpected);
        };
        count(&self.deliveries);
        message.deliveries -= 1;
        if self.is_measuring.get() {
            let took = now.saturating_duration_since(message.sent);
            self.delivery.borrow_mut().push(took);
            if message.deliveries == 0 {
                self.last_delivery.borrow_mut().push(took);
            }
        }
        self.finish(&mut under_way, stamp);
    }

    fn acknowledged(&self, stamp: Stamp, now: Instant) {
        let mut under_way = self.under_way.borrow_mut();
        let Some(message) = under_way.get_mut(&(stamp.sender, stamp.number)) else { return };
        message.is_unacknowledged = false;
        if self.is_measuring.get() {
            self.acknowledgement.borrow_mut().push(now.saturating_duration_since(message.sent));
        }
        self.finish(&mut under_way, stamp);
    }

    fn finish(&self, under_way: &mut HashMap<(u32, u32), UnderWay>, stamp: Stamp) {
        let key = (stamp.sender, stamp.number);
        if under_way.get(&key).is_some_and(|m| m.deliveries == 0 && !m.is_unacknowledged) {
            under_way.remove(&key);
            count(&self.complete);
            self.windows[stamp.sender as usize].add_permits(1);
        }
    }
}

/// Somebody who sends.
pub struct Sending<W> {
    pub writer: W,
    pub sender: u32,
    /// To how many users each message goes.
    pub deliveries: u32,
    pub is_acknowledged: bool,
    pub body_bytes: usize,
    /// It stops by itself after so many.
    pub count: u32,
}

impl<W: Writer> Sending<W> {
    fn message(&self, tracker: &Tracker, to: Recipient, (number, sent): (u32, Instant)) -> Outgoing {
        let stamp = Stamp::new(self.sender, number);
        let recipient = match to {
            Recipient::User(user) => Some(user),
            Recipient::Group(_) => None,
        };
        let waiting =
            UnderWay { sent, recipient, deliveries: self.deliveries, is_unacknowledged: self.is_acknowledged };
        tracker.under_way.borrow_mut().insert((self.sender, number), waiting);
        Outgoing { to, stamp, body: stamp.body(self.body_bytes) }
    }

    /// Always `window` messages outstanding; `to` picks the recipient of each.
    pub async fn saturate(mut self, tracker: Rc<Tracker>, window: usize, mut to: impl FnMut() -> Recipient) {
        let places = &tracker.windows[self.sender as usize];
        places.add_permits(window);
        let mut number = 0;
        while number < self.count {
            let Ok(place) = places.acquire().await else { break };
            place.forget();
            let left = (self.count - number - 1) as usize;
            let more = places.forget_permits(places.available_permits().min(BATCH - 1).min(left));
            if tracker.is_over.get() {
                break;
            }
            let mut batch = Vec::with_capacity(more + 1);
            for _ in 0..=more {
                batch.push(self.message(&tracker, to(), (number, Instant::now())));
                number += 1;
            }
            if let Err(error) = self.writer.send(&batch).await {
                eprintln!("sender {}: {error}", self.sender);
                break;
            }
        }
        // A writer that is dropped closes its connection.
        pending().await
    }

    /// One message every `interval`, the first after `delay`, whether the last was answered or not.
    pub async fn pace(mut self, tracker: Rc<Tracker>, pace: Pace, mut to: impl FnMut() -> Recipient) {
        let mut due = Instant::now() + pace.delay;
        for number in 0..self.count {
            sleep(due.saturating_duration_since(Instant::now())).await;
            if tracker.is_over.get() {
                break;
            }
            // When this client falls behind, a message counts from when it was due.
            let now = Instant::now();
            let sent = if now > due + TIMER_SLACK { due } else { now };
            let message = self.message(&tracker, to(), (number, sent));
            if let Err(error) = self.writer.send(&[message]).await {
                eprintln!("sender {}: {error}", self.sender);
                break;
            }
            due += pace.interval;
        }
        pending().await
    }
}

/// How often.
#[derive(Clone, Copy)]
pub struct Pace {
    pub interval: Duration,
    pub delay: Duration,
}
