//! Ann, Bob and Eve, whose organisation decides about fields.

use serde_json::{Value, json};
use testkit::{Person, TestApp};

pub struct Office {
    pub t: TestApp,
    pub org: kernel::OrgId,
    pub ann: Person,
    pub bob: Person,
    pub eve: Person,
}

impl Office {
    pub async fn new() -> Self {
        let t = TestApp::with(vec![directory::module()]).await;
        let org = t.org("Acme").await;
        let (ann, bob, eve) = (t.member(org, "Ann").await, t.member(org, "Bob").await, t.member(org, "Eve").await);
        Self { t, org, ann, bob, eve }
    }

    pub async fn ask(&self, by: &Person, (method, path): (&str, &str), body: Value, expected: u16) -> Value {
        let (status, answer) = self.t.call(by, method, path, body).await;
        assert_eq!(status, expected, "{method} {path}: {answer}");
        answer
    }

    /// The address of the field of this name.
    pub async fn built_in(&self, name: &str) -> String {
        let all = self.ask(&self.ann, ("GET", "/v1/fields"), json!(null), 200).await;
        let found = all["items"].as_array().unwrap().iter().find(|field| field["built_in"] == name).unwrap();
        format!("/v1/fields/{}", found["id"].as_str().unwrap())
    }

    pub async fn make(&self, field: Value) -> String {
        let mut field = field;
        let all = self.ask(&self.ann, ("GET", "/v1/fields"), json!(null), 200).await;
        let number = all["items"].as_array().unwrap().len();
        field["names"] = json!({"en": format!("Something {number}"), "zh-CN": format!("某项 {number}")});
        for (key, value) in [
            ("seen_by", json!(["everyone", "administrators", "oneself"])),
            ("edited_by", json!(["oneself", "administrators"])),
        ] {
            if field[key].is_null() {
                field[key] = value;
            }
        }
        let made = self.ask(&self.ann, ("POST", "/v1/fields"), field, 201).await;
        made["id"].as_str().unwrap().to_owned()
    }

    pub async fn card(&self, by: &Person, of: &Person) -> Value {
        self.ask(by, ("GET", &format!("/v1/members/{}", of.id)), json!(null), 200).await
    }
}

pub fn value(card: &Value, field: &str) -> Value {
    let values = card["values"].as_array().unwrap();
    values.iter().find(|one| one["field_id"] == field).map_or(Value::Null, |one| one["value"].clone())
}
