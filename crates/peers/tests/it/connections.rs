//! Asked, accepted, declined, taken back, ended: from both sides (`XORG-02`).

use chrono::TimeDelta;
use serde_json::json;

use crate::town::Town;

#[tokio::test]
async fn xorg_02_two_verified_organisations_are_connected_when_both_want_it() {
    let town = Town::open().await;
    assert_eq!(town.ask(&town.ann, "rival").await.1["code"], "peers.not_verified");
    town.verify(&town.ann).await;
    town.verify(&town.mal).await;
    let contact = json!({ "name": "Ann", "email": "ann@example.org" });
    let asked = json!({ "slug": " Rival ", "contact": contact });
    let (status, answer) = town.t.call(&town.ann, "POST", "/v1/peers", asked).await;
    assert_eq!((status.as_u16(), &answer["items"][0]["state"]), (200, &json!("asked")), "{answer}");
    assert_eq!(answer["items"][0]["own_contact"], contact);
    // Until they accept they see the name, and that it is verified.
    let received = &town.peers(&town.mal).await[0];
    assert_eq!((&received["state"], &received["is_verified"]), (&json!("received"), &json!(true)));
    assert_eq!((&received["name"], &received["contact"]), (&json!("acme"), &json!(null)));
    assert_eq!(town.told(&town.mal).await, "peer_asked");
    let (status, answer) = town.t.call(&town.mal, "POST", &town.address("/accept"), json!({})).await;
    assert_eq!((status.as_u16(), &answer["items"][0]["state"]), (200, &json!("connected")), "{answer}");
    assert_eq!((&answer["items"][0]["contact"], &answer["items"][0]["is_at_rest"]), (&contact, &json!(false)));
    assert_eq!(town.told(&town.mal).await, json!(null), "it has an answer");
    let seen = &town.peers(&town.ann).await[0];
    assert_eq!((&seen["state"], &seen["contact"]), (&json!("connected"), &json!(null)), "Mal shows nobody");
    assert_eq!(town.told(&town.ann).await, "peer_connected");
    assert_eq!(town.ask(&town.ann, "rival").await.1["code"], "peers.connected_already");
    for org in [town.ann.org, town.mal.org] {
        let said = town.t.events(org).await;
        assert_eq!(said.iter().filter(|name| *name == "peers.connection_changed").count(), 2);
    }
}

#[tokio::test]
async fn whoever_asks_for_one_that_cannot_be_asked_learns_nothing_about_it() {
    let town = Town::open().await;
    town.verify(&town.ann).await;
    let unknown = town.ask(&town.ann, "nobody").await;
    assert_eq!((unknown.0.as_u16(), &unknown.1["code"]), (409, &json!("peers.cannot_be_asked")));
    let same = |(status, answer): (axum::http::StatusCode, serde_json::Value)| {
        (status, answer["code"].clone(), answer["detail"].clone())
    };
    let unknown = same(unknown);
    assert_eq!(same(town.ask(&town.ann, "rival").await), unknown, "it is not verified");
    assert_eq!(same(town.ask(&town.ann, "acme").await), unknown, "oneself");
    assert_eq!(same(town.ask(&town.ann, "not a name").await), unknown);
    assert_eq!(same(town.ask(&town.ann, &town.mal.org.to_string()).await), unknown, "an id is no short name");
    town.verify(&town.mal).await;
    town.suspend(&town.mal).await;
    assert_eq!(same(town.ask(&town.ann, "rival").await), unknown, "it is suspended");
    assert_eq!(town.peers(&town.mal).await, json!([]), "nor does it hear of it");
    town.resume(&town.mal).await;
    assert_eq!(town.ask(&town.ann, "rival").await.0, 200);
    assert_eq!(town.ask(&town.ann, "rival").await.1["code"], "peers.asked_already");
    assert_eq!(town.ask(&town.mal, "acme").await.1["code"], "peers.asked_already", "the answer is to accept");
}

