//! Guessing passwords is stopped, and never keeps the owner out.

use crate::browser::{ANNS, Browser, OTHER, ann, app, bob, founder};
use chrono::TimeDelta;
use serde_json::{Value, json};

#[tokio::test]
async fn a_flood_of_guesses_does_not_lock_out_the_device_that_signed_in_before() {
    let t = app().await;
    let mut ann = ann(&t).await;
    assert_eq!(ann.call("DELETE", "/v1/session", json!(null)).await.0, 204);
    let mut refused = 0;
    for network in 0..100_u8 {
        let (status, _) = Browser::at(&t, [198, 51, network, 1]).try_sign_in("ann", "wrong password").await;
        refused += u32::from(status == 429);
    }
    assert!(refused > 30, "the flood is stopped: {refused}");
    let (status, _) = Browser::at(&t, [203, 0, 113, 1]).try_sign_in("ann", ANNS).await;
    assert_eq!(status, 429, "from an unknown device even the right password waits");
    ann.sign_in("ann", ANNS).await;
    let (_, page) = ann.get("/v1/sign-ins?limit=200").await;
    let outcomes: Vec<&str> = page["items"].as_array().unwrap().iter().filter_map(|s| s["outcome"].as_str()).collect();
    assert!(outcomes.contains(&"wrong_password"));
    assert!(outcomes.iter().filter(|o| **o == "throttled").count() <= 3, "refusals do not fill the history");
}

#[tokio::test]
async fn one_network_is_stopped_after_a_few_guesses_and_let_go_on_later() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let (_, bob) = bob(&mut ann).await;
    drop(bob);
    let mut guesser = Browser::at(&t, [203, 0, 113, 50]);
    let mut answers = Vec::new();
    for _ in 0..10 {
        answers.push(guesser.try_sign_in("bob", "wrong password").await.0);
    }
    assert_eq!(answers, [401, 401, 401, 401, 401, 401, 401, 401, 429, 429]);
    let (_, answer) = guesser.try_sign_in("bob", OTHER).await;
    assert_eq!(answer["retry_after_s"], 120);
    let mut colleague = Browser::at(&t, [203, 0, 113, 51]);
    colleague.sign_in("ann", ANNS).await;
    t.clock.advance(TimeDelta::seconds(121));
    guesser.sign_in("bob", OTHER).await;
}

#[tokio::test]
async fn an_account_that_does_not_exist_is_throttled_like_one_that_does() {
    let t = app().await;
    ann(&t).await;
    let mut statuses = Vec::new();
    for (place, login) in [(1, "ann"), (2, "nobody")] {
        let mut guesser = Browser::at(&t, [203, 0, place, 1]);
        let mut of_this = Vec::new();
        for _ in 0..10 {
            of_this.push(guesser.try_sign_in(login, "wrong password").await.0);
        }
        statuses.push(of_this);
    }
    assert_eq!(statuses[0], statuses[1]);
}

#[tokio::test]
async fn a_token_that_was_planted_makes_no_device_known() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let planted = "A".repeat(43);
    ann.cookies.insert("device".into(), planted.clone());
    ann.sign_in("ann", ANNS).await;
    assert_ne!(ann.cookies["device"], planted);
}

/// Code and person of what was refused, in the order of codes.
async fn refused(by: &mut Browser<'_>) -> Vec<(String, String)> {
    let (status, page) = by.get("/v1/audit?is_refused=true&limit=100").await;
    assert_eq!(status, 200, "{page}");
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let items = page["items"].as_array().unwrap();
    let mut found: Vec<_> = items.iter().map(|line| (text(&line["code"]), text(&line["target"]["id"]))).collect();
    found.sort();
    found
}

/// That it goes on is seen, and nobody fills a log by guessing. Whoever says which organisation they mean is told of there alone.
#[tokio::test]
async fn adm_02_guesses_stand_in_the_log_of_the_organisations_they_could_open_once_a_minute_and_reason() {
    let t = app().await;
    let (mut ann, mut mal) = (founder(&t, "Acme", "ann").await, founder(&t, "Rival", "mal").await);
    let mut dan = founder(&t, "Third", "dan").await;
    let (here, there, _) = in_both(&mut ann, &mut mal).await;

    let mut guesser = Browser::at(&t, [203, 0, 113, 50]);
    for login in ["bob", "nobody"] {
        for _ in 0..10 {
            assert_ne!(guesser.try_sign_in(login, "wrong password").await.0, 201);
        }
    }
    t.app.settled().await;
    let of = |codes: &[&str], who: &str| -> Vec<(String, String)> {
        codes.iter().map(|code| ((*code).to_owned(), who.to_owned())).collect()
    };
    let (wrong, late) = ("identity.wrong_credentials", "rate_limited");
    assert_eq!(refused(&mut ann).await, of(&[wrong, late], &here));
    assert_eq!(refused(&mut mal).await, of(&[wrong, late], &there));
    assert_eq!(refused(&mut dan).await, of(&[], ""), "of a login that nobody has no log says anything");

    t.clock.advance(TimeDelta::minutes(10));
    for _ in 0..3 {
        let input = json!({ "login": "bob", "password": "wrong password", "organisation": "acme" });
        assert_eq!(guesser.post("/v1/sessions", input).await.0, 401);
    }
    t.app.settled().await;
    assert_eq!(refused(&mut ann).await, of(&[wrong, wrong, late], &here));
    assert_eq!(refused(&mut mal).await, of(&[wrong, late], &there));
}

/// That one of them is being dissolved, or has suspended somebody, is nothing another one learns.
#[tokio::test]
async fn adm_02_whoever_is_shut_out_of_two_organisations_stands_in_each_with_its_own_reason() {
    let t = app().await;
    let (mut ann, mut mal) = (founder(&t, "Acme", "ann").await, founder(&t, "Rival", "mal").await);
    let (here, there, mut bob) = in_both(&mut ann, &mut mal).await;
    assert_eq!(ann.post(&format!("/v1/members/{here}/suspend"), json!({})).await.0, 204);
    let mut rival = t.app.begin(mal.person().org, kernel::Actor::System).await.unwrap();
    hosting::dissolve(&mut rival, t.app.now() + TimeDelta::days(60)).await.unwrap();
    rival.commit().await.unwrap();
    assert_eq!(bob.try_sign_in("bob", OTHER).await.0, 403);
    t.app.settled().await;
    let mut rival = t.app.begin(mal.person().org, kernel::Actor::System).await.unwrap();
    hosting::restore(&mut rival).await.unwrap();
    rival.commit().await.unwrap();
    assert_eq!(refused(&mut ann).await, [("identity.suspended".to_owned(), here)]);
    assert_eq!(refused(&mut mal).await, [("hosting.organisation_dissolving".to_owned(), there)]);
}

/// Bob, whom Ann has added and who came to Mal by a link: who he is here and there.
async fn in_both<'a>(ann: &mut Browser<'a>, mal: &mut Browser<'a>) -> (String, String, Browser<'a>) {
    let (here, mut bob) = bob(ann).await;
    let (_, link) = mal.post("/v1/invitations", json!({})).await;
    let welcome = json!({
        "name": "Bob", "user_id": "bob", "language": "en", "statement_version": "0.5", "accepts_statement": true,
        "is_adult": true,
    });
    let there = format!("/v1/invitations/by-token/{}/accept", link["token"].as_str().unwrap());
    let (status, answer) = bob.post(&there, welcome).await;
    assert_eq!(status, 201, "{answer}");
    bob.session = answer;
    let there = bob.member_in("rival");
    (here, there, bob)
}
