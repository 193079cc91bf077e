//! An organisation with a personnel system.

use axum::http::StatusCode;
use kernel::{Actor, Module};
use serde_json::{Value, json};
use testkit::{Person, TestApp};

pub fn modules() -> Vec<Module> {
    vec![privacy::module(), identity::module(), tokens::module(), provisioning::module()]
}

/// What a personnel system needs.
pub const ALL: [&str; 6] =
    ["people.see", "people.add", "people.edit", "people.place", "people.suspend", "departments.manage"];

pub struct House {
    pub t: TestApp,
    pub ann: Person,
    pub bob: Person,
}

impl House {
    pub async fn open() -> Self {
        let t = TestApp::with(modules()).await;
        let acme = t.org("acme").await;
        let (ann, bob) = (t.member(acme, "Ann").await, t.member(acme, "Bob").await);
        Self { t, ann, bob }
    }

    /// As somebody who has just typed their password again.
    pub async fn prove(&self, who: &Person) {
        let mut tx = self.t.app.begin(who.org, Actor::Member(who.id)).await.expect("a transaction");
        directory::assure(&mut tx, who.session).await.expect("they proved who they are");
        tx.commit().await.expect("a commit");
    }

    pub async fn make(&self, who: &Person, permissions: &[&str], departments: &[&str]) -> (StatusCode, Value) {
        self.prove(who).await;
        let wanted =
            json!({ "name": "HR", "permissions": permissions, "department_ids": departments, "expires_in_days": 30 });
        self.t.call(who, "POST", "/v1/service-tokens", wanted).await
    }

    /// A token of Ann's for these departments, or the whole organisation.
    pub async fn token(&self, permissions: &[&str], departments: &[&str]) -> String {
        let (status, made) = self.make(&self.ann, permissions, departments).await;
        assert_eq!(status, 201, "{made}");
        made["secret"].as_str().expect("a secret").to_owned()
    }

    /// A call as the program that holds the token.
    pub async fn program(&self, token: &str, method: &str, path: &str, body: Value) -> (StatusCode, Value) {
        let body = if body.is_null() { Vec::new() } else { body.to_string().into_bytes() };
        let bearer = format!("Bearer {token}");
        let (status, bytes) = self.t.send(None, method, path, body, &[("authorization", &bearer)]).await;
        (status, serde_json::from_slice(&bytes).unwrap_or_default())
    }

    pub async fn upsert(&self, token: &str, body: Value) -> (StatusCode, Value) {
        self.program(token, "POST", "/v1/provisioning/upsert", body).await
    }

    /// What changed since the cursor.
    pub async fn changes(&self, token: &str, after: i64) -> (Vec<Value>, i64) {
        self.t.run_subscribers().await;
        let path = format!("/v1/provisioning/changes?after={after}");
        let (status, page) = self.program(token, "GET", &path, json!(null)).await;
        assert_eq!(status, 200, "{page}");
        (page["items"].as_array().expect("items").clone(), page["cursor"].as_i64().expect("a cursor"))
    }

    /// A department made by hand.
    pub async fn department(&self, name: &str) -> String {
        let (status, made) = self.t.call(&self.ann, "POST", "/v1/departments", json!({ "name": name })).await;
        assert_eq!(status, 201, "{made}");
        made["id"].as_str().expect("an id").to_owned()
    }

    /// A role of these permissions for Bob.
    pub async fn give_bob(&self, permissions: &[&str], department: Option<&str>) {
        let (status, role) = self
            .t
            .call(
                &self.ann,
                "POST",
                "/v1/roles",
                json!({ "name": format!("For {} acts", permissions.len()), "permissions": permissions }),
            )
            .await;
        assert_eq!(status, 201, "{role}");
        let give = json!({ "role_id": role["id"], "member_id": self.bob.id, "department_id": department });
        let (status, given) = self.t.call(&self.ann, "POST", "/v1/role-grants", give).await;
        assert_eq!(status, 201, "{given}");
    }
}
