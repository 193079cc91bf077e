//! Problems, ids of requests, keys of repeated requests, the record of refusals.

use axum::body::{Body, to_bytes};
use axum::http::Request;
use serde_json::{Value, json};
use testkit::{Person, TestApp};

use crate::notes;

async fn acme() -> (TestApp, Person) {
    let t = TestApp::with(vec![notes::module()]).await;
    let ann = t.member(t.org("acme").await, "Ann").await;
    (t, ann)
}

#[tokio::test]
async fn a_problem_says_what_where_and_which_request() {
    let (t, ann) = acme().await;
    let (status, problem) = t.call(&ann, "POST", "/v1/notes", json!({"text": ""})).await;
    assert_eq!(status, 422);
    assert_eq!(
        (&problem["code"], &problem["field"], &problem["why"]),
        (&json!("invalid"), &json!("text"), &json!("is_empty"))
    );
    assert_eq!(problem["request_id"].as_str().map(str::len), Some(36));
}

#[test]
fn keys_that_are_out_of_reach_are_no_mistake_of_ours() {
    let away = kernel::Error::from(vault::Error::Unreachable("no answer".to_owned()));
    assert_eq!((away.status().as_u16(), away.code()), (503, "key_ring.unavailable"));
    assert_eq!(kernel::Error::from(vault::Error::Missing).code(), "internal");
}

#[tokio::test]
async fn a_method_that_is_not_there_is_told_which_are() {
    let (t, _) = acme().await;
    let request = Request::builder().method("PATCH").uri("/v1/notes").body(Body::empty()).unwrap();
    let answer = t.request(request).await;
    assert_eq!(answer.status(), 405);
    assert_eq!(answer.headers()["allow"], "POST");
    assert_eq!(answer.headers()["content-type"], "application/problem+json");
    let body = to_bytes(answer.into_body(), 10_000).await.unwrap();
    assert_eq!(serde_json::from_slice::<Value>(&body).unwrap()["code"], "method_not_allowed");
}

/// A list of the members' values could be read as the object; it is refused all the same.
#[tokio::test]
async fn a_body_is_an_object() {
    let (t, ann) = acme().await;
    let (status, problem) = t.call(&ann, "POST", "/v1/notes", json!(["words"])).await;
    assert_eq!((status.as_u16(), &problem["why"]), (422, &json!("not_an_object")));
    assert_eq!(t.call(&ann, "POST", "/v1/notes", json!({"text": "words"})).await.0, 200);
}

#[tokio::test]
async fn the_document_says_which_headers_are_understood_and_which_codes_are_answered() {
    let (t, _) = acme().await;
    let names = |operation: &Value| {
        let parameters = operation["parameters"].as_array().unwrap().iter();
        parameters.map(|one| format!("{} {}", one["in"].as_str().unwrap(), one["name"].as_str().unwrap())).collect()
    };
    let write: Vec<String> = names(&t.openapi["paths"]["/v1/notes"]["post"]);
    assert_eq!(write, ["header Tulou-Organisation", "header Idempotency-Key"]);
    let burn = &t.openapi["paths"]["/v1/notes/{note}"]["delete"];
    let parameters: Vec<String> = names(burn);
    assert_eq!(parameters, ["path note", "header Tulou-Organisation"]);
    let codes = [
        "forbidden",
        "hosting.organisation_dissolving",
        "hosting.organisation_suspended",
        "not_found",
        "unauthenticated",
    ];
    assert_eq!(burn["x-errors"], json!(codes));
    assert!(t.openapi["x-errors"].as_array().unwrap().contains(&json!("rate_limited")));
}

#[tokio::test]
async fn a_creating_request_sent_twice_with_one_key_is_done_once() {
    let (t, ann) = acme().await;
    let before = t.events(ann.org).await.len();
    let send = async |key: &'static str, text: &str| {
        let body = json!({ "text": text }).to_string().into_bytes();
        let (status, body) = t.send(Some(&ann), "POST", "/v1/notes", body, &[("idempotency-key", key)]).await;
        (status.as_u16(), serde_json::from_slice::<Value>(&body).unwrap())
    };
    let first = send("k1", "a").await;
    assert_eq!(send("k1", "a").await, first);
    assert_eq!(send("k1", "b").await.1["code"], "kernel.idempotency_key_reused");
    assert_ne!(send("k2", "a").await, first);
    assert_eq!(t.events(ann.org).await.len(), before + 2);
}

