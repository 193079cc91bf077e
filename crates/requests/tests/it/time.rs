//! The clock: fifteen days, fifteen working days over a holiday week, five years (`DSR-10`, `RET-28`, `RET-04`).

use chrono::{DateTime, TimeDelta, Utc};
use kernel::Bucket;
use serde_json::{Value, json};

use crate::house::{House, names};

const SECOND: TimeDelta = TimeDelta::seconds(1);

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// With the holidays of October 2026, at ten in the morning of Friday, 25 September, in Shanghai.
async fn in_september() -> House {
    let house = House::open().await;
    house.t.clock.set(at("2026-09-25T02:00:00Z"));
    let free = (1..=7).map(|day| json!({ "day": format!("2026-10-0{day}"), "kind": "holiday" }));
    let days: Vec<Value> = free.chain([json!({ "day": "2026-10-10", "kind": "made_up" })]).collect();
    let body = json!({ "year": { "year": 2026, "days": days } }).to_string().into_bytes();
    let (status, _) = house.t.send(Some(&house.ann), "PATCH", "/v1/workdays", body, &[("if-match", "\"0\"")]).await;
    assert_eq!(status, 200);
    house
}

#[tokio::test]
async fn dsr_10_fifteen_days_are_the_target_and_fifteen_working_days_over_a_holiday_week_the_limit() {
    let house = in_september().await;
    let (id, token) = names(&house.make(&house.bob).await);
    let due = &house.follow(&token).await["due"];
    assert_eq!(due["target_at"], "2026-10-10T02:00:00Z");
    assert_eq!((&due["limit_at"], &due["lateness"]), (&json!("2026-10-22T16:00:00Z"), &json!("on_time")));
    house.act(&house.ann, (&id, "take-up"), Value::Null, 200).await;
    let done = json!({ "outcome": "answered", "text": "Done." });
    for (instant, lateness) in [
        ("2026-10-10T01:59:59Z", "on_time"),
        ("2026-10-10T02:00:00Z", "past_target"),
        ("2026-10-22T15:59:59Z", "past_target"),
        ("2026-10-22T16:00:00Z", "past_limit"),
    ] {
        house.t.clock.set(at(instant));
        let board = house.board(&house.ann, "is_open=true").await;
        assert_eq!(board["items"][0]["due"]["lateness"], lateness, "{instant}");
        let overdue = i64::from(lateness != "on_time");
        assert_eq!((&board["open"], &board["overdue"]), (&json!(1), &json!(overdue)), "{instant}");
        let late = house.board(&house.ann, "is_overdue=true").await;
        assert_eq!(late["items"].as_array().unwrap().len(), usize::from(lateness != "on_time"), "{instant}");
        if lateness != "on_time" {
            let refused = house.act(&house.ann, (&id, "finish"), done.clone(), 409).await;
            assert_eq!(refused["code"], "requests.delay_unexplained", "{instant}");
        }
    }
    house.act(&house.ann, (&id, "explain-delay"), json!({ "reason": "It was in three archives." }), 200).await;
    let read = house.follow(&token).await;
    assert_eq!(read["told"]["delay"], "It was in three archives.");
    let ended = house.act(&house.ann, (&id, "finish"), done, 200).await;
    assert_eq!(ended["due"]["lateness"], "past_limit");
    house.t.clock.advance(TimeDelta::days(30));
    assert_eq!(house.board(&house.ann, "").await["overdue"], 0, "what has ended is late no more");
}

#[tokio::test]
async fn ret_28_the_time_runs_from_when_it_is_known_who_asks_and_until_then_from_when_it_came() {
    let house = in_september().await;
    let (id, token) = names(&house.make(None).await);
    assert_eq!(house.follow(&token).await["due"]["target_at"], "2026-10-10T02:00:00Z");
    house.t.clock.set(at("2026-10-11T02:00:00Z"));
    assert_eq!(house.board(&house.ann, "is_overdue=true").await["overdue"], 1, "nothing lies there unseen");
    house.act(&house.ann, (&id, "check-identity"), json!({ "proof": "in_person" }), 200).await;
    let due = &house.follow(&token).await["due"];
    // A Sunday: the working days are 12 to 16, 19 to 23, 26 to 30 October.
    assert_eq!((&due["target_at"], &due["limit_at"]), (&json!("2026-10-26T02:00:00Z"), &json!("2026-10-30T16:00:00Z")));
    assert_eq!(due["lateness"], "on_time");
}

