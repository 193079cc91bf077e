//! A house: Ann owns it, Bob leaves, Eve stays.

use std::collections::BTreeSet;

use directory::State;
use kernel::{Actor, Module, OrgId, Tx};
use serde_json::{Value, json};
use sqlx::AssertSqlSafe;
use testkit::{Person, TestApp};
use uuid::Uuid;

pub fn modules() -> Vec<Module> {
    vec![inbox::module(), files::module(), search::module(), chat::module(), receipts::module(), erasure::module()]
}

pub struct House {
    pub t: TestApp,
    pub acme: OrgId,
    pub ann: Person,
    pub bob: Person,
    pub eve: Person,
}

impl House {
    pub async fn open() -> Self {
        let t = TestApp::with(modules()).await;
        let acme = t.org("Acme").await;
        let (ann, bob, eve) = (t.member(acme, "Ann").await, t.member(acme, "Bob").await, t.member(acme, "Eve").await);
        Self { t, acme, ann, bob, eve }
    }

    pub async fn ask(&self, by: &Person, (method, path): (&str, &str), body: Value, expected: u16) -> Value {
        let (status, answer) = self.t.call(by, method, path, body).await;
        assert_eq!(status, expected, "{method} {path}: {answer}");
        answer
    }

    pub async fn talk(&self, by: &Person, with: Value) -> String {
        let (status, made) = self.t.call(by, "POST", "/v1/conversations", with).await;
        assert!(status.is_success(), "{made}");
        made["id"].as_str().unwrap().to_owned()
    }

    pub async fn group(&self, by: &Person, others: &[&Person]) -> String {
        let ids: Vec<_> = others.iter().map(|one| one.id).collect();
        self.talk(by, json!({ "kind": "group", "name": "Lunch", "member_ids": ids })).await
    }

    pub async fn say(&self, by: &Person, conversation: &str, text: &str) {
        let path = format!("/v1/conversations/{conversation}/messages");
        let body = json!({ "kind": "text", "v": 1, "text": text });
        self.ask(by, ("POST", &path), json!({ "client_id": self.t.app.new_id(), "body": body }), 201).await;
    }

    pub async fn turn(&self, who: &Person, to: State) {
        let mut tx = self.begin().await;
        directory::set_state(&mut tx, who.id, to).await.unwrap();
        tx.commit().await.unwrap();
    }

    pub async fn begin(&self) -> Tx {
        self.t.app.begin(self.acme, Actor::System).await.unwrap()
    }

    /// Time passes, and all that is done by itself is done.
    pub async fn wait(&self, time: chrono::TimeDelta) {
        self.t.clock.advance(time);
        self.t.run_jobs().await;
        self.t.run_subscribers().await;
    }

    /// Where somebody stands; `None` when there is no row of them.
    pub async fn state(&self, who: &Person) -> Option<State> {
        let mut tx = self.begin().await;
        sqlx::query_scalar("select state from directory.member where id = $1")
            .bind(who.id)
            .fetch_optional(tx.db())
            .await
            .unwrap()
    }

    /// The tables in which this id stands anywhere, in whatever column.
    pub async fn stands_in(&self, id: Uuid) -> BTreeSet<String> {
        let mut tx = self.begin().await;
        let mut found = BTreeSet::new();
        // What is about a conversation the program may write and not read.
        let tables = self.t.app.data_map().table.iter();
        for (table, _) in tables.filter(|(_, table)| table.subject.as_deref() != Some("conversation")) {
            let any = format!("select exists (select from {table} x where x::text like '%{id}%')");
            if sqlx::query_scalar(AssertSqlSafe(any)).fetch_one(tx.db()).await.unwrap() {
                found.insert(table.clone());
            }
        }
        found
    }

    /// Everything that was told under this name.
    pub async fn told(&self, name: &str) -> Vec<Value> {
        let mut tx = self.begin().await;
        sqlx::query_scalar("select payload from kernel.outbox where name = $1 order by pos")
            .bind(name)
            .fetch_all(tx.db())
            .await
            .unwrap()
    }
}
