//! A house: Ann owns it, Bob works there, Eve is a colleague without access; Mal owns the one next door.

use directory::Role;
use kernel::{Module, OrgId};
use serde_json::{Value, json};
use testkit::{Person, TestApp};

pub const MINE: &str = "/v1/me/restriction";

pub fn modules() -> Vec<Module> {
    vec![inbox::module(), privacy::module(), restrictions::module()]
}

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
        let t = TestApp::with(modules()).await;
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

    /// Somebody freezes their own.
    pub async fn freeze(&self, who: &Person) -> Value {
        self.ask(who, ("POST", MINE), json!({ "reason": "own_wish" }), 201).await
    }

    /// Whom somebody finds by these words.
    pub async fn found(&self, by: &Person, words: &str) -> Vec<String> {
        let page = self.ask(by, ("GET", &format!("/v1/members?query={words}")), Value::Null, 200).await;
        page["items"].as_array().unwrap().iter().map(|one| text(&one["name"])).collect()
    }

    /// What the bell says somebody, the newest first.
    pub async fn bell(&self, who: &Person) -> Vec<String> {
        let page = self.ask(who, ("GET", "/v1/notifications"), Value::Null, 200).await;
        page["items"].as_array().unwrap().iter().map(|one| text(&one["text"])).collect()
    }

    /// `[name, whom, rule, facts]` of what the audit log has of this domain, in its order.
    pub async fn lines(&self) -> Vec<Value> {
        let mut tx = self.t.app.begin(self.acme, kernel::Actor::System).await.unwrap();
        sqlx::query_scalar(
            "select jsonb_build_array(name, target, rule, data::jsonb) from kernel.audit_entry
             where name like 'restrictions.%' order by line",
        )
        .fetch_all(tx.db())
        .await
        .unwrap()
    }

    /// How many statements wait for somebody who holds what they want.
    pub async fn waiting(&self) -> i64 {
        sqlx::query_scalar(
            "select count(*) from pg_locks where not granted
             and pid in (select pid from pg_stat_activity where datname = current_database())",
        )
        .fetch_one(&self.t.admin)
        .await
        .unwrap()
    }

    pub async fn holds(&self, who: &Person) -> bool {
        self.ask(who, ("GET", MINE), Value::Null, 200).await.get("restriction").is_some()
    }
}

/// Where the card of somebody is.
pub fn card(who: &Person) -> String {
    format!("/v1/members/{}", who.id)
}

/// Where their restriction is.
pub fn of(who: &Person) -> String {
    format!("/v1/members/{}/restriction", who.id)
}

pub fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}
