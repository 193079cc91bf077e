//! What administrators do to accounts (`ACC-06`, `ACC-10`, `ORG-03`, `ORG-14`).

use serde_json::{Value, json};

use crate::browser::{ANNS, Browser, OTHER, add, ann, app, bob, came_in, eve, founder, why_cut};

#[tokio::test]
async fn acc_10_a_suspended_person_is_out_at_once() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let (id, mut bob) = bob(&mut ann).await;
    assert_eq!(bob.get("/v1/me").await.0, 200);
    let window = bob.window();
    let (status, answer) = ann.post(&format!("/v1/members/{id}/suspend"), json!({ "reason": "stolen" })).await;
    assert_eq!(status, 204, "{answer}");
    assert_eq!(why_cut(&window).await, "suspended", "the open window closes");
    assert_eq!(bob.get("/v1/me").await.0, 401);
    let (status, answer) = bob.try_sign_in("bob", OTHER).await;
    assert_eq!((status, answer["code"].as_str()), (403, Some("identity.suspended")));
    assert_eq!(bob.try_sign_in("bob", "wrong password").await.0, 401, "only the owner learns why");

    assert_eq!(ann.post(&format!("/v1/members/{id}/resume"), json!(null)).await.0, 204);
    bob.sign_in("bob", OTHER).await;
    assert_eq!(bob.get("/v1/me").await.0, 200);
    let window = bob.window();
    identity::apply_revocations(&t.app).await.unwrap();
    assert!(!window.is_cut(), "what shut him out before is not repeated");
}

#[tokio::test]
async fn acc_10_a_person_suspended_in_one_organisation_works_on_in_the_other() {
    let t = app().await;
    let mut ann = founder(&t, "Acme", "ann").await;
    let mut mal = founder(&t, "Rival", "mal").await;
    let (bob_id, mut bob) = bob_in(&mut ann, "acme").await;
    join(&mut mal, &mut bob, "Bob").await;
    bob.organisation = Some("acme".into());
    assert_eq!(bob.get("/v1/me").await.0, 200);
    assert_eq!(ann.post(&format!("/v1/members/{bob_id}/suspend"), json!({})).await.0, 204);
    let (status, answer) = bob.get("/v1/me").await;
    assert_eq!((status, answer["code"].as_str()), (403, Some("identity.suspended")));
    bob.organisation = Some("rival".into());
    assert_eq!(bob.get("/v1/me").await.0, 200);
}

#[tokio::test]
async fn colleagues_suspend_nobody_and_nobody_suspends_themselves() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let (id, mut bob) = bob(&mut ann).await;
    let ann_id = ann.person().id;
    assert_eq!(bob.post(&format!("/v1/members/{ann_id}/suspend"), json!({})).await.0, 403);
    assert_eq!(bob.post(&format!("/v1/members/{ann_id}/initial-password"), json!(null)).await.0, 403);
    assert_eq!(bob.post("/v1/members", json!({ "name": "Eve", "user_id": "eve", "role": "member" })).await.0, 403);
    assert_eq!(ann.post(&format!("/v1/members/{ann_id}/suspend"), json!({})).await.0, 403);
    assert_eq!(ann.post(&format!("/v1/members/{id}/resume"), json!(null)).await.0, 409, "he is not suspended");
}

#[tokio::test]
async fn administrators_see_how_many_people_the_operator_lets_them_have() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let (_, mut bob) = bob(&mut ann).await;
    assert_eq!(ann.get("/v1/members/room").await, (200, json!({ "people": 2 })), "nobody set a limit");
    assert_eq!(bob.get("/v1/members/room").await.0, 403);
    let mut tx = t.app.begin(ann.person().org, kernel::Actor::Operator).await.unwrap();
    let by = hosting::OperatorAct::of(&tx, None).unwrap();
    let limits = hosting::Limits { most_people: Some(2), most_bytes: None };
    hosting::limit(&mut tx, &by, limits).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(ann.get("/v1/members/room").await.1, json!({ "people": 2, "most_people": 2 }));
    let (status, answer) = ann.post("/v1/members", json!({ "name": "Eve", "user_id": "eve", "role": "member" })).await;
    assert_eq!((status, answer["code"].as_str()), (409, Some("hosting.people_limit")));
}

#[tokio::test]
async fn acc_06_a_new_initial_password_ends_every_sign_in() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let (id, mut bob) = bob(&mut ann).await;
    let (status, reset) = ann.post(&format!("/v1/members/{id}/initial-password"), json!(null)).await;
    assert_eq!(status, 201, "{reset}");
    assert_eq!(bob.get("/v1/session").await.0, 204);
    assert_eq!(bob.try_sign_in("bob", OTHER).await.0, 401);
    bob.sign_in("bob", reset["initial_password"].as_str().unwrap()).await;
    assert_eq!(bob.session["must"], json!(["change_password"]));
}

