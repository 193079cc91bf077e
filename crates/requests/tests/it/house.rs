//! A house: Ann owns it, Bob works there, Eve is a colleague who answers nothing; Mal owns the one next door.

use directory::Role;
use kernel::{OrgId, Tx};
use serde_json::{Value, json};
use testkit::{Person, TestApp};

pub struct House {
    pub t: TestApp,
    pub acme: OrgId,
    pub ann: Person,
    pub bob: Person,
    pub eve: Person,
    pub mal: Person,
}

impl House {
    pub async fn open() -> Self {
        let t = TestApp::with(vec![inbox::module(), workdays::module(), requests::module()]).await;
        let (acme, rival) = (t.org("Acme").await, t.org("Rival").await);
        let (ann, bob, eve) = (t.member(acme, "Ann").await, t.member(acme, "Bob").await, t.member(acme, "Eve").await);
        let mal = t.member_as(rival, "Mal", Role::Owner).await;
        Self { t, acme, ann, bob, eve, mal }
    }

    pub async fn ask(
        &self,
        by: impl Into<Option<&Person>>,
        (method, path): (&str, &str),
        body: Value,
        expected: u16,
    ) -> Value {
        let (status, answer) = self.t.call(by, method, path, body).await;
        assert_eq!(status, expected, "{method} {path}: {answer}");
        answer
    }

    /// Asks Acme for a copy.
    pub async fn make(&self, by: impl Into<Option<&Person>>) -> Value {
        self.ask(by, ("POST", "/v1/subject-requests"), access("acme"), 201).await
    }

    /// The board as somebody sees it.
    pub async fn board(&self, by: &Person, filter: &str) -> Value {
        self.ask(by, ("GET", &format!("/v1/subject-requests?{filter}")), Value::Null, 200).await
    }

    /// Does something to a request, by its id.
    pub async fn act(&self, by: &Person, (id, act): (&str, &str), body: Value, expected: u16) -> Value {
        self.ask(by, ("POST", &format!("/v1/subject-requests/{id}/{act}")), body, expected).await
    }

    /// Takes it as far as that somebody deals with it.
    pub async fn take_up(&self, id: &str) {
        self.act(&self.ann, (id, "check-identity"), json!({ "proof": "contact" }), 200).await;
        self.act(&self.ann, (id, "take-up"), Value::Null, 200).await;
    }

    pub async fn follow(&self, token: &str) -> Value {
        self.ask(None, ("GET", &format!("/v1/subject-requests/by-token/{token}")), Value::Null, 200).await
    }

    /// What the bell says somebody, the newest first.
    pub async fn bell(&self, who: &Person) -> Vec<String> {
        let page = self.ask(who, ("GET", "/v1/notifications"), Value::Null, 200).await;
        page["items"].as_array().unwrap().iter().map(|one| text(&one["text"])).collect()
    }

    pub async fn begin(&self) -> Tx {
        self.t.app.begin(self.acme, kernel::Actor::System).await.unwrap()
    }
}

pub fn access(organisation: &str) -> Value {
    json!({
        "organisation": organisation, "kind": "access", "language": "en", "name": "Wang Fang", "contact": "+86 139 0000 0000",
        "words": "What do you hold of me?\nI left in May.",
    })
}

pub fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

/// Where a made request is, and what follows it.
pub fn names(made: &Value) -> (String, String) {
    (text(&made["request"]["id"]), text(&made["token"]))
}
