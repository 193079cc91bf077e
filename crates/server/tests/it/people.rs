//! Ann sets the server up; Bob comes by her invitation. All over HTTP.

use std::net::SocketAddr;

use serde_json::{Value, json};

use crate::house::{House, Running};
use crate::http::{Answer, ask};

pub const PASSWORD: &str = "ochre lantern 47 by the river";

/// Somebody signed in with a bearer token.
#[derive(Clone)]
pub struct Person {
    pub address: SocketAddr,
    pub token: String,
    pub member: String,
    pub session: String,
}

impl Person {
    /// Changes whatever is there.
    pub async fn call(&self, method: &str, path: &str, body: Value) -> Answer {
        let bearer = format!("Bearer {}", self.token);
        let headers = [("authorization", bearer.as_str()), ("content-type", "application/json"), ("if-match", "*")];
        let body = if body.is_null() { Vec::new() } else { body.to_string().into_bytes() };
        ask(self.address, method, path, &headers, &body).await
    }

    /// The same, and it must succeed.
    pub async fn done(&self, method: &str, path: &str, body: Value) -> Value {
        let answer = self.call(method, path, body).await;
        assert!((200..300).contains(&answer.status), "{method} {path}: {} {}", answer.status, answer.text());
        answer.json()
    }

    /// After a restart the address is another one.
    pub fn at(&self, running: &Running) -> Self {
        Self { address: running.address, ..self.clone() }
    }
}

/// Sets up the organisation acme with Ann as its owner.
pub async fn set_up(running: &Running) -> Person {
    let code = running.setup_code.as_deref().expect("a fresh server prints a set-up code");
    let input = json!({
        "code": code,
        "organisation": {
            "name_en": "Acme", "slug": "acme", "region": "CN", "industry": "manufacturing", "time_zone": "Asia/Shanghai",
            "contact": {"name": "Ann", "email": "office@example.com"},
        },
        "administrator": {"name": "Ann", "user_id": "ann", "email": "ann@example.com", "password": PASSWORD},
        "language": "en", "chat_retention_days": 90,
        "statement_version": "0.5", "accepts_statement": true, "attests_control": true, "is_adult": true, "remember": true,
    });
    signed_in(running, "/v1/setup", input).await
}

/// Mal sets up another organisation, with a code that the operator asked for.
pub async fn rival(house: &House, running: &Running) -> Person {
    let (_, said) = house.run(&["admin", "setup-code"]);
    let input = json!({
        "code": said.lines().next(),
        "organisation": {
            "name_en": "Rival", "slug": "rival", "region": "CN", "industry": "retail", "time_zone": "Asia/Shanghai",
            "contact": {"name": "Mal", "email": "office@example.org"},
        },
        "administrator": {"name": "Mal", "user_id": "mal", "email": "mal@example.org", "password": PASSWORD},
        "language": "en", "chat_retention_days": 90,
        "statement_version": "0.5", "accepts_statement": true, "attests_control": true, "is_adult": true,
    });
    signed_in(running, "/v1/setup", input).await
}

/// Bob accepts an invitation of Ann's.
pub async fn join(running: &Running, ann: &Person, name: &str) -> Person {
    let invitation = ann.done("POST", "/v1/invitations", json!({"expires_in_days": 7, "max_uses": 5})).await;
    let token = invitation["token"].as_str().unwrap();
    let input = json!({
        "name": name, "user_id": name.to_lowercase(), "password": PASSWORD, "language": "en",
        "statement_version": "0.5", "accepts_statement": true, "is_adult": true,
    });
    signed_in(running, &format!("/v1/invitations/by-token/{token}/accept"), input).await
}

pub async fn signed_in(running: &Running, path: &str, input: Value) -> Person {
    let headers = [("content-type", "application/json")];
    let answer = ask(running.address, "POST", path, &headers, input.to_string().as_bytes()).await;
    assert_eq!(answer.status, 201, "{path}: {}", answer.text());
    let session = answer.json();
    // The cookie's value is a token like any other: a program shows it as a bearer.
    let token = answer.all("set-cookie").find_map(|line| line.strip_prefix("session=")?.split(';').next());
    Person {
        address: running.address,
        token: token.expect("a session is a cookie").to_owned(),
        member: session["organisations"][0]["member_id"].as_str().unwrap().to_owned(),
        session: session["id"].as_str().unwrap().to_owned(),
    }
}

/// Ann, somebody who joined her, and the conversation of the two.
pub async fn in_touch(running: &Running, name: &str) -> (Person, Person, String) {
    let ann = set_up(running).await;
    let other = join(running, &ann, name).await;
    let conversation = direct(&ann, &other).await;
    (ann, other, conversation)
}

/// A conversation of two.
pub async fn direct(one: &Person, other: &Person) -> String {
    let made = one.done("POST", "/v1/conversations", json!({"kind": "direct", "member_id": other.member})).await;
    made["id"].as_str().unwrap().to_owned()
}

/// A new UUIDv7, as a client makes one for what it sends.
pub fn client_id() -> String {
    let now = std::time::SystemTime::UNIX_EPOCH.elapsed().unwrap();
    let millis = u64::try_from(now.as_millis()).unwrap();
    let noise = std::hash::BuildHasher::hash_one(&std::hash::RandomState::new(), now.as_nanos());
    let mut bytes = [0; 10];
    bytes[..8].copy_from_slice(&noise.to_le_bytes());
    uuid::Builder::from_unix_timestamp_millis(millis, &bytes).into_uuid().to_string()
}
