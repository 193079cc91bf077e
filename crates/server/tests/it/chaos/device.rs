//! A device as docs/api/socket.md describes it: it comes back by itself, asks for what it missed, sends again under the
//! same id what was not answered, and keeps what it was told.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::time::{Instant, interval, sleep, timeout};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use super::history::{Ack, Entry, Seen};
use super::site::Addresses;
use crate::people::{Person, client_id};

/// A node that does not answer is left for another one.
const PATIENCE: Duration = Duration::from_secs(4);
const BEAT: Duration = Duration::from_secs(1);

type Wire = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// What a device has, for whoever looks while it runs.
#[derive(Default)]
pub struct Kept {
    pub seen: Seen,
    pub acks: Vec<Ack>,
    pub contradictions: Vec<String>,
    /// What a person would have seen of trouble: a message that was refused, a request that failed.
    pub errors: Vec<String>,
    /// Whether something was said and not answered.
    pub is_waiting: bool,
}

#[derive(Clone)]
pub struct Device {
    pub name: String,
    pub person: Person,
    /// The conversations it says something in, by turns; none: it only listens.
    pub says_in: Vec<String>,
    pub pause: Duration,
    /// The node it would rather be at.
    pub home: usize,
    pub addresses: Addresses,
    pub kept: Arc<Mutex<Kept>>,
    /// What it is to do: say things, only listen, end.
    pub task: watch::Receiver<Task>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Task {
    Talk,
    Listen,
    End,
}

/// What was said and not answered.
struct Pending {
    client_id: String,
    conversation: String,
    text: String,
    sent: Option<Instant>,
}

struct Session<'a> {
    device: &'a Device,
    address: SocketAddr,
    wire: Wire,
    http: reqwest::Client,
}

impl Device {
    /// Lives until it is to end.
    pub async fn live(self) {
        let (mut pending, mut said, mut attempt) = (None, 0, 0);
        while *self.task.borrow() != Task::End {
            let address = self.address(attempt);
            attempt += 1;
            let opened = match address {
                Some(address) => timeout(PATIENCE, self.open(address)).await.ok().flatten(),
                None => None,
            };
            if opened.is_none() && address.is_some() {
                self.trouble("a socket: not opened");
            }
            if let Some(mut session) = opened {
                attempt = 0;
                session.serve(&mut pending, &mut said).await;
                // Away from whoever did not answer.
                attempt += 1;
            }
            sleep(Duration::from_millis(100)).await;
        }
    }

    fn trouble(&self, what: impl Into<String>) {
        self.kept.lock().unwrap().errors.push(what.into());
    }

    fn address(&self, attempt: usize) -> Option<SocketAddr> {
        let addresses = self.addresses.read().unwrap();
        addresses[(self.home + attempt) % addresses.len()]
    }

    async fn open(&self, address: SocketAddr) -> Option<Session<'_>> {
        let mut request = format!("ws://{address}/v1/socket?organisation=acme").into_client_request().ok()?;
        request.headers_mut().insert("authorization", format!("Bearer {}", self.person.token).parse().ok()?);
        let (wire, _) = connect_async(request).await.ok()?;
        let http = reqwest::Client::builder().no_proxy().timeout(PATIENCE).build().ok()?;
        Some(Session { device: self, address, wire, http })
    }
}

