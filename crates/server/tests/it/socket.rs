//! A stranger's client, written from docs/api/socket.md.

use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::handshake::client::Request;
use tokio_tungstenite::tungstenite::{self, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, client_async, connect_async};

use crate::house::{House, Running};
use crate::people::{PASSWORD, Person, client_id, direct, join, set_up};

const PATIENCE: Duration = Duration::from_secs(15);

pub struct Window(WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Window {
    pub async fn open(person: &Person, pos: Option<i64>) -> Self {
        Self::try_open(person, pos, &[]).await.unwrap()
    }

    async fn try_open(
        person: &Person,
        pos: Option<i64>,
        headers: &[(&'static str, &str)],
    ) -> Result<Self, tungstenite::Error> {
        let mut request = Self::request(person, pos);
        for (name, value) in headers {
            request.headers_mut().insert(*name, value.parse().unwrap());
        }
        Ok(Self(connect_async(request).await?.0))
    }

    /// A window whose machine takes little at a time.
    async fn open_narrow(person: &Person) -> Self {
        let socket = TcpSocket::new_v4().unwrap();
        socket.set_recv_buffer_size(4096).unwrap();
        let stream = MaybeTlsStream::Plain(socket.connect(person.address).await.unwrap());
        Self(client_async(Self::request(person, None), stream).await.unwrap().0)
    }

    fn request(person: &Person, pos: Option<i64>) -> Request {
        let pos = pos.map_or_else(String::new, |pos| format!("&pos={pos}"));
        let address = format!("ws://{}/v1/socket?organisation=acme{pos}", person.address);
        let mut request = address.into_client_request().unwrap();
        request.headers_mut().insert("authorization", format!("Bearer {}", person.token).parse().unwrap());
        request
    }

    pub async fn say(&mut self, frame: Value) {
        self.0.send(Message::text(frame.to_string())).await.unwrap();
    }

    /// The next frame of this kind.
    pub async fn hear(&mut self, channel: &str, kind: &str) -> Value {
        let mut heard = Vec::new();
        loop {
            let next = timeout(PATIENCE, self.0.next()).await;
            let message = next.unwrap_or_else(|_| panic!("no {channel} {kind} but {heard:?}"));
            let message = message.unwrap_or_else(|| panic!("it ended before {channel} {kind}")).unwrap();
            let Message::Text(text) = message else { continue };
            let frame: Value = serde_json::from_str(&text).unwrap();
            if frame["c"] == channel && frame["k"] == kind {
                return frame;
            }
            heard.push(frame);
        }
    }

    /// The last words and the close code.
    pub async fn end(mut self) -> (Value, u16) {
        let bye = self.hear("sys", "bye").await;
        loop {
            match timeout(PATIENCE, self.0.next()).await.expect("it closes after bye") {
                Some(Ok(Message::Close(Some(frame)))) => return (bye, frame.code.into()),
                Some(Ok(_)) => {}
                other => panic!("closed without a code: {other:?}"),
            }
        }
    }
}

async fn acme() -> (House, Running, Person, Person) {
    let house = House::ready();
    let running = house.start();
    let ann = set_up(&running).await;
    let bob = join(&running, &ann, "Bob").await;
    (house, running, ann, bob)
}

fn status(refused: Result<Window, tungstenite::Error>) -> u16 {
    match refused {
        Err(tungstenite::Error::Http(answer)) => answer.status().as_u16(),
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("it was let in"),
    }
}

#[tokio::test]
async fn a_window_greets_and_answers() {
    let (_house, _running, ann, _) = acme().await;
    let mut window = Window::open(&ann, None).await;
    let hello = window.hear("sys", "hello").await;
    assert_eq!((&hello["member_id"], &hello["session_id"]), (&json!(ann.member), &json!(ann.session)));
    assert_eq!((&hello["heartbeat_s"], &hello["frame_bytes"]), (&json!(30), &json!(65536)));
    window.say(json!({"c": "sys", "k": "ping", "id": 7})).await;
    assert_eq!(window.hear("sys", "pong").await["id"], 7);
}

#[tokio::test]
async fn a_window_that_only_asks_whether_we_are_there_is_answered_so_often_and_not_at_length() {
    let house = House::ready().with("TULOU_LIMITS_RATES", "true");
    let running = house.start();
    let ann = set_up(&running).await;
    let mut window = Window::open(&ann, None).await;
    window.say(json!({"c": "sys", "k": "ping", "id": "x".repeat(600)})).await;
    let refused = window.hear("sys", "error").await;
    assert_eq!((&refused["code"], refused.get("id")), (&json!("too_large"), None));
    window.say(json!({"c": "unheard_of", "k": "of", "id": "x".repeat(600)})).await;
    let refused = window.hear("sys", "error").await;
    assert_eq!((&refused["code"], refused.get("id")), (&json!("socket.unknown_channel"), None));
    for id in 0..130 {
        window.say(json!({"c": "sys", "k": "ping", "id": id})).await;
    }
    assert_eq!(window.hear("sys", "pong").await["id"], 0);
    assert_eq!(window.hear("sys", "error").await["code"], "rate_limited");
    assert_eq!(window.end().await.0["code"], "too_many");
}

#[tokio::test]
async fn a_server_that_only_measures_has_no_rates_on_sockets() {
    let (_house, _running, ann, _) = acme().await;
    let mut window = Window::open(&ann, None).await;
    for id in 0..300 {
        window.say(json!({"c": "sys", "k": "ping", "id": id})).await;
    }
    for id in 0..300 {
        assert_eq!(window.hear("sys", "pong").await["id"], id);
    }
}

#[tokio::test]
async fn a_sign_in_from_a_new_device_is_told_to_the_owner_of_the_account() {
    let (_house, _running, ann, _) = acme().await;
    let mut window = Window::open(&ann, None).await;
    window.hear("sys", "hello").await;
    let sign_in = json!({"login": "ann@example.com", "password": PASSWORD, "remember": false}).to_string();
    let headers = [("content-type", "application/json")];
    let elsewhere = crate::http::ask(ann.address, "POST", "/v1/sessions", &headers, sign_in.as_bytes()).await;
    assert_eq!(elsewhere.status, 201, "{}", elsewhere.text());
    while window.hear("events", "event").await["name"] != "inbox.notification_added" {}
    let page = ann.done("GET", "/v1/notifications", json!(null)).await;
    let told = &page["items"][0];
    assert_eq!((&told["kind"], &told["text"]), (&json!("security"), &json!("new_device")));
    assert_eq!(told["ref"], json!({"kind": "identity.session", "id": elsewhere.json()["id"]}));
    assert_eq!(page["items"].as_array().unwrap().len(), 1, "the first sign-in was no news");
}

#[tokio::test]
async fn nobody_strangers_and_foreign_pages_are_not_let_in() {
    let (_house, running, ann, _) = acme().await;
    drop(Window::open(&ann, None).await);
    let nobody = Person { token: "x".to_owned(), ..ann.clone() };
    assert_eq!(status(Window::try_open(&nobody, None, &[]).await), 401);
    let foreign = [("origin", "https://evil.example")];
    assert_eq!(status(Window::try_open(&ann, None, &foreign).await), 403);
    let own = format!("http://{}", running.address);
    assert!(Window::try_open(&ann, None, &[("origin", &own)]).await.is_ok());
}

#[tokio::test]
async fn words_go_from_one_window_to_the_other() {
    let (_house, _running, ann, bob) = acme().await;
    let conversation = direct(&ann, &bob).await;
    let (mut one, mut other) = (Window::open(&ann, None).await, Window::open(&bob, None).await);
    other.hear("sys", "hello").await;
    let client_id = client_id();
    let body = json!({"v": 1, "kind": "text", "text": "hello"});
    let send = json!({"c": "chat", "k": "send", "client_id": client_id, "conversation_id": conversation, "body": body});
    one.say(send.clone()).await;
    let sent = one.hear("chat", "sent").await;
    assert_eq!(sent["client_id"], json!(client_id));
    let message = &other.hear("chat", "message").await["message"];
    assert_eq!((&message["id"], &message["body"]["text"]), (&sent["id"], &json!("hello")));
    // Sent again it is the same message.
    one.say(send).await;
    assert_eq!(one.hear("chat", "sent").await["id"], sent["id"]);
}

#[tokio::test]
async fn a_window_that_comes_back_gets_each_missed_event_once() {
    let (_house, _running, ann, bob) = acme().await;
    let mut window = Window::open(&bob, None).await;
    let pos = window.hear("sys", "hello").await["pos"].as_i64().unwrap();
    window.0.close(None).await.unwrap();
    for signature in ["one", "two", "three"] {
        ann.done("PATCH", "/v1/me", json!({"signature": signature})).await;
    }
    let mut window = Window::open(&bob, Some(pos)).await;
    let mut heard = Vec::new();
    for _ in 0..3 {
        let event = window.hear("events", "event").await;
        assert_eq!(event["name"], "directory.member_changed");
        heard.push(event["pos"].as_i64().unwrap());
    }
    assert!(heard.windows(2).all(|two| two[0] < two[1]) && heard[0] > pos, "{pos} {heard:?}");
    ann.done("PATCH", "/v1/me", json!({"signature": "four"})).await;
    assert!(window.hear("events", "event").await["pos"].as_i64().unwrap() > heard[2]);
}

#[tokio::test]
async fn a_position_that_nobody_has_means_fetching_anew() {
    let (_house, _running, ann, _) = acme().await;
    let mut window = Window::open(&ann, Some(1_000_000)).await;
    let hello = window.hear("sys", "hello").await;
    assert_eq!(window.hear("events", "refetch").await["pos"], hello["pos"]);
}

#[tokio::test]
async fn frames_that_cannot_be_read_end_the_socket_and_unknown_ones_do_not() {
    let (_house, _running, ann, _) = acme().await;
    let mut window = Window::open(&ann, None).await;
    window.say(json!({"c": "nonsense", "k": "x", "id": "q"})).await;
    let refused = window.hear("sys", "error").await;
    assert_eq!((&refused["id"], &refused["code"]), (&json!("q"), &json!("socket.unknown_channel")));
    window.0.send(Message::text("not json")).await.unwrap();
    let (bye, code) = window.end().await;
    assert_eq!((&bye["code"], code), (&json!("bad_frame"), 4007));
    let mut window = Window::open(&ann, None).await;
    window.0.send(Message::text("x".repeat(70_000))).await.unwrap();
    assert_eq!(window.end().await.1, 4007);
}

#[tokio::test]
async fn the_twenty_first_window_is_too_many() {
    let (_house, _running, ann, _) = acme().await;
    let mut windows = Vec::new();
    for _ in 0..20 {
        let mut window = Window::open(&ann, None).await;
        window.hear("sys", "hello").await;
        windows.push(window);
    }
    let (bye, code) = Window::open(&ann, None).await.end().await;
    assert_eq!((&bye["code"], code), (&json!("too_many"), 4006));
    assert!(bye["retry_s"].is_number());
    // One that closes makes room.
    windows.pop().unwrap().0.close(None).await.unwrap();
    let again = async { while !is_let_in(&ann).await {} };
    timeout(PATIENCE, again).await.unwrap();
}

async fn is_let_in(person: &Person) -> bool {
    let first = Window::open(person, None).await.0.next().await.unwrap().unwrap();
    first.to_text().unwrap().contains("hello")
}

/// Whoever is suspended hears nothing more, at once (`ACC-10`).
#[tokio::test]
async fn a_suspended_member_is_cut_within_a_second() {
    let (_house, _running, ann, bob) = acme().await;
    let mut window = Window::open(&bob, None).await;
    window.hear("sys", "hello").await;
    ann.done("POST", &format!("/v1/members/{}/suspend", bob.member), json!({})).await;
    let (bye, _) = timeout(Duration::from_secs(1), window.end()).await.expect("within a second");
    assert!(["suspended", "revoked"].contains(&bye["code"].as_str().unwrap()), "{bye}");
    assert_eq!(status(Window::try_open(&bob, None, &[]).await) / 100, 4);
}

#[tokio::test]
async fn del_01_a_leaver_is_gone_from_open_windows_within_five_seconds() {
    let (_house, _running, ann, bob) = acme().await;
    let seconds = Duration::from_secs(5);
    let member = format!("/v1/members/{}", bob.member);
    let mut window = Window::open(&bob, None).await;
    window.hear("sys", "hello").await;
    ann.done("POST", &format!("{member}/disable"), json!({ "months": 1 })).await;
    timeout(seconds, window.end()).await.expect("within five seconds");
    assert_eq!(status(Window::try_open(&bob, None, &[]).await) / 100, 4);
    ann.done("POST", &format!("{member}/resume"), Value::Null).await;
}

#[tokio::test]
async fn signing_out_elsewhere_cuts_the_window() {
    let (_house, _running, ann, _) = acme().await;
    let mut window = Window::open(&ann, None).await;
    window.hear("sys", "hello").await;
    ann.done("DELETE", "/v1/session", Value::Null).await;
    let (bye, code) = timeout(Duration::from_secs(1), window.end()).await.expect("within a second");
    assert!((4001..=4008).contains(&code), "{bye}");
}

#[tokio::test]
async fn a_stop_tells_every_window_to_come_back() {
    let (_house, running, ann, bob) = acme().await;
    let (mut one, mut other) = (Window::open(&ann, None).await, Window::open(&bob, None).await);
    one.hear("sys", "hello").await;
    other.hear("sys", "hello").await;
    let stopped = tokio::task::spawn_blocking(move || running.stop());
    for window in [one, other] {
        let (bye, code) = window.end().await;
        assert_eq!((&bye["code"], code), (&json!("restart"), 4004));
        assert!((1..=5).contains(&bye["retry_s"].as_i64().unwrap()));
    }
    let (status, took) = stopped.await.unwrap();
    assert!(status.success() && took < Duration::from_secs(10), "{took:?}");
}

/// A reader that takes nothing is cut, and what waited for it does not grow without end.
#[tokio::test]
async fn a_slow_reader_is_cut() {
    let (_house, running, ann, bob) = acme().await;
    let conversation = direct(&ann, &bob).await;
    let mut idle = Window::open_narrow(&bob).await;
    idle.hear("sys", "hello").await;
    let path = format!("/v1/conversations/{conversation}/messages");
    let text = "x".repeat(19_000);
    // What the machines between buffer is far less than this.
    for _ in 0..2_000 {
        let body = json!({"client_id": client_id(), "body": {"v": 1, "kind": "text", "text": text}});
        ann.done("POST", &path, body).await;
        if sockets(&running).await == 0 {
            return;
        }
    }
    panic!("the idle window is still there");
}

async fn sockets(running: &Running) -> u32 {
    let figures = crate::http::get(running.address, "/metrics").await.text();
    let line = figures.lines().find_map(|line| line.strip_prefix("tulou_sockets "));
    line.unwrap().parse().unwrap()
}
