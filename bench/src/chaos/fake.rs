//! A server that has learnt to be wrong: it speaks as much of the API as devices use, keeps everything in memory, and
//! breaks one promise at a time. Real devices talk to it, and the checker has to find it out; the honest one must pass.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use axum::routing::{get, post};
use axum::{Json, Router};
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};

/// Which promise is broken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Way {
    Honest,
    /// What was acknowledged last is gone with a crash.
    AcknowledgesFirst,
    /// Acknowledged and never stored.
    Drops,
    /// A message that is handed over again is a second one.
    Doubles,
    /// A new one is put before one that was acknowledged.
    Reorders,
    /// A number is left out.
    Skips,
    /// Somebody is never told of some messages.
    Hides,
    /// Some are put into another conversation.
    Strays,
    /// One too many is unread.
    Miscounts,
}

/// Every so many messages it does it.
const EVERY: usize = 20;
/// Every so many an answer is lost on the way: the message is there, and handed over again.
const UNANSWERED: usize = 7;
/// How many a crash takes with it.
const UNSTORED: usize = 3;
const PAGE: usize = 100;
/// Whom it wrongs where it wrongs one.
const WRONGED: usize = 1;

#[derive(Clone)]
struct Kept {
    seq: i64,
    n: i64,
    author: usize,
    client_id: String,
    text: String,
    is_hidden: bool,
}

pub struct Talk {
    pub id: String,
    pub people: Vec<usize>,
    kept: Vec<Kept>,
    read: HashMap<usize, (i64, i64)>,
}

struct Inner {
    way: Way,
    talks: Vec<Talk>,
    /// By client id: conversation, number, count.
    known: HashMap<String, (usize, i64, i64)>,
    windows: Vec<(usize, UnboundedSender<String>)>,
    taken: usize,
}

#[derive(Clone)]
pub struct Fake(Arc<Mutex<Inner>>);

impl Fake {
    pub fn new(way: Way, talks: &[(&str, &[usize])]) -> Self {
        let talk = |(id, people): &(&str, &[usize])| Talk {
            id: (*id).to_owned(),
            people: people.to_vec(),
            kept: Vec::new(),
            read: HashMap::new(),
        };
        let talks = talks.iter().map(talk).collect();
        let (known, windows) = (HashMap::new(), Vec::new());
        Self(Arc::new(Mutex::new(Inner { way, talks, known, windows, taken: 0 })))
    }

    /// Everybody is cut off, and what it only said that it had is gone.
    pub fn crash(&self) {
        let mut inner = self.lock();
        inner.windows.clear();
        if inner.way != Way::AcknowledgesFirst {
            return;
        }
        let Inner { talks, known, .. } = &mut *inner;
        for talk in talks {
            for lost in talk.kept.split_off(talk.kept.len().saturating_sub(UNSTORED)) {
                known.remove(&lost.client_id);
            }
        }
    }

    pub fn router(&self) -> Router {
        Router::new()
            .route("/v1/socket", get(window))
            .route("/v1/sync", post(sync))
            .route("/v1/conversations/{id}", get(show))
            .route("/v1/conversations/{id}/messages", get(list).post(send))
            .route("/v1/conversations/{id}/read", post(read))
            .with_state(self.clone())
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What a window says.
    fn hear(&self, person: usize, frame: &str, answer: &UnboundedSender<String>) {
        let frame: Value = serde_json::from_str(frame).unwrap();
        let mut inner = self.lock();
        let Some(talk) = inner.talk(frame["conversation_id"].as_str().unwrap_or_default()) else { return };
        if frame["k"] == "read" {
            return inner.mark(person, talk, frame["seq"].as_i64().unwrap());
        }
        let client_id = frame["client_id"].as_str().unwrap();
        let place = inner.take(person, talk, (client_id, frame["body"]["text"].as_str().unwrap()));
        if let Some((seq, n)) = place {
            let sent = json!({ "c": "chat", "k": "sent", "client_id": client_id, "seq": seq, "n": n });
            let _ = answer.send(sent.to_string());
        }
    }
}

impl Inner {
    fn talk(&self, id: &str) -> Option<usize> {
        self.talks.iter().position(|talk| talk.id == id)
    }

