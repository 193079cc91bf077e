//! What is taken as a document, who opens it, and when it goes.

use chrono::TimeDelta;
use kernel::Error;
use serde_json::json;
use verification::{DOCUMENT_BYTES, DocumentId};

use crate::office::{Office, PDF};

#[tokio::test]
async fn a_document_is_what_its_bytes_say_and_not_what_it_is_called() {
    let office = Office::open().await;
    let html = b"<!doctype html><script>alert(1)</script>".as_slice();
    for (name, bytes) in
        [("licence.pdf", html), ("licence.pdf", b"".as_slice()), ("licence.png", b"GIF89a"), ("a.exe", b"MZ\x90")]
    {
        let (status, answer) = office.add(&office.ann, name, bytes).await;
        assert_eq!((status.as_u16(), &answer["why"]), (422, &json!("not_pdf_jpeg_png")), "{name}");
    }
    let mut large = PDF.to_vec();
    large.resize(DOCUMENT_BYTES, b' ');
    assert_eq!(office.add(&office.ann, "large.pdf", &large).await.0, 201, "just as large as it may be");
    large.push(b' ');
    assert_eq!(office.add(&office.ann, "larger.pdf", &large).await.0, 413);
    for (name, bytes, kind) in [
        ("a.txt", PDF, "application/pdf"),
        ("b", b"\xFF\xD8\xFF\xE0".as_slice(), "image/jpeg"),
        ("c", b"\x89PNG\r\n\x1A\n", "image/png"),
    ] {
        let (status, answer) = office.add(&office.ann, name, bytes).await;
        assert_eq!((status.as_u16(), answer["media_type"].as_str()), (201, Some(kind)));
    }
    assert_eq!(office.add(&office.ann, "fifth.pdf", PDF).await.0, 201);
    assert_eq!(office.add(&office.ann, "sixth.pdf", PDF).await.1["code"], "verification.too_many_documents");
}

/// With a key as many bytes are taken as without one, and no more.
#[tokio::test]
async fn a_large_document_that_is_sent_again_with_its_key_is_added_once() {
    let office = Office::open().await;
    let mut large = PDF.to_vec();
    large.resize(DOCUMENT_BYTES, b' ');
    let headers = [("content-type", "application/octet-stream"), ("idempotency-key", "k")];
    let path = "/v1/verification/documents?name=large.pdf";
    let first = office.t.send(Some(&office.ann), "POST", path, large.clone(), &headers).await;
    assert_eq!(first.0, 201, "{}", String::from_utf8_lossy(&first.1));
    assert!(
        office.t.send(Some(&office.ann), "POST", path, large.clone(), &headers).await == first,
        "the same document"
    );
    let shown = office.shown(&office.ann).await;
    assert_eq!(shown["request"]["documents"].as_array().map(Vec::len), Some(1), "{shown}");
    large.push(b' ');
    let (status, _) = office.t.send(Some(&office.ann), "POST", path, large, &headers).await;
    assert_eq!(status, 413);
}

#[tokio::test]
async fn documents_stay_as_they_are_while_somebody_is_to_decide_by_them() {
    let office = Office::asked().await;
    let shown = office.shown(&office.ann).await;
    let address = format!("/v1/verification/documents/{}", shown["request"]["documents"][0]["id"].as_str().unwrap());
    assert_eq!(office.add(&office.ann, "more.pdf", PDF).await.1["code"], "verification.asked_already");
    let remove = async || office.t.call(&office.ann, "DELETE", &address, json!(null)).await;
    assert_eq!(remove().await.1["code"], "verification.asked_already");
    office.refuse("Not readable").await.unwrap();
    assert_eq!(remove().await.0, 204);
    assert_eq!(remove().await.0, 404);
}

#[tokio::test]
async fn the_operator_opens_only_what_was_asked_by_and_each_opening_is_told() {
    let office = Office::open().await;
    let added = office.add(&office.ann, "licence.pdf", PDF).await.1;
    let id: DocumentId = serde_json::from_value(added["id"].clone()).unwrap();
    let (mut tx, by) = office.operator().await;
    assert!(verification::asked(&mut tx, &by).await.unwrap().documents.is_empty(), "nobody has asked");
    assert!(matches!(verification::open_document(&mut tx, &by, id).await, Err(Error::NotFound(_))));
    drop(tx);
    office.ask("Acme Ltd").await;
    let (mut tx, by) = office.operator().await;
    let opened = verification::open_document(&mut tx, &by, id).await.unwrap();
    assert_eq!((opened.name.as_str(), opened.bytes.as_slice()), ("licence.pdf", PDF));
    tx.commit().await.unwrap();
    assert!(office.t.events(office.ann.org).await.contains(&"verification.document_opened".to_owned()));
    office.refuse("Not readable").await.unwrap();
    office.t.clock.advance(TimeDelta::minutes(1));
    let later = office.add(&office.ann, "draft.pdf", PDF).await.1;
    let (mut tx, by) = office.operator().await;
    let id: DocumentId = serde_json::from_value(later["id"].clone()).unwrap();
    assert!(matches!(verification::open_document(&mut tx, &by, id).await, Err(Error::NotFound(_))), "a draft");
}