#[tokio::test]
async fn whoever_was_declined_asks_again_after_thirty_days() {
    let town = Town::verified().await;
    assert_eq!(town.ask(&town.ann, "rival").await.0, 200);
    let decline = async || town.t.call(&town.mal, "DELETE", &town.address(""), json!(null)).await;
    assert_eq!(decline().await.0, 204);
    assert_eq!(town.peers(&town.mal).await, json!([]));
    assert_eq!(town.peers(&town.ann).await[0]["state"], "declined");
    assert_eq!(town.told(&town.ann).await, "peer_declined");
    assert_eq!(town.ask(&town.ann, "rival").await.1["code"], "peers.declined_lately");
    let forget = format!("/v1/peers/{}", town.mal.org);
    assert_eq!(town.t.call(&town.ann, "DELETE", &forget, json!(null)).await.0, 404, "it cannot be forgotten before");
    town.t.clock.advance(TimeDelta::days(30) - TimeDelta::seconds(1));
    assert_eq!(town.ask(&town.ann, "rival").await.1["code"], "peers.declined_lately");
    town.t.clock.advance(TimeDelta::seconds(1));
    assert_eq!(town.peers(&town.ann).await, json!([]));
    assert_eq!(town.ask(&town.ann, "rival").await.0, 200);
    assert_eq!(town.peers(&town.mal).await[0]["state"], "received");
    assert_eq!(decline().await.0, 204);
}

#[tokio::test]
async fn del_01_whom_a_request_names_goes_when_it_is_declined_and_the_rest_of_it_after_thirty_days() {
    let town = Town::verified().await;
    let asked = json!({ "slug": "rival", "contact": { "name": "Ann", "email": "ann@example.org" } });
    let (status, answer) = town.t.call(&town.ann, "POST", "/v1/peers", asked).await;
    assert_eq!((status.as_u16(), &answer["items"][0]["own_contact"]["name"]), (200, &json!("Ann")), "{answer}");
    assert_eq!(town.t.call(&town.mal, "DELETE", &town.address(""), json!(null)).await.0, 204);
    let declined = &town.peers(&town.ann).await[0];
    assert_eq!((&declined["state"], &declined["own_contact"]), (&json!("declined"), &json!(null)));
    let stored = async || -> Vec<Option<Vec<u8>>> {
        let mut tx = town.t.app.begin(town.ann.org, kernel::Actor::System).await.unwrap();
        sqlx::query_scalar("select contact from peers.connection").fetch_all(tx.db()).await.unwrap()
    };
    assert_eq!(stored().await, [None]);
    town.t.clock.advance(TimeDelta::days(30) - TimeDelta::seconds(1));
    town.t.run_jobs().await;
    assert_eq!(stored().await, [None], "until then it cannot be asked again");
    town.t.clock.advance(TimeDelta::hours(1));
    town.t.run_jobs().await;
    assert!(stored().await.is_empty());
}

#[tokio::test]
async fn a_request_that_is_taken_back_leaves_nothing_and_either_side_ends_a_connection() {
    let town = Town::verified().await;
    assert_eq!(town.ask(&town.ann, "rival").await.0, 200);
    let rival = format!("/v1/peers/{}", town.mal.org);
    assert_eq!(town.t.call(&town.ann, "DELETE", &rival, json!(null)).await.0, 204);
    assert_eq!(town.peers(&town.ann).await, json!([]));
    assert_eq!((town.peers(&town.mal).await, town.told(&town.mal).await), (json!([]), json!(null)));
    assert_eq!(town.t.call(&town.mal, "POST", &town.address("/accept"), json!({})).await.0, 404);
    let town = Town::connected().await;
    assert_eq!(town.t.call(&town.mal, "DELETE", &town.address(""), json!(null)).await.0, 204);
    assert_eq!((town.peers(&town.ann).await, town.peers(&town.mal).await), (json!([]), json!([])));
    assert_eq!(town.told(&town.ann).await, "peer_ended");
}

#[tokio::test]
async fn whoever_did_not_see_the_newest_decides_again() {
    let town = Town::verified().await;
    assert_eq!(town.ask(&town.ann, "rival").await.0, 200);
    let seen = format!("\"{}\"", town.peers(&town.mal).await[0]["revision"]);
    let rival = format!("/v1/peers/{}", town.mal.org);
    assert_eq!(town.t.call(&town.ann, "DELETE", &rival, json!(null)).await.0, 204);
    town.t.clock.advance(TimeDelta::seconds(1));
    assert_eq!(town.ask(&town.ann, "rival").await.0, 200);
    let headers = [("if-match", seen.as_str())];
    for (method, rest) in [("POST", "/accept"), ("DELETE", "")] {
        let body = if method == "POST" { b"{}".to_vec() } else { Vec::new() };
        let (status, _) = town.t.send(Some(&town.mal), method, &town.address(rest), body, &headers).await;
        assert_eq!(status, 412, "{method}");
    }
    let newest = format!("\"{}\"", town.peers(&town.mal).await[0]["revision"]);
    let headers = [("if-match", newest.as_str())];
    let accept = town.address("/accept");
    assert_eq!(town.t.send(Some(&town.mal), "POST", &accept, b"{}".to_vec(), &headers).await.0, 200);
}