    /// Stores a message, in its way, and tells everybody; none: nobody hears the answer.
    fn take(&mut self, author: usize, at: usize, (client_id, text): (&str, &str)) -> Option<(i64, i64)> {
        if let Some((_, seq, n)) = self.known.get(client_id).filter(|_| self.way != Way::Doubles) {
            return Some((*seq, *n));
        }
        self.taken += 1;
        let (does_it, is_answered) = (self.taken.is_multiple_of(EVERY), !self.taken.is_multiple_of(UNANSWERED));
        let way = if does_it { self.way } else { Way::Honest };
        let into = if way == Way::Strays { (at + 1) % self.talks.len() } else { at };
        let talk = &mut self.talks[into];
        let (last, last_n) = talk.kept.last().map_or((0, 0), |last| (last.seq, last.n));
        let place = (last + 1 + i64::from(way == Way::Skips), last_n + 1);
        if way == Way::Drops {
            return Some(place);
        }
        let mut kept = Kept {
            seq: place.0,
            n: place.1,
            author,
            client_id: client_id.to_owned(),
            text: text.to_owned(),
            is_hidden: way == Way::Hides,
        };
        if way == Way::Reorders {
            if let Some(before) = talk.kept.last_mut() {
                std::mem::swap(&mut before.seq, &mut kept.seq);
                std::mem::swap(&mut before.n, &mut kept.n);
            }
            talk.kept.push(kept.clone());
            talk.kept.sort_by_key(|one| one.seq);
        } else {
            talk.kept.push(kept.clone());
        }
        talk.read.insert(author, place);
        self.known.insert(client_id.to_owned(), (into, kept.seq, kept.n));
        let frame = json!({ "c": "chat", "k": "message", "message": self.message(into, &kept) }).to_string();
        self.tell(into, &frame, kept.is_hidden);
        is_answered.then_some((kept.seq, kept.n))
    }

    fn tell(&self, talk: usize, frame: &str, is_hidden: bool) {
        let people = &self.talks[talk].people;
        for (_, window) in self.windows.iter().filter(|(person, _)| people.contains(person)) {
            if is_hidden {
                continue;
            }
            let _ = window.send(frame.to_owned());
        }
    }

    fn mark(&mut self, person: usize, talk: usize, seq: i64) {
        let one = &mut self.talks[talk];
        let n = one.kept.iter().take_while(|kept| kept.seq <= seq).last().map_or(0, |kept| kept.n);
        let place = one.read.entry(person).or_default();
        *place = (*place).max((seq, n));
        let (id, (seq, n)) = (one.id.clone(), *place);
        let frame =
            json!({ "c": "chat", "k": "read", "conversation_id": id, "member_id": member(person), "seq": seq, "n": n });
        self.tell(talk, &frame.to_string(), false);
    }

    fn message(&self, talk: usize, kept: &Kept) -> Value {
        json!({ "conversation_id": self.talks[talk].id, "seq": kept.seq, "n": kept.n,
            "author_id": member(kept.author), "body": { "text": kept.text } })
    }

    /// A page after this number, and whether there is more.
    fn page(&self, person: usize, talk: usize, after: i64) -> (Vec<Value>, bool) {
        let seen = |kept: &&Kept| kept.seq > after && !(kept.is_hidden && person == WRONGED);
        let all: Vec<&Kept> = self.talks[talk].kept.iter().filter(seen).collect();
        let page = all.iter().take(PAGE).map(|kept| self.message(talk, kept)).collect();
        (page, all.len() > PAGE)
    }

