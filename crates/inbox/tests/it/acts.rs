//! Who hears of a sensitive act: the possible seconds, and at its end whoever asked (foundation §7).

use chrono::TimeDelta;
use directory::{BuiltIn, Role};
use kernel::Actor;
use serde_json::{Value, json};
use testkit::{Person, TestApp};

async fn told(t: &TestApp, who: &Person) -> Vec<(String, String)> {
    t.run_subscribers().await;
    let (_, seen) = t.call(who, "GET", "/v1/notifications", Value::Null).await;
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let items = seen["items"].as_array().expect("a list");
    items.iter().map(|item| (text(&item["ref"]["kind"]), text(&item["text"]))).collect()
}

#[tokio::test]
async fn org_03_a_second_is_told_and_whoever_asked_hears_the_end() {
    let t = TestApp::with(vec![inbox::module()]).await;
    let acme = t.org("Acme").await;
    let (ann, bob) = (t.member(acme, "Ann").await, t.member_as(acme, "Bob", Role::Administrator).await);
    let (eve, late) = (t.member(acme, "Eve").await, TimeDelta::hours(25));
    t.clock.advance(late);
    let mut tx = t.app.begin(acme, Actor::Member(ann.id)).await.expect("a transaction");
    directory::assure(&mut tx, ann.session).await.expect("a proof");
    tx.commit().await.expect("a commit");
    let wanted = json!({ "member_id": eve.id, "role_id": BuiltIn::Owner.id() });
    let (status, given) = t.call(&ann, "POST", "/v1/role-grants", wanted).await;
    assert_eq!(status, 201, "{given}");
    let act = |text: &str| ("directory.sensitive_act".to_owned(), text.to_owned());
    assert_eq!(told(&t, &bob).await, [act("act_asked")]);
    assert_eq!((told(&t, &ann).await, told(&t, &eve).await), (vec![], vec![]), "nobody else is told");
    let path = format!("/v1/sensitive-acts/{}/refuse", given["act"]["id"].as_str().expect("an id"));
    let (status, answer) = t.call(&bob, "POST", &path, json!({})).await;
    assert_eq!(status, 200, "{answer}");
    assert_eq!(told(&t, &ann).await, [act("act_refused")]);
}
