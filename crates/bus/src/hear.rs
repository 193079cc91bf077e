//! What is done with what comes: words are given to their ears, and where something was missed the database is looked at.

use std::collections::BTreeMap;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use futures_util::{StreamExt, stream};
use kernel::{App, BoxFuture, Error, Hint, OrgId, Result};
use serde_json::Value;
use tokio::sync::mpsc::Receiver;
use tokio::time::{Instant, sleep_until};

use crate::letter::{Item, Letter, Word};
use crate::line::{Heard, What};
use crate::nodes::Nodes;
use crate::post::Post;
use crate::{Ear, WAITING};

/// Organisations that are told on at once.
const AT_ONCE: usize = 4;
/// The database is looked at no more often, whatever is missed; so often while a line is missing.
const APART: Duration = Duration::from_secs(5);
/// Longer than any transaction, or difference between the clocks of nodes: so much before the last letter it looks too.
const MARGIN: TimeDelta = TimeDelta::seconds(15);

/// By ear and organisation, in the order in which they were said.
type Words = BTreeMap<(String, OrgId), Vec<Value>>;

/// Works off what comes by so many ways, for as long as the program runs.
pub async fn work(app: App, (ears, ways): (Vec<Ear>, usize), mut receiver: Receiver<Heard>) {
    let mut hearing = Hearing::new(app.clone(), ears, ways);
    loop {
        let mut heard = Vec::new();
        tokio::select! {
            () = app.stopped() => return,
            count = receiver.recv_many(&mut heard, WAITING) => if count == 0 { return },
            () = sleep_until(hearing.next_look()), if hearing.owed.is_some() => {}
        }
        hearing.take(heard).await;
        hearing.look().await;
    }
}

struct Hearing {
    app: App,
    ears: Vec<Ear>,
    nodes: Nodes,
    /// Since when something may have been missed, if it may have been.
    owed: Option<DateTime<Utc>>,
    looked: Option<Instant>,
}

impl Hearing {
    /// Until there is a line nobody is heard.
    fn new(app: App, ears: Vec<Ear>, ways: usize) -> Self {
        let now = app.now();
        Self { nodes: Nodes::new(app.node(), now, ways), app, ears, owed: Some(now), looked: None }
    }

    fn next_look(&self) -> Instant {
        self.looked.map_or_else(Instant::now, |at| at + APART)
    }

    fn owe(&mut self, since: DateTime<Utc>) {
        self.owed = Some(self.owed.map_or(since, |before| before.min(since)));
    }

    async fn take(&mut self, heard: Vec<Heard>) {
        let (mut words, before) = (Words::new(), self.nodes.heard_until());
        for Heard { way, what } in heard {
            match what {
                What::Payload(payload) => match Letter::open(&self.app, &payload) {
                    Some(letter) => self.read(way, letter, &mut words),
                    // Of another version of the program, perhaps.
                    None => self.owe(before),
                },
                What::NoLine => self.set_line(way, None),
                What::Line => {
                    self.set_line(way, Some(self.app.now()));
                    self.looked = None;
                }
            }
        }
        if self.tell(words).await.is_err() {
            self.owe(before);
        }
        self.app.state::<Post>().set_alone(self.nodes.is_alone(self.app.now()));
    }

    fn set_line(&mut self, way: usize, since: Option<DateTime<Utc>>) {
        self.nodes.set_line(way, since);
        self.owe(self.nodes.heard_until());
    }

    fn read(&mut self, way: usize, letter: Letter, words: &mut Words) {
        if let Some(since) = self.nodes.note(way, &letter, self.app.now()) {
            self.owe(since);
        }
        if self.nodes.is_own(letter.node) {
            return;
        }
        for item in letter.items {
            match item {
                Item::Events(org) => self.app.hear(Hint::Events(org)),
                Item::Job(class) => self.app.hear(Hint::Job(class)),
                Item::Word(Word { ear, org, word }) => words.entry((ear.into_owned(), org)).or_default().push(word),
            }
        }
    }

    /// Each organisation by itself: what cannot be told in one is told in the others.
    async fn tell(&self, words: Words) -> Result<()> {
        let mut telling: Vec<BoxFuture<'static, Result<()>>> = Vec::new();
        for ((name, org), words) in words {
            let ear = self.ears.iter().find(|ear| ear.name == name);
            telling.extend(ear.map(|ear| (ear.hear)(self.app.clone(), org, words)));
        }
        let told: Vec<Result<()>> = stream::iter(telling).buffer_unordered(AT_ONCE).collect().await;
        told.into_iter().map(noted).fold(Ok(()), Result::and)
    }

    /// Looks in the database if something is owed, and it is time. What cannot be found is owed still.
    async fn look(&mut self) {
        let Some(since) = self.owed.filter(|_| self.next_look() <= Instant::now()) else { return };
        let (now, mut outcome) = (self.app.now(), Ok(()));
        for ear in &self.ears {
            outcome = outcome.and(noted((ear.catch_up)(self.app.clone(), since - MARGIN).await));
        }
        self.looked = Some(Instant::now());
        if outcome.is_err() {
            return;
        }
        self.nodes.looked(now);
        self.owed = (!self.nodes.has_lines()).then(|| self.nodes.heard_until());
    }
}

fn noted(outcome: Result<()>) -> Result<()> {
    outcome.inspect_err(|error: &Error| {
        tracing::warn!(code = error.code(), "what other nodes said could not be told on; trying again");
    })
}
