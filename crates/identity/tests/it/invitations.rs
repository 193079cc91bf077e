//! Coming in by a link (`ORG-08`, `ORG-14`).

use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::browser::{Browser, OTHER, ann, app, bob, founder};

fn newcomer(user_id: &str) -> Value {
    json!({
        "name": "Eve", "user_id": user_id, "password": OTHER, "language": "zh-TW", "statement_version": "0.5",
        "accepts_statement": true, "is_adult": true, "remember": true,
    })
}

async fn link(by: &mut Browser<'_>, wish: Value) -> (String, String) {
    let (status, link) = by.post("/v1/invitations", wish).await;
    assert_eq!(status, 201, "{link}");
    let token = link["token"].as_str().unwrap();
    assert_eq!(link["url"], format!("http://127.0.0.1:8080/join/{token}"));
    (link["id"].as_str().unwrap().to_owned(), format!("/v1/invitations/by-token/{token}"))
}

#[tokio::test]
async fn org_08_one_comes_in_by_a_link() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let (_, path) = link(&mut ann, json!({})).await;
    let mut eve = Browser::new(&t);
    let (status, shown) = eve.get(&path).await;
    assert_eq!(status, 200);
    assert_eq!((&shown["organisation"]["name"], &shown["inviter_name"]), (&json!("Acme"), &json!("Ann")));
    let (status, session) = eve.post(&format!("{path}/accept"), newcomer("eve")).await;
    assert_eq!(status, 201, "{session}");
    assert_eq!((&session["must"], &session["language"]), (&json!([]), &json!("zh-TW")));
    assert_eq!(eve.get("/v1/me").await.1["role"], "member");
    Browser::new(&t).sign_in("eve", OTHER).await;
    let (_, list) = ann.get("/v1/invitations").await;
    assert_eq!((&list["items"][0]["uses"], &list["items"][0]["state"]), (&json!(1), &json!("open")));
    assert!(t.events(ann.person().org).await.contains(&"identity.invitation_accepted".to_owned()));
}

#[tokio::test]
async fn a_link_ends_by_time_by_number_and_by_being_taken_back() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let mut eve = Browser::new(&t);
    let code = async |browser: &mut Browser<'_>, path: &str| {
        let (status, answer) = browser.get(path).await;
        (status, answer["code"].as_str().unwrap_or_default().to_owned())
    };

    let (_, once) = link(&mut ann, json!({ "max_uses": 1 })).await;
    assert_eq!(Browser::new(&t).post(&format!("{once}/accept"), newcomer("eve")).await.0, 201);
    assert_eq!(code(&mut eve, &once).await, (410, "identity.invitation_used_up".into()));
    assert_eq!(Browser::new(&t).post(&format!("{once}/accept"), newcomer("eve2")).await.0, 410);

    let (id, taken) = link(&mut ann, json!({})).await;
    assert_eq!(ann.call("DELETE", &format!("/v1/invitations/{id}"), json!(null)).await.0, 204);
    assert_eq!(code(&mut eve, &taken).await, (410, "identity.invitation_revoked".into()));

    let (_, short) = link(&mut ann, json!({ "expires_in_days": 1 })).await;
    t.clock.advance(TimeDelta::days(1));
    assert_eq!(code(&mut eve, &short).await, (410, "identity.invitation_expired".into()));
    assert_eq!(code(&mut eve, "/v1/invitations/by-token/AAAA").await.0, 404);
}

#[tokio::test]
async fn of_two_who_take_the_last_place_one_comes_in() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let (_, path) = link(&mut ann, json!({ "max_uses": 1 })).await;
    let path = format!("{path}/accept");
    let (mut one, mut two) = (Browser::new(&t), Browser::new(&t));
    let (first, second) = tokio::join!(one.post(&path, newcomer("eve")), two.post(&path, newcomer("bob")));
    let mut statuses = [first.0, second.0];
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 410]);
}

#[tokio::test]
async fn only_administrators_make_see_and_take_back_links() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let (id, _) = link(&mut ann, json!({})).await;
    let (_, mut bob) = bob(&mut ann).await;
    assert_eq!(bob.post("/v1/invitations", json!({})).await.0, 403);
    assert_eq!(bob.get("/v1/invitations").await.0, 403);
    assert_eq!(bob.call("DELETE", &format!("/v1/invitations/{id}"), json!(null)).await.0, 403);
    for wish in [json!({ "expires_in_days": 31 }), json!({ "expires_in_days": 0 }), json!({ "max_uses": 501 })] {
        assert_eq!(ann.post("/v1/invitations", wish).await.0, 422);
    }
}

#[tokio::test]
async fn a_link_of_one_organisation_cannot_be_taken_back_by_another() {
    let t = app().await;
    let mut ann = founder(&t, "Acme", "ann").await;
    let mut mal = founder(&t, "Rival", "mal").await;
    let (id, path) = link(&mut ann, json!({})).await;
    assert_eq!(mal.call("DELETE", &format!("/v1/invitations/{id}"), json!(null)).await.0, 404);
    assert_eq!(mal.get(&path).await.0, 200);
}

#[tokio::test]
async fn nobody_takes_over_an_account_by_a_link() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let (_, path) = link(&mut ann, json!({})).await;
    let new = json!({ "name": "Bob", "email": "bob@example.com", "role": "member" });
    assert_eq!(ann.post("/v1/members", new).await.0, 201);
    let mut input = newcomer("mallory");
    input["email"] = json!("bob@example.com");
    let (status, answer) = Browser::new(&t).post(&format!("{path}/accept"), input).await;
    assert_eq!((status, answer["code"].as_str()), (409, Some("directory.email_taken")));
}

#[tokio::test]
async fn org_14_an_account_with_nothing_but_a_user_id_joins_a_second_organisation() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let mut mal = founder(&t, "Rival", "mal").await;
    let (_, there) = link(&mut mal, json!({})).await;
    for (user_id, is_taken) in [("eve", false), ("kim", true)] {
        let (_, path) = link(&mut ann, json!({})).await;
        let mut newcomer = Browser::new(&t);
        assert_eq!(newcomer.post(&format!("{path}/accept"), self::newcomer(user_id)).await.0, 201);
        if is_taken {
            let other = json!({ "name": "Kim", "user_id": user_id, "email": "kim@example.net", "role": "member" });
            assert_eq!(mal.post("/v1/members", other).await.0, 201);
        }
        let mut input = self::newcomer(user_id);
        input.as_object_mut().unwrap().retain(|field, _| field != "user_id" && field != "password");
        let (status, answer) = newcomer.post(&format!("{there}/accept"), input.clone()).await;
        if !is_taken {
            assert_eq!(status, 201, "{answer}");
            continue;
        }
        assert_eq!((status, answer["code"].as_str()), (409, Some("directory.user_id_taken")));
        input["user_id"] = json!("kim.of.acme");
        assert_eq!(newcomer.post(&format!("{there}/accept"), input).await.0, 201);
    }
}
