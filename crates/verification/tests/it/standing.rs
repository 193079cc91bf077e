//! None, asked, verified, refused, asked again; and what ends it.

use chrono::TimeDelta;
use kernel::Error;
use serde_json::json;
use verification::Verified;

use crate::office::{Office, PDF};

#[tokio::test]
async fn an_organisation_asks_and_is_verified_under_its_full_name() {
    let office = Office::open().await;
    assert_eq!(office.shown(&office.ann).await["state"], "none");
    assert_eq!(office.ask("Acme Ltd").await.1["code"], "verification.no_document");
    office.add(&office.ann, "licence.pdf", PDF).await;
    assert_eq!(office.ask(" ").await.1["field"], "legal_name");
    assert_eq!(office.ask("Acme Ltd").await.0, 200);
    assert_eq!(office.ask("Acme Ltd").await.1["code"], "verification.asked_already");
    let (mut tx, _) = office.operator().await;
    assert!(Verified::of(&mut tx).await.unwrap().is_none(), "asking is no proof");
    office.verify().await.unwrap();
    let (mut tx, _) = office.operator().await;
    assert_eq!(Verified::of(&mut tx).await.unwrap().unwrap().legal_name(), "Acme Ltd");
    // Everybody sees that it is, only whoever may ask sees by what.
    let seen = office.shown(&office.eve).await;
    assert_eq!((&seen["state"], &seen["legal_name"]), (&json!("verified"), &json!("Acme Ltd")));
    assert_eq!((&seen["request"], &seen["can"]["ask"]), (&json!(null), &json!(false)));
    assert_eq!(office.ask("Acme Ltd").await.1["code"], "verification.verified_already");
    assert!(matches!(office.verify().await, Err(Error::Conflict("verification.not_asked"))));
}

#[tokio::test]
async fn a_refusal_has_a_reason_and_one_asks_again() {
    let office = Office::asked().await;
    assert!(matches!(office.refuse(" ").await, Err(Error::Invalid { field: "reason", .. })));
    office.refuse("The licence is not readable").await.unwrap();
    let shown = office.shown(&office.ann).await;
    assert_eq!(shown["state"], "refused");
    assert_eq!(shown["request"]["reason"], "The licence is not readable");
    assert_eq!(office.add(&office.ann, "better.pdf", PDF).await.0, 201);
    assert_eq!(office.ask("Acme Ltd").await.0, 200);
    assert_eq!(office.shown(&office.ann).await["request"]["reason"], json!(null));
    office.verify().await.unwrap();
    let said = office.t.events(office.ann.org).await;
    assert_eq!(said.iter().filter(|name| *name == "verification.decided").count(), 2);
}

#[tokio::test]
async fn asking_under_another_name_ends_that_it_is_verified() {
    let office = Office::asked().await;
    office.verify().await.unwrap();
    assert_eq!(office.ask("Acme Holdings Ltd").await.0, 200);
    let (mut tx, _) = office.operator().await;
    assert!(Verified::of(&mut tx).await.unwrap().is_none());
}

#[tokio::test]
async fn another_display_name_ends_that_it_is_verified_and_other_settings_do_not() {
    let office = Office::asked().await;
    office.verify().await.unwrap();
    let edit = async |change| office.t.call(&office.ann, "PATCH", "/v1/organisation", change).await.0;
    assert_eq!(edit(json!({ "industry": "retail" })).await, 200);
    office.t.run_subscribers().await;
    assert_eq!(office.shown(&office.eve).await["state"], "verified");
    assert_eq!(edit(json!({ "name_en": "A famous bank" })).await, 200);
    office.t.run_subscribers().await;
    assert_eq!(office.shown(&office.eve).await["state"], "none");
}

#[tokio::test]
async fn the_operator_decides_what_was_seen_and_nothing_that_was_asked_meanwhile() {
    let office = Office::asked().await;
    let seen = office.seen().await;
    let withdrawn = office.t.call(&office.ann, "DELETE", "/v1/verification/request", json!(null)).await;
    assert_eq!(withdrawn.0, 204);
    office.t.clock.advance(TimeDelta::seconds(1));
    office.add(&office.ann, "another.pdf", PDF).await;
    assert_eq!(office.ask("A famous bank").await.0, 200);
    let is_another = |decided| matches!(decided, Err(Error::Protocol(412, "directory.changed_meanwhile")));
    assert!(is_another(office.verify_seen(&seen).await));
    assert!(is_another(office.refuse_seen(&seen, "Not readable").await));
    assert_eq!(office.shown(&office.ann).await["state"], "asked", "nobody has decided");
    office.verify_seen(&office.seen().await).await.unwrap();
}

