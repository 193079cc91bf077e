//! Contacts of the device: nothing without a consent, which can be taken back (`DIR-06`).

use serde_json::{Value, json};
use testkit::TestApp;

const CONSENTS: &str = "/v1/me/consents";
const CONSENT: &str = "/v1/me/consents/contacts.read_device_book";
const IMPORT: &str = "/v1/contacts/device/import";

#[tokio::test]
async fn dir_06_what_is_picked_on_the_device_is_kept_only_under_a_consent() {
    let t = TestApp::with(crate::modules()).await;
    let acme = t.org("Acme").await;
    let (bob, eve) = (t.member(acme, "Bob").await, t.member(acme, "Eve").await);
    let picked = json!({"kind": "external", "contacts": [
        {"name": "陆行舟", "numbers": ["138 0013 8000", "call me"], "addresses": []},
        {"numbers": ["95588"]},
        {"name": "  "},
    ]});
    let (status, problem) = t.call(&bob, "POST", IMPORT, picked.clone()).await;
    assert_eq!((status.as_u16(), &problem["code"]), (403, &json!("privacy.consent_required")));
    let (_, shown) = t.call(&bob, "GET", CONSENTS, Value::Null).await;
    let asked = &shown["items"][0];
    assert_eq!((&asked["purpose"], &asked["state"]), (&json!("contacts.read_device_book"), &json!("never")), "{shown}");
    assert_eq!(asked["until"], json!({"kind": "membership"}), "by the rule of the place where contacts are kept");
    let agreed = json!({"text_version": asked["text_version"], "way": "sheet"});
    assert_eq!(t.call(&bob, "PUT", CONSENT, agreed).await.0, 204);
    let (status, done) = t.call(&bob, "POST", IMPORT, picked.clone()).await;
    assert_eq!((status.as_u16(), &done["new_count"]), (200, &json!(2)), "{done}");
    assert_eq!(
        done["problems"],
        json!([
            {"line": 1, "field": "phones", "why": "not_a_phone_number"},
            {"line": 3, "field": "name", "why": "is_empty"},
        ])
    );
    assert_eq!(t.call(&eve, "POST", IMPORT, picked.clone()).await.0, 403, "Bob's consent is Bob's");
    assert_eq!(t.call(&bob, "DELETE", CONSENT, Value::Null).await.0, 204);
    assert_eq!(t.call(&bob, "POST", IMPORT, picked).await.0, 403);
    let (_, kept) = t.call(&bob, "GET", "/v1/contacts", Value::Null).await;
    assert_eq!(kept["items"].as_array().unwrap().len(), 2, "what was brought in before stays");
}
