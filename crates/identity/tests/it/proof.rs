//! The password again, before something sensitive (foundation §7).

use serde_json::{Value, json};

use crate::browser::{ANNS, ann, app, bob};

#[tokio::test]
async fn org_03_an_owner_is_asked_for_with_the_password_again() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let (id, mut bob) = bob(&mut ann).await;
    let owner = directory::BuiltIn::Owner.id();
    let wanted = json!({ "member_id": id, "role_id": owner });
    let (status, answer) = ann.post("/v1/role-grants", wanted.clone()).await;
    assert_eq!((status, answer["code"].as_str()), (403, Some("identity.prove_again")));
    let (status, answer) = ann.post("/v1/session/proof", json!({ "password": "not hers" })).await;
    assert_eq!((status, &answer["field"], &answer["why"]), (422, &json!("password"), &json!("wrong")));
    assert_eq!(ann.post("/v1/role-grants", wanted.clone()).await.0, 403, "a wrong one proves nothing");
    assert_eq!(ann.post("/v1/session/proof", json!({ "password": ANNS })).await.0, 204);
    let (status, given) = ann.post("/v1/role-grants", wanted).await;
    assert_eq!((status, &given["act"]["needs"], &given["grant"]), (201, &json!("time"), &Value::Null));
    assert_eq!(bob.get("/v1/sensitive-acts").await.1["items"][0]["id"], given["act"]["id"], "everybody sees it coming");
}

#[tokio::test]
async fn guesses_at_the_proof_are_counted() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let mut statuses = Vec::new();
    for _ in 0..30 {
        statuses.push(ann.post("/v1/session/proof", json!({ "password": "a guess" })).await.0);
    }
    assert_eq!(statuses[0], 422);
    assert_eq!(statuses.last(), Some(&429), "{statuses:?}");
}