/// A key makes no body larger than the operation takes.
#[tokio::test]
async fn with_a_key_a_body_may_be_as_large_as_without_one() {
    let (t, ann) = acme().await;
    let send = async |bytes: usize, headers: &[(&str, &str)]| {
        let body = json!({ "text": "x".repeat(bytes - r#"{"text":""}"#.len()) }).to_string().into_bytes();
        assert_eq!(body.len(), bytes);
        t.send(Some(&ann), "POST", "/v1/notes", body, headers).await.0.as_u16()
    };
    let most = 256 * 1024;
    for (bytes, expected) in [(most, 200), (most + 1, 413)] {
        assert_eq!(send(bytes, &[]).await, expected, "{bytes}");
        assert_eq!(send(bytes, &[("idempotency-key", &bytes.to_string())]).await, expected, "{bytes} with a key");
    }
}

/// 256 KiB of the answer are kept, and no more: creating requests answer with one noun.
#[tokio::test]
async fn an_answer_too_long_to_be_kept_is_given_once_and_what_was_done_is_not_done_again() {
    let (t, ann) = acme().await;
    let before = t.events(ann.org).await.len();
    let send = async |key: &'static str, paper: usize| {
        let body = json!({ "text": "a", "paper": paper }).to_string().into_bytes();
        let (status, body) = t.send(Some(&ann), "POST", "/v1/notes", body, &[("idempotency-key", key)]).await;
        (status.as_u16(), serde_json::from_slice::<Value>(&body).unwrap())
    };
    let (short, long) = (255 * 1024, 256 * 1024);
    let first = send("short", short).await;
    assert_eq!((first.0, first.1["paper"].as_str().map(str::len)), (200, Some(short)));
    assert!(send("short", short).await == first, "the same note again");
    let (status, answer) = send("long", long).await;
    assert_eq!((status, answer["paper"].as_str().map(str::len)), (200, Some(long)), "given whole the first time");
    for _ in 0..2 {
        let (status, problem) = send("long", long).await;
        assert_eq!((status, problem["code"].as_str()), (409, Some("kernel.answer_not_kept")));
    }
    assert_eq!(t.events(ann.org).await.len(), before + 2, "two notes were written");
}

#[tokio::test]
async fn a_key_used_in_one_organisation_answers_nothing_in_another() {
    let (t, ann) = acme().await;
    let rival = t.org("rival").await;
    let there = t.member(rival, "Ann").await;
    let also_ann = t.sign_in(rival, there.id, ann.account);
    let body = || json!({"text": "a"}).to_string().into_bytes();
    let (status, _) = t.send(Some(&ann), "POST", "/v1/notes", body(), &[("idempotency-key", "k")]).await;
    assert_eq!(status, 200);
    let (status, answer) = t.send(Some(&also_ann), "POST", "/v1/notes", body(), &[("idempotency-key", "k")]).await;
    assert_eq!(status, 409, "the answer of the first is not theirs");
    assert_eq!(serde_json::from_slice::<Value>(&answer).unwrap()["code"], "kernel.idempotency_key_reused");
}

#[tokio::test]
async fn a_refusal_names_the_member_that_is_missing_or_wrong() {
    let (t, ann) = acme().await;
    for body in [json!({}), json!({"text": 7})] {
        let (status, refused) = t.call(&ann, "POST", "/v1/notes", body).await;
        assert_eq!((status.as_u16(), &refused["field"]), (422, &json!("text")));
        assert_eq!(refused["why"], "missing_or_wrong_member");
    }
}

#[tokio::test]
async fn the_kept_answer_is_sealed_and_gone_after_a_day() {
    let (t, ann) = acme().await;
    let body = json!({"text": "a"}).to_string().into_bytes();
    t.send(Some(&ann), "POST", "/v1/notes", body, &[("idempotency-key", "k")]).await;
    let kept: Vec<u8> = sqlx::query_scalar("select body from kernel.idempotency").fetch_one(&t.admin).await.unwrap();
    assert!(!String::from_utf8_lossy(&kept).contains("note"));
    t.clock.advance(chrono::TimeDelta::days(2));
    t.run_jobs().await;
    let left: i64 = sqlx::query_scalar("select count(*) from kernel.idempotency").fetch_one(&t.admin).await.unwrap();
    assert_eq!(left, 0);
}
