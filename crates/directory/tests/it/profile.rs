//! One's own profile (`ACC-07`, `DIR-09`, `DIR-10`, `DSR-02`), and what of it reaches the disk.

use serde_json::{Value, json};
use testkit::TestApp;

#[tokio::test]
async fn acc_07_dir_09_a_person_changes_their_own_profile() {
    let t = TestApp::with(vec![directory::module()]).await;
    let acme = t.org("Acme").await;
    let (ann, bob) = (t.member(acme, "Ann").await, t.member(acme, "Bob").await);
    let change = json!({"name": "Bobby", "signature": "back on Monday", "birthday": "1990-02-28", "language": "zh-TW",
        "phone": "0912345678", "email": "bob@acme.example"});
    // The organisation is in China, where that is no phone number.
    let (status, answer) = t.call(&bob, "PATCH", "/v1/me", change.clone()).await;
    assert_eq!((status.as_u16(), answer["field"].as_str()), (422, Some("phone")));
    let mut change = change;
    change["phone"] = json!("+886 912 345 678");
    let (status, me) = t.call(&bob, "PATCH", "/v1/me", change).await;
    assert_eq!(status, 200, "{me}");
    assert_eq!((me["birthday"].as_str(), me["language"].as_str()), (Some("1990-02-28"), Some("zh-TW")));
    assert_eq!((me["is_me"].as_bool(), me["user_id"].as_str()), (Some(true), Some("bob")));

    let (_, seen) = t.call(&ann, "GET", &format!("/v1/members/{}", bob.id), json!(null)).await;
    assert_eq!((seen["name"].as_str(), seen["signature"].as_str()), (Some("Bobby"), Some("back on Monday")));
    assert_eq!((&seen["birthday"], &seen["language"]), (&Value::Null, &Value::Null));
    assert_eq!(t.events(acme).await.last().unwrap(), "directory.member_changed");

    let (_, me) = t.call(&bob, "PATCH", "/v1/me", json!({"birthday": null, "signature": ""})).await;
    assert_eq!((&me["birthday"], &me["signature"]), (&Value::Null, &Value::Null));
}

#[tokio::test]
async fn what_makes_no_sense_is_refused_at_its_field() {
    let t = TestApp::with(vec![directory::module()]).await;
    let acme = t.org("Acme").await;
    let bob = t.member(acme, "Bob").await;
    for (change, field) in [
        (json!({"name": "  "}), "name"),
        (json!({"name": "x".repeat(65)}), "name"),
        (json!({"name": "Bob\u{202E}"}), "name"),
        (json!({"signature": "two\nlines"}), "signature"),
        (json!({"birthday": "yesterday"}), "birthday"),
        (json!({"birthday": "2999-01-01"}), "birthday"),
        (json!({"birthday": "1899-12-31"}), "birthday"),
        (json!({"language": "tlh"}), "language"),
        (json!({"email": "bob"}), "email"),
    ] {
        let (status, answer) = t.call(&bob, "PATCH", "/v1/me", change.clone()).await;
        assert_eq!((status.as_u16(), answer["field"].as_str()), (422, Some(field)), "{change}");
    }
}

#[tokio::test]
async fn dir_10_the_organisation_may_keep_phone_and_email_to_its_administrators() {
    let t = TestApp::with(vec![directory::module()]).await;
    let acme = t.org("Acme").await;
    let (ann, bob) = (t.member(acme, "Ann").await, t.member(acme, "Bob").await);
    let (_, me) = t.call(&bob, "GET", "/v1/me", json!(null)).await;
    assert!(me["may_edit"].as_array().unwrap().contains(&json!("phone")));
    let (_, fields) = t.call(&ann, "GET", "/v1/fields", json!(null)).await;
    for name in ["phone", "email"] {
        let field = fields["items"].as_array().unwrap().iter().find(|field| field["built_in"] == name).unwrap();
        let path = format!("/v1/fields/{}", field["id"].as_str().unwrap());
        let kept = json!({"edited_by": ["administrators"]});
        assert_eq!(t.call(&bob, "PATCH", &path, kept.clone()).await.0, 403);
        assert_eq!(t.call(&ann, "PATCH", &path, kept).await.0, 200);
    }
    let (_, me) = t.call(&bob, "GET", "/v1/me", json!(null)).await;
    assert!(!me["may_edit"].as_array().unwrap().contains(&json!("phone")));
    assert_eq!(t.call(&bob, "PATCH", "/v1/me", json!({"phone": "13800138000"})).await.0, 403);
    assert_eq!(t.call(&bob, "PATCH", "/v1/me", json!({"email": "bob@acme.example"})).await.0, 403);
    assert_eq!(t.call(&bob, "PATCH", "/v1/me", json!({"signature": "still mine"})).await.0, 200);
    assert_eq!(t.call(&ann, "PATCH", "/v1/me", json!({"phone": "13800138000"})).await.0, 200);
}

