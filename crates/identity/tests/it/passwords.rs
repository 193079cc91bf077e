//! Passwords: initial ones, changing, and what is refused (`ACC-06`, `ACC-07`).

use chrono::TimeDelta;
use serde_json::json;

use crate::browser::{ANNS, Browser, OTHER, add, ann, app, bob, why_cut};

#[tokio::test]
async fn acc_06_an_initial_password_must_be_changed_before_anything_else() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let (_, initial) = add(&mut ann, "Bob", "bob").await;
    let mut bob = Browser::new(&t);
    bob.sign_in("bob", &initial.to_lowercase()).await;
    assert_eq!(bob.session["must"], json!(["change_password", "accept_statement", "affirm_age"]));
    let (status, answer) = bob.get("/v1/me").await;
    assert_eq!((status, answer["code"].as_str()), (403, Some("identity.change_password")));
    let (status, answer) = bob.post("/v1/password", json!({ "current": initial, "new": OTHER })).await;
    assert_eq!(status, 204, "{answer}");
    assert_eq!(bob.get("/v1/me").await.1["code"], "privacy.accept_statement");
    let accept = |is_adult: bool| json!({ "version": "0.5", "is_adult": is_adult });
    assert_eq!(bob.post("/v1/statement/acceptance", accept(false)).await.0, 204);
    assert_eq!(bob.get("/v1/me").await.1["code"], "identity.affirm_age");
    assert_eq!(bob.post("/v1/statement/acceptance", accept(true)).await.0, 204);
    assert_eq!(bob.get("/v1/me").await.0, 200);
    assert_eq!(Browser::new(&t).try_sign_in("bob", &initial).await.0, 401, "the initial one is gone");
}

#[tokio::test]
async fn acc_06_whoever_has_just_typed_the_initial_password_is_not_asked_for_it_again() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let (id, initial) = add(&mut ann, "Bob", "bob").await;
    let mut bob = Browser::new(&t);
    bob.sign_in("bob", &initial).await;
    let choose = |new: &str| json!({ "new": new });
    let refused = |answer: &serde_json::Value| (text(&answer["field"]), text(&answer["why"]));
    let (status, answer) = bob.post("/v1/password", choose(&initial)).await;
    assert_eq!((status, refused(&answer)), (422, ("new".to_owned(), "same_as_current".to_owned())));
    // A while later somebody else may sit there.
    t.clock.advance(TimeDelta::minutes(11));
    let missing = (422, ("current".to_owned(), "is_missing".to_owned()));
    for _ in 0..10 {
        let (status, answer) = bob.post("/v1/password", choose(OTHER)).await;
        assert_eq!((status, refused(&answer)), missing, "that is no guess");
    }
    // Nor does a sign-in with one initial password choose in the place of the next.
    let mut again = Browser::new(&t);
    again.sign_in("bob", &initial).await;
    let (status, reset) = ann.post(&format!("/v1/members/{id}/initial-password"), json!(null)).await;
    assert_eq!(status, 201, "{reset}");
    assert_eq!(again.post("/v1/password", choose(OTHER)).await.0, 401);
    again.sign_in("bob", reset["initial_password"].as_str().unwrap()).await;
    let opened = async || {
        let query = "select count(*) from identity.session where opened_by is not null";
        sqlx::query_scalar::<_, i64>(query).fetch_one(&t.admin).await.unwrap()
    };
    assert!(opened().await > 0);
    let (status, answer) = again.post("/v1/password", choose(OTHER)).await;
    assert_eq!(status, 204, "{answer}");
    assert_eq!((opened().await, again.get("/v1/session").await.0), (0, 200), "nothing is kept of the initial one");
    again.sign_in("bob", OTHER).await;
    // A password of one's own is typed again whenever it is changed.
    let (status, answer) = again.post("/v1/password", choose("tall-glacier-flight")).await;
    assert_eq!((status, refused(&answer)), missing);
}

fn text(value: &serde_json::Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn acc_06_an_initial_password_expires() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let (id, initial) = add(&mut ann, "Bob", "bob").await;
    t.clock.advance(TimeDelta::days(14) - TimeDelta::seconds(1));
    Browser::new(&t).sign_in("bob", &initial).await;
    t.clock.advance(TimeDelta::seconds(2));
    assert_eq!(Browser::new(&t).try_sign_in("bob", &initial).await.0, 401);
    let (status, reset) = ann.post(&format!("/v1/members/{id}/initial-password"), json!(null)).await;
    assert_eq!(status, 201, "{reset}");
    Browser::new(&t).sign_in("bob", reset["initial_password"].as_str().unwrap()).await;
}

#[tokio::test]
async fn acc_07_a_new_password_ends_the_other_sign_ins() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let mut elsewhere = Browser::new(&t);
    elsewhere.sign_in("ann", ANNS).await;
    assert_eq!(elsewhere.get("/v1/me").await.0, 200);
    let window = elsewhere.window();
    assert_eq!(ann.post("/v1/password", json!({ "current": ANNS, "new": OTHER })).await.0, 204);
    assert_eq!(elsewhere.get("/v1/me").await.0, 401);
    assert_eq!(why_cut(&window).await, "revoked");
    assert_eq!(ann.get("/v1/me").await.0, 200, "this one goes on");
    assert_eq!(elsewhere.try_sign_in("ann", ANNS).await.0, 401);
    elsewhere.sign_in("ann", OTHER).await;
}

#[tokio::test]
async fn bad_passwords_are_refused_with_the_reason() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let (_, mut bob) = bob(&mut ann).await;
    for (new, why) in [
        ("x7$k", "too_short"),
        ("password1234", "too_common"),
        ("bob-bob-2026-", "contains_name"),
        ("AcmeAcme-77x", "contains_organisation"),
        (OTHER, "same_as_current"),
    ] {
        let (status, answer) = bob.post("/v1/password", json!({ "current": OTHER, "new": new })).await;
        assert_eq!((status, answer["field"].as_str(), answer["why"].as_str()), (422, Some("new"), Some(why)), "{new}");
    }
    let (status, answer) = bob.post("/v1/password", json!({ "current": "wrong", "new": "tall-glacier-flight" })).await;
    assert_eq!((status, answer["field"].as_str(), answer["why"].as_str()), (422, Some("current"), Some("wrong")));
}

#[tokio::test]
async fn whoever_has_an_open_window_cannot_guess_the_password_there() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let mut statuses = Vec::new();
    for _ in 0..10 {
        statuses.push(ann.post("/v1/password", json!({ "current": "wrong", "new": OTHER })).await.0);
    }
    assert_eq!(statuses.last(), Some(&429));
}

#[tokio::test]
async fn passwords_are_kept_as_slow_hashes_and_initial_ones_as_keyed_ones() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let (_, initial) = add(&mut ann, "Bob", "bob").await;
    let kept: Vec<(String, String)> =
        sqlx::query_as("select kind, hash from identity.credential order by kind").fetch_all(&t.admin).await.unwrap();
    assert_eq!(kept.iter().map(|(kind, _)| kind.as_str()).collect::<Vec<_>>(), ["initial", "password"]);
    assert!(kept[1].1.starts_with("$argon2id$v=19$"));
    assert!(kept.iter().all(|(_, hash)| !hash.contains(ANNS) && !hash.contains(&initial)));
    assert_eq!(kept[0].1.len(), 43, "an HMAC, not the password");
}
