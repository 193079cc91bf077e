//! First-use hints: ended once, they are gone for the person, on every device and in every organisation.

use kernel::Actor;
use serde_json::{Value, json};

use crate::browser::{ANNS, Browser, ann, app, bob};

#[tokio::test]
async fn a_hint_that_is_ended_is_ended_on_every_device_and_only_for_whoever_ended_it() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let (_, mut bob) = bob(&mut ann).await;
    assert_eq!(ann.get("/v1/me/hints").await, (200, json!({ "items": [] })));
    assert_eq!(ann.call("PUT", "/v1/me/hints/conversation_menu", json!(null)).await.0, 204);
    t.clock.advance(chrono::TimeDelta::minutes(1));
    assert_eq!(ann.call("PUT", "/v1/me/hints/choose_people", json!(null)).await.0, 204);
    // Again is the same, and changes nothing.
    assert_eq!(ann.call("PUT", "/v1/me/hints/conversation_menu", json!(null)).await.0, 204);
    let mut elsewhere = Browser::at(&t, [203, 0, 113, 9]);
    elsewhere.sign_in("ann", ANNS).await;
    let both = json!({ "items": ["conversation_menu", "choose_people"] });
    assert_eq!(elsewhere.get("/v1/me/hints").await, (200, both));
    assert_eq!(bob.get("/v1/me/hints").await, (200, json!({ "items": [] })));
}

#[tokio::test]
async fn only_hints_there_are_can_be_ended_and_only_by_somebody() {
    let t = app().await;
    let mut ann = ann(&t).await;
    assert_eq!(ann.call("PUT", "/v1/me/hints/choose_people", json!(null)).await.0, 204);
    for unknown in ["what_i_did_yesterday", "choose-people", "01890000-0000-7000-8000-00000000dead"] {
        assert_eq!(ann.call("PUT", &format!("/v1/me/hints/{unknown}"), json!(null)).await.0, 404, "{unknown}");
    }
    assert_eq!(ann.get("/v1/me/hints").await.1, json!({ "items": ["choose_people"] }));
    let mut nobody = Browser::new(&t);
    assert_eq!(nobody.get("/v1/me/hints").await.0, 401);
    assert_eq!(nobody.call("PUT", "/v1/me/hints/choose_people", json!(null)).await.0, 401);
}

/// Other windows of the person hear of it, once; the log that administrators read does not.
#[tokio::test]
async fn the_end_of_a_hint_is_told_to_whoever_ended_it_and_to_nobody_else() {
    let t = app().await;
    let mut ann = ann(&t).await;
    for _ in 0..2 {
        assert_eq!(ann.call("PUT", "/v1/me/hints/choose_people", json!(null)).await.0, 204);
    }
    let mut tx = t.app.begin(ann.person().org, Actor::System).await.unwrap();
    let told: Vec<(Value, Value)> =
        sqlx::query_as("select payload, audience from kernel.outbox where name = 'identity.hint_ended'")
            .fetch_all(tx.db())
            .await
            .unwrap();
    let me = ann.member_in("acme");
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].0, json!({ "member": me, "hint": "choose_people" }));
    assert!(told[0].1.to_string().contains(&me), "{}", told[0].1);
    let (status, log) = ann.get("/v1/audit").await;
    assert_eq!(status, 200, "{log}");
    assert!(!log.to_string().contains("hint_ended"), "{log}");
}

#[tokio::test]
async fn what_is_kept_goes_with_the_account() {
    let t = app().await;
    let mut ann = ann(&t).await;
    assert_eq!(ann.call("PUT", "/v1/me/hints/choose_people", json!(null)).await.0, 204);
    let count = "select count(*) from identity.ended_hint";
    assert_eq!(sqlx::query_scalar::<_, i64>(count).fetch_one(&t.admin).await.unwrap(), 1);
    sqlx::query("delete from identity.account where id = $1")
        .bind(ann.person().account)
        .execute(&t.admin)
        .await
        .unwrap();
    assert_eq!(sqlx::query_scalar::<_, i64>(count).fetch_one(&t.admin).await.unwrap(), 0);
}
