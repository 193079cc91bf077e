//! A connection rests while one of the two is not verified or suspended, and goes on by itself (`XORG-02`, `ORG-05`).

use serde_json::json;

use crate::town::Town;

#[tokio::test]
async fn a_connection_rests_while_the_other_side_is_not_verified() {
    let town = Town::connected().await;
    town.let_speak(json!([{ "kind": "everyone" }])).await;
    assert!(town.may_speak(&town.bob, &town.mal).await);
    town.lose_verification(&town.mal).await;
    let peer = &town.peers(&town.ann).await[0];
    assert_eq!((&peer["state"], &peer["is_at_rest"]), (&json!("connected"), &json!(true)));
    assert_eq!((&peer["is_verified"], &peer["contact"]), (&json!(false), &json!(null)));
    assert_eq!(town.contacts(&town.bob).await, (axum::http::StatusCode::OK, json!([])));
    assert!(!town.may_speak(&town.bob, &town.mal).await);
    assert_eq!(town.peers(&town.mal).await[0]["is_at_rest"], true, "nor does it give anything the other way");
    town.verify(&town.mal).await;
    assert_eq!(town.peers(&town.ann).await[0]["is_at_rest"], false);
    assert!(town.may_speak(&town.bob, &town.mal).await);
}

#[tokio::test]
async fn a_connection_rests_while_one_of_the_two_is_suspended_or_this_one_is_not_verified() {
    let town = Town::connected().await;
    town.let_speak(json!([{ "kind": "everyone" }])).await;
    town.suspend(&town.mal).await;
    assert_eq!(town.peers(&town.ann).await[0]["is_at_rest"], true);
    assert_eq!(town.contacts(&town.bob).await.1, json!([]));
    assert!(!town.may_speak(&town.bob, &town.mal).await);
    town.resume(&town.mal).await;
    assert!(town.may_speak(&town.bob, &town.mal).await);
    town.lose_verification(&town.ann).await;
    assert_eq!(town.peers(&town.ann).await[0]["is_at_rest"], true);
    assert!(!town.may_speak(&town.bob, &town.mal).await);
}

#[tokio::test]
async fn one_that_is_not_verified_any_more_is_not_accepted() {
    let town = Town::verified().await;
    assert_eq!(town.ask(&town.ann, "rival").await.0, 200);
    town.lose_verification(&town.ann).await;
    let accept = async || town.t.call(&town.mal, "POST", &town.address("/accept"), json!({})).await;
    assert_eq!(accept().await.1["code"], "peers.at_rest");
    town.verify(&town.ann).await;
    town.lose_verification(&town.mal).await;
    assert_eq!(accept().await.1["code"], "peers.not_verified");
    town.verify(&town.mal).await;
    assert_eq!(accept().await.0, 200);
}

/// What is being erased is not written into (`ORG-09`).
#[tokio::test]
async fn a_connection_to_an_organisation_that_is_gone_ends_on_this_side_alone() {
    let town = Town::connected().await;
    sqlx::query("update directory.organisation set state = 'erased' where id = $1")
        .bind(town.mal.org)
        .execute(&town.t.admin)
        .await
        .unwrap();
    let rival = format!("/v1/peers/{}", town.mal.org);
    assert_eq!(town.t.call(&town.ann, "DELETE", &rival, json!(null)).await.0, 204);
    assert_eq!(town.peers(&town.ann).await, json!([]));
    let mut tx = town.t.app.begin(town.mal.org, kernel::Actor::System).await.unwrap();
    let theirs: i64 = sqlx::query_scalar("select count(*) from peers.connection").fetch_one(tx.db()).await.unwrap();
    assert_eq!(theirs, 1, "what is there goes with it");
}
