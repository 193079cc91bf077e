//! The contact code (`QR-01`).

use chrono::TimeDelta;
use serde_json::{Value, json};
use testkit::{Person, TestApp};

async fn code(t: &TestApp, who: &Person, method: &str, path: &str) -> String {
    let (status, shown) = t.call(who, method, path, Value::Null).await;
    assert_eq!(status, 200, "{shown}");
    let (_, code) = shown["link"].as_str().and_then(|link| link.rsplit_once('/')).expect("a link");
    code.to_owned()
}

async fn open(t: &TestApp, who: &Person, code: &str) -> (u16, Value) {
    let (status, member) = t.call(who, "GET", &format!("/v1/contact-codes/{code}"), Value::Null).await;
    (status.as_u16(), member["id"].clone())
}

#[tokio::test]
async fn qr_01_a_code_leads_a_colleague_to_its_owner_until_it_ends() {
    let t = TestApp::with(crate::modules()).await;
    let (acme, rival) = (t.org("Acme").await, t.org("Rival").await);
    let (bob, eve, mal) = (t.member(acme, "Bob").await, t.member(acme, "Eve").await, t.member(rival, "Mal").await);
    let first = code(&t, &bob, "GET", "/v1/contact-code").await;
    let (status, found) = open(&t, &eve, &first).await;
    assert_eq!((status, found), (200, json!(bob.id)));
    assert_eq!(open(&t, &mal, &first).await.0, 404, "outside it is no code at all");
    t.clock.advance(TimeDelta::hours(1));
    let second = code(&t, &bob, "GET", "/v1/contact-code").await;
    assert_ne!(first, second, "it rotates");
    assert_eq!(open(&t, &eve, &first).await.0, 200);
    t.clock.advance(TimeDelta::hours(23));
    assert_eq!((open(&t, &eve, &first).await.0, open(&t, &eve, &second).await.0), (404, 200));
    let renewed = code(&t, &bob, "POST", "/v1/contact-code/renew").await;
    assert_eq!((open(&t, &eve, &second).await.0, open(&t, &eve, &renewed).await.0), (404, 200));
}

#[tokio::test]
async fn a_code_holds_nothing_about_its_owner_and_cannot_be_made_up() {
    let t = TestApp::with(crate::modules()).await;
    let acme = t.org("Acme").await;
    let (bob, eve) = (t.member(acme, "Bob").await, t.member(acme, "Eve").await);
    let good = code(&t, &bob, "GET", "/v1/contact-code").await;
    assert_eq!(open(&t, &eve, &good).await.0, 200);
    assert!(!good.contains(&bob.id.to_string()) && good.len() < 60);
    for at in 0..good.len() {
        let mut forged = good.clone().into_bytes();
        forged[at] = if forged[at] == b'A' { b'B' } else { b'A' };
        assert_eq!(open(&t, &eve, &String::from_utf8(forged).unwrap()).await.0, 404, "{at}");
    }
    for nonsense in ["x", "%00", "..", &"A".repeat(4_000)] {
        assert_eq!(open(&t, &eve, nonsense).await.0, 404);
    }
    let mut tx = t.app.begin(acme, kernel::Actor::System).await.unwrap();
    directory::set_state(&mut tx, bob.id, directory::State::Suspended).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(open(&t, &eve, &good).await.0, 404, "whoever is suspended cannot be met");
}

#[tokio::test]
async fn dsr_04_a_code_of_whoever_had_their_data_frozen_leads_nowhere_until_it_is_used_again() {
    let t = TestApp::with(crate::modules()).await;
    let acme = t.org("Acme").await;
    let (ann, bob, eve) = (t.member(acme, "Ann").await, t.member(acme, "Bob").await, t.member(acme, "Eve").await);
    let code = code(&t, &bob, "GET", "/v1/contact-code").await;
    t.freeze(&bob).await;
    // Ann looks after people, and sees him elsewhere.
    for who in [&ann, &eve] {
        assert_eq!(open(&t, who, &code).await.0, 404);
    }
    assert_eq!(open(&t, &bob, &code).await.0, 200, "it is his own");
    t.thaw(&bob).await;
    for who in [&ann, &eve] {
        assert_eq!(open(&t, who, &code).await.0, 200);
    }
}
