//! Nobody sees through somebody whose password they make (`ORG-03`, `DIR-03`).

use serde_json::{Value, json};
use testkit::{Person, TestApp};

struct House {
    t: TestApp,
    ann: Person,
    bob: Person,
    eve: Person,
    sales: String,
}

impl House {
    /// Bob adds, places and resets people of Sales, without being there. Eve is.
    async fn new() -> Self {
        let t = TestApp::with(vec![privacy::module(), identity::module()]).await;
        let acme = t.org("Acme").await;
        let (ann, bob, eve) = (t.member(acme, "Ann").await, t.member(acme, "Bob").await, t.member(acme, "Eve").await);
        let mut house = Self { t, ann, bob, eve, sales: String::new() };
        house.sales = id(&house.ask(&house.ann, ("POST", "/v1/departments"), json!({ "name": "Sales" }), 201).await);
        let permissions = ["people.see", "people.add", "people.place", "people.reset_password"];
        let role = json!({ "name": "Help desk", "permissions": permissions });
        let role = id(&house.ask(&house.ann, ("POST", "/v1/roles"), role, 201).await);
        let grant = json!({ "member_id": house.bob.id, "role_id": role, "department_id": house.sales });
        house.ask(&house.ann, ("POST", "/v1/role-grants"), grant, 201).await;
        let there = json!({ "department_ids": [house.sales] });
        house.ask(&house.ann, ("PATCH", &house.card(&house.eve.id.to_string())), there, 200).await;
        house
    }

    async fn ask(&self, by: &Person, (method, path): (&str, &str), body: Value, expected: u16) -> Value {
        let (status, answer) = self.t.call(by, method, path, body).await;
        assert_eq!(status, expected, "{method} {path}: {answer}");
        answer
    }

    async fn refused(&self, method: &str, path: &str, body: Value) {
        let answer = self.ask(&self.bob, (method, path), body, 403).await;
        assert_eq!(answer["code"], "directory.sight_exceeded", "{path}");
    }

    fn card(&self, who: &str) -> String {
        format!("/v1/members/{who}")
    }

    fn puppet(&self, name: &str) -> Value {
        json!({ "name": name, "user_id": name, "role": "member", "department_ids": [self.sales] })
    }

    async fn field(&self, seen_by: &str) {
        let new = json!({ "kind": "text", "names": { "en": format!("For {seen_by}") }, "seen_by": [seen_by, "oneself"], "edited_by": ["oneself"] });
        self.ask(&self.ann, ("POST", "/v1/fields"), new, 201).await;
    }
}

fn id(of: &Value) -> String {
    of["id"].as_str().expect("an id").to_owned()
}

#[tokio::test]
async fn org_03_nobody_adds_somebody_to_see_through_them() {
    let house = House::new().await;
    house.field("leaders").await;
    let added = house.ask(&house.bob, ("POST", "/v1/members"), house.puppet("first"), 201).await;
    let puppet = house.card(&id(&added["member"]));
    house.refused("PATCH", &puppet, json!({ "leads": [house.sales] })).await;
    house.field("department").await;
    house.refused("POST", "/v1/members", house.puppet("second")).await;
    let outside = json!({ "name": "third", "user_id": "third", "role": "member", "department_ids": [] });
    house.ask(&house.ann, ("POST", "/v1/members"), house.puppet("fourth"), 201).await;
    house.ask(&house.ann, ("POST", "/v1/members"), outside, 201).await;
}

#[tokio::test]
async fn org_03_nobody_resets_the_password_of_somebody_who_sees_more() {
    let house = House::new().await;
    house.field("leaders").await;
    let (card, reset) =
        (house.card(&house.eve.id.to_string()), format!("/v1/members/{}/initial-password", house.eve.id));
    house.ask(&house.bob, ("POST", &reset), Value::Null, 201).await;
    house.ask(&house.ann, ("PATCH", &card), json!({ "leads": [house.sales] }), 200).await;
    house.refused("POST", &reset, Value::Null).await;
    house.ask(&house.ann, ("POST", &reset), Value::Null, 201).await;
}