#[tokio::test]
async fn dsr_02_one_corrects_what_is_ones_own_to_change_and_an_administrator_the_rest() {
    let t = TestApp::with(vec![directory::module()]).await;
    let acme = t.org("Acme").await;
    let (ann, bob, eve) = (t.member(acme, "Ann").await, t.member(acme, "Bob").await, t.member(acme, "Eve").await);
    let own = json!({"birthday": "1990-02-28", "signature": "back on Monday"});
    assert_eq!(t.call(&bob, "PATCH", "/v1/me", own).await.0, 200);
    let (_, fields) = t.call(&ann, "GET", "/v1/fields", json!(null)).await;
    let phone = fields["items"].as_array().unwrap().iter().find(|field| field["built_in"] == "phone").unwrap();
    let path = format!("/v1/fields/{}", phone["id"].as_str().unwrap());
    assert_eq!(t.call(&ann, "PATCH", &path, json!({"edited_by": ["administrators"]})).await.0, 200);

    let right = json!({"phone": "13900139000", "position": "Engineer"});
    assert_eq!(t.call(&bob, "PATCH", "/v1/me", json!({"phone": "13900139000"})).await.0, 403);
    let path = format!("/v1/members/{}", bob.id);
    assert_eq!(t.call(&eve, "PATCH", &path, right.clone()).await.0, 403);
    assert_eq!(t.call(&ann, "PATCH", &path, right).await.0, 200);
    let (_, me) = t.call(&bob, "GET", "/v1/me", json!(null)).await;
    assert_eq!((me["phone"].as_str(), me["position"].as_str()), (Some("+8613900139000"), Some("Engineer")));
    assert_eq!((me["birthday"].as_str(), me["signature"].as_str()), (Some("1990-02-28"), Some("back on Monday")));
}

/// What is known stays accurate (`DSR-14`): what cannot be right is not taken from anybody, one form is kept of what is written in
/// many, and nobody gets what is another one's.
#[tokio::test]
async fn dsr_14_what_cannot_be_right_is_taken_from_nobody_and_what_is_right_is_kept_in_one_form() {
    let t = TestApp::with(vec![directory::module()]).await;
    let acme = t.org("Acme").await;
    let (ann, bob, eve) = (t.member(acme, "Ann").await, t.member(acme, "Bob").await, t.member(acme, "Eve").await);
    let card = format!("/v1/members/{}", bob.id);
    for (by, path) in [(&bob, "/v1/me"), (&ann, card.as_str())] {
        for (wrong, field) in [
            (json!({"phone": "12"}), "phone"),
            (json!({"email": "bob at acme"}), "email"),
            (json!({"name": "  "}), "name"),
        ] {
            let (status, answer) = t.call(by, "PATCH", path, wrong).await;
            assert_eq!((status.as_u16(), answer["field"].as_str()), (422, Some(field)), "{answer}");
        }
        let (status, seen) = t.call(by, "PATCH", path, json!({"phone": "139 0013 9000"})).await;
        assert_eq!((status.as_u16(), seen["phone"].as_str()), (200, Some("+8613900139000")), "{seen}");
    }
    let (status, answer) = t.call(&eve, "PATCH", "/v1/me", json!({"phone": "13900139000"})).await;
    assert_eq!((status.as_u16(), answer["code"].as_str()), (409, Some("directory.phone_taken")));
    assert_eq!(answer["field"], "phone");
}

#[tokio::test]
async fn enc_03_nothing_of_a_profile_stands_in_the_database_in_plain() {
    let t = TestApp::with(vec![directory::module()]).await;
    let acme = t.org("Acme").await;
    let bob = t.member(acme, "Bob").await;
    let change = json!({"name": "Canaryname", "phone": "13812345678", "email": "canarymail@acme.example",
        "signature": "canarysignature", "birthday": "1991-07-13"});
    assert_eq!(t.call(&bob, "PATCH", "/v1/me", change).await.0, 200);
    let mut tx = t.app.begin(acme, kernel::Actor::System).await.unwrap();
    for table in ["member", "handle", "handle_source", "membership", "organisation"] {
        let dump = format!("select coalesce(string_agg(x::text, ' '), '') from directory.{table} x");
        let plain: String = sqlx::query_scalar(sqlx::AssertSqlSafe(dump)).fetch_one(tx.db()).await.unwrap();
        let hex = |text: &str| text.bytes().map(|byte| format!("{byte:02x}")).collect::<String>();
        assert!(!plain.is_empty());
        for canary in ["anary", "13812345678", "1991-07-13"] {
            assert!(!plain.contains(canary) && !plain.contains(&hex(canary)), "{canary} in {table}");
        }
    }
}
