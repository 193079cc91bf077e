//! Applications through their API, on a real database (`ADM-04`, `ADM-07`, `OPN-03`, `ORG-12`).

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod errands;
mod kept;

use axum::http::StatusCode;
use serde_json::{Value, json};
use testkit::{Person, TestApp};

fn modules() -> Vec<kernel::Module> {
    vec![applications::module(errands::APPLICATIONS.to_vec()), errands::module()]
}

#[tokio::test]
async fn contract() {
    testkit::contract(modules()).await;
}

/// Works with the laboratory below it, and sales.
struct Office {
    t: TestApp,
    ann: Person,
    bob: Person,
    eve: Person,
    works: String,
    laboratory: String,
    sales: String,
}

impl Office {
    /// Bob is in the laboratory, Eve in sales.
    async fn open() -> Self {
        let t = TestApp::with(modules()).await;
        let acme = t.org("acme").await;
        let (ann, bob, eve) = (t.member(acme, "Ann").await, t.member(acme, "Bob").await, t.member(acme, "Eve").await);
        let mut office =
            Self { t, ann, bob, eve, works: String::new(), laboratory: String::new(), sales: String::new() };
        office.works = office.department("Works", None).await;
        office.laboratory = office.department("Laboratory", Some(&office.works)).await;
        office.sales = office.department("Sales", None).await;
        office.place(&office.bob, &office.laboratory).await;
        office.place(&office.eve, &office.sales).await;
        office
    }

    async fn department(&self, name: &str, parent: Option<&str>) -> String {
        let body = json!({ "name": name, "parent_id": parent });
        let (status, made) = self.t.call(&self.ann, "POST", "/v1/departments", body).await;
        assert_eq!(status, 201, "{made}");
        made["id"].as_str().unwrap().to_owned()
    }

    async fn place(&self, who: &Person, department: &str) {
        let path = format!("/v1/members/{}", who.id);
        let (status, placed) = self.t.call(&self.ann, "PATCH", &path, json!({ "department_ids": [department] })).await;
        assert_eq!(status, 200, "{placed}");
    }

    async fn switch(&self, who: &Person, key: &str, seen: &str, body: Value) -> (StatusCode, Value) {
        let body = body.to_string().into_bytes();
        let path = format!("/v1/applications/{key}");
        let (status, answer) = self.t.send(Some(who), "PUT", &path, body, &[("if-match", seen)]).await;
        (status, serde_json::from_slice(&answer).unwrap_or_default())
    }

    /// Switches the errands, whatever they were.
    async fn open_to(&self, open_to: &str, departments: &[&str]) {
        let body = json!({ "open_to": open_to, "department_ids": departments });
        let (status, answer) = self.switch(&self.ann, "errands", "*", body).await;
        assert_eq!(status, 200, "{answer}");
    }

    /// Whether the errands answer, and whether the list says the same; refusals say what it is.
    async fn is_open(&self, who: &Person) -> bool {
        let (status, answer) = self.t.call(who, "GET", "/v1/errands", json!(null)).await;
        let (_, listed) = self.t.call(who, "GET", "/v1/applications", json!(null)).await;
        let is_open = status == 200;
        if !is_open {
            assert_eq!((status.as_u16(), &answer["code"]), (403, &json!("applications.off")));
        }
        assert_eq!((&listed["items"][0]["key"], &listed["items"][0]["is_open"]), (&json!("errands"), &json!(is_open)));
        is_open
    }
}

#[tokio::test]
async fn what_is_off_is_off_for_everybody_and_everything_else_goes_on() {
    let office = Office::open().await;
    let rival = office.t.org("rival").await;
    let mal = office.t.member(rival, "Mal").await;
    assert!(office.is_open(&office.ann).await && office.is_open(&office.bob).await);
    office.open_to("nobody", &[]).await;
    assert!(!office.is_open(&office.ann).await && !office.is_open(&office.bob).await);
    assert!(office.is_open(&mal).await, "another organisation decides for itself");
    // What takes something back names no application.
    assert_eq!(office.t.call(&office.bob, "DELETE", "/v1/errands", json!(null)).await.0, 200);
    assert_eq!(office.t.call(&office.bob, "GET", "/v1/members", json!(null)).await.0, 200);
    assert_eq!(office.t.call(None, "GET", "/v1/errands", json!(null)).await.0, 401);
    office.open_to("everybody", &[]).await;
    assert!(office.is_open(&office.ann).await && office.is_open(&office.bob).await);
}

/// Everything but what owners take away is shut then by something else.
#[tokio::test]
async fn org_09_what_is_off_keeps_nothing_from_owners_while_the_organisation_is_being_dissolved() {
    let office = Office::open().await;
    office.open_to("nobody", &[]).await;
    assert!(!office.is_open(&office.ann).await);
    let mut tx = office.t.app.begin(office.ann.org, kernel::Actor::System).await.unwrap();
    hosting::dissolve(&mut tx, office.t.app.now() + chrono::TimeDelta::days(60)).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(office.t.call(&office.ann, "GET", "/v1/errands", json!(null)).await.0, 200);
}

