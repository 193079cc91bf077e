//! A device as the API's documents tell one to be written: it opens its socket, asks what it missed, follows frames,
//! and loads what it finds missing. It keeps what it knows when the line breaks.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use kernel::{Frame, MemberId};
use serde_json::{Value, json};
use testkit::{Person, TestSocket};
use uuid::Uuid;

use crate::talk::Office;

/// What a device shows of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    pub state: String,
    pub text: Option<String>,
}

/// What a device knows of a conversation.
#[derive(Debug, Default)]
pub struct Log {
    pub messages: BTreeMap<i64, Seen>,
    start: i64,
    last: i64,
    pub unread: i64,
}

/// One device of one person.
pub struct Device {
    pub owner: Person,
    socket: Option<TestSocket>,
    pos: Option<i64>,
    pub logs: BTreeMap<String, Log>,
    outbox: Vec<(Uuid, String, String)>,
}

impl Device {
    pub fn new(owner: &Person) -> Self {
        Self { owner: owner.clone(), socket: None, pos: None, logs: BTreeMap::new(), outbox: Vec::new() }
    }

    /// The line breaks: what was under way is lost.
    pub fn lose(&mut self) {
        if let Some(socket) = self.socket.take() {
            socket.close();
        }
    }

    pub async fn connect(&mut self, office: &Office) {
        if self.socket.is_none() {
            self.socket = Some(office.t.socket_from(&self.owner, self.pos).await);
            self.catch_up(office).await;
            self.flush(office).await;
        }
    }

    /// Says something, now or when there is a line again; `is_sent_twice`: the acknowledgement got lost.
    pub async fn say(&mut self, office: &Office, conversation: &str, text: String, is_sent_twice: bool) {
        let id = office.client_id();
        for _ in 0..=usize::from(is_sent_twice) {
            self.outbox.push((id, conversation.to_owned(), text.clone()));
        }
        self.flush(office).await;
    }

    async fn flush(&mut self, office: &Office) {
        let Some(socket) = &self.socket else { return };
        let waiting = std::mem::take(&mut self.outbox);
        let mut open: BTreeSet<String> = waiting.iter().map(|(id, ..)| id.to_string()).collect();
        for (id, conversation, text) in waiting {
            let body = json!({"v": 1, "kind": "text", "text": text});
            let frame =
                json!({"c": "chat", "k": "send", "client_id": id, "conversation_id": conversation, "body": body});
            socket.send(frame).await.unwrap();
        }
        while !open.is_empty() {
            for frame in self.frames(Duration::from_secs(10)).await {
                let is_answer = frame["k"] == "sent" || frame["k"] == "refused";
                open.retain(|id| !is_answer || frame["client_id"] != json!(id));
                self.take(office, &frame).await;
            }
        }
    }

    /// Takes in everything that has been sent to it.
    pub async fn drain(&mut self, office: &Office) {
        let Some(socket) = &self.socket else { return };
        let newest = office.t.app.pos(self.owner.org).await.unwrap();
        while socket.socket.pos() < newest {
            tokio::task::yield_now().await;
        }
        for frame in self.frames(Duration::ZERO).await {
            self.take(office, &frame).await;
        }
        for id in self.logs.keys().cloned().collect::<Vec<_>>() {
            self.heal(office, &id).await;
        }
    }

    async fn frames(&self, patience: Duration) -> Vec<Value> {
        let socket = self.socket.as_ref().unwrap();
        let parse = |frame: Frame| serde_json::from_str(frame.as_str()).unwrap();
        match tokio::time::timeout(patience, socket.socket.next()).await {
            Ok(frames) => frames.expect("nobody cuts the socket").into_iter().map(parse).collect(),
            Err(_) => Vec::new(),
        }
    }

    async fn take(&mut self, office: &Office, frame: &Value) {
        match (frame["c"].as_str().unwrap(), frame["k"].as_str().unwrap()) {
            ("chat", "message" | "changed") => self.learn_message(&frame["message"]),
            ("chat", "sent") => {
                // The words are the device's own; it waits for them by the number.
                let id = frame["conversation_id"].as_str().unwrap().to_owned();
                let seq = frame["seq"].as_i64().unwrap();
                let log = self.logs.entry(id.clone()).or_default();
                log.last = log.last.max(seq);
                self.heal(office, &id).await;
            }
            ("events", "event") => self.hear(office, frame).await,
            ("events", "refetch") => panic!("so much was not missed"),
            _ => {}
        }
    }