#[tokio::test]
async fn dsr_10_the_desk_hears_once_that_the_target_and_once_that_the_limit_is_over() {
    let house = in_september().await;
    house.make(&house.bob).await;
    let received = "subject_request_received".to_owned();
    let (target, limit) = ("subject_request_past_target".to_owned(), "subject_request_past_limit".to_owned());
    house.t.clock.set(at("2026-10-10T02:00:00Z") - SECOND);
    house.t.run_jobs().await;
    assert_eq!(house.bell(&house.ann).await, std::slice::from_ref(&received));
    house.t.clock.set(at("2026-10-10T03:00:00Z"));
    house.t.run_jobs().await;
    house.t.clock.advance(TimeDelta::hours(2));
    house.t.run_jobs().await;
    assert_eq!(house.bell(&house.ann).await, [target.clone(), received.clone()], "once");
    house.t.clock.set(at("2026-10-22T17:00:00Z"));
    house.t.run_jobs().await;
    assert_eq!(house.bell(&house.ann).await, [limit, target, received]);
    assert_eq!(house.bell(&house.eve).await, Vec::<String>::new());
    let overdue = house.t.events(house.acme).await;
    assert_eq!(overdue.iter().filter(|name| *name == "requests.subject_request_overdue").count(), 2);
}

#[tokio::test]
async fn ret_04_five_calendar_years_after_it_came_it_is_gone_with_its_key() {
    let house = House::open().await;
    // Noon in Shanghai on a day that 2029 does not have.
    house.t.clock.set(at("2024-02-29T04:00:00Z"));
    let (id, token) = names(&house.make(&house.bob).await);
    let end = at("2029-02-28T04:00:00Z");
    let key = Bucket::Object(id.parse::<requests::SubjectRequestId>().unwrap().0);
    house.t.clock.set(end - SECOND);
    house.t.run_jobs().await;
    assert_eq!(house.follow(&token).await["goes_at"], "2029-02-28T04:00:00Z");
    assert!(house.t.app.vault().has(house.acme.0, &key).unwrap());
    house.t.clock.set(end);
    let by_token = format!("/v1/subject-requests/by-token/{token}");
    house.ask(None, ("GET", &by_token), Value::Null, 404).await;
    assert_eq!(house.board(&house.ann, "").await["items"], json!([]), "at the second, before the job");
    house.t.clock.set(end + TimeDelta::hours(1));
    house.t.run_jobs().await;
    assert!(!house.t.app.vault().has(house.acme.0, &key).unwrap());
    let mut tx = house.begin().await;
    let left: i64 =
        sqlx::query_scalar("select count(*) from requests.subject_request").fetch_one(tx.db()).await.unwrap();
    assert_eq!(left, 0);
}

#[tokio::test]
async fn a_clock_that_jumps_back_loses_nothing_and_answers_nothing_twice() {
    let house = in_september().await;
    let (id, token) = names(&house.make(&house.bob).await);
    house.act(&house.ann, (&id, "take-up"), Value::Null, 200).await;
    house.t.clock.advance(-TimeDelta::days(40));
    house.t.run_jobs().await;
    assert_eq!(house.follow(&token).await["due"]["lateness"], "on_time");
    let done = json!({ "outcome": "answered", "text": "Done." });
    house.act(&house.ann, (&id, "finish"), done.clone(), 200).await;
    house.t.clock.advance(TimeDelta::days(80));
    house.act(&house.ann, (&id, "finish"), done, 409).await;
}