#[tokio::test]
async fn departments_count_with_what_lies_below_them_and_people_who_move_are_followed() {
    let office = Office::open().await;
    office.open_to("only", &[&office.works]).await;
    assert!(office.is_open(&office.bob).await && !office.is_open(&office.eve).await);
    assert!(!office.is_open(&office.ann).await, "whoever is in no department is not in this one");
    office.open_to("except", &[&office.works]).await;
    assert!(
        !office.is_open(&office.bob).await && office.is_open(&office.eve).await && office.is_open(&office.ann).await
    );
    office.place(&office.eve, &office.laboratory).await;
    office.place(&office.bob, &office.sales).await;
    office.t.run_subscribers().await;
    assert!(office.is_open(&office.bob).await && !office.is_open(&office.eve).await);
}

#[tokio::test]
async fn a_department_that_is_gone_is_replaced_or_left_out() {
    let office = Office::open().await;
    let lab = office.department("Old laboratory", None).await;
    office.open_to("except", &[&lab, &office.sales]).await;
    let merge = format!("/v1/departments/{lab}/merge");
    let (status, answer) = office.t.call(&office.ann, "POST", &merge, json!({ "into": office.works })).await;
    assert!(status.is_success(), "{answer}");
    office.t.run_subscribers().await;
    assert!(!office.is_open(&office.bob).await, "works is named instead");
    office.place(&office.eve, &office.works).await;
    let sales = format!("/v1/departments/{}", office.sales);
    let (status, answer) = office.t.call(&office.ann, "DELETE", &sales, json!(null)).await;
    assert!(status.is_success(), "{answer}");
    office.t.run_subscribers().await;
    let (_, listed) = office.t.call(&office.ann, "GET", "/v1/applications", json!(null)).await;
    assert_eq!(listed["items"][0]["decided"]["department_ids"], json!([office.works]));
}

#[tokio::test]
async fn the_second_of_two_who_switch_is_refused_and_only_administrators_switch() {
    let office = Office::open().await;
    let off = json!({ "open_to": "nobody" });
    let (status, answer) = office.switch(&office.ann, "errands", "\"0\"", off.clone()).await;
    assert_eq!((status.as_u16(), &answer["decided"]["revision"]), (200, &json!(1)), "{answer}");
    let (status, answer) = office.switch(&office.ann, "errands", "\"0\"", json!({ "open_to": "everybody" })).await;
    assert_eq!((status.as_u16(), &answer["code"]), (412, &json!("directory.changed_meanwhile")));
    assert_eq!(office.switch(&office.eve, "errands", "\"1\"", off.clone()).await.0, 403);
    assert_eq!(office.switch(&office.ann, "chat", "*", off).await.0, 404, "what is no application cannot be switched");
    let (_, listed) = office.t.call(&office.eve, "GET", "/v1/applications", json!(null)).await;
    assert_eq!((&listed["can"]["edit"], &listed["items"][0]["decided"]), (&json!(false), &json!(null)));
    assert!(!office.is_open(&office.eve).await, "nothing was lost");
}

#[tokio::test]
async fn what_makes_no_sense_is_refused() {
    let office = Office::open().await;
    let nowhere = "01890000-0000-7000-8000-00000000dead";
    for (key, open_to, departments, field, why) in [
        ("errands", "only", vec![], "department_ids", "is_empty"),
        ("errands", "nobody", vec![office.sales.as_str()], "department_ids", "not_used"),
        ("errands", "except", vec![nowhere], "department_ids", "unknown"),
        ("robots", "only", vec![office.sales.as_str()], "open_to", "not_by_departments"),
        ("errands", "some", vec![], "open_to", "missing_or_wrong_member"),
    ] {
        let body = json!({ "open_to": open_to, "department_ids": departments });
        let (status, answer) = office.switch(&office.ann, key, "*", body).await;
        assert_eq!((status.as_u16(), &answer["field"], &answer["why"]), (422, &json!(field), &json!(why)), "{answer}");
    }
    assert!(office.is_open(&office.bob).await);
}

#[tokio::test]
async fn a_switch_stands_in_the_audit_log_once() {
    let office = Office::open().await;
    office.open_to("only", &[&office.sales]).await;
    office.open_to("only", &[&office.sales]).await;
    let mut tx = office.t.app.begin(office.ann.org, kernel::Actor::System).await.unwrap();
    let wanted = kernel::audit::Wanted { name: Some("applications.application_decided".into()), ..Default::default() };
    let found = kernel::audit::page(&mut tx, &wanted, 10).await.unwrap();
    assert_eq!(found.len(), 1, "what is so already is not switched");
    assert_eq!(found[0].data["application"], "errands");
    assert_eq!(found[0].data["before"], json!({ "open_to": "everybody" }));
    assert_eq!(found[0].data["after"], json!({ "open_to": "only", "departments": [office.sales] }));
    assert_eq!(found[0].stored.rule.as_deref(), Some("organisation.edit"));
}
