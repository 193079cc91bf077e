//! The cookie section (`CKE-01`, `CKE-04`).

use serde_json::{Value, json};
use testkit::TestApp;

#[tokio::test]
async fn cke_01_cke_04_every_cookie_is_listed_with_kind_purpose_and_time() {
    let t = TestApp::with(vec![privacy::module()]).await;
    let (status, bytes) = t.send(None, "GET", "/v1/cookies", Vec::new(), &[("cookie", "theme=dark; other=1")]).await;
    assert_eq!(status, 200);
    let list: Value = serde_json::from_slice(&bytes).unwrap();
    let found: Vec<_> =
        list["items"].as_array().unwrap().iter().map(|c| (&c["name"], &c["kind"], &c["is_set"])).collect();
    let (preference, yes, no) = (json!("preference"), json!(true), json!(false));
    let expected = [
        (&json!("density"), &preference, &no),
        (&json!("keys"), &preference, &no),
        (&json!("language"), &preference, &no),
        (&json!("theme"), &preference, &yes),
    ];
    assert_eq!(found, expected);
    assert!(list["items"][2]["purpose"]["zh-TW"].as_str().unwrap().contains("語言"));
    assert_eq!(list["items"][0]["kept_for_s"], 31_536_000);
}