#[tokio::test]
async fn nobody_resets_the_password_of_an_account_that_belongs_elsewhere_too() {
    let t = app().await;
    let mut ann = founder(&t, "Acme", "ann").await;
    let mut mal = founder(&t, "Rival", "mal").await;
    let (id, mut bob) = bob_in(&mut ann, "acme").await;
    join(&mut mal, &mut bob, "Bob").await;
    for (administrator, member) in [(&mut ann, id), (&mut mal, bob.member_in("rival"))] {
        let (status, answer) = administrator.post(&format!("/v1/members/{member}/initial-password"), json!(null)).await;
        assert_eq!((status, answer["code"].as_str()), (409, Some("directory.account_elsewhere")));
    }
}

#[tokio::test]
async fn org_14_an_account_that_exists_is_asked_and_decides() {
    let t = app().await;
    let mut ann = founder(&t, "Acme", "ann").await;
    let mut mal = founder(&t, "Rival", "mal").await;
    let new = |name: &str| json!({ "name": name, "email": "bob@example.com", "role": "member" });
    let (_, added) = ann.post("/v1/members", new("Bob")).await;
    assert_eq!(added["is_invited"], false);
    let (status, again) = ann.post("/v1/members", new("Bob again")).await;
    assert_eq!((status, &again["code"], &again["field"]), (409, &json!("directory.already_member"), &json!("email")));
    let (status, asked) = mal.post("/v1/members", new("Bobby")).await;
    assert_eq!(status, 201, "{asked}");
    assert_eq!((&asked["is_invited"], &asked["initial_password"]), (&json!(true), &Value::Null));
    assert_eq!(asked["member"]["state"], "invited");

    let mut bob = came_in(&t, "bob@example.com", &added).await;
    bob.organisation = Some("rival".into());
    assert_eq!(bob.get("/v1/me").await.0, 404, "he has not agreed yet");
    let (_, list) = bob.get("/v1/session/invitations").await;
    assert_eq!(list["items"][0]["organisation"]["name"], "Rival");
    assert_eq!(list["items"][0]["inviter_name"], "Ann");
    let path = format!("/v1/session/invitations/{}/accept", list["items"][0]["id"].as_str().unwrap());
    assert_eq!(ann.post(&path, json!(null)).await.0, 404, "it is for him alone");
    let (status, session) = bob.post(&path, json!(null)).await;
    assert_eq!(status, 201, "{session}");
    assert_eq!(session["organisations"].as_array().unwrap().len(), 2);
    assert_eq!(session["must"], json!(["accept_statement", "affirm_age"]), "each organisation asks by itself");
    assert_eq!(bob.post("/v1/statement/acceptance", json!({ "version": "0.5", "is_adult": true })).await.0, 204);
    assert_eq!(bob.get("/v1/me").await.1["name"], "Bobby");
}

/// Refusing the statement of one organisation costs what is in that organisation, and nothing else.
#[tokio::test]
async fn acc_17_whoever_does_not_accept_loses_only_what_the_statement_is_about() {
    let t = app().await;
    let mut ann = founder(&t, "Acme", "ann").await;
    let mut mal = founder(&t, "Rival", "mal").await;
    let new = |name: &str| json!({ "name": name, "email": "bob@example.com", "role": "member" });
    let (_, added) = ann.post("/v1/members", new("Bob")).await;
    mal.post("/v1/members", new("Bobby")).await;
    let mut bob = came_in(&t, "bob@example.com", &added).await;
    let (_, list) = bob.get("/v1/session/invitations").await;
    let path = format!("/v1/session/invitations/{}/accept", list["items"][0]["id"].as_str().unwrap());
    assert_eq!(bob.post(&path, json!(null)).await.0, 201);

    bob.organisation = Some("rival".into());
    for inside in ["/v1/me", "/v1/members", "/v1/organisation"] {
        let (status, answer) = bob.get(inside).await;
        assert_eq!((status, answer["code"].as_str()), (403, Some("privacy.accept_statement")), "{inside}");
    }
    for outside in ["/v1/session", "/v1/sessions", "/v1/sign-ins", "/v1/statement", "/v1/cookies"] {
        assert_eq!(bob.get(outside).await.0, 200, "{outside} is the account's own");
    }
    bob.organisation = Some("acme".into());
    for inside in ["/v1/me", "/v1/members", "/v1/organisation"] {
        assert_eq!(bob.get(inside).await.0, 200, "{inside} where he did accept");
    }
    bob.organisation = Some("rival".into());
    assert_eq!(bob.post("/v1/statement/acceptance", json!({ "version": "0.5", "is_adult": true })).await.0, 204);
    assert_eq!(bob.get("/v1/me").await.0, 200, "and he may change his mind");
}

