//! What all devices of a run share: who there is, where the nodes are, what was said, and what went wrong on the way.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::time::{Duration, Instant};

use anyhow::Result;
use reqwest::{Client, Method};
use serde_json::Value;

use super::history::Said;
use crate::target::Stamp;

/// A request that takes longer is given up; what it asked for may have happened.
const REQUEST_WITHIN: Duration = Duration::from_secs(15);

/// A conversation and the people in it.
pub struct Talk {
    pub id: String,
    pub people: Vec<usize>,
}

/// How far somebody has read a conversation, as far as their devices know.
#[derive(Clone, Copy, Default)]
pub struct Marks {
    /// They said that they read up to here.
    pub asked: i64,
    /// And the server said yes, or they wrote it themselves.
    pub certain: i64,
}

pub struct World {
    begun: Instant,
    client: Client,
    /// Short name of the organisation.
    pub organisation: String,
    /// Host and port of each.
    pub nodes: Vec<String>,
    /// What is not answered for so long is handed over again.
    pub again: Duration,
    /// The member ids.
    pub people: Vec<String>,
    pub talks: Vec<Talk>,
    pub said: RefCell<BTreeMap<Stamp, Said>>,
    pub marks: RefCell<BTreeMap<(usize, usize), Marks>>,
    /// New messages are said while this is set.
    pub is_talking: Cell<bool>,
    pub is_over: Cell<bool>,
    /// Rises when all devices are to go to the nodes they belong to.
    pub homecoming: Cell<u32>,
    /// Requests of devices that are not answered yet.
    pub under_way: Cell<usize>,
    tally: RefCell<BTreeMap<String, usize>>,
    /// From handing a message over until another device was shown it: at the same node, at another one.
    delays: RefCell<[Vec<Duration>; 2]>,
    /// When a message was acknowledged last, and the longest time without since somebody asked.
    pause: Cell<(Duration, Duration)>,
}

/// Why a request had no answer that helps.
#[derive(Debug)]
pub enum Trouble {
    /// Nobody listens there: whoever balances asks another node.
    NobodyThere,
    /// It was heard, perhaps, and not answered.
    NoAnswer,
    /// It was refused, with this status and code.
    Refused(u16, String),
}

impl World {
    pub fn new(
        organisation: &str,
        (nodes, again): (Vec<String>, Duration),
        people: Vec<String>,
        talks: Vec<Talk>,
    ) -> Result<Rc<Self>> {
        // A connection for each question: none is asked on one that is just being closed.
        let client = Client::builder().no_proxy().pool_max_idle_per_host(0).timeout(REQUEST_WITHIN).build()?;
        Ok(Rc::new(Self {
            begun: Instant::now(),
            client,
            organisation: organisation.to_owned(),
            nodes,
            again,
            people,
            talks,
            said: RefCell::default(),
            marks: RefCell::default(),
            is_talking: Cell::new(true),
            is_over: Cell::default(),
            homecoming: Cell::default(),
            under_way: Cell::default(),
            tally: RefCell::default(),
            delays: RefCell::default(),
            pause: Cell::default(),
        }))
    }

    /// Since the beginning of the run.
    pub fn now(&self) -> Duration {
        self.begun.elapsed()
    }

    /// Counts something.
    pub fn count(&self, what: &str) {
        *self.tally.borrow_mut().entry(what.to_owned()).or_default() += 1;
    }

    /// What was counted so far.
    pub fn tally(&self) -> BTreeMap<String, usize> {
        self.tally.borrow().clone()
    }

    /// The window of a device shows it now. Each belongs to the node that its number says.
    pub fn shows(&self, stamp: Stamp, device: u32) {
        let Some(sent) = self.said.borrow().get(&stamp).map(|said| said.sent) else { return };
        let is_elsewhere = !(stamp.sender.abs_diff(device) as usize).is_multiple_of(self.nodes.len());
        self.delays.borrow_mut()[usize::from(is_elsewhere)].push(self.now().saturating_sub(sent));
    }

    /// In words, how long it took until others were shown what was said, since this was asked last.
    pub fn delays(&self) -> String {
        let [mut here, mut elsewhere] = self.delays.take();
        let of = |delays: &mut Vec<Duration>| {
            delays.sort_unstable();
            let at =
                |percent: usize| delays.get(delays.len() * percent / 100).map_or(0.0, |one| one.as_secs_f64() * 1e3);
            format!("{:.0} ms (one in a hundred {:.0} ms)", at(50), at(99))
        };
        format!("shown on the same node after {}, on others after {}", of(&mut here), of(&mut elsewhere))
    }

    /// A message was acknowledged now.
    pub fn acknowledged(&self) {
        let ((last, longest), now) = (self.pause.get(), self.now());
        let pause = if self.is_talking.get() { now.saturating_sub(last) } else { Duration::ZERO };
        self.pause.set((now, longest.max(pause)));
    }

    /// The longest time in which nobody was acknowledged, since this was asked last.
    pub fn longest_pause(&self) -> Duration {
        self.pause.replace((self.now(), Duration::ZERO)).1
    }

    /// After a time in which nobody was to say anything.
    pub fn talk_again(&self) {
        self.is_talking.set(true);
        self.pause.set((self.now(), self.pause.get().1));
    }

    /// How many were said and acknowledged.
    pub fn messages(&self) -> (usize, usize) {
        let said = self.said.borrow();
        (said.len(), said.values().filter(|said| said.acknowledged.is_some()).count())
    }

    /// Somebody's device marked a conversation read, or the server said that it is.
    pub fn mark(&self, person: usize, talk: usize, change: impl FnOnce(&mut Marks)) {
        change(self.marks.borrow_mut().entry((person, talk)).or_default());
    }

    /// Asks a node.
    pub async fn ask(
        &self,
        node: usize,
        token: &str,
        (method, path): (Method, &str),
        body: Option<Value>,
    ) -> Result<Value, Trouble> {
        let request = self.client.request(method, format!("http://{}{path}", self.nodes[node])).bearer_auth(token);
        let mut request = request.header("tulou-organisation", &self.organisation);
        if let Some(body) = body {
            request = request.header("content-type", "application/json").body(body.to_string());
        }
        let answer = request.send().await.map_err(|error| match error.is_connect() {
            true => Trouble::NobodyThere,
            false => Trouble::NoAnswer,
        })?;
        let status = answer.status();
        let text = answer.text().await.map_err(|_| Trouble::NoAnswer)?;
        let value: Value = serde_json::from_str(&text).unwrap_or_default();
        if status.is_success() {
            return Ok(value);
        }
        Err(Trouble::Refused(status.as_u16(), value["code"].as_str().unwrap_or_default().to_owned()))
    }
}

impl Trouble {
    /// What it is counted as.
    pub fn name(&self, of: &str) -> String {
        match self {
            Self::NobodyThere => format!("{of}: nobody there"),
            Self::NoAnswer => format!("{of}: no answer"),
            Self::Refused(status, code) => format!("{of}: {status} {code}"),
        }
    }
}

impl std::fmt::Display for Trouble {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.name("request"))
    }
}

impl std::error::Error for Trouble {}