    async fn hear(&mut self, office: &Office, frame: &Value) {
        self.pos = frame["pos"].as_i64();
        let Some(id) = frame["data"]["conversation"].as_str().map(str::to_owned) else { return };
        let is_me = |value: &Value| *value == json!(self.owner.id);
        if frame["name"] == "chat.members_changed"
            && frame["data"]["added"].as_array().is_some_and(|a| a.iter().any(is_me))
        {
            // Whoever comes in again has missed what was changed meanwhile, and may see more or less than before.
            self.logs.remove(&id);
        }
        let path = format!("/v1/conversations/{id}");
        match office.t.call(&self.owner, "GET", &path, json!(null)).await {
            (status, conversation) if status.is_success() => self.learn(&conversation),
            _ => drop(self.logs.remove(&id)),
        }
    }

    fn learn(&mut self, conversation: &Value) {
        let log = self.logs.entry(conversation["id"].as_str().unwrap().to_owned()).or_default();
        log.start = conversation["my"]["start_seq"].as_i64().unwrap();
        log.last = log.last.max(conversation["last"]["seq"].as_i64().unwrap());
        log.unread = conversation["my"]["unread"].as_i64().unwrap();
        let start = log.start;
        log.messages.retain(|seq, _| *seq > start);
    }

    fn learn_message(&mut self, message: &Value) {
        let log = self.logs.entry(message["conversation_id"].as_str().unwrap().to_owned()).or_default();
        let seq = message["seq"].as_i64().unwrap();
        let seen = Seen {
            state: message["state"].as_str().unwrap().to_owned(),
            text: message["body"]
                .as_object()
                .map(|body| body.get("text").unwrap_or(&json!("system")).as_str().unwrap().to_owned()),
        };
        log.last = log.last.max(seq);
        // A frame that was overtaken by a later state of the same message changes nothing.
        let rank = |seen: &Seen| ["sent", "edited", "recalled", "removed"].iter().position(|s| *s == seen.state);
        if seq > log.start && log.messages.get(&seq).is_none_or(|held| rank(held) <= rank(&seen)) {
            log.messages.insert(seq, seen);
        }
    }

    /// The number up to which it has everything.
    fn reached(log: &Log) -> i64 {
        (log.start + 1..).find(|seq| !log.messages.contains_key(seq)).unwrap_or_default() - 1
    }

    async fn heal(&mut self, office: &Office, id: &str) {
        loop {
            let Some(log) = self.logs.get(id) else { return };
            let reached = Self::reached(log);
            if reached >= log.last {
                return;
            }
            let path = format!("/v1/conversations/{id}/messages?after={reached}&limit=3");
            let (status, page) = office.t.call(&self.owner, "GET", &path, json!(null)).await;
            if !status.is_success() {
                self.logs.remove(id);
                return;
            }
            page["items"].as_array().unwrap().iter().for_each(|message| self.learn_message(message));
            if page["items"].as_array().unwrap().is_empty() {
                return;
            }
        }
    }

    /// Asks what it missed. Asking once more at any time changes nothing.
    pub async fn catch_up(&mut self, office: &Office) {
        let positions: Vec<Value> =
            self.logs.iter().map(|(id, log)| json!({"conversation_id": id, "seq": Self::reached(log)})).collect();
        let question = json!({"pos": self.pos, "positions": positions});
        let answer = office.ask(&self.owner, "POST", "/v1/sync", question, 200).await;
        assert_eq!(answer["refetch"], false);
        for id in answer["gone"].as_array().unwrap() {
            self.logs.remove(id.as_str().unwrap());
        }
        for conversation in answer["conversations"].as_array().unwrap() {
            self.learn(conversation);
        }
        for missed in answer["messages"].as_array().unwrap() {
            missed["items"].as_array().unwrap().iter().for_each(|message| self.learn_message(message));
        }
        for message in answer["changed"].as_array().unwrap() {
            self.learn_message(message);
        }
        self.pos = answer["pos"].as_i64().max(self.pos);
        for id in self.logs.keys().cloned().collect::<Vec<_>>() {
            self.heal(office, &id).await;
        }
    }

    pub async fn read(&mut self, office: &Office, conversation: &str) {
        let Some(seq) = self.logs.get(conversation).and_then(|log| log.messages.keys().next_back().copied()) else {
            return;
        };
        let path = format!("/v1/conversations/{conversation}/read");
        // Whoever has been taken out meanwhile is refused; the device learns why from the event.
        office.t.call(&self.owner, "POST", &path, json!({"seq": seq})).await;
    }
}

/// Whose device it is.
pub fn id_of(device: &Device) -> MemberId {
    device.owner.id
}