#[tokio::test]
async fn org_14_whoever_declines_leaves_nothing_behind_and_may_be_asked_again() {
    let t = app().await;
    let mut ann = founder(&t, "Acme", "ann").await;
    let mut mal = founder(&t, "Rival", "mal").await;
    let new = |name: &str| json!({ "name": name, "email": "bob@example.com", "role": "member" });
    let (_, added) = ann.post("/v1/members", new("Bob")).await;
    let (_, asked) = mal.post("/v1/members", new("Bobby")).await;
    let shown = format!("/v1/members/{}", asked["member"]["id"].as_str().unwrap());
    assert_eq!(mal.get(&shown).await.0, 200);
    let mut bob = came_in(&t, "bob@example.com", &added).await;
    let (_, list) = bob.get("/v1/session/invitations").await;
    let path = format!("/v1/session/invitations/{}", list["items"][0]["id"].as_str().unwrap());
    assert_eq!(ann.call("DELETE", &path, Value::Null).await.0, 404, "it is for him alone");
    assert_eq!(bob.call("DELETE", &path, Value::Null).await.0, 204);
    assert_eq!(bob.get("/v1/session/invitations").await.1["items"], json!([]));
    assert_eq!(bob.call("DELETE", &path, Value::Null).await.0, 404);
    assert_eq!(mal.get(&shown).await.0, 404);
    let (_, people) = mal.get("/v1/members").await;
    assert_eq!(people["items"].as_array().unwrap().len(), 1, "{people}");
    assert_eq!(mal.post("/v1/members", new("Bobby")).await.0, 201);
    assert_eq!(bob.get("/v1/session/invitations").await.1["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn org_14_whoever_was_asked_and_opens_a_link_comes_in_as_the_one_that_was_asked() {
    let t = app().await;
    let mut ann = founder(&t, "Acme", "ann").await;
    let mut mal = founder(&t, "Rival", "mal").await;
    let new = |name: &str| json!({ "name": name, "email": "bob@example.com", "role": "member" });
    let (_, added) = ann.post("/v1/members", new("Bob")).await;
    let (_, asked) = mal.post("/v1/members", new("Bobby")).await;
    let mut bob = came_in(&t, "bob@example.com", &added).await;
    join(&mut mal, &mut bob, "Robert").await;
    assert_eq!(bob.session["must"], json!([]), "what the link asked is not asked again");
    bob.organisation = Some("rival".into());
    let (_, me) = bob.get("/v1/me").await;
    assert_eq!((&me["id"], &me["name"]), (&asked["member"]["id"], &json!("Bobby")));
    assert_eq!(bob.get("/v1/session/invitations").await.1["items"], json!([]));
    assert_eq!(mal.get("/v1/members").await.1["items"].as_array().unwrap().len(), 2, "one person, not two");
}

#[tokio::test]
async fn org_03_nobody_makes_somebody_more_than_oneself() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let mut eve = eve(&mut ann).await;
    assert_eq!(eve.post("/v1/members", json!({ "name": "X", "user_id": "xx", "role": "owner" })).await.0, 403);
    let ann_id = ann.person().id;
    assert_eq!(eve.post(&format!("/v1/members/{ann_id}/suspend"), json!({})).await.0, 403);
    assert_eq!(eve.post(&format!("/v1/members/{ann_id}/initial-password"), json!(null)).await.0, 403);
    assert_eq!(Browser::new(&t).try_sign_in("ann", ANNS).await.0, 201);
}

async fn bob_in<'a>(by: &mut Browser<'a>, organisation: &str) -> (String, Browser<'a>) {
    let (id, initial) = add(by, "Bob", "bob").await;
    let mut bob = Browser::at(by.t, [198, 51, 100, 7]);
    let input = json!({ "login": "bob", "password": initial, "organisation": organisation });
    assert_eq!(bob.post("/v1/sessions", input).await.0, 201);
    bob.settle(&initial, OTHER).await;
    (id, bob)
}

async fn join(by: &mut Browser<'_>, who: &mut Browser<'_>, name: &str) {
    let (_, link) = by.post("/v1/invitations", json!({})).await;
    let path = format!("/v1/invitations/by-token/{}/accept", link["token"].as_str().unwrap());
    let input = json!({
        "name": name, "user_id": name.to_lowercase(), "language": "en", "statement_version": "0.5",
        "accepts_statement": true, "is_adult": true,
    });
    let (status, session) = who.post(&path, input).await;
    assert_eq!(status, 201, "{session}");
    who.session = session;
}
