//! What an organisation allows.

use serde_json::json;

use crate::desk::{Desk, noise};

const PATH: &str = "/v1/file-policy";

#[tokio::test]
async fn sizes_kinds_and_room_are_the_administrators_to_set() {
    let desk = Desk::new().await;
    let change = json!({"max_file_bytes": 1000, "quota_bytes": 2500, "refused_extensions": [".EXE", "bat"]});
    let (status, _) = desk.t.call(&desk.bob, "PATCH", PATH, change.clone()).await;
    assert_eq!(status, 403);
    let (status, _) = desk.t.call(&desk.ann, "PATCH", PATH, change).await;
    assert_eq!(status, 200);
    assert_eq!(desk.begin(&desk.bob, "a.bin", 1001).await.status, 413);
    let refused = desk.begin(&desk.bob, "Setup.Exe", 10).await;
    assert_eq!((refused.status.as_u16(), refused.code()), (403, "files.type_refused".into()));
    for _ in 0..2 {
        desk.upload(&desk.bob, "a.bin", noise(1000, 1)).await;
    }
    let full = desk.begin(&desk.bob, "a.bin", 1000).await;
    assert_eq!((full.status.as_u16(), full.code()), (409, "files.quota_reached".into()));
    let (_, policy) = desk.t.call(&desk.ann, "GET", PATH, json!(null)).await;
    assert_eq!((&policy["used_bytes"], &policy["refused_extensions"]), (&json!(2000), &json!(["bat", "exe"])));
    assert!(desk.t.events(desk.acme).await.contains(&"files.policy_changed".to_owned()));
}

#[tokio::test]
async fn the_second_of_two_who_change_the_policy_is_told_of_the_first() {
    let desk = Desk::new().await;
    let shown = desk.t.answer(Some(&desk.ann), "GET", PATH, Vec::new(), &[]).await;
    let seen = shown.headers()["etag"].to_str().unwrap().to_owned();
    let change = async |body: serde_json::Value| {
        let body = body.to_string().into_bytes();
        let (status, answer) = desk.t.send(Some(&desk.ann), "PATCH", PATH, body, &[("if-match", seen.as_str())]).await;
        (status.as_u16(), serde_json::from_slice::<serde_json::Value>(&answer).unwrap())
    };
    let (status, first) = change(json!({"max_file_bytes": 1000})).await;
    assert_eq!((status, &first["max_file_bytes"]), (200, &json!(1000)));
    let (status, second) = change(json!({"quota_bytes": 2500})).await;
    assert_eq!((status, &second["code"]), (412, &json!("directory.changed_meanwhile")));
    let (_, now) = desk.t.call(&desk.ann, "GET", PATH, json!(null)).await;
    assert_eq!((&now["quota_bytes"], &now["revision"]), (&json!(1_i64 << 40), &first["revision"]));
}

#[tokio::test]
async fn the_room_is_what_binds_the_organisations_own_rule_or_the_operators_limit() {
    let desk = Desk::new().await;
    let shown = async || desk.t.call(&desk.ann, "GET", PATH, json!(null)).await.1;
    let policy = shown().await;
    assert_eq!((&policy["most_bytes"], &policy["room_bytes"]), (&json!(null), &json!(1_i64 << 40)));
    let mut tx = desk.t.app.begin(desk.acme, kernel::Actor::Operator).await.unwrap();
    let by = hosting::OperatorAct::of(&tx, None).unwrap();
    let limits = hosting::Limits { most_people: None, most_bytes: Some(1500) };
    hosting::limit(&mut tx, &by, limits).await.unwrap();
    tx.commit().await.unwrap();
    let policy = shown().await;
    assert_eq!((&policy["most_bytes"], &policy["room_bytes"]), (&json!(1500), &json!(1500)));
    assert_eq!(policy["quota_bytes"], 1_i64 << 40, "what the organisation decided stays");
    desk.upload(&desk.bob, "a.bin", noise(1000, 1)).await;
    let full = desk.begin(&desk.bob, "a.bin", 1000).await;
    assert_eq!((full.status.as_u16(), full.code()), (409, "hosting.storage_limit".into()));
    let (status, policy) = desk.t.call(&desk.ann, "PATCH", PATH, json!({"quota_bytes": 1200})).await;
    assert_eq!((status.as_u16(), &policy["room_bytes"]), (200, &json!(1200)), "the smaller of the two");
}

#[tokio::test]
async fn what_changes_nothing_stands_in_no_log_and_is_no_other_edition() {
    let desk = Desk::new().await;
    let as_it_is = [json!({}), json!({"max_file_bytes": 8_i64 << 30, "refused_extensions": []})];
    for change in as_it_is {
        let (status, policy) = desk.t.call(&desk.ann, "PATCH", PATH, change).await;
        assert_eq!((status.as_u16(), &policy["revision"]), (200, &json!(0)));
    }
    let changed = async || desk.t.events(desk.acme).await.iter().filter(|name| *name == "files.policy_changed").count();
    assert_eq!(changed().await, 0);
    desk.t.call(&desk.ann, "PATCH", PATH, json!({"max_file_bytes": 1000})).await;
    assert_eq!(changed().await, 1);
}

#[tokio::test]
async fn a_limit_that_makes_no_sense_is_refused() {
    let desk = Desk::new().await;
    for change in [
        json!({"max_file_bytes": 0}),
        json!({"quota_bytes": -1}),
        json!({"refused_extensions": ["a/b"]}),
        json!({"x": 1}),
    ] {
        let (status, _) = desk.t.call(&desk.ann, "PATCH", PATH, change).await;
        assert_eq!(status, 422);
    }
}
