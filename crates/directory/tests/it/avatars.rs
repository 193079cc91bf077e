//! Pictures: what they are, who sees them, that nothing in them runs.

use axum::body::Body;
use axum::http::Request;
use http_body_util::BodyExt;
use serde_json::{Value, json};
use testkit::{Person, TestApp};

/// 256 by 256 pixels.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\x01\0\0\0\x01\0\x08\x06\0\0\0\0\0\0\0\
    \0\0\0\x04IDATdata\0\0\0\0\0\0\0\0IEND\0\0\0\0";

async fn put(t: &TestApp, who: &Person, bytes: &[u8]) -> (u16, Value) {
    let headers = [("content-type", "image/png")];
    let (status, answer) = t.send(Some(who), "PUT", "/v1/me/avatar", bytes.to_vec(), &headers).await;
    (status.as_u16(), serde_json::from_slice(&answer).unwrap_or(Value::Null))
}

#[tokio::test]
async fn dir_09_a_colleague_sees_the_picture_sealed_at_rest_and_harmless_in_the_browser() {
    let t = TestApp::with(vec![directory::module()]).await;
    let acme = t.org("Acme").await;
    let (ann, bob) = (t.member(acme, "Ann").await, t.member(acme, "Bob").await);
    let (status, answer) = put(&t, &bob, PNG).await;
    assert_eq!(status, 200, "{answer}");
    let version = answer["version"].as_i64().unwrap();
    let (_, seen) = t.call(&ann, "GET", &format!("/v1/members/{}", bob.id), json!(null)).await;
    assert_eq!(seen["avatar"].as_i64(), Some(version));

    let request = Request::get(format!("/v1/members/{}/avatar?v={version}", bob.id))
        .header("authorization", format!("Bearer {}", ann.token))
        .header("tulou-organisation", acme.to_string());
    let response = t.request(request.body(Body::empty()).unwrap()).await;
    let header = |name: &str| response.headers()[name].to_str().unwrap().to_owned();
    assert_eq!(header("content-type"), "image/png");
    assert_eq!(header("x-content-type-options"), "nosniff");
    assert!(header("content-security-policy").starts_with("sandbox"));
    assert!(header("cache-control").starts_with("private"));
    assert_eq!(response.into_body().collect().await.unwrap().to_bytes(), PNG);

    let mut tx = t.app.begin(acme, kernel::Actor::System).await.unwrap();
    let stored: Vec<u8> = sqlx::query_scalar("select picture from directory.avatar").fetch_one(tx.db()).await.unwrap();
    assert!(!stored.windows(4).any(|part| part == b"IDAT"));
    drop(tx);

    let (_, again) = put(&t, &bob, PNG).await;
    assert!(again["version"].as_i64().unwrap() > version);
    assert_eq!(t.call(&bob, "DELETE", "/v1/me/avatar", json!(null)).await.0, 204);
    assert_eq!(t.call(&ann, "GET", &format!("/v1/members/{}/avatar", bob.id), json!(null)).await.0, 404);
}

#[tokio::test]
async fn dir_10_whoever_looks_after_people_changes_a_picture_where_the_organisation_says_so() {
    let t = TestApp::with(vec![directory::module()]).await;
    let (acme, rival) = (t.org("Acme").await, t.org("rival").await);
    let (ann, bob, eve) = (t.member(acme, "Ann").await, t.member(acme, "Bob").await, t.member(acme, "Eve").await);
    let mal = t.member_as(rival, "Mal", directory::Role::Owner).await;
    assert_eq!(put(&t, &bob, PNG).await.0, 200);
    let path = format!("/v1/members/{}/avatar", bob.id);
    let set = async |who: &Person| {
        t.send(Some(who), "PUT", &path, PNG.to_vec(), &[("content-type", "image/png")]).await.0.as_u16()
    };
    let take = async |who: &Person| t.call(who, "DELETE", &path, json!(null)).await.0.as_u16();
    let has = async || t.call(&eve, "GET", &format!("/v1/members/{}", bob.id), json!(null)).await.1["avatar"].is_i64();
    assert_eq!((set(&ann).await, take(&ann).await), (403, 403), "a picture is one's own until somebody decides");
    assert!(has().await);

    let (_, fields) = t.call(&ann, "GET", "/v1/fields", json!(null)).await;
    let field = fields["items"].as_array().unwrap().iter().find(|field| field["built_in"] == "avatar").unwrap();
    let decide = json!({ "edited_by": ["administrators", "oneself"] });
    let decided = t.call(&ann, "PATCH", &format!("/v1/fields/{}", field["id"].as_str().unwrap()), decide).await;
    assert_eq!(decided.0, 200, "{}", decided.1);
    assert_eq!((set(&ann).await, take(&ann).await), (200, 204));
    assert!(!has().await);
    let mut tx = t.app.begin(acme, kernel::Actor::System).await.unwrap();
    let wanted = kernel::audit::Wanted { name: Some("directory.member_changed".into()), ..Default::default() };
    let lines = kernel::audit::page(&mut tx, &wanted, 10).await.unwrap();
    drop(tx);
    let (fields, rule) = (json!(["avatar"]), Some("people.edit"));
    let is_hers =
        |line: &&kernel::audit::Found| line.data.get("fields") == Some(&fields) && line.stored.rule.as_deref() == rule;
    assert_eq!(lines.iter().filter(is_hers).count(), 2, "one line for each of the two");
    // Nobody without people.edit, nobody from elsewhere, and nobody of whoever holds more.
    assert_eq!(put(&t, &bob, PNG).await.0, 200);
    assert_eq!((set(&eve).await, take(&eve).await), (403, 403));
    assert_eq!((set(&mal).await, take(&mal).await), (404, 404));
    assert!(has().await);
    let dan = t.member_as(acme, "Dan", directory::Role::Administrator).await;
    let hers = format!("/v1/members/{}/avatar", ann.id);
    assert_eq!((take(&dan).await, t.call(&dan, "DELETE", &hers, json!(null)).await.0.as_u16()), (204, 403));
}

