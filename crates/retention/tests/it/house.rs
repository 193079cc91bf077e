//! What the tests say over and over.

use chrono::{DateTime, TimeDelta, Utc};
use kernel::{Actor, Module};
use serde_json::{Value, json};
use testkit::{Person, TestApp};

pub const CHANGE: &str = "/v1/organisation/chat-retention";
pub const SHOW: &str = "/v1/retention";

/// What retention stands on.
pub fn modules() -> Vec<Module> {
    vec![
        inbox::module(),
        files::module(),
        search::module(),
        people_groups::module(),
        receipts::module(),
        chat::module(),
        privacy::module(),
        retention::module(),
    ]
}

/// One organisation: Ann owns it, Bob and Eve are members.
pub struct House {
    pub t: TestApp,
    pub ann: Person,
    pub bob: Person,
    pub eve: Person,
}

impl House {
    pub async fn open() -> Self {
        let t = TestApp::with(modules()).await;
        let acme = t.org("acme").await;
        let (ann, bob, eve) = (t.member(acme, "Ann").await, t.member(acme, "Bob").await, t.member(acme, "Eve").await);
        Self { t, ann, bob, eve }
    }

    /// Calls and expects this status.
    pub async fn ask(&self, who: &Person, (method, path): (&str, &str), body: Value, expected: u16) -> Value {
        let (status, answer) = self.t.call(who, method, path, body).await;
        assert_eq!(status.as_u16(), expected, "{method} {path}: {answer}");
        answer
    }

    pub async fn direct(&self, who: &Person, peer: &Person) -> String {
        let body = json!({"kind": "direct", "member_id": peer.id});
        let (status, answer) = self.t.call(who, "POST", "/v1/conversations", body).await;
        assert!(status.is_success(), "{answer}");
        answer["id"].as_str().unwrap().to_owned()
    }

    pub async fn group(&self, owner: &Person, others: &[&Person]) -> String {
        let ids: Vec<_> = others.iter().map(|person| person.id).collect();
        let body = json!({"kind": "group", "name": "Lunch", "member_ids": ids});
        self.ask(owner, ("POST", "/v1/conversations"), body, 201).await["id"].as_str().unwrap().to_owned()
    }

    pub async fn say(&self, who: &Person, conversation: &str, text: &str) {
        let body = json!({"kind": "text", "v": 1, "text": text});
        let message = json!({"client_id": self.t.app.new_id(), "body": body});
        self.ask(who, ("POST", &format!("/v1/conversations/{conversation}/messages")), message, 201).await;
    }

    /// How many messages somebody is shown of a conversation.
    pub async fn shown(&self, who: &Person, conversation: &str) -> usize {
        let path = format!("/v1/conversations/{conversation}/messages");
        let page = self.ask(who, ("GET", &path), Value::Null, 200).await;
        page["items"].as_array().unwrap().iter().filter(|item| item["body"]["kind"] == "text").count()
    }

    /// Rows of messages there are.
    pub async fn rows(&self) -> i64 {
        let mut tx = self.t.app.begin(self.ann.org, Actor::System).await.unwrap();
        sqlx::query_scalar("select count(*) from chat.message").fetch_one(tx.db()).await.unwrap()
    }

    pub async fn preview(&self, days: i32) -> Value {
        let path = format!("/v1/retention/preview?chat_retention_days={days}");
        self.ask(&self.ann, ("GET", &path), Value::Null, 200).await
    }

    /// Decides on what a preview showed.
    pub async fn decide(&self, who: &Person, preview: &Value, expected: u16) -> Value {
        self.ask(who, ("PUT", CHANGE), wanted(preview), expected).await
    }

    /// How long messages are kept now.
    pub async fn days(&self) -> i64 {
        self.ask(&self.ann, ("GET", SHOW), Value::Null, 200).await["chat"]["days"].as_i64().unwrap()
    }

    /// Goes to an instant, with everything that is due there.
    pub async fn go_to(&self, at: DateTime<Utc>) {
        self.t.clock.advance(at - self.t.app.now());
        self.t.run_jobs().await;
        self.t.run_subscribers().await;
    }

    /// What is told of an act: its payloads, in order.
    pub async fn told(&self, name: &str) -> Vec<Value> {
        let mut tx = self.t.app.begin(self.ann.org, Actor::System).await.unwrap();
        sqlx::query_scalar("select payload from kernel.outbox where name = $1 order by pos")
            .bind(name)
            .fetch_all(tx.db())
            .await
            .unwrap()
    }
}

/// The change that a preview showed, as somebody who has read it asks for it.
pub fn wanted(preview: &Value) -> Value {
    let mut wanted = json!({
        "chat_retention_days": preview["to_days"], "preview": preview["token"], "is_confirmed": preview["needs_confirmation"],
    });
    if let Some(at) = preview.get("takes_effect_at") {
        wanted["takes_effect_at"] = at.clone();
    }
    wanted
}

pub fn instant(value: &Value) -> DateTime<Utc> {
    value.as_str().unwrap().parse().unwrap()
}

pub const SECOND: TimeDelta = TimeDelta::seconds(1);
