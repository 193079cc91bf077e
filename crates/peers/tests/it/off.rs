//! An organisation does without peers (`ADM-04`, `ADM-07`, `ORG-12`).

use axum::http::StatusCode;
use chrono::TimeDelta;
use serde_json::{Value, json};
use testkit::Person;

use crate::town::Town;

async fn switch(town: &Town, by: &Person, body: Value) {
    let (status, answer) = town.t.call(by, "PUT", "/v1/applications/peers", body).await;
    assert_eq!(status, 200, "{answer}");
}

#[tokio::test]
async fn while_one_side_has_them_off_the_connection_rests_on_both_and_goes_on_by_itself() {
    let town = Town::connected().await;
    town.let_speak(json!([{ "kind": "everyone" }])).await;
    assert!(town.may_speak(&town.bob, &town.mal).await);
    switch(&town, &town.ann, json!({ "open_to": "nobody" })).await;
    let rival = format!("/v1/peers/{}", town.mal.org);
    let (contact, accept) = (format!("{rival}/contact"), format!("{rival}/accept"));
    let refused = [
        (&town.bob, "GET", "/v1/peer-contacts", Value::Null),
        (&town.ann, "GET", "/v1/peers", Value::Null),
        (&town.ann, "GET", "/v1/peer-speakers", Value::Null),
        (&town.ann, "PUT", "/v1/peer-speakers", json!({ "speakers": [] })),
        (&town.ann, "POST", "/v1/peers", json!({ "slug": "rival" })),
        (&town.ann, "POST", accept.as_str(), json!({})),
        (&town.ann, "PUT", contact.as_str(), json!({})),
    ];
    for (by, method, path, body) in refused {
        let (status, answer) = town.t.call(by, method, path, body).await;
        assert_eq!((status, &answer["code"]), (StatusCode::FORBIDDEN, &json!("applications.off")), "{method} {path}");
    }
    assert!(!town.may_speak(&town.bob, &town.mal).await);
    let theirs = &town.peers(&town.mal).await[0];
    assert_eq!((&theirs["state"], &theirs["is_at_rest"]), (&json!("connected"), &json!(true)));
    switch(&town, &town.ann, json!({ "open_to": "everybody" })).await;
    assert_eq!(town.peers(&town.ann).await[0]["state"], "connected");
    assert!(town.may_speak(&town.bob, &town.mal).await);
    assert_eq!(town.peers(&town.mal).await[0]["is_at_rest"], false);
}

/// Of those who may speak with peers, those do to whom it is open; the connection itself does not rest.
#[tokio::test]
async fn by_departments_those_speak_to_whom_it_is_open() {
    let town = Town::connected().await;
    town.let_speak(json!([{ "kind": "everyone" }])).await;
    let (status, sales) = town.t.call(&town.ann, "POST", "/v1/departments", json!({ "name": "Sales" })).await;
    assert_eq!(status, 201, "{sales}");
    let place = async |who: &Person| {
        let path = format!("/v1/members/{}", who.id);
        let (status, answer) = town.t.call(&town.ann, "PATCH", &path, json!({ "department_ids": [sales["id"]] })).await;
        assert_eq!(status, 200, "{answer}");
    };
    switch(&town, &town.ann, json!({ "open_to": "only", "department_ids": [sales["id"]] })).await;
    for (path, by) in [("/v1/peer-contacts", &town.bob), ("/v1/peers", &town.ann)] {
        let (status, answer) = town.t.call(by, "GET", path, Value::Null).await;
        assert_eq!((status, &answer["code"]), (StatusCode::FORBIDDEN, &json!("applications.off")), "{path}");
    }
    assert!(!town.may_speak(&town.bob, &town.mal).await, "who is in no department");
    assert_eq!(town.peers(&town.mal).await[0]["is_at_rest"], false, "others of it may");
    place(&town.bob).await;
    assert!(town.may_speak(&town.bob, &town.mal).await);
    assert_eq!(town.contacts(&town.bob).await.0, StatusCode::OK);
    // Whoever manages them and is shut out is not told what they could not look at.
    let acme = format!("/v1/peers/{}", town.ann.org);
    assert_eq!(town.told(&town.ann).await, "peer_connected");
    assert_eq!(town.t.call(&town.mal, "DELETE", &acme, Value::Null).await.0, StatusCode::NO_CONTENT);
    assert_eq!(town.told(&town.ann).await, Value::Null);
    place(&town.ann).await;
    assert_eq!(town.peers(&town.ann).await, json!([]), "and sees how it stands once it is open to them");
}

#[tokio::test]
async fn one_that_has_them_off_ends_what_it_has_and_is_asked_by_nobody() {
    let town = Town::connected().await;
    switch(&town, &town.ann, json!({ "open_to": "nobody" })).await;
    let rival = format!("/v1/peers/{}", town.mal.org);
    let (status, answer) = town.t.call(&town.ann, "DELETE", &rival, Value::Null).await;
    assert_eq!((status, answer), (StatusCode::NO_CONTENT, Value::Null), "and is told nothing of the others");
    let (_, answer) = town.ask(&town.mal, "acme").await;
    assert_eq!(answer["code"], "peers.cannot_be_asked", "as one that is not there");
    switch(&town, &town.ann, json!({ "open_to": "everybody" })).await;
    assert_eq!(town.ask(&town.mal, "acme").await.0, 200);
}

#[tokio::test]
async fn what_is_kept_goes_on_this_side_and_whoever_asks_next_begins_anew() {
    let town = Town::connected().await;
    town.let_speak(json!([{ "kind": "everyone" }])).await;
    let kept = async || {
        let (_, kept) = town.t.call(&town.ann, "GET", "/v1/applications/peers/kept", Value::Null).await;
        kept["items"].clone()
    };
    let things = |n: i64| json!([{ "kind": "peer_connections", "count": n }, { "kind": "peer_speakers", "count": n }]);
    assert_eq!(kept().await, things(1));
    switch(&town, &town.ann, json!({ "open_to": "nobody", "stored": "erased" })).await;
    town.t.clock.advance(TimeDelta::seconds(31));
    town.t.run_jobs().await;
    assert_eq!(kept().await, things(0));
    switch(&town, &town.ann, json!({ "open_to": "everybody" })).await;
    assert_eq!(town.peers(&town.ann).await, json!([]));
    assert_eq!(town.peers(&town.mal).await[0]["is_at_rest"], true, "there is nobody on the other side");
    assert_eq!(town.ask(&town.ann, "rival").await.0, 200);
    assert_eq!(town.peers(&town.mal).await[0]["state"], "received");
    let (status, answer) = town.t.call(&town.mal, "POST", &town.address("/accept"), json!({})).await;
    assert_eq!(status, 200, "{answer}");
    town.let_speak(json!([{ "kind": "everyone" }])).await;
    assert!(town.may_speak(&town.bob, &town.mal).await);
}

#[tokio::test]
async fn a_request_whose_other_side_was_erased_connects_nobody() {
    let town = Town::verified().await;
    assert_eq!(town.ask(&town.ann, "rival").await.0, 200);
    switch(&town, &town.ann, json!({ "open_to": "nobody", "stored": "erased" })).await;
    town.t.clock.advance(TimeDelta::seconds(31));
    town.t.run_jobs().await;
    switch(&town, &town.ann, json!({ "open_to": "everybody" })).await;
    let (_, answer) = town.t.call(&town.mal, "POST", &town.address("/accept"), json!({})).await;
    assert_eq!(answer["code"], "peers.at_rest");
    assert_eq!(town.peers(&town.mal).await[0]["state"], "received", "and is declined by hand");
}
