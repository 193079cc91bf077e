//! Lets everything come to rest, asks every node what there is, and has the checker look at it together with what the
//! devices were shown. Devices are not told to ask anew: what a device lacks after a while, it lacks.

use std::rc::Rc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use reqwest::Method;
use serde_json::Value;
use tokio::time::sleep;

use super::checker::check;
use super::device::Device;
use super::fault::Fault;
use super::history::{Count, History, View};
use super::state::shown;
use super::world::World;

/// Who is asked, and what everybody knows.
pub struct Court<'a> {
    pub world: &'a Rc<World>,
    pub devices: &'a [Rc<Device>],
    /// A sign-in of each person.
    pub tokens: &'a [String],
}

pub struct Verdict {
    pub faults: Vec<Fault>,
    /// Messages that nobody acknowledged however long one waited.
    pub unanswered: usize,
    /// How long it took from the last word until every device showed the same.
    pub rest: Duration,
}

const LOOK: Duration = Duration::from_millis(250);

impl Verdict {
    pub fn is_sound(&self) -> bool {
        self.faults.is_empty() && self.unanswered == 0
    }
}

impl Court<'_> {
    /// Nothing new is said meanwhile but one last word in each conversation, behind which nothing comes that would give
    /// away that it is missing. It waits so long for what is under way, and as long again for the devices.
    pub async fn sit(&self, patience: Duration) -> Result<Verdict> {
        self.world.is_talking.set(false);
        self.come_to_rest(patience).await;
        for (talk, one) in self.world.talks.iter().enumerate() {
            let mut theirs = self.devices.iter().filter(|device| one.people.contains(&device.state.borrow().person));
            // Not always at the same node.
            if let Some(speaker) = theirs.nth(talk % one.people.len()) {
                speaker.state.borrow_mut().say(talk);
            }
        }
        let begun = Instant::now();
        self.come_to_rest(patience).await;
        let (rest, unanswered) = (begun.elapsed(), self.unanswered());
        let faults = check(&self.history().await?);
        self.world.talk_again();
        Ok(Verdict { faults, unanswered, rest })
    }

    async fn come_to_rest(&self, patience: Duration) {
        let begun = Instant::now();
        while (self.unanswered() > 0 || self.world.under_way.get() > 0) && begun.elapsed() < patience {
            sleep(LOOK).await;
        }
        let answered = Instant::now();
        while !self.agrees().await && answered.elapsed() < patience {
            sleep(LOOK).await;
        }
    }

    fn unanswered(&self) -> usize {
        self.devices.iter().map(|device| device.state.borrow().pending.len()).sum()
    }

    /// Every device has got as far as the first node says that there is. A node that does not answer says no.
    async fn agrees(&self) -> bool {
        let talks = self.world.talks.iter().enumerate();
        for (talk, person) in talks.flat_map(|(talk, one)| one.people.iter().map(move |person| (talk, *person))) {
            if !self.agree(person, talk).await {
                return false;
            }
        }
        true
    }

    /// The devices of one person about one conversation.
    async fn agree(&self, person: usize, talk: usize) -> bool {
        let Ok(said) = self.conversation(0, person, talk).await else { return false };
        let (last, read) = (place(&said["last"], "seq", "n"), place(&said["my"], "read_seq", "read_n"));
        self.devices
            .iter()
            .map(|device| device.state.borrow())
            .filter(|state| state.person == person)
            .all(|state| state.upto(talk) == last.0 && state.last(talk) == last && state.read(talk) == read)
    }

    async fn history(&self) -> Result<History> {
        let mut history = History { said: self.world.said.borrow().clone(), ..History::default() };
        for node in 0..self.world.nodes.len() {
            for talk in 0..self.world.talks.len() {
                history.views.push(self.read(node, talk).await?);
                self.counts(&mut history, node, talk).await?;
            }
        }
        for device in self.devices {
            let state = device.state.borrow();
            for (talk, view) in &state.views {
                history.views.push(view.clone());
                let (last, read) = (state.last(*talk), state.read(*talk));
                let who = format!("device {} of person {}", state.number, state.person);
                history.counts.push(self.count(who, (state.person, *talk), (last, read, last.1 - read.1)));
            }
        }
        Ok(history)
    }

    /// What this node counts for each of its people.
    async fn counts(&self, history: &mut History, node: usize, talk: usize) -> Result<()> {
        for person in self.world.talks[talk].people.clone() {
            let said = self.conversation(node, person, talk).await?;
            let (last, read) = (place(&said["last"], "seq", "n"), place(&said["my"], "read_seq", "read_n"));
            let unread = said["my"]["unread"].as_i64().context("a count")?;
            let who = format!("person {person} at node {node}");
            history.counts.push(self.count(who, (person, talk), (last, read, unread)));
        }
        Ok(())
    }

    fn count(
        &self,
        who: String,
        (person, conversation): (usize, usize),
        (last, read, unread): ((i64, i64), (i64, i64), i64),
    ) -> Count {
        let marks = self.world.marks.borrow().get(&(person, conversation)).copied().unwrap_or_default();
        let (at_least, at_most) = (marks.certain, marks.asked.max(marks.certain));
        Count { who, conversation, last, read, unread, at_least, at_most }
    }

    async fn conversation(&self, node: usize, person: usize, talk: usize) -> Result<Value> {
        let path = format!("/v1/conversations/{}", self.world.talks[talk].id);
        Ok(self.world.ask(node, &self.tokens[person], (Method::GET, &path), None).await?)
    }

    /// All of a conversation, page by page, as this node gives it to one of its people.
    async fn read(&self, node: usize, talk: usize) -> Result<View> {
        let Some(person) = self.world.talks[talk].people.first() else { return Ok(View::new(String::new(), talk)) };
        let mut view = View::new(format!("node {node}"), talk);
        let mut after = 0;
        loop {
            let id = &self.world.talks[talk].id;
            let path = format!("/v1/conversations/{id}/messages?after={after}&limit=100");
            let page = self.world.ask(node, &self.tokens[*person], (Method::GET, &path), None).await?;
            for message in page["items"].as_array().into_iter().flatten() {
                let seq = message["seq"].as_i64().context("a number")?;
                view.show(seq, shown(message));
                after = after.max(seq);
            }
            let is_empty = page["items"].as_array().is_none_or(Vec::is_empty);
            if is_empty || !page["has_newer"].as_bool().unwrap_or(false) {
                return Ok(view);
            }
        }
    }
}

fn place(value: &Value, seq: &str, n: &str) -> (i64, i64) {
    (value[seq].as_i64().unwrap_or(0), value[n].as_i64().unwrap_or(0))
}