#[tokio::test]
async fn only_whoever_manages_peers_does_and_only_for_their_own_organisation() {
    let town = Town::connected().await;
    let rival = format!("/v1/peers/{}", town.mal.org);
    let operations = [
        ("GET", "/v1/peers".to_owned(), json!(null)),
        ("POST", "/v1/peers".to_owned(), json!({ "slug": "rival" })),
        ("POST", format!("{rival}/accept"), json!({})),
        ("PUT", format!("{rival}/contact"), json!({})),
        ("DELETE", rival.clone(), json!(null)),
        ("GET", "/v1/peer-speakers".to_owned(), json!(null)),
        ("PUT", "/v1/peer-speakers".to_owned(), json!({ "speakers": [] })),
    ];
    for (method, path, body) in operations {
        assert_eq!(town.t.call(&town.eve, method, &path, body).await.0, 403, "{method} {path}");
    }
    // Somebody of a third organisation reaches neither side.
    let third = town.t.org("third").await;
    let zoe = town.t.member_as(third, "Zoe", directory::Role::Owner).await;
    assert_eq!(town.peers(&zoe).await, json!([]));
    assert_eq!(town.t.call(&zoe, "DELETE", &rival, json!(null)).await.0, 404);
    assert_eq!(town.t.call(&zoe, "PUT", &format!("{rival}/contact"), json!({})).await.0, 404);
    assert_eq!(town.peers(&town.ann).await[0]["state"], "connected", "nothing was lost");
}

#[tokio::test]
async fn what_the_other_side_did_rests_on_no_permission_here_and_names_nobody() {
    let town = Town::connected().await;
    let wanted = kernel::audit::Wanted { name: Some("peers.connection_changed".into()), ..Default::default() };
    let mut lines = Vec::new();
    for org in [town.ann.org, town.mal.org] {
        let mut tx = town.t.app.begin(org, kernel::Actor::System).await.unwrap();
        let mut found = kernel::audit::page(&mut tx, &wanted, 10).await.unwrap();
        found.sort_by_key(|one| one.line);
        let said = |one: kernel::audit::Found| (one.stored.actor_kind, one.stored.rule, one.data["after"].clone());
        lines.push(found.into_iter().map(said).collect::<Vec<_>>());
    }
    let own = |after: &str| ("member".to_owned(), Some("peers.manage".to_owned()), json!(after));
    let theirs = |after: &str| ("system".to_owned(), None, json!(after));
    assert_eq!(lines[0], [own("asked"), theirs("connected")]);
    assert_eq!(lines[1], [theirs("received"), own("connected")]);
}

#[tokio::test]
async fn whom_a_peer_sees_can_be_changed_and_taken_away_and_is_checked() {
    let town = Town::connected().await;
    let path = town.address("/contact");
    let show = async |contact| town.t.call(&town.mal, "PUT", &path, json!({ "contact": contact })).await;
    let seen = async || town.peers(&town.ann).await[0]["contact"].clone();
    assert_eq!(seen().await, json!({ "name": "Mal", "phone": "+8613800138000", "email": "mal@example.org" }));
    for (contact, field) in [
        (json!({ "name": " " }), "contact.name"),
        (json!({ "name": "Max", "phone": "call me" }), "contact.phone"),
        (json!({ "name": "Max", "email": "max" }), "contact.email"),
    ] {
        let (status, answer) = show(contact).await;
        assert_eq!((status.as_u16(), &answer["field"]), (422, &json!(field)));
    }
    assert_eq!(show(json!({ "name": "Max" })).await.0, 200);
    assert_eq!(seen().await, json!({ "name": "Max" }));
    assert_eq!(show(json!(null)).await.0, 200);
    assert_eq!(seen().await, json!(null));
}
