//! Who sees what was erased (`RET-03`, `DEL-01`).

use kernel::Bucket;
use receipts::Run;
use serde_json::json;

use crate::office::{LIST, Office};

#[tokio::test]
async fn ret_03_whoever_reads_the_audit_log_sees_what_was_erased_and_nobody_else() {
    let office = Office::open().await;
    assert_eq!(office.ask(&office.ann, LIST, 200).await["items"], json!([]));
    office.erase(7).await;
    let page = office.ask(&office.ann, LIST, 200).await;
    let expected = json!({
        "position": 0, "at": "2026-01-02T12:00:00Z", "class": "member", "rule": "RET-08",
        "rows": { "chat.draft": 0, "files.file": 7 }, "keys": 1,
    });
    assert_eq!(page, json!({ "items": [expected] }));
    let certificate = format!("{LIST}/0/certificate");
    office.ask(&office.ann, &certificate, 200).await;
    for path in [LIST, &certificate, "/v1/erasure/checkpoint"] {
        assert_eq!(office.ask(&office.bob, path, 403).await["code"], "forbidden");
    }
    let of_rival = office.ask(&office.mal, LIST, 200).await;
    assert_eq!(of_rival["items"], json!([]), "another organisation has a log of its own");
    office.ask(&office.mal, &certificate, 404).await;
    office.ask(&office.ann, &format!("{LIST}/1/certificate"), 404).await;
    office.ask(&office.ann, &format!("{LIST}/-1/certificate"), 404).await;
}

#[tokio::test]
async fn receipts_come_a_page_at_a_time_the_newest_first() {
    let office = Office::open().await;
    for files in 0..5 {
        office.erase(files).await;
    }
    let mut path = format!("{LIST}?limit=2");
    for expected in [vec![4, 3], vec![2, 1], vec![0]] {
        let page = office.ask(&office.ann, &path, 200).await;
        let items = page["items"].as_array().unwrap().iter();
        assert_eq!(items.map(|one| one["position"].as_i64().unwrap()).collect::<Vec<_>>(), expected);
        path = format!("{LIST}?limit=2&before={}", page["next"].as_str().unwrap_or_default());
    }
}

#[tokio::test]
async fn what_is_noted_in_several_steps_is_one_receipt_and_a_step_that_was_undone_is_not_in_it() {
    let office = Office::open().await;
    for (rows, is_kept) in [(3, true), (100, false), (4, true)] {
        let mut tx = office.begin().await;
        receipts::note(&mut tx, Run::Messages, &[("chat.message", rows), ("chat.message", 1)], &[]).await.unwrap();
        if is_kept {
            tx.commit().await.unwrap();
        }
    }
    for _ in 0..2 {
        let mut tx = office.begin().await;
        receipts::close(&mut tx, Run::Messages).await.unwrap();
        tx.commit().await.unwrap();
    }
    let page = office.ask(&office.ann, LIST, 200).await;
    let items = page["items"].as_array().unwrap();
    assert_eq!((items.len(), &items[0]["rule"]), (1, &json!("RET-09")));
    assert_eq!(items[0]["rows"], json!({ "chat.message": 9 }));
}

/// They may be kept longer since the run was cut.
#[tokio::test]
async fn of_messages_a_key_that_is_there_again_stays_and_is_not_in_the_receipt() {
    let office = Office::open().await;
    let (vault, day) = (office.t.app.vault(), Bucket::Day(1));
    vault.ensure(office.acme.0, &[day]).unwrap();
    let key = vault.name(office.acme.0, day).unwrap();
    let mut tx = office.begin().await;
    receipts::note(&mut tx, Run::Messages, &[("chat.message", 2)], &[key]).await.unwrap();
    receipts::close(&mut tx, Run::Messages).await.unwrap();
    tx.commit().await.unwrap();
    assert!(!vault.is_gone(&key));
    assert_eq!(office.ask(&office.ann, LIST, 200).await["items"][0]["keys"], json!(0));
}

#[tokio::test]
async fn an_erasure_whose_key_is_there_again_destroys_it_before_it_has_a_receipt() {
    let office = Office::open().await;
    let vault = office.t.app.vault();
    let key = vault.organisation_name(office.acme.0);
    let mut tx = office.begin().await;
    receipts::note(&mut tx, Run::Organisation, &[("directory.member", 2)], &[key]).await.unwrap();
    tx.commit().await.unwrap();
    assert!(vault.has_organisation(office.acme.0));
    let mut tx = office.begin().await;
    receipts::close(&mut tx, Run::Organisation).await.unwrap();
    assert!(!vault.has_organisation(office.acme.0));
    let end = receipts::certificate_of_end(&mut tx).await.unwrap().unwrap();
    let proven = receipts::verify(&end, None).unwrap();
    assert_eq!(proven.receipt.keys.len(), 1, "it is signed, although the organisation is gone");
}
