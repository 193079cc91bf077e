//! Messages go when their time is over (`IM-17`, `IM-18`, `RET-09`): hidden at the second, unreadable within the hour
//! after their day, deleted.

use crate::talk::{Office, numbers, words};
use chrono::TimeDelta;
use kernel::{Actor, Bucket};
use serde_json::json;

/// 2026-01-02, counted from 1970.
const FIRST_DAY: i32 = 20_455;

async fn rows(office: &Office) -> i64 {
    let mut tx = office.t.app.begin(office.ann.org, Actor::System).await.unwrap();
    sqlx::query_scalar("select count(*) from chat.message").fetch_one(tx.db()).await.unwrap()
}

fn has_key(office: &Office, day: i32) -> bool {
    office.t.app.vault().has(office.ann.org.0, &Bucket::Day(day)).unwrap()
}

#[tokio::test]
async fn a_message_is_hidden_at_the_second_it_is_kept_until() {
    let office = Office::open().await;
    let direct = office.direct(&office.ann, &office.bob).await;
    office.say(&office.ann, &direct, "old").await;
    office.t.clock.advance(TimeDelta::days(89));
    office.say(&office.ann, &direct, "new").await;
    office.t.clock.advance(TimeDelta::hours(24) - TimeDelta::milliseconds(1));
    assert_eq!(words(&office.page(&office.bob, &direct, "").await), ["old", "new"]);
    office.t.clock.advance(TimeDelta::milliseconds(1));
    let page = office.page(&office.bob, &direct, "").await;
    assert_eq!((words(&page), numbers(&page)), (vec!["new"], vec![2]), "before any job has run");
    let path = format!("/v1/conversations/{direct}/messages/1");
    office.ask(&office.ann, "GET", &format!("{path}/readers"), json!(null), 404).await;
    let forward = json!({"conversation_ids": [direct], "client_ids": [office.client_id()]});
    office.ask(&office.ann, "POST", &format!("{path}/forward"), forward, 404).await;
}

#[tokio::test]
async fn a_day_that_is_wholly_past_loses_its_key_and_then_its_rows() {
    let office = Office::open().await;
    let direct = office.direct(&office.ann, &office.bob).await;
    for number in 0..450 {
        office.say(&office.ann, &direct, &format!("old {number}")).await;
    }
    office.t.clock.advance(TimeDelta::days(2));
    office.say(&office.ann, &direct, "new").await;
    office.t.run_jobs().await;
    assert_eq!((rows(&office).await, has_key(&office, FIRST_DAY)), (451, true));

    office.t.clock.advance(TimeDelta::days(88));
    office.t.run_jobs().await;
    assert_eq!(
        (rows(&office).await, has_key(&office, FIRST_DAY)),
        (1, true),
        "the rows go at once, the day is not over"
    );
    office.t.clock.advance(TimeDelta::hours(13));
    office.t.run_jobs().await;
    assert!(!has_key(&office, FIRST_DAY) && has_key(&office, FIRST_DAY + 2));

    let shown = office.conversation(&office.bob, &direct).await;
    assert_eq!((&shown["last"]["seq"], &shown["my"]["unread"]), (&json!(451), &json!(1)), "what is gone is not unread");
    let page = office.page(&office.bob, &direct, "").await;
    assert_eq!((numbers(&page), &page["has_older"]), (vec![451], &json!(false)));
    office.t.run_jobs().await;
    assert_eq!(rows(&office).await, 1, "once more changes nothing");
}

#[tokio::test]
async fn a_month_goes_when_the_last_organisation_is_past_it() {
    let office = Office::open().await;
    let mal = office.mal().await;
    let nora = office.t.member(mal.org, "Nora").await;
    office.t.keep_chat(office.ann.org, 180).await;
    let (ours, theirs) = (office.direct(&office.ann, &office.bob).await, office.direct(&mal, &nora).await);
    office.say(&office.ann, &ours, "in January").await;
    office.say(&mal, &theirs, "in January").await;
    office.t.clock.advance(TimeDelta::days(130));
    run_twice(&office).await;
    assert_eq!(office.page(&mal, &theirs, "").await["items"], json!([]), "the rival is past it");
    assert_eq!(rows(&office).await, 1);
    assert!(has_month(&office, "chat.message_202601").await, "Acme keeps it longer");
    office.t.clock.advance(TimeDelta::days(60));
    run_twice(&office).await;
    assert!(!has_month(&office, "chat.message_202601").await);
    assert!(has_month(&office, "chat.message_202607").await, "what is not over stays, empty as it is");
}

/// Jobs of one period run in no order: what one leaves the other finds the next time.
async fn run_twice(office: &Office) {
    office.t.run_jobs().await;
    office.t.clock.advance(TimeDelta::hours(7));
    office.t.run_jobs().await;
}

