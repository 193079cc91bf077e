//! Whom to ask, and what is known of storage without asking (`ADM-08`).

use directory::Role;
use kernel::OrgId;
use serde_json::{Value, json};
use testkit::{Person, TestApp};

const WHOM: &str = "/v1/whom-to-ask";
const STORAGE: &str = "/v1/storage";

struct Acme {
    t: TestApp,
    org: OrgId,
    ann: Person,
    bob: Person,
}

impl Acme {
    async fn new() -> Self {
        let t = TestApp::with(vec![privacy::module()]).await;
        let org = t.org("acme").await;
        let (ann, bob) = (t.member(org, "Ann").await, t.member(org, "Bob").await);
        Self { t, org, ann, bob }
    }

    /// What Ann does.
    async fn ann_does(&self, method: &str, path: &str, body: Value) -> Value {
        let (status, answer) = self.t.call(&self.ann, method, path, body).await;
        assert!(status.is_success(), "{method} {path}: {status} {answer}");
        answer
    }

    async fn department(&self, name: &str, above: Option<&Value>) -> Value {
        self.ann_does("POST", "/v1/departments", json!({ "name": name, "parent_id": above })).await["id"].clone()
    }

    async fn place(&self, who: &Person, departments: &[&Value]) {
        self.ann_does("PATCH", &format!("/v1/members/{}", who.id), json!({ "department_ids": departments })).await;
    }

    async fn answer(&self, who: &Person, path: &str) -> Value {
        let (status, answer) = self.t.call(who, "GET", path, json!(null)).await;
        assert_eq!(status, 200, "{answer}");
        answer
    }

    /// Whom they are told to ask, in the order of the answer.
    async fn whom(&self, who: &Person) -> Vec<String> {
        let answer = self.answer(who, WHOM).await;
        answer["people"].as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap().to_owned()).collect()
    }
}

#[tokio::test]
async fn adm_08_a_member_is_told_whom_to_ask_and_nobody_else_is() {
    let acme = Acme::new().await;
    let answer = acme.answer(&acme.bob, WHOM).await;
    assert_eq!(answer["people"][0]["name"], "Ann");
    assert_eq!(answer["people"][0]["id"], json!(acme.ann.id));
    assert_eq!((&answer["is_asked"], &answer["contact_name"]), (&json!(false), &json!("Ann")));
    for path in [WHOM, STORAGE] {
        assert_eq!(acme.t.call(None, "GET", path, json!(null)).await.0, 401, "{path}");
    }
}

#[tokio::test]
async fn adm_08_whoever_is_the_only_one_who_answers_is_told_so() {
    let acme = Acme::new().await;
    assert_eq!(acme.whom(&acme.bob).await, ["Ann"]);
    let answer = acme.answer(&acme.ann, WHOM).await;
    assert_eq!((&answer["people"], &answer["is_asked"]), (&json!([]), &json!(true)));
}

#[tokio::test]
async fn adm_08_those_who_look_after_ones_department_come_first() {
    let acme = Acme::new().await;
    let (eve, dan) = (acme.t.member(acme.org, "Eve").await, acme.t.member(acme.org, "Dan").await);
    let sales = acme.department("Sales", None).await;
    let north = acme.department("North", Some(&sales)).await;
    let lab = acme.department("Lab", None).await;
    acme.place(&acme.bob, &[&north]).await;
    acme.place(&dan, &[&lab]).await;
    assert_eq!(acme.whom(&acme.bob).await, ["Ann"]);
    let role = json!({ "name": "Branch HR", "permissions": ["people.see", "people.edit"] });
    let role = acme.ann_does("POST", "/v1/roles", role).await["id"].clone();
    let grant = json!({ "member_id": eve.id, "role_id": role, "department_id": sales });
    acme.ann_does("POST", "/v1/role-grants", grant).await;
    assert_eq!(acme.whom(&acme.bob).await, ["Eve", "Ann"], "North lies below Sales");
    assert_eq!(acme.whom(&dan).await, ["Ann"], "the lab does not");
}

#[tokio::test]
async fn adm_08_an_administrator_who_is_hidden_stays_hidden() {
    let acme = Acme::new().await;
    let cid = acme.t.member_as(acme.org, "Cid", Role::Administrator).await;
    let mut seen = acme.whom(&acme.bob).await;
    seen.sort_unstable();
    assert_eq!(seen, ["Ann", "Cid"]);
    acme.ann_does("PATCH", &format!("/v1/members/{}", cid.id), json!({ "is_hidden": true })).await;
    let answer = acme.answer(&acme.bob, WHOM).await;
    assert!(!answer.to_string().contains("Cid") && !answer.to_string().contains(&cid.id.to_string()), "{answer}");
    assert_eq!(acme.whom(&acme.bob).await, ["Ann"]);
    assert_eq!(acme.whom(&cid).await, ["Ann"]);
}

#[tokio::test]
async fn adm_08_somebody_in_another_organisation_is_told_of_theirs_only() {
    let acme = Acme::new().await;
    let rival = acme.t.org("rival").await;
    acme.t.member_as(rival, "Rex", Role::Owner).await;
    let mal = acme.t.member(rival, "Mal").await;
    acme.ann_does("PATCH", "/v1/organisation", json!({ "contact": { "name": "Secretary of Acme" } })).await;
    assert_eq!(acme.answer(&acme.bob, WHOM).await["contact_name"], "Secretary of Acme");
    assert_eq!(acme.whom(&mal).await, ["Rex"]);
    assert_eq!(acme.answer(&mal, WHOM).await["contact_name"], "Ann");
    let pretender = Person { org: acme.org, ..mal };
    assert_eq!(acme.t.call(&pretender, "GET", WHOM, json!(null)).await.0, 404);
    assert_eq!(acme.t.call(&pretender, "GET", STORAGE, json!(null)).await.0, 404);
}

#[tokio::test]
async fn adm_08_where_and_how_long_things_are_kept_follows_what_is_in_force() {
    let acme = Acme::new().await;
    let before = acme.answer(&acme.bob, STORAGE).await;
    assert_eq!((&before["address"], &before["chat_retention_days"]), (&json!("http://127.0.0.1:8080"), &json!(90)));
    assert_eq!(before["audit_days"], kernel::audit::KEPT.num_days());
    let audit = before["items"].as_array().unwrap().iter().find(|one| one["purpose_code"] == "kernel.audit").unwrap();
    let period = json!({ "kind": "period", "kept_for_s": kernel::audit::KEPT.num_seconds() });
    assert!(audit["until"].as_array().unwrap().contains(&period), "{audit}");
    for words in ["purpose", "function"] {
        for language in ["en", "zh-CN", "zh-TW"] {
            assert_ne!(audit[words][language], "", "{words} {language}");
        }
    }
    acme.t.keep_chat(acme.ann.org, 180).await;
    assert_eq!(acme.answer(&acme.bob, STORAGE).await["chat_retention_days"], 180);
}
