//! A house: Ann owns it, Bob wants a copy, Eve does not; Mal is next door.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use inbox::{Kind, New};
use kernel::{Actor, Module, OrgId, Tx};
use serde_json::{Value, json};
use testkit::{Person, TestApp};

pub fn modules() -> Vec<Module> {
    vec![files::module(), inbox::module(), personal_exports::module()]
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
        let mal = t.member(rival, "Mal").await;
        Self { t, acme, ann, bob, eve, mal }
    }

    pub async fn ask(&self, by: &Person, (method, path): (&str, &str), body: Value, expected: u16) -> Value {
        let (status, answer) = self.t.call(by, method, path, body).await;
        assert_eq!(status, expected, "{method} {path}: {answer}");
        answer
    }

    /// Types the password again.
    pub async fn assure(&self, who: &Person) {
        let mut tx = self.t.app.begin(who.org, Actor::Member(who.id)).await.unwrap();
        directory::assure(&mut tx, who.session).await.unwrap();
        tx.commit().await.unwrap();
    }

    pub async fn begin(&self) -> Tx {
        self.t.app.begin(self.acme, Actor::System).await.unwrap()
    }

    /// Asks for a copy; says where it is.
    pub async fn order(&self, by: &Person) -> String {
        self.assure(by).await;
        let made = self.ask(by, ("POST", "/v1/personal-exports"), json!({ "language": "en" }), 201).await;
        assert_eq!(made["state"], "writing");
        format!("/v1/personal-exports/{}", made["id"].as_str().unwrap())
    }

    pub async fn show(&self, by: &Person, path: &str) -> Value {
        self.ask(by, ("GET", path), Value::Null, 200).await
    }

    /// The parts of the archive by their names, with the password again.
    pub async fn take(&self, by: &Person, path: &str) -> BTreeMap<String, Vec<u8>> {
        self.assure(by).await;
        let (status, archive) = self.t.send(Some(by), "GET", &format!("{path}/file"), Vec::new(), &[]).await;
        assert_eq!(status, 200);
        let mut archive = zip::ZipArchive::new(Cursor::new(archive)).unwrap();
        let mut parts = BTreeMap::new();
        for n in 0..archive.len() {
            let mut part = archive.by_index(n).unwrap();
            let mut bytes = Vec::new();
            part.read_to_end(&mut bytes).unwrap();
            parts.insert(part.name().unwrap().into_owned(), bytes);
        }
        parts
    }

    /// What is in the part for programs.
    pub async fn data(&self, by: &Person, path: &str) -> Value {
        serde_json::from_slice(&self.take(by, path).await["data.json"]).unwrap()
    }

    /// Tells somebody so many things.
    pub async fn tell(&self, who: &Person, many: u32, text: &str) {
        let mut tx = self.begin().await;
        for n in 0..many {
            let new = New { kind: Kind::System, target: None, actor: None, text: format!("{text} {n}") };
            inbox::notify(&mut tx, &[who.id], new).await.unwrap();
        }
        tx.commit().await.unwrap();
    }

    /// A place in the middle is not there: the work breaks off, as when the server is stopped.
    pub async fn break_off(&self) {
        sqlx::query("alter table inbox.setting rename to setting_away").execute(&self.t.admin).await.unwrap();
    }

    pub async fn mend(&self) {
        sqlx::query("alter table inbox.setting_away rename to setting").execute(&self.t.admin).await.unwrap();
    }

    /// How many pieces there are of anybody's copies.
    pub async fn pieces(&self) -> i64 {
        let mut tx = self.begin().await;
        sqlx::query_scalar("select count(*) from personal_exports.piece").fetch_one(tx.db()).await.unwrap()
    }
}