async fn has_month(office: &Office, name: &str) -> bool {
    let found = sqlx::query_scalar("select to_regclass($1) is not null").bind(name).fetch_one(&office.t.admin).await;
    found.unwrap()
}

#[tokio::test]
async fn a_quote_goes_with_what_it_quotes() {
    let office = Office::open().await;
    let direct = office.direct(&office.ann, &office.bob).await;
    office.say(&office.ann, &direct, "old words").await;
    office.t.clock.advance(TimeDelta::days(60));
    office.send(&office.bob, &direct, json!({"kind": "text", "text": "answer", "reply_to": {"seq": 1}})).await;
    office.t.clock.advance(TimeDelta::days(30));
    let page = office.page(&office.ann, &direct, "").await;
    assert_eq!(page["items"][0]["body"]["reply_to"], json!({"seq": 1}));
}

#[tokio::test]
async fn a_shorter_period_applies_to_what_is_there_already() {
    let office = Office::open().await;
    office.t.keep_chat(office.ann.org, 180).await;
    let direct = office.direct(&office.ann, &office.bob).await;
    office.say(&office.ann, &direct, "old").await;
    office.t.clock.advance(TimeDelta::days(100));
    let page = office.page(&office.bob, &direct, "").await;
    assert_eq!((words(&page), &page["items"][0]["kept_until"]), (vec!["old"], &json!("2026-07-01T12:00:00Z")));
    office.t.keep_chat(office.ann.org, 90).await;
    assert_eq!(words(&office.page(&office.bob, &direct, "").await).len(), 0);
    assert_eq!(office.conversation(&office.bob, &direct).await["kept_days"], 90);
}

#[tokio::test]
async fn keys_of_the_next_day_are_there_before_it_begins() {
    let office = Office::open().await;
    office.t.run_jobs().await;
    assert!(has_key(&office, FIRST_DAY) && has_key(&office, FIRST_DAY + 1));
}

/// `RET-03`: what went since the day before, and the key of the day, once.
#[tokio::test]
async fn ret_03_a_day_whose_key_is_destroyed_leaves_a_receipt_of_all_that_went_with_it() {
    let office = Office::open().await;
    let direct = office.direct(&office.ann, &office.bob).await;
    for number in 0..203 {
        office.say(&office.ann, &direct, &format!("old {number}")).await;
    }
    office.t.run_jobs().await;
    office.t.clock.advance(TimeDelta::days(90));
    office.t.run_jobs().await;
    let receipts = office.ask(&office.ann, "GET", "/v1/erasure/receipts", json!(null), 200).await;
    assert_eq!((rows(&office).await, &receipts["items"]), (0, &json!([])), "the day is not over");
    office.t.clock.advance(TimeDelta::hours(13));
    office.t.run_jobs().await;
    office.t.clock.advance(TimeDelta::hours(1));
    office.t.run_jobs().await;
    let receipts = office.ask(&office.ann, "GET", "/v1/erasure/receipts", json!(null), 200).await;
    let receipt = &receipts["items"][0];
    assert_eq!((receipts["items"].as_array().unwrap().len(), &receipt["class"]), (1, &json!("messages")));
    assert_eq!((&receipt["rule"], &receipt["rows"]["chat.message"]), (&json!("RET-09"), &json!(203)));
    assert!(receipt["keys"].as_i64().unwrap() >= 1, "{receipt}");
}

/// The log of erasures of one of them is not what was signed: for that nobody else's messages stay.
#[tokio::test]
async fn ret_09_what_one_organisation_cannot_do_keeps_no_other_waiting() {
    let office = Office::open().await;
    let rival = office.t.org("rival").await;
    office.t.run_jobs().await;
    let (vault, day) = (office.t.app.vault(), Bucket::Day(FIRST_DAY));
    assert!(has_key(&office, FIRST_DAY) && vault.has(rival.0, &day).unwrap());
    let damaged = "insert into receipts.log (org_id, size, peaks) values ($1, 1, '{}')";
    sqlx::query(damaged).bind(office.ann.org).execute(&office.t.admin).await.unwrap();
    office.t.clock.advance(TimeDelta::days(91) + TimeDelta::hours(13));
    office.t.run_jobs().await;
    assert!(!has_key(&office, FIRST_DAY) && !vault.has(rival.0, &day).unwrap());
    let mut tx = office.t.app.begin(rival, Actor::System).await.unwrap();
    let receipts = "select count(*) from receipts.receipt";
    let receipts: i64 = sqlx::query_scalar(receipts).fetch_one(tx.db()).await.unwrap();
    assert_eq!(receipts, 1);
}