#[tokio::test]
async fn another_display_name_sends_back_what_waits_for_a_decision() {
    let office = Office::asked().await;
    let renamed = office.t.call(&office.ann, "PATCH", "/v1/organisation", json!({ "name_en": "A famous bank" })).await;
    assert_eq!(renamed.0, 200);
    office.t.run_subscribers().await;
    let shown = office.shown(&office.ann).await;
    assert_eq!((&shown["state"], &shown["request"]["asked_at"]), (&json!("none"), &json!(null)));
    assert!(matches!(office.verify().await, Err(Error::Conflict("verification.not_asked"))));
    let (mut tx, by) = office.operator().await;
    assert!(verification::asked(&mut tx, &by).await.unwrap().documents.is_empty(), "nobody asks");
    drop(tx);
    // What was said and shown is there to ask by again.
    assert_eq!(shown["request"]["claim"]["legal_name"], "Acme Ltd");
    assert_eq!(office.ask("Acme Ltd").await.0, 200);
    office.verify().await.unwrap();
    assert_eq!(office.shown(&office.eve).await["state"], "verified");
}

#[tokio::test]
async fn whoever_may_ask_is_told_what_was_decided_and_what_another_name_ended() {
    let office = Office::asked().await;
    office.refuse("The licence is not readable").await.unwrap();
    assert_eq!(office.bell(&office.ann).await, ["organisation_not_verified"]);
    office.t.clock.advance(TimeDelta::seconds(1));
    assert_eq!(office.ask("Acme Ltd").await.0, 200);
    office.verify().await.unwrap();
    let rename = async |name: &str| {
        office.t.clock.advance(TimeDelta::seconds(1));
        let renamed = office.t.call(&office.ann, "PATCH", "/v1/organisation", json!({ "name_en": name })).await;
        assert_eq!(renamed.0, 200);
        office.t.run_subscribers().await;
    };
    assert_eq!(office.shown(&office.ann).await["request"]["ended_at"], json!(null));
    rename("A famous bank").await;
    // The section says why it is so no more, until one asks again.
    assert!(office.shown(&office.ann).await["request"]["ended_at"].is_string());
    assert_eq!(office.ask("Acme Ltd").await.0, 200);
    assert_eq!(office.shown(&office.ann).await["request"]["ended_at"], json!(null));
    rename("Another bank").await;
    let told = ["verification_sent_back", "verification_ended", "organisation_verified", "organisation_not_verified"];
    assert_eq!(office.bell(&office.ann).await, told);
    assert!(office.bell(&office.eve).await.is_empty(), "colleagues have nothing to do with it");
}

#[tokio::test]
async fn withdrawing_erases_the_documents_and_only_while_nobody_decided() {
    let office = Office::asked().await;
    let withdraw = async || office.t.call(&office.ann, "DELETE", "/v1/verification/request", json!(null)).await;
    assert_eq!(withdraw().await.0, 204);
    let shown = office.shown(&office.ann).await;
    assert_eq!((&shown["state"], &shown["request"]["documents"]), (&json!("none"), &json!([])));
    assert_eq!(withdraw().await.1["code"], "verification.not_asked");
}

/// The gate of what is for verified organisations alone (`ORG-05`, `ORG-06`): whoever is to pass holds the proof, and only this crate cuts
/// it. Peer organisations ask for it; red packets are not there yet, and will have nothing else to ask.
#[tokio::test]
async fn org_06_no_organisation_gets_the_proof_before_it_is_verified_or_after_it_ended() {
    let office = Office::open().await;
    let has_proof = async || {
        let (mut tx, _) = office.operator().await;
        Verified::of(&mut tx).await.unwrap().is_some()
    };
    assert!(!has_proof().await, "who has not asked");
    office.add(&office.ann, "licence.pdf", PDF).await;
    assert_eq!(office.ask("Acme Ltd").await.0, 200);
    assert!(!has_proof().await, "who waits");
    office.refuse("Too dark").await.unwrap();
    assert!(!has_proof().await, "who was refused");
    office.add(&office.ann, "better.pdf", PDF).await;
    assert_eq!(office.ask("Acme Ltd").await.0, 200);
    office.verify().await.unwrap();
    assert!(has_proof().await);
    assert_eq!(office.ask("Acme Holdings Ltd").await.0, 200);
    assert!(!has_proof().await, "who is another one now");
}