#[tokio::test]
async fn documents_go_ninety_days_after_the_decision_and_not_while_it_is_awaited() {
    let office = Office::asked().await;
    let count = async || office.shown(&office.ann).await["request"]["documents"].as_array().unwrap().len();
    office.t.clock.advance(TimeDelta::days(120));
    office.t.run_jobs().await;
    assert_eq!(count().await, 1, "nobody has decided");
    assert_eq!(office.shown(&office.ann).await["state"], "asked");
    office.verify().await.unwrap();
    office.t.clock.advance(TimeDelta::days(90) - TimeDelta::seconds(1));
    office.t.run_jobs().await;
    assert_eq!(count().await, 1, "a second too early");
    let sealed: Vec<u8> = stored(&office).await.unwrap();
    let id = office.shown(&office.ann).await["request"]["documents"][0]["id"].as_str().unwrap().parse().unwrap();
    office.t.clock.advance(TimeDelta::seconds(1));
    office.t.run_jobs().await;
    assert_eq!((count().await, stored(&office).await), (0, None));
    // What a backup has of it opens no more.
    let key = kernel::Bucket::Object(id);
    let opened = office.t.app.vault().open(office.ann.org.0, key, "verification.document", id, &sealed);
    assert!(matches!(opened, Err(kernel::VaultError::Destroyed)));
    assert_eq!(office.shown(&office.eve).await["state"], "verified", "what was decided holds");
}

async fn stored(office: &Office) -> Option<Vec<u8>> {
    let mut tx = office.t.app.begin(office.ann.org, kernel::Actor::System).await.unwrap();
    sqlx::query_scalar("select bytes from verification.document").fetch_optional(tx.db()).await.unwrap()
}

#[tokio::test]
async fn what_was_never_asked_for_goes_too() {
    let office = Office::open().await;
    office.add(&office.ann, "licence.pdf", PDF).await;
    office.t.clock.advance(TimeDelta::days(90));
    office.t.run_jobs().await;
    assert_eq!(stored(&office).await, None);
}

#[tokio::test]
async fn a_request_that_nobody_decided_lapses_after_180_days_and_its_documents_go() {
    let office = Office::asked().await;
    office.t.clock.advance(TimeDelta::days(180) - TimeDelta::seconds(1));
    office.t.run_jobs().await;
    assert_eq!(office.shown(&office.ann).await["state"], "asked", "a second too early");
    office.t.clock.advance(TimeDelta::seconds(1));
    office.t.run_jobs().await;
    let shown = office.shown(&office.ann).await;
    assert_eq!((&shown["state"], &shown["request"]["documents"]), (&json!("none"), &json!([])));
    assert_eq!(stored(&office).await, None);
    assert!(matches!(office.verify().await, Err(Error::Conflict("verification.not_asked"))));
    assert!(office.t.events(office.ann.org).await.contains(&"verification.withdrawn".to_owned()));
}

#[tokio::test]
async fn a_request_is_over_at_its_second_though_no_job_came_by() {
    let office = Office::asked().await;
    office.t.clock.advance(TimeDelta::days(180) - TimeDelta::seconds(1));
    assert_eq!(office.shown(&office.ann).await["state"], "asked", "a second too early");
    office.t.clock.advance(TimeDelta::seconds(1));
    let shown = office.shown(&office.ann).await;
    assert_eq!((&shown["state"], &shown["request"]["documents"]), (&json!("none"), &json!([])));
    assert!(matches!(office.verify().await, Err(Error::Conflict("verification.not_asked"))));
}

#[tokio::test]
async fn what_is_taken_back_opens_no_more_once_that_is_durable_and_not_before() {
    let office = Office::asked().await;
    let sealed = stored(&office).await.unwrap();
    let id = office.shown(&office.ann).await["request"]["documents"][0]["id"].as_str().unwrap().parse().unwrap();
    let opened = || {
        let key = kernel::Bucket::Object(id);
        office.t.app.vault().open(office.ann.org.0, key, "verification.document", id, &sealed)
    };
    assert_eq!(office.t.call(&office.ann, "DELETE", "/v1/verification/request", json!(null)).await.0, 204);
    assert!(opened().is_ok(), "a commit that failed would have left the document as it was");
    office.t.run_jobs().await;
    assert!(matches!(opened(), Err(kernel::VaultError::Destroyed)));
}

#[tokio::test]
async fn a_document_whose_key_is_gone_is_gone_and_stops_nobody() {
    let office = Office::asked().await;
    let shown = office.shown(&office.ann).await;
    let id = shown["request"]["documents"][0]["id"].as_str().unwrap().to_owned();
    office.t.app.vault().destroy(office.ann.org.0, &[kernel::Bucket::Object(id.parse().unwrap())]).unwrap();
    assert_eq!(office.shown(&office.ann).await["request"]["documents"], json!([]));
    let (mut tx, by) = office.operator().await;
    assert!(verification::asked(&mut tx, &by).await.unwrap().documents.is_empty());
    let id: DocumentId = serde_json::from_value(json!(id)).unwrap();
    assert!(matches!(verification::open_document(&mut tx, &by, id).await, Err(Error::NotFound(_))));
    drop(tx);
    assert_eq!(office.t.call(&office.ann, "DELETE", "/v1/verification/request", json!(null)).await.0, 204);
    assert_eq!(stored(&office).await, None, "with the row nobody could open");
    assert_eq!(office.add(&office.ann, "licence.pdf", PDF).await.0, 201);
    assert_eq!(office.ask("Acme Ltd").await.0, 200);
}
