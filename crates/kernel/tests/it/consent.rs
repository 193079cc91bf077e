//! A sensitive purpose is closed without a live consent (CON rows).

use kernel::{Actor, Consent, Purpose};
use testkit::TestApp;

struct Listening;
impl Purpose for Listening {
    const ID: &'static str = "notes.listen";
}

#[tokio::test]
async fn consent_opens_a_purpose_until_it_is_withdrawn() {
    let t = TestApp::with(vec![]).await;
    let acme = t.org("acme").await;
    let (ann, bob) = (t.member(acme, "Ann").await, t.member(acme, "Bob").await);
    let mut tx = t.app.begin(acme, Actor::Member(ann.id)).await.unwrap();
    let code = |result: kernel::Result<Consent<Listening>>| result.err().map(|e| e.code());
    assert_eq!(code(Consent::load(&mut tx).await), Some("privacy.consent_required"));
    Consent::<Listening>::give(&mut tx, "1").await.unwrap();
    Consent::<Listening>::give(&mut tx, "1").await.unwrap();
    let consent = Consent::<Listening>::load(&mut tx).await.unwrap();
    assert_eq!(consent.member(), ann.id);
    consent.withdraw(&mut tx).await.unwrap();
    assert_eq!(code(Consent::load(&mut tx).await), Some("privacy.consent_required"));
    Consent::<Listening>::give(&mut tx, "2").await.unwrap();
    tx.commit().await.unwrap();
    let mut tx = t.app.begin(acme, Actor::Member(bob.id)).await.unwrap();
    assert_eq!(code(Consent::load(&mut tx).await), Some("privacy.consent_required"));
}
