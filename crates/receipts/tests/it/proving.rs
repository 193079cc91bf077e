//! A certificate proves by itself, and a forged one says what is wrong with it (`RET-03`, `DEL-01`).

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use receipts::merkle::{Hash, begins_with};
use receipts::{Certificate, Checkpoint, Fault, Key, verify};
use serde_json::Value;

use crate::office::Office;

const CHECKPOINT: &str = "/v1/erasure/checkpoint";

fn hashes(list: &Value) -> Vec<Hash> {
    let one = |hash: &Value| STANDARD.decode(hash.as_str().unwrap()).unwrap().try_into().unwrap();
    list.as_array().unwrap().iter().map(one).collect()
}

fn read(answer: &Value) -> Checkpoint {
    let key: Key = answer["key"].as_str().unwrap().parse().unwrap();
    Checkpoint::read(answer["checkpoint"].as_str().unwrap(), &key).unwrap()
}

type Forge = fn(&mut Certificate);

#[tokio::test]
async fn every_receipt_is_proven_by_its_certificate() {
    let office = Office::open().await;
    for files in 0..9 {
        office.erase(files).await;
    }
    let key: Key = office.ask(&office.ann, CHECKPOINT, 200).await["key"].as_str().unwrap().parse().unwrap();
    for position in 0..9 {
        let certificate = office.certificate(position).await;
        let proven = verify(&certificate, Some(&key)).unwrap();
        assert_eq!((proven.receipt.rows["files.file"], proven.checkpoint.size), (position.cast_unsigned(), 9));
        assert!(!certificate.receipt.contains(&office.acme.to_string()), "the organisation goes by a pseudonym");
    }
}

#[tokio::test]
async fn whatever_is_changed_in_a_certificate_it_proves_nothing_any_more() {
    let office = Office::open().await;
    for files in 1..4 {
        office.erase(files).await;
    }
    let good = office.certificate(1).await;
    let key: Key = good.key.parse().unwrap();
    assert!(verify(&good, Some(&key)).is_ok());
    let other = Key { bytes: [1; 32], ..key };
    let newer = office.certificate(2).await;
    let forged: [(Fault, Forge); 6] = [
        (Fault::Unreadable, |one| one.kind = "something else".to_owned()),
        (Fault::Unreadable, |one| one.inclusion.push("?".to_owned())),
        (Fault::OtherPlace, |one| one.position = 0),
        (Fault::NotInLog, |one| one.receipt = one.receipt.replace("\"files.file\":2", "\"files.file\":0")),
        (Fault::NotInLog, |one| drop(one.inclusion.pop())),
        (Fault::Signature, |one| one.checkpoint = one.checkpoint.replace("\n3\n", "\n2\n")),
    ];
    for (fault, forge) in forged {
        let mut one = good.clone();
        forge(&mut one);
        assert_eq!(verify(&one, Some(&key)), Err(fault), "{}", fault.words());
    }
    let moved = Certificate { receipt: newer.receipt, position: newer.position, ..good.clone() };
    assert_eq!(verify(&moved, None), Err(Fault::NotInLog), "the proof of another receipt");
    let signed_by_another = Certificate { key: other.to_string(), ..good.clone() };
    assert_eq!(verify(&signed_by_another, None), Err(Fault::Signature));
    assert_eq!(verify(&good, Some(&other)), Err(Fault::OtherKey));
}

#[tokio::test]
async fn a_witness_sees_that_the_log_goes_on_from_what_was_kept() {
    let office = Office::open().await;
    let empty = office.ask(&office.ann, CHECKPOINT, 200).await;
    assert_eq!((read(&empty).size, empty.get("consistency")), (0, None));
    let mut kept = vec![read(&empty)];
    for files in 0..6 {
        office.erase(files).await;
        let now = office.ask(&office.ann, CHECKPOINT, 200).await;
        for old in &kept {
            let proven = office.ask(&office.ann, &format!("{CHECKPOINT}?since={}", old.size), 200).await;
            let (new, proof) = (read(&proven), hashes(&proven["consistency"]));
            assert!(begins_with((new.size, new.root), (old.size, old.root), &proof), "{} in {}", old.size, new.size);
        }
        kept.push(read(&now));
    }
    for since in [-1, 7] {
        let refused = office.ask(&office.ann, &format!("{CHECKPOINT}?since={since}"), 422).await;
        assert_eq!(refused["field"], "since");
    }
}

/// Whoever rules only the database cannot have the program sign what it never signed. An old state of the whole log fits what was
/// signed: that the witness of the test above sees.
#[tokio::test]
async fn a_log_that_was_never_signed_so_is_neither_proven_nor_gone_on_from() {
    for change in [
        "update receipts.receipt set said = replace(said, '\"files.file\":2', '\"files.file\":0') where position = 1",
        "delete from receipts.receipt where position = 2",
        "update receipts.log set size = 2, peaks = peaks[1:1] where size = 3",
    ] {
        let office = Office::open().await;
        for files in 1..4 {
            office.erase(files).await;
        }
        office.certificate(1).await;
        let mut tx = office.begin().await;
        assert_eq!(sqlx::query(change).execute(tx.db()).await.unwrap().rows_affected(), 1);
        tx.commit().await.unwrap();
        office.ask(&office.ann, "/v1/erasure/receipts/1/certificate", 500).await;
    }
}
