//! The audit log.

use serde_json::json;
use testkit::TestApp;

#[tokio::test]
async fn administrators_see_what_was_done_by_whom_page_by_page() {
    let t = TestApp::with(vec![privacy::module()]).await;
    let (acme, rival) = (t.org("acme").await, t.org("rival").await);
    let (ann, eve) = (t.member(acme, "Ann").await, t.member(acme, "Eve").await);
    t.member(rival, "Mal").await;
    let accept = json!({ "version": "0.1", "is_adult": true });
    assert_eq!(t.call(&eve, "POST", "/v1/statement/acceptance", accept).await.0, 204);
    let mut names = Vec::new();
    let mut before = String::new();
    loop {
        let (status, page) = t.call(&ann, "GET", &format!("/v1/audit?limit=2{before}"), json!(null)).await;
        assert_eq!(status, 200, "{page}");
        let items = page["items"].as_array().unwrap();
        assert!(items.iter().all(|item| item["outcome"] == "done"));
        names.extend(items.iter().map(|item| item["name"].as_str().unwrap().to_owned()));
        let Some(next) = page["next"].as_str() else { break };
        before = format!("&before={next}");
    }
    // The clock stands still here, and lines of one instant have no order.
    names.sort();
    assert_eq!(
        names,
        [
            "directory.member_added",
            "directory.member_added",
            "directory.role_given",
            "privacy.declaration_made",
            "privacy.statement_accepted"
        ]
    );
    t.clock.advance(chrono::TimeDelta::seconds(1));
    assert_eq!(t.call(&ann, "PATCH", "/v1/organisation", json!({ "industry": "trade" })).await.0, 200);
    let (_, page) = t.call(&ann, "GET", "/v1/audit?limit=1", json!(null)).await;
    assert_eq!(page["items"][0]["name"], "directory.organisation_changed");
    assert_eq!(page["items"][0]["actor"], json!({ "kind": "member", "id": ann.id }));
    assert_eq!(t.call(&eve, "GET", "/v1/audit", json!(null)).await.0, 403);
}
