//! What a message said before it was edited: kept only where the organisation says so, and no longer than the message.

use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::talk::Office;

async fn keep(office: &Office, keeps: bool) {
    office.ask(&office.ann, "PATCH", "/v1/organisation", json!({"keeps_edits": keeps}), 200).await;
}

async fn edit(office: &Office, at: &str, text: &str) {
    office.t.clock.advance(TimeDelta::seconds(10));
    office.ask(&office.ann, "PATCH", at, json!({"text": text}), 200).await;
}

async fn rows(office: &Office) -> i64 {
    let mut tx = office.t.app.begin(office.ann.org, kernel::Actor::System).await.unwrap();
    sqlx::query_scalar("select count(*) from chat.message_version").fetch_one(tx.db()).await.unwrap()
}

fn words(versions: &Value) -> Vec<&str> {
    versions["items"].as_array().unwrap().iter().map(|version| version["text"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn nothing_is_kept_unless_an_administrator_says_so() {
    let office = Office::open().await;
    let direct = office.direct(&office.ann, &office.bob).await;
    office.say(&office.ann, &direct, "one").await;
    let at = format!("/v1/conversations/{direct}/messages/1");
    edit(&office, &at, "two").await;
    assert_eq!(rows(&office).await, 0);
    assert_eq!(office.ask(&office.bob, "GET", &format!("{at}/versions"), json!(null), 200).await["items"], json!([]));
    office.ask(&office.bob, "PATCH", "/v1/organisation", json!({"keeps_edits": true}), 403).await;
}

#[tokio::test]
async fn whoever_reads_the_message_reads_what_it_said_before_and_nobody_else() {
    let office = Office::open().await;
    keep(&office, true).await;
    let direct = office.direct(&office.ann, &office.bob).await;
    office.say(&office.ann, &direct, "one").await;
    let at = format!("/v1/conversations/{direct}/messages/1");
    edit(&office, &at, "two").await;
    edit(&office, &at, "three").await;
    let versions = office.ask(&office.bob, "GET", &format!("{at}/versions"), json!(null), 200).await;
    assert_eq!(words(&versions), ["one", "two"]);
    let written = |index: usize| versions["items"][index]["written_at"].as_str().unwrap().to_owned();
    assert_eq!((written(0), written(1)), ("2026-01-02T12:00:00Z".to_owned(), "2026-01-02T12:00:10Z".to_owned()));
    office.ask(&office.eve, "GET", &format!("{at}/versions"), json!(null), 404).await;
    office.ask(&office.mal().await, "GET", &format!("{at}/versions"), json!(null), 404).await;
    // Ann owns the organisation; in a conversation that is not hers that is nothing.
    let theirs = office.direct(&office.bob, &office.eve).await;
    office.say(&office.bob, &theirs, "ours").await;
    office.ask(&office.ann, "GET", &format!("/v1/conversations/{theirs}/messages/1/versions"), json!(null), 404).await;
}

#[tokio::test]
async fn a_recalled_message_has_never_said_anything() {
    let office = Office::open().await;
    keep(&office, true).await;
    let direct = office.direct(&office.ann, &office.bob).await;
    office.say(&office.ann, &direct, "the password is swordfish").await;
    let at = format!("/v1/conversations/{direct}/messages/1");
    edit(&office, &at, "never mind").await;
    assert_eq!(rows(&office).await, 1);
    office.ask(&office.ann, "POST", &format!("{at}/recall"), json!(null), 204).await;
    assert_eq!(rows(&office).await, 0);
    assert_eq!(office.ask(&office.bob, "GET", &format!("{at}/versions"), json!(null), 200).await["items"], json!([]));
}

/// `IM-18`: what was said before is kept no longer than what is said now.
#[tokio::test]
async fn earlier_words_expire_with_the_message() {
    let office = Office::open().await;
    keep(&office, true).await;
    let direct = office.direct(&office.ann, &office.bob).await;
    office.say(&office.ann, &direct, "one").await;
    let at = format!("/v1/conversations/{direct}/messages/1");
    edit(&office, &at, "two").await;
    office.t.clock.advance(TimeDelta::days(90));
    office.ask(&office.bob, "GET", &format!("{at}/versions"), json!(null), 404).await;
    office.t.run_jobs().await;
    assert_eq!(rows(&office).await, 0);
}

#[tokio::test]
async fn what_was_kept_goes_when_edits_are_not_kept_any_more() {
    let office = Office::open().await;
    keep(&office, true).await;
    let direct = office.direct(&office.ann, &office.bob).await;
    office.say(&office.ann, &direct, "one").await;
    let at = format!("/v1/conversations/{direct}/messages/1");
    edit(&office, &at, "two").await;
    keep(&office, false).await;
    assert_eq!(office.ask(&office.bob, "GET", &format!("{at}/versions"), json!(null), 200).await["items"], json!([]));
    office.t.clock.advance(TimeDelta::hours(1));
    office.t.run_jobs().await;
    assert_eq!(rows(&office).await, 0);
    assert_eq!(office.page(&office.bob, &direct, "").await["items"][0]["body"]["text"], "two", "the message stays");
}
