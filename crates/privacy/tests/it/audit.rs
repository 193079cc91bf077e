//! The audit log (`ADM-02`, `ADM-06`): narrowed by filters and taken away as a file (expectations B.17).

use serde_json::{Value, json};
use testkit::{Person, TestApp};

const AGENT: (&str, &str) = ("user-agent", "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0");

async fn acme() -> (TestApp, Person, Person) {
    let t = TestApp::with(vec![privacy::module()]).await;
    let acme = t.org("acme").await;
    let (ann, eve) = (t.member(acme, "Ann").await, t.member(acme, "Eve").await);
    (t, ann, eve)
}

/// The lines a filter leaves, by name, the newest first.
async fn names(t: &TestApp, who: &Person, filter: &str) -> Vec<String> {
    let (status, page) = t.call(who, "GET", &format!("/v1/audit?{filter}"), json!(null)).await;
    assert_eq!(status, 200, "{page}");
    let items = page["items"].as_array().expect("items");
    items.iter().map(|item| item["name"].as_str().expect("a name").to_owned()).collect()
}

#[tokio::test]
async fn administrators_see_what_was_done_by_whom_page_by_page() {
    let (t, ann, eve) = acme().await;
    t.member(t.org("rival").await, "Mal").await;
    let accept = json!({ "version": "0.5", "is_adult": true });
    assert_eq!(t.call(&eve, "POST", "/v1/statement/acceptance", accept).await.0, 204);
    let (mut lines, mut before) = (Vec::new(), String::new());
    loop {
        let (status, page) = t.call(&ann, "GET", &format!("/v1/audit?limit=2{before}"), json!(null)).await;
        assert_eq!(status, 200, "{page}");
        lines.extend(page["items"].as_array().unwrap().clone());
        let Some(next) = page["next"].as_str() else { break };
        before = format!("&before={next}");
    }
    let of = |key: &str| lines.iter().map(|line| line[key].clone()).collect::<Vec<_>>();
    assert_eq!(
        of("line"),
        [5, 4, 3, 2, 1].map(|line| json!(line)),
        "in the order of commits, and nothing of the rival"
    );
    let mut said = of("name");
    said.sort_by_key(Value::to_string);
    assert_eq!(
        said,
        [
            "directory.member_added",
            "directory.member_added",
            "directory.role_given",
            "privacy.declaration_made",
            "privacy.statement_accepted"
        ]
    );
    assert_eq!(lines[0]["actor"], json!({ "kind": "member", "id": eve.id }));
    assert_eq!(lines[0]["target"], json!({ "kind": "member", "id": eve.id }));
    assert_eq!(t.call(&eve, "GET", "/v1/audit", json!(null)).await.0, 403);
}

#[tokio::test]
async fn adm_06_what_is_done_with_a_role_is_an_instruction_with_its_rule_and_adm_02_its_address() {
    let (t, ann, eve) = acme().await;
    let body = json!({ "industry": "trade" }).to_string().into_bytes();
    let answer = t.answer(Some(&ann), "PATCH", "/v1/organisation", body, &[AGENT]).await;
    assert_eq!(answer.status(), 200);
    let (_, page) = t.call(&ann, "GET", "/v1/audit?limit=1", json!(null)).await;
    let line = &page["items"][0];
    assert_eq!(line["name"], "directory.organisation_changed");
    assert_eq!(line["actor"], json!({ "kind": "member", "id": ann.id }));
    assert_eq!(line["rule"], "organisation.edit");
    assert_eq!((&line["address"], &line["device"]), (&json!("127.0.0.1"), &json!("Firefox · Windows")));
    assert_eq!(line["request_id"], answer.headers()["x-request-id"].to_str().unwrap());
    assert_eq!(line["data"]["before"]["industry"], "manufacturing");
    assert_eq!(line["data"]["after"]["industry"], "trade");
    // What one does in one's own affairs is no instruction, and where from is not kept.
    let accept = json!({ "version": "0.5", "is_adult": true });
    assert_eq!(t.call(&eve, "POST", "/v1/statement/acceptance", accept).await.0, 204);
    let (_, page) = t.call(&ann, "GET", "/v1/audit?limit=1", json!(null)).await;
    assert_eq!((&page["items"][0]["rule"], &page["items"][0]["address"]), (&Value::Null, &Value::Null));
}

