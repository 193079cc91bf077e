//! A company: Bob leads Sales, which Cai is in; Cai leads what lies above. Ann owns.

use directory::State;
use kernel::{Actor, Module, OrgId};
use serde_json::{Value, json};
use testkit::{Person, TestApp};

pub fn modules() -> Vec<Module> {
    vec![inbox::module(), handover::module(vec![handover::leadership(), handover::roles()])]
}

pub struct Company {
    pub t: TestApp,
    pub acme: OrgId,
    pub ann: Person,
    pub bob: Person,
    pub cai: Person,
    pub eve: Person,
    pub trade: String,
    pub sales: String,
}

impl Company {
    pub async fn open() -> Self {
        let t = TestApp::with(modules()).await;
        let acme = t.org("Acme").await;
        let (ann, bob) = (t.member(acme, "Ann").await, t.member(acme, "Bob").await);
        let (cai, eve) = (t.member(acme, "Cai").await, t.member(acme, "Eve").await);
        let none = String::new();
        let mut company = Self { t, acme, ann, bob, cai, eve, trade: none.clone(), sales: none };
        company.trade = company.department("Trade", None).await;
        company.sales = company.department("Sales", Some(&company.trade)).await;
        company.place(&company.cai, &[&company.trade, &company.sales], &[&company.trade]).await;
        company.place(&company.bob, &[&company.sales], &[&company.sales]).await;
        company
    }

    async fn department(&self, name: &str, above: Option<&str>) -> String {
        let new = json!({ "name": name, "parent_id": above });
        let made = self.ask(&self.ann, ("POST", "/v1/departments"), new, 201).await;
        made["id"].as_str().unwrap().to_owned()
    }

    pub async fn place(&self, who: &Person, departments: &[&str], leads: &[&str]) {
        let path = format!("/v1/members/{}", who.id);
        self.ask(&self.ann, ("PATCH", &path), json!({ "department_ids": departments, "leads": leads }), 200).await;
    }

    /// A role of these permissions for somebody, for a department or the whole organisation; says which grant it is.
    pub async fn give(&self, who: &Person, permissions: &[&str], department: Option<&str>) -> String {
        let role = json!({ "name": format!("Some {}", self.t.app.new_id()), "permissions": permissions });
        let role = self.ask(&self.ann, ("POST", "/v1/roles"), role, 201).await;
        let new = json!({ "member_id": who.id, "role_id": role["id"], "department_id": department });
        let given = self.ask(&self.ann, ("POST", "/v1/role-grants"), new, 201).await;
        given["grant"]["id"].as_str().unwrap().to_owned()
    }

    pub async fn ask(&self, by: &Person, (method, path): (&str, &str), body: Value, expected: u16) -> Value {
        let (status, answer) = self.t.call(by, method, path, body).await;
        assert_eq!(status, expected, "{method} {path}: {answer}");
        answer
    }

    /// As identity does it, without its modules.
    pub async fn turn(&self, who: &Person, to: State) {
        let mut tx = self.t.app.begin(self.acme, Actor::System).await.unwrap();
        directory::set_state(&mut tx, who.id, to).await.unwrap();
        tx.commit().await.unwrap();
    }

    pub async fn shown(&self, by: &Person, whose: &Person) -> Value {
        self.ask(by, ("GET", &format!("/v1/hand-overs/{}", whose.id)), Value::Null, 200).await
    }

    pub async fn decide(&self, by: &Person, whose: &Person, thing: (&str, &str), to: Option<&Person>) -> (u16, Value) {
        let path = format!("/v1/hand-overs/{}/decisions", whose.id);
        let input = json!({ "kind": thing.0, "thing_id": thing.1, "successor_id": to.map(|one| one.id) });
        let (status, answer) = self.t.call(by, "POST", &path, input).await;
        (status.as_u16(), answer)
    }

    pub async fn led(&self, who: &Person) -> Value {
        self.ask(&self.ann, ("GET", &format!("/v1/members/{}", who.id)), Value::Null, 200).await["leads"].clone()
    }
}

/// The thing of this kind, out of what is shown.
pub fn of_kind<'a>(shown: &'a Value, kind: &str) -> &'a Value {
    shown["things"].as_array().unwrap().iter().find(|thing| thing["kind"] == kind).unwrap_or(&Value::Null)
}
