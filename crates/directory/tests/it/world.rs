//! A company with a tree: Sales with North and South below, Lab beside them.

use access::{BuiltIn, RoleId};
use kernel::OrgId;
use serde_json::{Value, json};
use testkit::{Person, TestApp};

pub struct World {
    pub t: TestApp,
    pub acme: OrgId,
    pub ann: Person,
    pub sales: String,
    pub north: String,
    pub south: String,
    pub lab: String,
}

impl World {
    pub async fn new() -> Self {
        let t = TestApp::with(vec![directory::module()]).await;
        let acme = t.org("Acme").await;
        let ann = t.member(acme, "Ann").await;
        let none = String::new();
        let mut world = Self { t, acme, ann, sales: none.clone(), north: none.clone(), south: none.clone(), lab: none };
        world.sales = world.department("Sales", None).await;
        world.north = world.department("North", Some(&world.sales)).await;
        world.south = world.department("South", Some(&world.sales)).await;
        world.lab = world.department("Lab", None).await;
        world
    }

    async fn department(&self, name: &str, above: Option<&str>) -> String {
        let new = json!({ "name": name, "parent_id": above });
        // Siblings of the same position stand in the order of their making.
        self.t.clock.advance(chrono::TimeDelta::seconds(1));
        let made = self.ask(&self.ann, ("POST", "/v1/departments"), new, 201).await;
        text(&made["id"])
    }

    /// Somebody who is in these departments.
    pub async fn person(&self, name: &str, departments: &[&str]) -> Person {
        let person = self.t.member(self.acme, name).await;
        let path = format!("/v1/members/{}", person.id);
        self.ask(&self.ann, ("PATCH", &path), json!({ "department_ids": departments }), 200).await;
        person
    }

    /// A role of the organisation's own making.
    pub async fn role(&self, permissions: &[&str]) -> String {
        let new = json!({ "name": format!("Delegate {}", self.t.app.new_id()), "permissions": permissions });
        text(&self.ask(&self.ann, ("POST", "/v1/roles"), new, 201).await["id"])
    }

    /// Gives the role, in Ann's name.
    pub async fn give(&self, who: &Person, role: &str, department: Option<&str>) -> String {
        let new = json!({ "member_id": who.id, "role_id": role, "department_id": department });
        text(&self.ask(&self.ann, ("POST", "/v1/role-grants"), new, 201).await["grant"]["id"])
    }

    pub async fn ask(&self, by: &Person, (method, path): (&str, &str), body: Value, expected: u16) -> Value {
        let (status, answer) = self.t.call(by, method, path, body).await;
        assert_eq!(status, expected, "{method} {path}: {answer}");
        answer
    }

    pub async fn status(&self, by: &Person, method: &str, path: &str, body: Value) -> u16 {
        self.t.call(by, method, path, body).await.0.as_u16()
    }
}

pub fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

pub fn id(role: BuiltIn) -> RoleId {
    role.id()
}
