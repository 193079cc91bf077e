//! Entries: written by one, read by all, and by nobody elsewhere.

use chrono::TimeDelta;
use serde_json::json;
use testkit::TestApp;

const PATH: &str = "/v1/__name__/entries";

#[tokio::test]
async fn what_one_member_adds_every_colleague_reads() {
    let t = TestApp::with(vec![__name__::module()]).await;
    let (acme, rival) = (t.org("Acme").await, t.org("Rival").await);
    let (ann, bob, mal) = (t.member(acme, "Ann").await, t.member(acme, "Bob").await, t.member(rival, "Mal").await);
    for number in 1..=3 {
        let (status, _) = t.call(&ann, "POST", PATH, json!({"text": format!("entry {number}")})).await;
        assert_eq!(status, 201);
        t.clock.advance(TimeDelta::seconds(1));
    }
    let (_, first) = t.call(&bob, "GET", &format!("{PATH}?limit=2"), json!(null)).await;
    assert_eq!((&first["items"][0]["text"], &first["items"][1]["text"]), (&json!("entry 3"), &json!("entry 2")));
    let next = first["next"].as_str().unwrap();
    let (_, second) = t.call(&bob, "GET", &format!("{PATH}?before={next}"), json!(null)).await;
    assert_eq!((&second["items"][0]["text"], &second["next"]), (&json!("entry 1"), &json!(null)));
    let (_, elsewhere) = t.call(&mal, "GET", PATH, json!(null)).await;
    assert_eq!(elsewhere["items"], json!([]));
    assert!(t.events(acme).await.contains(&"__name__.entry_created".to_owned()));
}

#[tokio::test]
async fn an_empty_or_endless_text_is_refused() {
    let t = TestApp::with(vec![__name__::module()]).await;
    let acme = t.org("Acme").await;
    let ann = t.member(acme, "Ann").await;
    for text in ["  ".to_owned(), "x".repeat(2_001)] {
        let (status, problem) = t.call(&ann, "POST", PATH, json!({"text": text})).await;
        assert_eq!((status.as_u16(), &problem["field"]), (422, &json!("text")));
    }
}
