//! Guessing passwords is stopped, and never keeps the owner out.

use crate::browser::{ANNS, Browser, OTHER, ann, app, bob};
use chrono::TimeDelta;
use serde_json::json;

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
