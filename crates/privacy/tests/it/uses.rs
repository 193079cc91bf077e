//! What others did with one's data (C5).

use serde_json::{Value, json};
use testkit::{Person, TestApp};

async fn uses(t: &TestApp, who: &Person, query: &str) -> Value {
    let (status, page) = t.call(who, "GET", &format!("/v1/me/data-uses{query}"), json!(null)).await;
    assert_eq!(status, 200, "{page}");
    page
}

fn kinds(page: &Value) -> Vec<&str> {
    page["items"].as_array().unwrap().iter().map(|one| one["kind"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_person_sees_what_an_administrator_did_with_their_data_and_nobody_else_sees_it() {
    let t = TestApp::with(vec![privacy::module()]).await;
    let acme = t.org("acme").await;
    let (ann, bob) = (t.member(acme, "Ann").await, t.member(acme, "Bob").await);
    let eve = t.member(acme, "Eve").await;
    let moved = json!({ "position": "Welder" });
    assert_eq!(t.call(&ann, "PATCH", &format!("/v1/members/{}", bob.id), moved).await.0, 200);
    let grant = json!({ "member_id": bob.id, "role_id": directory::BuiltIn::Auditor.id() });
    let (status, answer) = t.call(&ann, "POST", "/v1/role-grants", grant).await;
    assert_eq!(status, 201, "{answer}");
    let page = uses(&t, &bob, "").await;
    let found = kinds(&page);
    assert!(found.contains(&"role_given") && found.contains(&"changed"), "{page}");
    let given = page["items"].as_array().unwrap().iter().find(|one| one["kind"] == "role_given").unwrap();
    assert_eq!((&given["by"], &given["member"]), (&json!("member"), &json!(ann.id)));
    assert!(given.get("address").is_none() && given.get("data").is_none(), "no more than who and what: {given}");
    assert!(!kinds(&uses(&t, &eve, "").await).contains(&"role_given"));
    assert_eq!(t.call(None, "GET", "/v1/me/data-uses", json!(null)).await.0, 401);
}

#[tokio::test]
async fn what_one_did_oneself_and_what_was_refused_is_no_use_by_others() {
    let t = TestApp::with(vec![privacy::module()]).await;
    let acme = t.org("acme").await;
    let (_ann, bob) = (t.member(acme, "Ann").await, t.member(acme, "Bob").await);
    let eve = t.member(acme, "Eve").await;
    let before = kinds(&uses(&t, &bob, "").await).len();
    assert_eq!(t.call(&bob, "PATCH", "/v1/me", json!({ "signature": "mine" })).await.0, 200);
    let refused = json!({ "position": "Nobody" });
    assert_eq!(t.call(&eve, "PATCH", &format!("/v1/members/{}", bob.id), refused).await.0, 403);
    t.app.settled().await;
    assert_eq!(kinds(&uses(&t, &bob, "").await).len(), before);
}

#[tokio::test]
async fn an_administrator_who_is_hidden_stays_hidden_and_pages_go_on_where_the_one_before_ended() {
    let t = TestApp::with(vec![privacy::module()]).await;
    let acme = t.org("acme").await;
    let (ann, bob) = (t.member(acme, "Ann").await, t.member(acme, "Bob").await);
    let cid = t.member_as(acme, "Cid", directory::Role::Administrator).await;
    for position in ["Welder", "Turner", "Fitter"] {
        let moved = json!({ "position": position });
        assert_eq!(t.call(&cid, "PATCH", &format!("/v1/members/{}", bob.id), moved).await.0, 200);
    }
    let page = uses(&t, &bob, "?limit=2").await;
    assert_eq!(kinds(&page), ["changed", "changed"]);
    assert_eq!(page["items"][0]["member"], json!(cid.id));
    let next = page["next"].as_str().unwrap();
    let rest = uses(&t, &bob, &format!("?limit=2&before={next}")).await;
    assert_eq!(kinds(&rest)[0], "changed");
    assert!(rest["items"][0]["line"].as_i64() < page["items"][1]["line"].as_i64());
    let hidden = json!({ "is_hidden": true });
    assert_eq!(t.call(&ann, "PATCH", &format!("/v1/members/{}", cid.id), hidden).await.0, 200);
    let page = uses(&t, &bob, "").await;
    assert_eq!((&page["items"][0]["by"], &page["items"][0]["member"]), (&json!("member"), &Value::Null));
}
