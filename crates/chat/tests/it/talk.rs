//! What the tests say over and over.

use kernel::{MemberId, Module};
use serde_json::{Value, json};
use testkit::{Person, TestApp};
use utoipa_axum::router::OpenApiRouter;
use uuid::Uuid;

/// The application with chat in it and one organisation of three people: Ann, Bob, Eve.
pub struct Office {
    pub t: TestApp,
    pub ann: Person,
    pub bob: Person,
    pub eve: Person,
}

/// What nodes reach outside, and much else, as the server declares it.
const OUTSIDE: &str = include_str!("../../../server/data_map.toml");

/// What a node of the application is made of.
pub fn modules() -> Vec<Module> {
    vec![
        inbox::module(),
        files::module(),
        search::module(),
        people_groups::module(),
        receipts::module(),
        chat::module(),
        Module::new("server", OpenApiRouter::new(), kernel::migrator(&[]), OUTSIDE),
    ]
}

impl Office {
    pub async fn open() -> Self {
        let t = TestApp::with(modules()).await;
        let acme = t.org("acme").await;
        let (ann, bob, eve) = (t.member(acme, "Ann").await, t.member(acme, "Bob").await, t.member(acme, "Eve").await);
        Self { t, ann, bob, eve }
    }

    /// The same with everything running that runs beside requests: for windows.
    pub async fn open_live() -> Self {
        let office = Self::open().await;
        office.t.start();
        office
    }

    /// Somebody from another organisation.
    pub async fn mal(&self) -> Person {
        let rival = self.t.org("rival").await;
        self.t.member(rival, "Mal").await
    }

    /// Calls and expects this status.
    #[expect(clippy::too_many_arguments, reason = "a request and what comes of it")]
    pub async fn ask(&self, who: &Person, method: &str, path: &str, body: Value, expected: u16) -> Value {
        let (status, answer) = self.t.call(who, method, path, body).await;
        assert_eq!(status.as_u16(), expected, "{method} {path}: {answer}");
        answer
    }

    pub async fn group(&self, owner: &Person, others: &[&Person]) -> String {
        let ids: Vec<MemberId> = others.iter().map(|person| person.id).collect();
        let body = json!({"kind": "group", "name": "Lunch", "member_ids": ids});
        let answer = self.ask(owner, "POST", "/v1/conversations", body, 201).await;
        answer["id"].as_str().unwrap().to_owned()
    }

    pub async fn direct(&self, who: &Person, peer: &Person) -> String {
        let body = json!({"kind": "direct", "member_id": peer.id});
        let (status, answer) = self.t.call(who, "POST", "/v1/conversations", body).await;
        assert!(status.is_success(), "{answer}");
        answer["id"].as_str().unwrap().to_owned()
    }

    /// A client id as a device would make it now.
    pub fn client_id(&self) -> Uuid {
        self.t.app.new_id()
    }

    pub async fn say(&self, who: &Person, conversation: &str, text: &str) -> Value {
        self.send(who, conversation, json!({"kind": "text", "v": 1, "text": text})).await
    }

    pub async fn send(&self, who: &Person, conversation: &str, body: Value) -> Value {
        let message = json!({"client_id": self.client_id(), "body": body});
        self.ask(who, "POST", &format!("/v1/conversations/{conversation}/messages"), message, 201).await
    }

    pub async fn conversation(&self, who: &Person, conversation: &str) -> Value {
        self.ask(who, "GET", &format!("/v1/conversations/{conversation}"), json!(null), 200).await
    }

    pub async fn page(&self, who: &Person, conversation: &str, query: &str) -> Value {
        self.ask(who, "GET", &format!("/v1/conversations/{conversation}/messages{query}"), json!(null), 200).await
    }

    pub async fn read(&self, who: &Person, conversation: &str, seq: i64) {
        self.ask(who, "POST", &format!("/v1/conversations/{conversation}/read"), json!({"seq": seq}), 204).await;
    }
}

/// The words of a page's messages.
pub fn words(page: &Value) -> Vec<&str> {
    let items = page["items"].as_array().into_iter().flatten();
    items.filter_map(|message| message["body"]["text"].as_str()).collect()
}

/// The numbers of a page's messages.
pub fn numbers(page: &Value) -> Vec<i64> {
    page["items"].as_array().into_iter().flatten().filter_map(|message| message["seq"].as_i64()).collect()
}
