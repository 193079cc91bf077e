//! The statement and its acceptance (`ACC-16`, `ACC-18`, `VER-04`).

use serde_json::json;
use testkit::TestApp;

#[tokio::test]
async fn anybody_reads_the_statement_in_the_own_language() {
    let t = TestApp::with(vec![privacy::module()]).await;
    for (language, title) in [("zh-CN", "隐私声明"), ("zh-TW", "隱私聲明"), ("en", "Privacy statement")] {
        let (status, statement) = t.call(None, "GET", &format!("/v1/statement?language={language}"), json!(null)).await;
        assert_eq!(status, 200);
        assert_eq!((statement["version"].as_str(), statement["title"].as_str()), (Some("0.5"), Some(title)));
        assert_eq!(statement["effective_at"], "2026-12-02");
    }
}

#[tokio::test]
async fn a_region_reads_the_nearest_text_and_a_language_without_one_is_refused() {
    let t = TestApp::with(vec![privacy::module()]).await;
    let read =
        async |language: &str| t.call(None, "GET", &format!("/v1/statement?language={language}"), json!(null)).await;
    for (asked, read_in) in [("zh-HK", "zh-TW"), ("zh", "zh-CN"), ("en-GB", "en")] {
        assert_eq!(read(asked).await.1["language"], read_in, "{asked}");
    }
    let (status, problem) = read("zz").await;
    assert_eq!((status.as_u16(), &problem["field"], &problem["why"]), (422, &json!("language"), &json!("unknown")));
}

#[tokio::test]
async fn acc_16_acceptance_is_recorded_once_with_version_time_and_device_for_its_owner() {
    let t = TestApp::with(vec![privacy::module()]).await;
    let acme = t.org("acme").await;
    let (ann, bob) = (t.member(acme, "Ann").await, t.member(acme, "Bob").await);
    let accept = json!({ "version": "0.5", "is_adult": true, "language": "zh-CN" });
    for _ in 0..2 {
        assert_eq!(t.call(&bob, "POST", "/v1/statement/acceptance", accept.clone()).await.0, 204);
    }
    let (_, own) = t.call(&bob, "GET", "/v1/statement/acceptances", json!(null)).await;
    assert_eq!(own["items"].as_array().unwrap().len(), 1);
    assert_eq!(
        (own["items"][0]["version"].as_str(), own["items"][0]["address"].as_str()),
        (Some("0.5"), Some("127.0.0.1"))
    );
    assert_eq!(t.call(&ann, "GET", "/v1/statement/acceptances", json!(null)).await.1["items"], json!([]));
    assert_eq!(t.events(acme).await.iter().filter(|name| *name == "privacy.statement_accepted").count(), 1);
}

#[tokio::test]
async fn only_the_version_in_force_can_be_accepted() {
    let t = TestApp::with(vec![privacy::module()]).await;
    let acme = t.org("acme").await;
    let bob = t.member(acme, "Bob").await;
    let (status, answer) =
        t.call(&bob, "POST", "/v1/statement/acceptance", json!({ "version": "0.0", "is_adult": true })).await;
    assert_eq!((status.as_u16(), answer["why"].as_str()), (422, Some("not_in_force")));
}
