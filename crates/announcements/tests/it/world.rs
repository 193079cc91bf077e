//! A company with a tree: North below Sales, Lab beside it. Bob is in North, Eve in Lab; Mal is of another organisation.

use chrono::TimeDelta;
use kernel::{Actor, OrgId, Tx};
use serde_json::{Value, json};
use testkit::{Person, TestApp};

pub fn modules() -> Vec<kernel::Module> {
    vec![applications::module(announcements::APPLICATIONS.to_vec()), inbox::module(), announcements::module()]
}

pub struct World {
    pub t: TestApp,
    pub acme: OrgId,
    pub ann: Person,
    pub bob: Person,
    pub eve: Person,
    pub mal: Person,
    pub sales: String,
    pub north: String,
    pub lab: String,
}

impl World {
    pub async fn new() -> Self {
        let t = TestApp::with(modules()).await;
        let (acme, rival) = (t.org("Acme").await, t.org("rival").await);
        let (ann, bob, eve) = (t.member(acme, "Ann").await, t.member(acme, "Bob").await, t.member(acme, "Eve").await);
        let mal = t.member(rival, "Mal").await;
        let none = String::new;
        let mut world = Self { t, acme, ann, bob, eve, mal, sales: none(), north: none(), lab: none() };
        world.sales = world.department("Sales", None).await;
        world.north = world.department("North", Some(&world.sales)).await;
        world.lab = world.department("Lab", None).await;
        world.place(&world.bob, &world.north).await;
        world.place(&world.eve, &world.lab).await;
        world
    }

    async fn department(&self, name: &str, above: Option<&str>) -> String {
        let new = json!({ "name": name, "parent_id": above });
        text(&self.ask(&self.ann, ("POST", "/v1/departments"), new, 201).await["id"])
    }

    pub async fn place(&self, who: &Person, department: &str) {
        let path = format!("/v1/members/{}", who.id);
        self.ask(&self.ann, ("PATCH", &path), json!({ "department_ids": [department] }), 200).await;
    }

    /// Lets somebody announce to a department.
    pub async fn delegate(&self, who: &Person, department: &str) {
        let role = json!({ "name": format!("Voice {}", self.t.app.new_id()), "permissions": ["announcements.write"] });
        let role = text(&self.ask(&self.ann, ("POST", "/v1/roles"), role, 201).await["id"]);
        let grant = json!({ "member_id": who.id, "role_id": role, "department_id": department });
        self.ask(&self.ann, ("POST", "/v1/role-grants"), grant, 201).await;
    }

    pub async fn ask(&self, by: &Person, (method, path): (&str, &str), body: Value, expected: u16) -> Value {
        let (status, answer) = self.t.call(by, method, path, body).await;
        assert_eq!(status, expected, "{method} {path}: {answer}");
        answer
    }

    /// Announces it in Ann's name; ids rise with time, so a second passes.
    pub async fn announce(&self, new: Value) -> String {
        self.announce_as(&self.ann, new).await
    }

    pub async fn announce_as(&self, by: &Person, new: Value) -> String {
        let made = self.ask(by, ("POST", "/v1/announcements"), new, 201).await;
        self.t.clock.advance(TimeDelta::seconds(1));
        text(&made["id"])
    }

    /// Changes it, having seen this revision.
    pub async fn edit(&self, by: &Person, id: &str, seen: &str, body: Value) -> (u16, Value) {
        let path = format!("/v1/announcements/{id}");
        let body = body.to_string().into_bytes();
        let (status, answer) = self.t.send(Some(by), "PUT", &path, body, &[("if-match", seen)]).await;
        (status.as_u16(), serde_json::from_slice(&answer).unwrap_or_default())
    }

    pub async fn withdraw(&self, by: &Person, id: &str, expected: u16) -> Value {
        self.ask(by, ("POST", &format!("/v1/announcements/{id}/withdraw")), Value::Null, expected).await
    }

    pub async fn read(&self, by: &Person, id: &str, confirms: bool, expected: u16) {
        let mut tx = self.begin().await;
        let seen: i64 = sqlx::query_scalar("select revision from announcements.announcement where id = $1")
            .bind(id.parse::<announcements::AnnouncementId>().unwrap())
            .fetch_one(tx.db())
            .await
            .unwrap();
        drop(tx);
        self.read_as_seen(by, (id, seen), confirms, expected).await;
    }

    /// The same of the revision that was seen.
    pub async fn read_as_seen(&self, by: &Person, (id, seen): (&str, i64), confirms: bool, expected: u16) -> Value {
        let said = json!({ "confirms": confirms, "revision": seen });
        self.ask(by, ("POST", &format!("/v1/announcements/{id}/read")), said, expected).await
    }

    /// What the bell says somebody, the newest first: which text, and whether it is read.
    pub async fn bell(&self, who: &Person) -> Vec<(String, bool)> {
        self.t.run_subscribers().await;
        let page = self.ask(who, ("GET", "/v1/notifications"), Value::Null, 200).await;
        let items = page["items"].as_array().unwrap().iter();
        items.map(|one| (text(&one["text"]), one["is_read"].as_bool().unwrap())).collect()
    }

    /// What somebody finds, the newest first.
    pub async fn found(&self, who: &Person) -> Vec<Value> {
        let page = self.ask(who, ("GET", "/v1/announcements"), Value::Null, 200).await;
        page["items"].as_array().unwrap().clone()
    }

    pub async fn titles(&self, who: &Person) -> Vec<String> {
        self.found(who).await.iter().map(|one| text(&one["title"])).collect()
    }

    /// What waits for somebody to be read or confirmed.
    pub async fn waiting(&self, who: &Person) -> Vec<String> {
        let page = self.ask(who, ("GET", "/v1/announcements?is_waiting=true"), Value::Null, 200).await;
        let items = page["items"].as_array().unwrap();
        assert_eq!(page["waiting"], items.len(), "{page}");
        items.iter().map(|one| text(&one["title"])).collect()
    }

    /// The one announcement of this id as whoever looks after it sees it.
    pub async fn written(&self, who: &Person, id: &str) -> Value {
        let page = self.ask(who, ("GET", "/v1/announcements/written"), Value::Null, 200).await;
        page["items"].as_array().unwrap().iter().find(|one| one["id"] == id).cloned().unwrap_or_default()
    }

    /// Concerned, read, confirmed.
    pub async fn counts(&self, id: &str) -> [i64; 3] {
        let one = self.written(&self.ann, id).await;
        ["audience_count", "read_count", "confirmed_count"].map(|name| one[name].as_i64().unwrap())
    }

    pub async fn begin(&self) -> Tx {
        self.t.app.begin(self.acme, Actor::System).await.unwrap()
    }
}

pub fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

/// To everyone, to be read.
pub fn plain(title: &str) -> Value {
    json!({ "title": title, "text": "The canteen is closed.\n\nhttps://canteen.example" })
}

/// To a department, to be confirmed.
pub fn to_confirm(title: &str, department: &str) -> Value {
    json!({ "title": title, "text": "Mind the lift.", "department_ids": [department], "must_be_confirmed": true })
}