impl Session<'_> {
    /// Until the connection ends, is given up, or the device is to end.
    async fn serve(&mut self, pending: &mut Option<Pending>, said: &mut usize) {
        if let Some(pending) = pending.as_mut() {
            pending.sent = None;
        }
        let (mut heard, mut beat, mut tick) = (Instant::now(), interval(BEAT), interval(self.device.pause));
        let mut task = self.device.task.clone();
        loop {
            let is_well = tokio::select! {
                frame = self.wire.next() => {
                    heard = Instant::now();
                    match frame {
                        Some(Ok(Message::Text(text))) => self.hear(&text, pending).await,
                        Some(Ok(Message::Close(_)) | Err(_)) | None => return,
                        Some(Ok(_)) => true,
                    }
                }
                _ = tick.tick(), if !self.device.says_in.is_empty() => self.say(pending, said).await,
                _ = beat.tick() => {
                    let ping = json!({"c": "sys", "k": "ping"});
                    heard.elapsed() < PATIENCE && self.send(&ping).await
                }
                _ = task.changed() => *task.borrow() != Task::End,
            };
            if !is_well {
                return;
            }
        }
    }

    async fn send(&mut self, frame: &Value) -> bool {
        matches!(timeout(PATIENCE, self.wire.send(Message::text(frame.to_string()))).await, Ok(Ok(())))
    }

    /// Says the next thing once the last one is answered, and what was refused again.
    async fn say(&mut self, pending: &mut Option<Pending>, said: &mut usize) -> bool {
        if pending.is_none() && *self.device.task.borrow() == Task::Talk {
            let conversation = self.device.says_in[*said % self.device.says_in.len()].clone();
            let text = format!("{} says {said}", self.device.name);
            *said += 1;
            self.device.kept.lock().unwrap().is_waiting = true;
            *pending = Some(Pending { client_id: client_id(), conversation, text, sent: None });
        }
        match pending {
            Some(pending) if pending.sent.is_none() => {
                pending.sent = Some(Instant::now());
                let frame = json!({"c": "chat", "k": "send", "client_id": pending.client_id,
                    "conversation_id": pending.conversation, "body": {"v": 1, "kind": "text", "text": pending.text}});
                self.send(&frame).await
            }
            Some(pending) => pending.sent.is_none_or(|sent| sent.elapsed() < PATIENCE),
            None => true,
        }
    }

    async fn hear(&mut self, text: &str, pending: &mut Option<Pending>) -> bool {
        let frame: Value = serde_json::from_str(text).unwrap();
        match (frame["c"].as_str().unwrap_or_default(), frame["k"].as_str().unwrap_or_default()) {
            ("sys", "hello" | "missed") => return self.catch_up().await,
            ("sys", "bye") => return false,
            ("chat", "message") => self.keep(&frame["message"]),
            ("chat", "sent") => self.answered(&frame, pending),
            ("chat", "refused") => {
                if let Some(pending) = pending.as_mut().filter(|one| one.client_id == frame["client_id"]) {
                    self.device.trouble(format!("refused: {}", frame["code"]));
                    sleep(Duration::from_millis(300)).await;
                    pending.sent = None;
                }
            }
            _ => {}
        }
        true
    }

    fn answered(&self, frame: &Value, pending: &mut Option<Pending>) {
        let Some(own) = pending.take_if(|one| one.client_id == frame["client_id"]) else { return };
        let Pending { conversation, text, .. } = own;
        let seq = frame["seq"].as_i64().unwrap();
        let entry = Entry {
            id: frame["id"].as_str().unwrap().to_owned(),
            text: Some(text.clone()),
            author: self.device.person.member.clone(),
            n: frame["n"].as_i64().unwrap(),
        };
        self.put(&conversation, seq, entry);
        let device = self.device.name.clone();
        let mut kept = self.device.kept.lock().unwrap();
        kept.acks.push(Ack { device, conversation, seq, text });
        kept.is_waiting = false;
    }

    fn keep(&self, message: &Value) {
        let entry = Entry {
            id: message["id"].as_str().unwrap().to_owned(),
            text: message["body"]["text"].as_str().map(ToOwned::to_owned),
            author: message["author_id"].as_str().unwrap().to_owned(),
            n: message["n"].as_i64().unwrap(),
        };
        self.put(message["conversation_id"].as_str().unwrap(), message["seq"].as_i64().unwrap(), entry);
    }

    fn put(&self, conversation: &str, seq: i64, entry: Entry) {
        let mut kept = self.device.kept.lock().unwrap();
        let before = kept.seen.entry(conversation.to_owned()).or_default().insert(seq, entry.clone());
        if before.as_ref().is_some_and(|before| *before != entry) {
            let name = &self.device.name;
            kept.contradictions
                .push(format!("{name} was told of {conversation}/{seq} first {before:?}, then {entry:?}"));
        }
    }

    /// Asks for what comes after the last number without a gap before it, until there is no more.
    async fn catch_up(&mut self) -> bool {
        loop {
            let positions: Vec<Value> = {
                let kept = self.device.kept.lock().unwrap();
                let reached = |messages: &std::collections::BTreeMap<i64, Entry>| {
                    (1..).zip(messages.keys()).take_while(|(expected, seq)| expected == *seq).count()
                };
                let conversations = kept.seen.iter();
                conversations.map(|(id, seen)| json!({"conversation_id": id, "seq": reached(seen)})).collect()
            };
            let question = json!({"positions": positions}).to_string();
            let asked = self.http.post(format!("http://{}/v1/sync", self.address)).body(question);
            let asked = asked.bearer_auth(&self.device.person.token).header("content-type", "application/json");
            let Ok(answer) = asked.header("tulou-organisation", "acme").send().await else {
                self.device.trouble("sync: no answer");
                return false;
            };
            if !answer.status().is_success() {
                self.device.trouble(format!("sync: {}", answer.status()));
                return false;
            }
            let Ok(text) = answer.text().await else { return false };
            let answer: Value = serde_json::from_str(&text).unwrap();
            let missed = answer["messages"].as_array().unwrap();
            missed.iter().flat_map(|of_one| of_one["items"].as_array().unwrap()).for_each(|one| self.keep(one));
            if missed.iter().all(|of_one| of_one["has_more"] != true) {
                return true;
            }
        }
    }
}
