//! Signing in (`ACC-01`, `ACC-02`, `ACC-13`, `ACC-14`).

use serde_json::json;

use crate::browser::{ANNS, Browser, OTHER, add, ann, app, bob, founder};

#[tokio::test]
async fn acc_01_one_signs_in_with_user_id_phone_number_or_e_mail_address() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let new = json!({
        "name": "Bob", "user_id": "bob", "phone": "138 0013 8000", "email": "Bob@Example.com", "role": "member",
    });
    let (status, added) = ann.post("/v1/members", new).await;
    assert_eq!(status, 201, "{added}");
    let initial = added["initial_password"].as_str().unwrap();
    for login in ["bob", "BOB", "+86 138 0013 8000", "13800138000", "bob@example.com", " Bob@example.COM "] {
        Browser::new(&t).sign_in(login, initial).await;
    }
}

#[tokio::test]
async fn acc_01_the_account_must_belong_to_the_organisation_it_claims() {
    let t = app().await;
    founder(&t, "Acme", "ann").await;
    founder(&t, "Rival", "mal").await;
    let mut browser = Browser::new(&t);
    let mut sign_in = async |login: &str, organisation: Option<&str>| {
        let input = json!({ "login": login, "password": ANNS, "organisation": organisation });
        browser.post("/v1/sessions", input).await.0
    };
    assert_eq!(sign_in("ann", Some("acme")).await, 201);
    assert_eq!(sign_in("ann", Some("rival")).await, 401);
    assert_eq!(sign_in("ann", Some("nowhere")).await, 401);
    assert_eq!(sign_in("ann", None).await, 201, "only one of the two has somebody of this user id");
    founder(&t, "Third", "ann").await;
    assert_eq!(sign_in("ann", None).await, 401, "two have: one has to say which");
    assert_eq!(sign_in("ann", Some("third")).await, 201);
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_account_are_told_alike() {
    let t = app().await;
    let mut ann = ann(&t).await;
    add(&mut ann, "Bob", "bob").await;
    let mut answers = Vec::new();
    for login in ["ann", "bob", "nobody", "nobody@example.com", "13800138000"] {
        let (status, mut answer) = Browser::new(&t).try_sign_in(login, "wrong password").await;
        answer["request_id"] = json!(null);
        answers.push((status, answer));
    }
    assert_eq!((answers[0].0, answers[0].1["code"].as_str()), (401, Some("identity.wrong_credentials")));
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
}

#[tokio::test]
async fn a_program_gets_the_token_and_no_cookie() {
    let t = app().await;
    ann(&t).await;
    let mut program = Browser::new(&t);
    let (status, session) =
        program.post("/v1/sessions", json!({ "login": "ann", "password": ANNS, "token": true })).await;
    assert_eq!(status, 201);
    assert!(program.cookies.is_empty());
    let bearer = format!("Bearer {}", session["token"].as_str().unwrap());
    let (status, _) = t.send(None, "GET", "/v1/me", Vec::new(), &[("authorization", &bearer)]).await;
    assert_eq!(status, 200);
}

#[tokio::test]
async fn acc_13_acc_14_the_owner_of_an_account_sees_where_it_was_signed_in_to() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let (_, mut bob) = bob(&mut ann).await;
    let mut thief = Browser::at(&t, [203, 0, 113, 9]);
    // What happens in one instant has no order.
    t.clock.advance(chrono::TimeDelta::seconds(1));
    assert_eq!(thief.try_sign_in("bob", "wrong password").await.0, 401);
    t.clock.advance(chrono::TimeDelta::seconds(1));
    thief.sign_in("bob", OTHER).await;
    let (_, page) = bob.get("/v1/sign-ins").await;
    let seen: Vec<_> = page["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|s| {
            (s["outcome"].as_str().unwrap(), s["address"].as_str().unwrap(), s["is_new_device"].as_bool().unwrap())
        })
        .collect();
    assert_eq!(
        seen,
        [("ok", "203.0.113.9", true), ("wrong_password", "203.0.113.9", true), ("ok", "198.51.100.7", false)]
    );
    assert_eq!(page["items"][0]["device"], "Firefox · Linux");
    assert_eq!(ann.get("/v1/sign-ins").await.1["items"].as_array().unwrap().len(), 1, "each sees the own ones");
}

