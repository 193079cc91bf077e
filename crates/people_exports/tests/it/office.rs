//! A company: Ann owns it, Bob administrates it since yesterday, Eve holds nothing.

use chrono::TimeDelta;
use directory::{NewMember, Profile, Role, State};
use kernel::{AccountId, Actor, OrgId};
use serde_json::{Value, json};
use testkit::{Person, TestApp};

pub struct Office {
    pub t: TestApp,
    pub acme: OrgId,
    pub ann: Person,
    pub bob: Person,
    pub eve: Person,
}

impl Office {
    pub async fn open() -> Self {
        let t = TestApp::with(vec![people_exports::module()]).await;
        let acme = t.org("Acme").await;
        let ann = t.member(acme, "Ann").await;
        let (bob, eve) = (t.member(acme, "Bob").await, t.member(acme, "Eve").await);
        let office = Self { t, acme, ann, bob, eve };
        office.give(&office.bob, directory::BuiltIn::Administrator).await;
        office.t.clock.advance(TimeDelta::hours(25));
        office
    }

    pub async fn ask(&self, by: &Person, (method, path): (&str, &str), body: Value, expected: u16) -> Value {
        let (status, answer) = self.t.call(by, method, path, body).await;
        assert_eq!(status, expected, "{method} {path}: {answer}");
        answer
    }

    pub async fn give(&self, who: &Person, role: directory::BuiltIn) {
        let give = json!({ "member_id": who.id, "role_id": role.id() });
        self.ask(&self.ann, ("POST", "/v1/role-grants"), give, 201).await;
    }

    pub async fn change(&self, who: &Person, body: Value) {
        self.ask(&self.ann, ("PATCH", &format!("/v1/members/{}", who.id)), body, 200).await;
    }

    /// So many more people, who hold nothing.
    pub async fn hire(&self, many: u32) {
        let mut tx = self.t.app.begin(self.acme, Actor::System).await.unwrap();
        for n in 0..many {
            let id = self.t.app.new_id();
            let profile = Profile {
                name: format!("Person {n}"),
                user_id: Some(format!("p{}", id.simple())),
                ..Profile::default()
            };
            let new = NewMember {
                account: AccountId(id),
                profile,
                role: Role::Member,
                state: State::Active,
                department_ids: Vec::new(),
            };
            directory::add_member(&mut tx, new).await.unwrap();
        }
        tx.commit().await.unwrap();
    }

    /// Types the password again.
    pub async fn assure(&self, who: &Person) {
        let mut tx = self.t.app.begin(self.acme, Actor::Member(who.id)).await.unwrap();
        directory::assure(&mut tx, who.session).await.unwrap();
        tx.commit().await.unwrap();
    }

    pub async fn export(&self, by: &Person, filter: Value, expected: u16) -> Value {
        self.ask(by, ("POST", "/v1/people-exports"), json!({ "filter": filter }), expected).await
    }

    /// The file, or what came instead.
    pub async fn take(&self, by: &Person, export: &Value, format: &str) -> (u16, Vec<u8>) {
        let path = format!("/v1/people-exports/{}/file", export["id"].as_str().unwrap());
        let body = json!({ "format": format, "language": "en" }).to_string().into_bytes();
        let (status, file) = self.t.send(Some(by), "POST", &path, body, &[]).await;
        (status.as_u16(), file)
    }

    /// The code of what came instead of a file.
    pub async fn refused(&self, by: &Person, export: &Value) -> (u16, String) {
        let (status, answer) = self.take(by, export, "csv").await;
        let problem: Value = serde_json::from_slice(&answer).unwrap();
        (status, problem["code"].as_str().unwrap().to_owned())
    }

    /// The lines of the file, without its mark.
    pub async fn lines(&self, by: &Person, export: &Value) -> Vec<String> {
        let (status, file) = self.take(by, export, "csv").await;
        assert_eq!(status, 200);
        let text = String::from_utf8(file).unwrap();
        text.strip_prefix('\u{FEFF}').expect("a mark").lines().map(ToOwned::to_owned).collect()
    }
}
