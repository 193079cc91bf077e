//! Passwords for address book programs: shown once, listed without themselves, revoked for good.

use serde_json::{Value, json};
use testkit::TestApp;

const PATH: &str = "/v1/app-passwords";

#[tokio::test]
async fn a_password_is_shown_once_and_only_its_hash_stays() {
    let t = TestApp::with(crate::modules()).await;
    let acme = t.org("Acme").await;
    let (bob, eve) = (t.member(acme, "Bob").await, t.member(acme, "Eve").await);
    let (status, made) = t.call(&bob, "POST", PATH, json!({"name": "Phone"})).await;
    assert_eq!(status, 201, "{made}");
    let (_, list) = t.call(&bob, "GET", PATH, Value::Null).await;
    assert_eq!(list["items"][0]["name"], "Phone");
    assert!(list["items"][0]["used_at"].is_null() && !list.to_string().contains(made["password"].as_str().unwrap()));
    let mut tx = t.app.begin(acme, kernel::Actor::System).await.unwrap();
    let rows: Vec<String> =
        sqlx::query_scalar("select p::text from contacts.app_password p").fetch_all(tx.db()).await.unwrap();
    assert!(!rows[0].contains(&made["password"].as_str().unwrap().replace('-', "")) && !rows[0].contains("Phone"));
    let path = format!("{PATH}/{}", made["id"].as_str().unwrap());
    assert_eq!(t.call(&eve, "DELETE", &path, Value::Null).await.0, 404);
    assert_eq!(t.call(&bob, "DELETE", &path, Value::Null).await.0, 204);
    assert_eq!(t.call(&bob, "DELETE", &path, Value::Null).await.0, 404);
    let events = t.events(acme).await;
    for name in ["contacts.app_password_created", "contacts.app_password_revoked"] {
        assert!(events.contains(&name.to_owned()), "{name}");
    }
}

#[tokio::test]
async fn nobody_needs_more_than_twenty() {
    let t = TestApp::with(crate::modules()).await;
    let acme = t.org("Acme").await;
    let bob = t.member(acme, "Bob").await;
    for number in 0..20 {
        assert_eq!(t.call(&bob, "POST", PATH, json!({"name": format!("Phone {number}")})).await.0, 201);
    }
    let (status, problem) = t.call(&bob, "POST", PATH, json!({"name": "One more"})).await;
    assert_eq!((status.as_u16(), &problem["code"]), (409, &json!("contacts.too_many_passwords")));
}