#[tokio::test]
async fn acc_14_addresses_and_devices_do_not_stand_in_the_database_legibly() {
    let t = app().await;
    ann(&t).await;
    let found: bool = sqlx::query_scalar(
        "select exists (select from identity.session s where s::text like '%' || encode('192.0.2.1', 'hex') || '%'
                        or s::text like '%' || encode('Firefox', 'hex') || '%')",
    )
    .fetch_one(&t.admin)
    .await
    .unwrap();
    assert!(!found);
    let sealed: i64 = sqlx::query_scalar("select count(*) from identity.session where length(address) > 20")
        .fetch_one(&t.admin)
        .await
        .unwrap();
    assert_eq!(sealed, 1);
}

#[tokio::test]
async fn acc_13_adm_02_the_audit_log_says_where_from_and_with_what_somebody_signed_in() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let (bobs, mut bob) = bob(&mut ann).await;
    let mut thief = Browser::at(&t, [203, 0, 113, 9]);
    assert_eq!(thief.try_sign_in("bob", "wrong password").await.0, 401);
    thief.sign_in("bob", OTHER).await;
    assert_eq!(bob.call("DELETE", "/v1/sessions", json!(null)).await.0, 204);
    t.app.settled().await;
    let (status, page) = ann.get("/v1/audit?limit=100").await;
    assert_eq!(status, 200, "{page}");
    let lines: Vec<_> = page["items"].as_array().unwrap().iter().collect();
    let of = |name: &str| -> Vec<_> {
        let named = lines.iter().filter(|line| line["name"] == name);
        named.map(|line| (line["actor"]["id"].as_str(), line["address"].as_str(), line["device"].as_str())).collect()
    };
    let anns = ann.member_in("acme");
    let firefox = Some("Firefox · Linux");
    let (ann_did, bob_did) = (Some(anns.as_str()), Some(bobs.as_str()));
    assert_eq!(
        of("identity.session_started"),
        [
            (bob_did, Some("203.0.113.9"), firefox),
            (bob_did, Some("198.51.100.7"), firefox),
            (ann_did, Some("192.0.2.1"), firefox)
        ]
    );
    assert_eq!(of("identity.session_ended"), [(bob_did, Some("198.51.100.7"), firefox)]);
    assert_eq!(of("identity.password_changed"), [(bob_did, Some("198.51.100.7"), firefox)]);
    // What one does in one's own affairs besides is nobody's.
    assert_eq!(of("privacy.statement_accepted").len(), 2);
    assert_eq!(of("privacy.statement_accepted")[0], (bob_did, None, None));
    // Who did not come in is not known; as whom it was tried is, and from where and with what.
    assert_eq!(of("signIn"), [(None, Some("203.0.113.9"), firefox)]);
    let refused = lines.iter().find(|line| line["name"] == "signIn").unwrap();
    assert_eq!((&refused["actor"]["kind"], &refused["outcome"]), (&json!("visitor"), &json!("refused")));
    assert_eq!(refused["target"], json!({ "kind": "member", "id": bobs }));
    assert_eq!(refused["code"], "identity.wrong_credentials");
    assert_eq!(bob.get("/v1/audit").await.0, 403);
}

#[tokio::test]
async fn acc_14_addresses_in_the_audit_log_are_sealed() {
    let t = app().await;
    let org = ann(&t).await.person().org;
    let mut tx = t.app.begin(org, kernel::Actor::System).await.unwrap();
    let (sealed, legible): (i64, i64) = sqlx::query_as(
        "select count(*) filter (where length(trace) > 20),
                count(*) filter (where e::text like '%' || encode('192.0.2.1', 'hex') || '%' or e::text like '%192.0.2.1%')
         from kernel.audit_entry e where name = 'identity.session_started'",
    )
    .fetch_one(tx.db())
    .await
    .unwrap();
    assert_eq!((sealed, legible), (1, 0));
}

#[tokio::test]
async fn a_sign_in_is_told_where_one_works() {
    let t = app().await;
    let mut ann = ann(&t).await;
    bob(&mut ann).await;
    let events = t.events(ann.person().org).await;
    assert_eq!(events.iter().filter(|name| *name == "identity.session_started").count(), 2);
}
