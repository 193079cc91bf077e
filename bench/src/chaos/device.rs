//! One device of somebody, as a client behaves: it keeps a window open, hands over again what was not acknowledged under
//! the same id, comes back by itself, at another node where it must, and asks for what it missed.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use reqwest::Method;
use serde_json::{Value, json};
use tokio::time::{sleep, timeout};
use uuid::Uuid;

use super::state::{Pending, State, shown};
use super::world::{Trouble, World};
use crate::wire::{self, FrameWriter};
use crate::workload::Chance;

/// How often it does something by itself.
const TURN: Duration = Duration::from_millis(50);
/// Messages it has under way at once.
const OUTSTANDING: usize = 3;
/// Greetings and answers that take longer are given up, and the connection with them.
const WITHIN: Duration = Duration::from_secs(15);
/// A number that is missing may be on its way from another node.
const GAP: Duration = Duration::from_millis(300);
/// The server lets go of who says nothing for a minute.
const PING: Duration = Duration::from_secs(20);
/// After a refusal that names no time.
const AGAIN: Duration = Duration::from_secs(2);

pub struct Device {
    world: Rc<World>,
    pub state: RefCell<State>,
    token: String,
    /// The node it belongs to.
    home: usize,
    /// It speaks over HTTP, and its window is for hearing only.
    is_over_http: bool,
    /// So long an answer may take. The impatient go elsewhere while the first node may still do what it was asked.
    patience: Duration,
    chance: RefCell<Chance>,
}

/// Why a connection was left.
enum End {
    /// The server said goodbye; it may be greeted again after this time.
    Bye(Duration),
    /// The run is over, or everybody goes home.
    Called,
}

/// Nothing was answered for too long.
#[derive(Debug)]
struct Silence;

impl std::fmt::Display for Silence {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("nothing was answered for too long")
    }
}

impl std::error::Error for Silence {}

impl Device {
    pub fn new(world: &Rc<World>, number: u32, person: usize, token: String) -> Rc<Self> {
        let home = number as usize % world.nodes.len();
        let patience = if number.is_multiple_of(2) { Duration::from_secs(4) } else { Duration::from_secs(25) };
        Rc::new(Self {
            world: Rc::clone(world),
            state: RefCell::new(State::new(Rc::clone(world), number, person)),
            token,
            home,
            is_over_http: number % 4 == 3,
            patience,
            chance: RefCell::new(Chance::new(number)),
        })
    }

    /// Until the run is over.
    pub async fn live(self: Rc<Self>) {
        let (mut at, mut called) = (self.home, self.world.homecoming.get());
        let mut wait = TURN;
        while !self.world.is_over.get() {
            let end = self.session(at).await;
            self.state.borrow_mut().begin_anew();
            match end {
                Ok(End::Called) => wait = Duration::ZERO,
                Ok(End::Bye(retry)) => wait = retry,
                Err(error) if error.is::<Silence>() => {
                    self.world.count("left a silent node");
                    wait = TURN;
                }
                Err(error) => {
                    self.world.count(trouble(&error));
                    wait = (wait * 2).clamp(TURN, Duration::from_secs(1));
                }
            }
            at = (at + 1) % self.world.nodes.len();
            if called != self.world.homecoming.get() {
                (at, called) = (self.home, self.world.homecoming.get());
            }
            sleep(wait).await;
        }
    }

    /// One window, for as long as it lasts.
    async fn session(self: &Rc<Self>, node: usize) -> Result<End> {
        let pos = self.state.borrow().pos.map(|pos| format!("&pos={pos}")).unwrap_or_default();
        let path = format!("/v1/socket?organisation={}{pos}", self.world.organisation);
        let headers = format!("Authorization: Bearer {}\r\n", self.token);
        let opening = wire::open(&self.world.nodes[node], &path, &headers);
        let (mut writer, mut reader) = timeout(WITHIN, opening).await.context("not let in")??;
        let mut frames: Vec<Vec<u8>> = Vec::new();
        timeout(WITHIN, reader.read(|frame| frames.push(frame.to_vec()))).await.context("not greeted")??;
        ensure!(frames.first().is_some_and(|frame| is_hello(frame)), "not greeted");
        let called = self.world.homecoming.get();
        let mut is_behind = true;
        let (mut turn, mut pinged) = (Instant::now(), Instant::now());
        loop {
            if let Some(end) = frames.drain(..).find_map(|frame| self.hear(&frame)) {
                return Ok(end);
            }
            if is_behind {
                self.catch_up(node).await?;
                is_behind = false;
            }
            if self.world.is_over.get() || called != self.world.homecoming.get() {
                return Ok(End::Called);
            }
            if turn.elapsed() >= TURN {
                turn = Instant::now();
                is_behind = self.turn(&mut writer, node, &mut pinged).await?;
            }
            tokio::select! {
                read = reader.read(|frame| frames.push(frame.to_vec())) => if let Err(error) = read {
                    // What came before the end is heard: it says why.
                    let said = frames.iter().find_map(|frame| self.hear(frame));
                    return said.ok_or(error);
                },
                () = sleep(TURN.saturating_sub(turn.elapsed())) => {}
            }
        }
    }

