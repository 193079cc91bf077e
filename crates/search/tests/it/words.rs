//! The words somebody searched for last (`SRCH-03`, `RET-17`).

use chrono::TimeDelta;
use kernel::Actor;
use serde_json::{Value, json};
use testkit::{Person, TestApp};

const PATH: &str = "/v1/search/words";

async fn words(t: &TestApp, who: &Person) -> Vec<String> {
    let (status, answer) = t.call(who, "GET", PATH, json!(null)).await;
    assert_eq!(status, 200, "{answer}");
    texts(&answer)
}

fn texts(answer: &Value) -> Vec<String> {
    let items = answer["items"].as_array().into_iter().flatten();
    items.map(|item| item["text"].as_str().unwrap_or_default().to_owned()).collect()
}

async fn keep(t: &TestApp, who: &Person, text: &str) -> Value {
    t.clock.advance(TimeDelta::seconds(1));
    let (status, answer) = t.call(who, "POST", PATH, json!({"text": text})).await;
    assert_eq!(status, 200, "{answer}");
    answer
}

#[tokio::test]
async fn the_last_twenty_words_are_kept_and_the_same_one_moves_up() {
    let t = TestApp::with(vec![search::module()]).await;
    let acme = t.org("acme").await;
    let (ann, bob) = (t.member(acme, "Ann").await, t.member(acme, "Bob").await);
    for n in 0..25 {
        keep(&t, &ann, &format!("word {n}")).await;
    }
    let answer = keep(&t, &ann, " word 10 ").await;
    let kept = texts(&answer);
    assert_eq!(kept.len(), 20);
    assert_eq!(kept[..3], ["word 10", "word 24", "word 23"]);
    assert_eq!(kept.iter().filter(|word| *word == "word 10").count(), 1);
    assert!(!kept.contains(&"word 4".to_owned()) && kept.contains(&"word 5".to_owned()));
    assert!(words(&t, &bob).await.is_empty(), "one's own only");
}

#[tokio::test]
async fn words_are_sealed_and_forgotten_one_by_one_or_all() {
    let t = TestApp::with(vec![search::module()]).await;
    let acme = t.org("acme").await;
    let (ann, bob) = (t.member(acme, "Ann").await, t.member(acme, "Bob").await);
    for word in ["冷链", "lunch", "年假"] {
        keep(&t, &ann, word).await;
    }
    let mut tx = t.app.begin(acme, Actor::System).await.unwrap();
    let sealed: Vec<Vec<u8>> = sqlx::query_scalar("select text from search.word").fetch_all(tx.db()).await.unwrap();
    assert_eq!(sealed.len(), 3);
    assert!(sealed.iter().all(|sealed| !sealed.windows(5).any(|part| part == b"lunch")));
    drop(tx);
    let (_, answer) = t.call(&ann, "GET", PATH, json!(null)).await;
    let lunch = format!("{PATH}/{}", answer["items"][1]["id"].as_str().unwrap());
    assert_eq!(t.call(&bob, "DELETE", &lunch, json!(null)).await.0, 404, "not Bob's");
    assert_eq!(t.call(&ann, "DELETE", &lunch, json!(null)).await.0, 204);
    assert_eq!(t.call(&ann, "DELETE", &lunch, json!(null)).await.0, 404);
    assert_eq!(words(&t, &ann).await, ["年假", "冷链"]);
    assert_eq!(t.call(&ann, "DELETE", PATH, json!(null)).await.0, 204);
    assert!(words(&t, &ann).await.is_empty());
}

/// `RET-27`: who stops it stops the collecting.
#[tokio::test]
async fn who_does_not_want_words_kept_has_none() {
    let t = TestApp::with(vec![search::module()]).await;
    let acme = t.org("acme").await;
    let ann = t.member(acme, "Ann").await;
    keep(&t, &ann, "before").await;
    let (_, answer) = t.call(&ann, "PATCH", PATH, json!({"is_kept": false})).await;
    assert_eq!((answer["is_kept"].clone(), texts(&answer).len()), (json!(false), 0));
    let answer = keep(&t, &ann, "meanwhile").await;
    assert!(texts(&answer).is_empty());
    let (_, answer) = t.call(&ann, "PATCH", PATH, json!({"is_kept": true})).await;
    assert_eq!(answer["is_kept"], json!(true));
    assert_eq!(texts(&keep(&t, &ann, "after").await), ["after"]);
}

#[tokio::test]
async fn a_word_that_is_none_or_too_long_is_refused() {
    let t = TestApp::with(vec![search::module()]).await;
    let acme = t.org("acme").await;
    let ann = t.member(acme, "Ann").await;
    for text in ["", "  ", &"长".repeat(101)] {
        let (status, answer) = t.call(&ann, "POST", PATH, json!({"text": text})).await;
        assert_eq!((status.as_u16(), answer["field"].clone()), (422, json!("text")), "{answer}");
    }
}