    fn conversation(&self, person: usize, talk: usize) -> Value {
        let one = &self.talks[talk];
        let (seq, n) = one.kept.last().map_or((0, 0), |last| (last.seq, last.n));
        let (read_seq, read_n) = one.read.get(&person).copied().unwrap_or_default();
        let extra = i64::from(self.way == Way::Miscounts && person == WRONGED);
        json!({ "id": one.id, "last": { "seq": seq, "n": n },
            "my": { "read_seq": read_seq, "read_n": read_n, "unread": n - read_n + extra } })
    }
}

/// The member id of a person.
pub fn member(person: usize) -> String {
    format!("member-{person}")
}

/// A token is the number of a person.
fn person(headers: &HeaderMap) -> usize {
    headers["authorization"].to_str().unwrap().trim_start_matches("Bearer ").parse().unwrap()
}

async fn window(upgrade: WebSocketUpgrade, headers: HeaderMap, State(fake): State<Fake>) -> Response {
    let person = person(&headers);
    upgrade.on_upgrade(move |socket| serve(socket, person, fake))
}

async fn serve(socket: WebSocket, person: usize, fake: Fake) {
    let (mut sink, mut stream) = socket.split();
    let (frames, mut queue) = unbounded_channel::<String>();
    let _ = frames.send(r#"{"c":"sys","k":"hello","pos":1}"#.to_owned());
    fake.lock().windows.push((person, frames.clone()));
    let answers = frames.downgrade();
    drop(frames);
    loop {
        tokio::select! {
            frame = queue.recv() => {
                let Some(frame) = frame else { return };
                if sink.send(Message::Text(frame.into())).await.is_err() {
                    return;
                }
            }
            frame = stream.next() => {
                let (Some(Ok(frame)), Some(answers)) = (frame, answers.upgrade()) else { return };
                if let Message::Text(text) = frame {
                    fake.hear(person, &text, &answers);
                }
            }
        }
    }
}

async fn sync(State(fake): State<Fake>, headers: HeaderMap, Json(question): Json<Value>) -> Json<Value> {
    let (inner, person) = (fake.lock(), person(&headers));
    let (mut messages, mut conversations) = (Vec::new(), Vec::new());
    for position in question["positions"].as_array().unwrap() {
        let talk = inner.talk(position["conversation_id"].as_str().unwrap()).unwrap();
        let (items, has_more) = inner.page(person, talk, position["seq"].as_i64().unwrap());
        messages.push(json!({ "conversation_id": inner.talks[talk].id, "items": items, "has_more": has_more }));
        conversations.push(inner.conversation(person, talk));
    }
    Json(json!({ "pos": 1, "refetch": false, "messages": messages, "conversations": conversations }))
}

async fn show(State(fake): State<Fake>, headers: HeaderMap, Path(id): Path<String>) -> Json<Value> {
    let inner = fake.lock();
    Json(inner.conversation(person(&headers), inner.talk(&id).unwrap()))
}

async fn list(
    State(fake): State<Fake>,
    headers: HeaderMap,
    Path(id): Path<String>,
    Query(query): Query<HashMap<String, String>>,
) -> Json<Value> {
    let inner = fake.lock();
    let after = query["after"].parse().unwrap();
    let (items, has_newer) = inner.page(person(&headers), inner.talk(&id).unwrap(), after);
    Json(json!({ "items": items, "has_newer": has_newer }))
}

async fn send(
    State(fake): State<Fake>,
    headers: HeaderMap,
    Path(id): Path<String>,
    Json(input): Json<Value>,
) -> (StatusCode, Json<Value>) {
    let mut inner = fake.lock();
    let talk = inner.talk(&id).unwrap();
    let said = (input["client_id"].as_str().unwrap(), input["body"]["text"].as_str().unwrap());
    match inner.take(person(&headers), talk, said) {
        Some((seq, n)) => (StatusCode::CREATED, Json(json!({ "seq": seq, "n": n }))),
        None => (StatusCode::SERVICE_UNAVAILABLE, Json(json!({ "code": "chat.not_written" }))),
    }
}

async fn read(
    State(fake): State<Fake>,
    headers: HeaderMap,
    Path(id): Path<String>,
    Json(input): Json<Value>,
) -> StatusCode {
    let mut inner = fake.lock();
    let talk = inner.talk(&id).unwrap();
    inner.mark(person(&headers), talk, input["seq"].as_i64().unwrap());
    StatusCode::NO_CONTENT
}
