//! How one likes to be told.

use serde_json::json;
use testkit::TestApp;

#[tokio::test]
async fn everybody_is_told_as_they_like() {
    let t = TestApp::with(vec![inbox::module()]).await;
    let acme = t.org("Acme").await;
    let (ann, bob) = (t.member(acme, "Ann").await, t.member(acme, "Bob").await);
    let usual = json!({"desktop": true, "sound": true, "mentions_only": false, "shows_text": true});
    let quiet = json!({"desktop": true, "sound": false, "mentions_only": true, "shows_text": false});
    let path = "/v1/notification-settings";
    assert_eq!(t.call(&bob, "GET", path, json!(null)).await.1, usual);
    for _ in 0..2 {
        assert_eq!(t.call(&bob, "PUT", path, quiet.clone()).await, (axum::http::StatusCode::OK, quiet.clone()));
    }
    assert_eq!(t.call(&bob, "GET", path, json!(null)).await.1, quiet);
    assert_eq!(t.call(&ann, "GET", path, json!(null)).await.1, usual);
    assert_eq!(t.call(&bob, "PUT", path, json!({"desktop": true})).await.0, 422);
}
