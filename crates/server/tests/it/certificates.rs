//! `tulou verify erasure` on a machine that has nothing but the certificate (`RET-03`).

use std::fs;

use kernel::{Actor, Bucket};
use receipts::{Certificate, Run};
use testkit::TestApp;

use crate::house::House;

/// Two people of an organisation are erased; the certificate of the first.
async fn certificate() -> Certificate {
    let t = TestApp::with(vec![receipts::module()]).await;
    let acme = t.org("acme").await;
    let ann = t.member(acme, "Ann").await;
    for files in [2, 5] {
        let bucket = Bucket::Member(t.app.new_id());
        let (run, vault) = (Run::Member(t.app.new_id()), t.app.vault());
        let mut tx = t.app.begin(acme, Actor::System).await.unwrap();
        let key = vault.name(acme.0, bucket).unwrap();
        receipts::note(&mut tx, run, &[("files.file", files)], &[key]).await.unwrap();
        vault.destroy(acme.0, &[bucket]).unwrap();
        receipts::close(&mut tx, run).await.unwrap();
        tx.commit().await.unwrap();
    }
    let path = "/v1/erasure/receipts/0/certificate";
    let (status, certificate) = t.call(&ann, "GET", path, serde_json::Value::Null).await;
    assert_eq!(status, 200, "{certificate}");
    serde_json::from_value(certificate).unwrap()
}

fn check(house: &House, certificate: &str, more: &[&str]) -> (Option<i32>, String) {
    let path = house.path("certificate.json");
    fs::write(&path, certificate).unwrap();
    let arguments = [&["verify", "erasure", path.to_str().unwrap()][..], more].concat();
    let output = house.command(&arguments).output().unwrap();
    (output.status.code(), String::from_utf8([output.stdout, output.stderr].concat()).unwrap())
}

#[tokio::test]
async fn a_certificate_is_checked_without_a_server_and_a_forged_one_fails_with_the_reason() {
    let (house, certificate) = (House::new(), certificate().await);
    let good = serde_json::to_string(&certificate).unwrap();
    let (code, said) = check(&house, &good, &[]);
    assert_eq!(code, Some(0), "{said}");
    for part in ["Proven: the erasure of a member", "RET-08", "2  files.file", "1 destroyed", "Place      0 of 2"] {
        assert!(said.contains(part), "{part}: {said}");
    }
    assert!(said.contains("It stands in the file itself"), "{said}");
    let (code, said) = check(&house, &good, &["--key", &certificate.key]);
    assert!(code == Some(0) && said.contains("It is the key that was given"), "{said}");
    assert!(!house.data().exists(), "nothing was made on this machine");

    let less = Certificate { receipt: certificate.receipt.replace(":2", ":0"), ..certificate.clone() };
    let (code, said) = check(&house, &serde_json::to_string(&less).unwrap(), &[]);
    assert!(code == Some(1) && said.contains("NOT proven: the receipt or its proof was changed"), "{said}");
    let other = crate::certificates::certificate().await.key;
    let (code, said) = check(&house, &good, &["--key", &other]);
    assert!(code == Some(1) && said.contains("another key than the one that was given"), "{said}");
    let unreadable: [(&str, &[&str]); 3] = [("{}", &[]), ("", &[]), (&good, &["--key", "x"])];
    for (text, more) in unreadable {
        let (code, said) = check(&house, text, more);
        assert_eq!(code, Some(2), "{said}");
    }
}