    /// What is due at each turn; whether it has to catch up.
    async fn turn(self: &Rc<Self>, writer: &mut FrameWriter, node: usize, pinged: &mut Instant) -> Result<bool> {
        let (is_behind, is_silent) = self.looks();
        if is_silent {
            return Err(Silence.into());
        }
        Self::ping(writer, pinged);
        self.act(writer, node);
        timeout(self.patience, writer.flush()).await.context("nothing is taken")??;
        Ok(is_behind)
    }

    /// A sign of life now and then.
    fn ping(writer: &mut FrameWriter, pinged: &mut Instant) {
        if pinged.elapsed() > PING {
            *pinged = Instant::now();
            writer.add(r#"{"c":"sys","k":"ping","id":1}"#);
        }
    }

    /// Whether something is missing for too long, and whether an answer is.
    fn looks(&self) -> (bool, bool) {
        let state = self.state.borrow();
        let is_behind = state.gap_since.is_some_and(|since| since.elapsed() > GAP);
        (is_behind, state.longest_wait() > self.patience)
    }

    /// What one frame says; whether it was the last.
    fn hear(&self, frame: &[u8]) -> Option<End> {
        let frame: Value = serde_json::from_slice(frame).unwrap_or_default();
        let kind = (frame["c"].as_str().unwrap_or_default(), frame["k"].as_str().unwrap_or_default());
        let mut state = self.state.borrow_mut();
        match kind {
            ("sys", "bye") => {
                self.world.count(&format!("bye: {}", frame["code"].as_str().unwrap_or_default()));
                return Some(End::Bye(Duration::from_secs(frame["retry_s"].as_u64().unwrap_or(1))));
            }
            ("sys", "hello") => state.pos = state.pos.or(frame["pos"].as_i64()),
            ("events", _) => state.pos = state.pos.max(frame["pos"].as_i64()),
            ("chat", "sent") => {
                state.acknowledged(id(&frame)?, place(&frame)?);
            }
            ("chat", "refused") => {
                let retry = frame["retry_s"].as_u64().map(Duration::from_secs);
                let code = frame["code"].as_str().unwrap_or_default();
                let kind = if retry.is_some() { "refused for now" } else { "refused for good" };
                self.world.count(&format!("{kind}: {code}"));
                state.refused(id(&frame)?, retry.unwrap_or(AGAIN));
            }
            ("chat", "message") => {
                if let Some(stamp) = shown(&frame["message"]).stamp {
                    self.world.shows(stamp, state.number);
                }
                state.message(&frame["message"]);
            }
            ("chat", "read") if frame["member_id"] == self.world.people[state.person].as_str() => {
                let talk = state.talk(frame["conversation_id"].as_str()?)?;
                state.read_to(talk, (frame["seq"].as_i64()?, frame["n"].as_i64()?));
            }
            _ => {}
        }
        None
    }

    /// What it does by itself: says something, marks something as read, hands over what is due.
    fn act(self: &Rc<Self>, writer: &mut FrameWriter, node: usize) {
        let mut state = self.state.borrow_mut();
        let mut chance = self.chance.borrow_mut();
        let talks: Vec<usize> = state.views.keys().copied().collect();
        let talk = talks[chance.below(u32::try_from(talks.len()).unwrap_or(1)) as usize];
        if self.world.is_talking.get() {
            if state.pending.len() < OUTSTANDING {
                state.say(talk);
            }
            if chance.below(20) == 0 {
                self.mark_read(&state, talk, (writer, node));
            }
        }
        let patience = if self.is_over_http { WITHIN * 2 } else { self.world.again };
        for number in state.take_due(patience) {
            let pending = &state.pending[&number];
            if self.is_over_http {
                self.post(pending, node);
            } else {
                writer.add(&frame(&self.world.talks[pending.talk].id, pending));
            }
        }
    }

    /// Marks what it has shown as read: through the window, or over HTTP, where there is an answer.
    fn mark_read(self: &Rc<Self>, state: &State, talk: usize, (writer, node): (&mut FrameWriter, usize)) {
        let (seq, id) = (state.upto(talk), &self.world.talks[talk].id);
        if seq <= state.read(talk).0 {
            return;
        }
        self.world.mark(state.person, talk, |marks| marks.asked = marks.asked.max(seq));
        if state.number.is_multiple_of(2) {
            writer.add(&format!(r#"{{"c":"chat","k":"read","conversation_id":"{id}","seq":{seq}}}"#));
            return;
        }
        let (device, path, person) = (Rc::clone(self), format!("/v1/conversations/{id}/read"), state.person);
        self.aside(async move {
            let body = Some(json!({ "seq": seq }));
            match device.world.ask(node, &device.token, (Method::POST, &path), body).await {
                Ok(_) => device.world.mark(person, talk, |marks| marks.certain = marks.certain.max(seq)),
                Err(trouble) => device.world.count(&trouble.name("read")),
            }
        });
    }

    /// Hands a message over by HTTP.
    fn post(self: &Rc<Self>, pending: &Pending, node: usize) {
        let (device, id) = (Rc::clone(self), pending.client_id);
        let path = format!("/v1/conversations/{}/messages", self.world.talks[pending.talk].id);
        let body = json!({ "client_id": id, "body": { "v": 1, "kind": "text", "text": pending.text } });
        self.aside(async move {
            let answer = device.world.ask(node, &device.token, (Method::POST, &path), Some(body)).await;
            let mut state = device.state.borrow_mut();
            match answer {
                Ok(message) => state.acknowledged(id, place(&message).unwrap_or_default()),
                Err(trouble) => {
                    device.world.count(&trouble.name("send"));
                    state.refused(id, after(&trouble));
                }
            }
        });
    }

    /// Beside the window; whoever waits for quiet waits for it too.
    fn aside(&self, work: impl Future<Output = ()> + 'static) {
        let world = Rc::clone(&self.world);
        world.under_way.set(world.under_way.get() + 1);
        tokio::task::spawn_local(async move {
            work.await;
            world.under_way.set(world.under_way.get() - 1);
        });
    }

    /// Asks what it missed, and reads on where that was too much.
    async fn catch_up(&self, node: usize) -> Result<()> {
        let positions: Vec<Value> = {
            let state = self.state.borrow();
            let id = |talk: &usize| self.world.talks[*talk].id.clone();
            state.views.keys().map(|talk| json!({ "conversation_id": id(talk), "seq": state.upto(*talk) })).collect()
        };
        let pos = self.state.borrow().pos;
        let question = json!({ "pos": pos, "positions": positions });
        let answer = self.ask(node, (Method::POST, "/v1/sync"), Some(question)).await?;
        self.world.count("asked what was missed");
        let is_all = answer["refetch"].as_bool().unwrap_or(false);
        let mut behind: Vec<String> = Vec::new();
        if is_all {
            behind = positions.iter().filter_map(|one| Some(one["conversation_id"].as_str()?.to_owned())).collect();
        }
        for missed in answer["messages"].as_array().into_iter().flatten() {
            self.take(&missed["items"]);
            if missed["has_more"].as_bool().unwrap_or(false) {
                behind.extend(missed["conversation_id"].as_str().map(ToOwned::to_owned));
            }
        }
        for id in behind {
            self.read_on(node, &id).await?;
        }
        let mut state = self.state.borrow_mut();
        for conversation in answer["conversations"].as_array().into_iter().flatten() {
            let Some(talk) = state.talk(conversation["id"].as_str().unwrap_or_default()) else { continue };
            let my = &conversation["my"];
            state.read_to(talk, (my["read_seq"].as_i64().unwrap_or(0), my["read_n"].as_i64().unwrap_or(0)));
        }
        Ok(())
    }

    /// Page after page from where it is.
    async fn read_on(&self, node: usize, id: &str) -> Result<()> {
        let mut after = {
            let state = self.state.borrow();
            state.talk(id).map_or(0, |talk| state.upto(talk))
        };
        loop {
            let path = format!("/v1/conversations/{id}/messages?after={after}&limit=100");
            let page = self.ask(node, (Method::GET, &path), None).await?;
            self.take(&page["items"]);
            let last = page["items"].as_array().and_then(|items| items.last()?["seq"].as_i64());
            if !page["has_newer"].as_bool().unwrap_or(false) || last.is_none() {
                return Ok(());
            }
            after = last.unwrap_or(after);
        }
    }

    fn take(&self, messages: &Value) {
        let mut state = self.state.borrow_mut();
        messages.as_array().into_iter().flatten().for_each(|message| state.message(message));
    }

    async fn ask(&self, node: usize, what: (Method, &str), body: Option<Value>) -> Result<Value> {
        let answer = self.world.ask(node, &self.token, what, body).await;
        Ok(answer.inspect_err(|trouble| self.world.count(&trouble.name("sync")))?)
    }
}

fn frame(conversation: &str, pending: &Pending) -> String {
    let (id, text) = (pending.client_id, &pending.text);
    format!(
        r#"{{"c":"chat","k":"send","client_id":"{id}","conversation_id":"{conversation}","body":{{"v":1,"kind":"text","text":"{text}"}}}}"#
    )
}

fn id(frame: &Value) -> Option<Uuid> {
    frame["client_id"].as_str()?.parse().ok()
}

fn place(message: &Value) -> Option<(i64, i64)> {
    Some((message["seq"].as_i64()?, message["n"].as_i64()?))
}

/// Whoever found nobody there goes elsewhere at once.
fn after(trouble: &Trouble) -> Duration {
    if matches!(trouble, Trouble::NobodyThere) { TURN } else { AGAIN / 2 }
}

fn is_hello(frame: &[u8]) -> bool {
    memchr::memmem::find(frame, br#""k":"hello""#).is_some()
}

fn trouble(error: &anyhow::Error) -> &'static str {
    let kind = error.downcast_ref::<std::io::Error>().map(std::io::Error::kind);
    if kind == Some(std::io::ErrorKind::ConnectionRefused) { "window: nobody there" } else { "window: broken" }
}