#[tokio::test]
async fn the_second_of_two_who_change_a_picture_is_told_of_the_first() {
    let t = TestApp::with(vec![directory::module()]).await;
    let acme = t.org("Acme").await;
    let (ann, bob) = (t.member(acme, "Ann").await, t.member(acme, "Bob").await);
    let (_, fields) = t.call(&ann, "GET", "/v1/fields", json!(null)).await;
    let field = fields["items"].as_array().unwrap().iter().find(|field| field["built_in"] == "avatar").unwrap();
    let decide = json!({ "edited_by": ["administrators", "oneself"] });
    let field = format!("/v1/fields/{}", field["id"].as_str().unwrap());
    assert_eq!(t.call(&ann, "PATCH", &field, decide).await.0, 200);
    let (own, theirs) = ("/v1/me/avatar".to_owned(), format!("/v1/members/{}/avatar", bob.id));
    let change = async |who: &Person, method: &str, path: &str, seen: &str| {
        let headers = [("content-type", "image/png"), ("if-match", seen)];
        let answer = t.answer(Some(who), method, path, PNG.to_vec(), &headers).await;
        let tag = answer.headers().get("etag").map(|tag| tag.to_str().unwrap().to_owned());
        (answer.status().as_u16(), tag.unwrap_or_default())
    };
    let (status, first) = change(&bob, "PUT", &own, "\"0\"").await;
    assert_eq!(status, 200, "there is none yet");
    let shown = t.call(&ann, "GET", &format!("/v1/members/{}", bob.id), json!(null)).await.1;
    assert_eq!(format!("\"{}\"", shown["avatar"]), first, "whoever sees the picture sees its version");
    assert_eq!(change(&ann, "PUT", &theirs, "\"0\"").await.0, 412, "she has not seen that he chose one");
    assert_eq!(change(&ann, "DELETE", &theirs, "\"0\"").await.0, 412);
    let (status, second) = change(&ann, "PUT", &theirs, &first).await;
    assert_eq!(status, 200);
    assert_eq!(change(&bob, "PUT", &own, &first).await.0, 412, "nor he that she chose another");
    assert_eq!(change(&bob, "DELETE", &own, &first).await.0, 412);
    assert_eq!(change(&ann, "DELETE", &theirs, &second).await.0, 204);
    assert_eq!(change(&bob, "DELETE", &own, &second).await.0, 412, "it is gone");
    assert_eq!(change(&bob, "PUT", &own, "*").await.0, 200, "whatever is there");
}

#[tokio::test]
async fn the_picture_of_somebody_who_is_shut_out_is_for_those_who_look_after_them() {
    let t = TestApp::with(vec![directory::module()]).await;
    let acme = t.org("Acme").await;
    let (ann, bob, eve) = (t.member(acme, "Ann").await, t.member(acme, "Bob").await, t.member(acme, "Eve").await);
    assert_eq!(put(&t, &bob, PNG).await.0, 200);
    let shown = async |who: &Person| {
        let token = format!("Bearer {}", who.token);
        let headers = [("authorization", token.as_str()), ("tulou-organisation", &acme.to_string())];
        t.send(None, "GET", &format!("/v1/members/{}/avatar", bob.id), Vec::new(), &headers).await.0.as_u16()
    };
    assert_eq!((shown(&ann).await, shown(&eve).await), (200, 200));
    let mut tx = t.app.begin(acme, kernel::Actor::System).await.unwrap();
    directory::set_state(&mut tx, bob.id, directory::State::Leaving).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!((shown(&ann).await, shown(&eve).await), (200, 404));
}

#[tokio::test]
async fn what_is_no_picture_is_refused_whatever_it_says_it_is() {
    let t = TestApp::with(vec![directory::module()]).await;
    let (acme, rival) = (t.org("Acme").await, t.org("rival").await);
    let (bob, mal) = (t.member(acme, "Bob").await, t.member(rival, "Mal").await);
    for bytes in [&b"<svg xmlns='http://www.w3.org/2000/svg'/>"[..], b"", b"<html>", &PNG[..20]] {
        assert_eq!(put(&t, &bob, bytes).await.0, 422);
    }
    let large = [PNG, &vec![0; directory::AVATAR_BYTES]].concat();
    let (status, answer) = put(&t, &bob, &large).await;
    assert_eq!((status, answer["code"].as_str()), (413, Some("too_large")));
    assert_eq!(put(&t, &bob, PNG).await.0, 200);
    assert_eq!(t.call(&mal, "GET", &format!("/v1/members/{}/avatar", bob.id), json!(null)).await.0, 404);
}

#[tokio::test]
async fn a_picture_that_would_fill_a_colleagues_memory_is_refused() {
    let t = TestApp::with(vec![directory::module()]).await;
    let acme = t.org("Acme").await;
    let bob = t.member(acme, "Bob").await;
    let mut large = PNG.to_vec();
    large[18] = 0x40;
    let (status, answer) = put(&t, &bob, &large).await;
    assert_eq!(
        (status, &answer["field"], &answer["why"]),
        (422, &json!("picture"), &json!("too_many_pixels")),
        "{answer}"
    );
    assert_eq!(put(&t, &bob, PNG).await.0, 200);
}
