//! Whose a copy is, how often, and for how long (`DSR-01`).

use chrono::TimeDelta;
use kernel::Bucket;
use serde_json::{Value, json};

use crate::house::House;

const POST: (&str, &str) = ("POST", "/v1/personal-exports");

#[tokio::test]
async fn dsr_01_nobody_but_its_owner_sees_a_copy_or_takes_it() {
    let house = House::open().await;
    let path = house.order(&house.bob).await;
    house.t.run_jobs().await;
    assert_eq!(house.show(&house.bob, &path).await["state"], "ready");
    for other in [&house.ann, &house.eve, &house.mal] {
        for (method, path) in [("GET", path.clone()), ("GET", format!("{path}/file")), ("DELETE", path.clone())] {
            house.ask(other, (method, &path), Value::Null, 404).await;
        }
        let own = house.ask(other, ("GET", "/v1/personal-exports"), Value::Null, 200).await;
        assert_eq!(own["items"], json!([]));
    }
    let (status, _) = house.t.call(None, "GET", &format!("{path}/file"), Value::Null).await;
    assert_eq!(status, 401);
    assert!(house.take(&house.bob, &path).await.contains_key("data.json"), "and all this left it as it was");
}

#[tokio::test]
async fn dsr_01_asking_needs_the_password_and_goes_one_at_a_time_three_times_a_day() {
    let house = House::open().await;
    let english = json!({ "language": "en" });
    assert_eq!(house.ask(&house.bob, POST, english.clone(), 403).await["code"], "identity.prove_again");
    let first = house.order(&house.bob).await;
    let second = house.ask(&house.bob, POST, english.clone(), 409).await;
    assert_eq!(second["code"], "personal_exports.is_being_written");
    house.t.run_jobs().await;
    let second = house.order(&house.bob).await;
    house.ask(&house.bob, ("GET", &first), Value::Null, 404).await;
    house.ask(&house.bob, ("DELETE", &second), Value::Null, 204).await;
    let third = house.order(&house.bob).await;
    house.ask(&house.bob, ("DELETE", &third), Value::Null, 204).await;
    assert_eq!(house.ask(&house.bob, POST, english, 429).await["code"], "rate_limited");
    // What was given up is not written behind anybody's back.
    house.t.run_jobs().await;
    assert_eq!(house.pieces().await, 0);
    house.t.clock.advance(TimeDelta::hours(24));
    house.order(&house.bob).await;
}

#[tokio::test]
async fn dsr_01_a_copy_is_gone_after_a_week_and_not_a_second_before() {
    let house = House::open().await;
    let path = house.order(&house.bob).await;
    house.t.run_jobs().await;
    house.t.clock.advance(TimeDelta::days(7) - TimeDelta::seconds(1));
    house.t.run_jobs().await;
    assert!(house.pieces().await > 0);
    house.take(&house.bob, &path).await;
    house.t.clock.advance(TimeDelta::seconds(1));
    house.ask(&house.bob, ("GET", &format!("{path}/file")), Value::Null, 404).await;
    house.t.run_jobs().await;
    assert_eq!(house.pieces().await, 0);
}

#[tokio::test]
async fn dsr_01_a_copy_dies_with_the_key_of_its_owner() {
    let house = House::open().await;
    let path = house.order(&house.bob).await;
    house.t.run_jobs().await;
    house.take(&house.bob, &path).await;
    let mut tx = house.begin().await;
    let sealed: Vec<u8> =
        sqlx::query_scalar("select sealed from personal_exports.piece limit 1").fetch_one(tx.db()).await.unwrap();
    assert!(!String::from_utf8_lossy(&sealed).contains("tulou.personal_export"));
    let id: uuid::Uuid = sqlx::query_scalar("select id from personal_exports.piece where sealed = $1")
        .bind(&sealed)
        .fetch_one(tx.db())
        .await
        .unwrap();
    let bucket = Bucket::Member(house.bob.id.0);
    assert!(tx.open(bucket, "personal_exports.piece", id, &sealed).is_ok());
    house.t.app.vault().destroy(house.acme.0, &[bucket]).unwrap();
    assert!(tx.open(bucket, "personal_exports.piece", id, &sealed).is_err());
}

#[tokio::test]
async fn dsr_01_taking_a_copy_needs_the_password_again() {
    let house = House::open().await;
    let path = house.order(&house.bob).await;
    house.t.run_jobs().await;
    assert_eq!(house.show(&house.bob, &path).await["must_prove"], false);
    house.t.clock.advance(TimeDelta::minutes(10));
    assert_eq!(house.show(&house.bob, &path).await["must_prove"], true);
    let refused = house.ask(&house.bob, ("GET", &format!("{path}/file")), Value::Null, 403).await;
    assert_eq!(refused["code"], "identity.prove_again");
    assert!(house.take(&house.bob, &path).await.contains_key("data.json"));
}

#[tokio::test]
async fn dsr_01_of_whoever_is_let_in_no_more_nothing_stays() {
    let house = House::open().await;
    let path = house.order(&house.bob).await;
    house.break_off().await;
    house.t.run_jobs().await;
    assert_eq!(house.show(&house.bob, &path).await["state"], "writing");
    assert!(house.pieces().await > 0);
    house.mend().await;
    let mut tx = house.begin().await;
    directory::set_state(&mut tx, house.bob.id, directory::State::Suspended).await.unwrap();
    tx.commit().await.unwrap();
    house.t.clock.advance(TimeDelta::minutes(1));
    house.t.run_jobs().await;
    assert_eq!(house.pieces().await, 0);
}

#[tokio::test]
async fn dsr_01_a_copy_that_stands_still_did_not_work_and_another_one_can_be_asked_for() {
    let house = House::open().await;
    let first = house.order(&house.bob).await;
    house.break_off().await;
    house.t.run_jobs().await;
    house.t.clock.advance(TimeDelta::hours(3) - TimeDelta::seconds(1));
    assert_eq!(house.show(&house.bob, &first).await["state"], "writing");
    house.t.clock.advance(TimeDelta::seconds(1));
    assert_eq!(house.show(&house.bob, &first).await["state"], "failed");
    house.mend().await;
    let second = house.order(&house.bob).await;
    house.ask(&house.bob, ("GET", &first), Value::Null, 404).await;
    house.t.run_jobs().await;
    assert_eq!(house.show(&house.bob, &second).await["state"], "ready");
}
