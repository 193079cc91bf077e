//! A company with a tree and a field of its own: Sales with North and South below, Lab beside them.

use kernel::{Actor, OrgId};
use serde_json::{Value, json};
use testkit::{Person, TestApp};

/// Built-in fields have the same ids everywhere.
pub fn built_in(place: u32) -> String {
    format!("00000000-0000-7000-8000-{:012x}", 0x100 + place)
}

pub fn position() -> String {
    built_in(4)
}

pub struct World {
    pub t: TestApp,
    pub acme: OrgId,
    pub ann: Person,
    pub sales: String,
    pub north: String,
    pub south: String,
    pub lab: String,
    /// A number everybody sees.
    pub level: String,
    /// A choice that only administrators see.
    pub grade: String,
}

impl World {
    pub async fn new() -> Self {
        let t = TestApp::with(vec![people_groups::module()]).await;
        let acme = t.org("Acme").await;
        let ann = t.member(acme, "Ann").await;
        let none = String::new;
        let (sales, north, south, lab) = (none(), none(), none(), none());
        let mut world = Self { t, acme, ann, sales, north, south, lab, level: none(), grade: none() };
        world.sales = world.department("Sales", None).await;
        world.north = world.department("North", Some(&world.sales)).await;
        world.south = world.department("South", Some(&world.sales)).await;
        world.lab = world.department("Lab", None).await;
        let all = ["everyone", "administrators", "oneself"];
        world.level = world.field("number", &all, json!([])).await;
        let choices = json!([{ "id": "gold", "names": { "en": "Gold" } }, { "id": "tin", "names": { "en": "Tin" } }]);
        world.grade = world.field("choice", &["administrators"], choices).await;
        world
    }

    pub async fn department(&self, name: &str, above: Option<&str>) -> String {
        text(&self.ask(("POST", "/v1/departments"), json!({ "name": name, "parent_id": above }), 201).await["id"])
    }

    async fn field(&self, kind: &str, seen_by: &[&str], choices: Value) -> String {
        let new = json!({ "kind": kind, "names": { "en": kind }, "seen_by": seen_by, "edited_by": ["administrators"], "choices": choices });
        text(&self.ask(("POST", "/v1/fields"), new, 201).await["id"])
    }

    /// Somebody who is in these departments.
    pub async fn person(&self, name: &str, departments: &[&str]) -> Person {
        let person = self.t.member(self.acme, name).await;
        self.change(&person, json!({ "department_ids": departments })).await;
        person
    }

    pub async fn change(&self, who: &Person, body: Value) {
        self.ask(("PATCH", &format!("/v1/members/{}", who.id)), body, 200).await;
    }

    /// A group, in Ann's name.
    pub async fn group(&self, name: &str, made_by: Value) -> String {
        let new = json!({ "name": name, "is_shown": true, "made_by": made_by });
        text(&self.ask(("POST", "/v1/people-groups"), new, 201).await["id"])
    }

    /// Whom Ann sees in the group, by name, once all has been heard.
    pub async fn people(&self, group: &str) -> Vec<String> {
        self.t.run_subscribers().await;
        let path = format!("/v1/people-groups/{group}/members?limit=200");
        let page = self.ask(("GET", &path), Value::Null, 200).await;
        page["items"].as_array().unwrap().iter().map(|one| text(&one["name"])).collect()
    }

    pub async fn ask(&self, what: (&str, &str), body: Value, expected: u16) -> Value {
        self.ask_as(&self.ann, what, body, expected).await
    }

    pub async fn ask_as(&self, by: &Person, (method, path): (&str, &str), body: Value, expected: u16) -> Value {
        let (status, answer) = self.t.call(by, method, path, body).await;
        assert_eq!(status, expected, "{method} {path}: {answer}");
        answer
    }

    pub async fn set_state(&self, who: &Person, to: directory::State) {
        let mut tx = self.t.app.begin(self.acme, Actor::System).await.unwrap();
        directory::set_state(&mut tx, who.id, to).await.unwrap();
        tx.commit().await.unwrap();
    }
}

pub fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

pub fn by_rule(departments: &[&str], includes_below: bool, conditions: Value) -> Value {
    json!({ "kind": "rule", "department_ids": departments, "includes_below": includes_below, "needs": "all", "conditions": conditions })
}

pub fn by_hand(people: &[&Person], departments: &[&str]) -> Value {
    json!({ "kind": "hand", "member_ids": people.iter().map(|one| one.id).collect::<Vec<_>>(), "department_ids": departments })
}