#[tokio::test]
async fn filters_leave_what_was_asked_for() {
    let (t, ann, eve) = acme().await;
    t.clock.advance(chrono::TimeDelta::days(2));
    assert_eq!(t.call(&ann, "PATCH", "/v1/organisation", json!({ "industry": "trade" })).await.0, 200);
    assert_eq!(t.call(&eve, "PATCH", "/v1/organisation", json!({ "industry": "it" })).await.0, 403);
    t.app.settled().await;
    let changed = ["directory.organisation_changed"];
    assert_eq!(names(&t, &ann, &format!("actor={}", ann.id)).await, changed);
    assert_eq!(names(&t, &ann, &format!("actor={}&name=directory.role_given", ann.id)).await, [""; 0]);
    assert_eq!(names(&t, &ann, &format!("target={}", eve.id)).await, ["directory.member_added"]);
    assert_eq!(names(&t, &ann, "name=directory.organisation_changed").await, changed);
    assert_eq!(names(&t, &ann, "is_refused=true").await, ["editOrganisation"]);
    assert_eq!(names(&t, &ann, &format!("actor={}", eve.id)).await, ["editOrganisation"]);
    assert_eq!(names(&t, &ann, "from=2026-01-04T11:59:59Z&until=2026-01-04T12:00:01Z").await.len(), 2);
    assert_eq!(names(&t, &ann, "from=2026-01-04T12:00:01Z").await, [""; 0]);
    assert_eq!(names(&t, &ann, "until=2026-01-04T12:00:00Z").await.len(), 3);
    assert_eq!(names(&t, &ann, &format!("actor={}", ann.session)).await, [""; 0], "nobody");
    assert_eq!(t.call(&ann, "GET", "/v1/audit?name=%00", json!(null)).await.0, 422);
    let reversed = "/v1/audit?from=2026-01-04T12:00:01Z&until=2026-01-04T12:00:00Z";
    let (status, refused) = t.call(&ann, "GET", reversed, json!(null)).await;
    assert_eq!((status.as_u16(), &refused["field"], &refused["why"]), (422, &json!("until"), &json!("before_from")));
}

#[tokio::test]
async fn the_log_is_taken_away_as_a_file_and_that_is_a_line_itself() {
    let (t, ann, eve) = acme().await;
    let body = |format: &str| json!({ "format": format, "filter": { "target": eve.id } }).to_string().into_bytes();
    let (status, bytes) = t.send(Some(&ann), "POST", "/v1/audit/export", body("jsonl"), &[]).await;
    assert_eq!(status, 200);
    let lines: Vec<Value> =
        String::from_utf8(bytes).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.iter().map(|line| &line["name"]).collect::<Vec<_>>(), [&json!("directory.member_added")]);
    let (_, page) = t.call(&ann, "GET", "/v1/audit?limit=1", json!(null)).await;
    let recorded = &page["items"][0];
    assert_eq!((&recorded["name"], &recorded["rule"]), (&json!("privacy.audit_exported"), &json!("audit.read")));
    assert_eq!(recorded["data"]["format"], "jsonl");
    let (_, bytes) = t.send(Some(&ann), "POST", "/v1/audit/export", body("csv"), &[]).await;
    let text = String::from_utf8(bytes).unwrap();
    assert!(text.starts_with("\u{FEFF}\"line\",\"at\""), "{text}");
    assert_eq!(text.lines().count(), 2, "{text}");
    let whole = json!({ "format": "csv" }).to_string().into_bytes();
    let (_, bytes) = t.send(Some(&ann), "POST", "/v1/audit/export", whole, &[]).await;
    assert_eq!(String::from_utf8(bytes).unwrap().lines().count(), 1 + 5, "three lines, two exports, not itself");
    let refused = t.send(Some(&eve), "POST", "/v1/audit/export", body("csv"), &[]).await;
    assert_eq!(refused.0, 403);
}
