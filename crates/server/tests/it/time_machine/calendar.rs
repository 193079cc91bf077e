//! Periods that organisations choose, and months as the calendar has them.

use chrono::{DateTime, TimeDelta, Utc};
use directory::Role;
use kernel::{Actor, Bucket};
use serde_json::{Value, json};
use testkit::{Person, TestApp};

use super::corpus::modules;
use crate::erasure::ask;

const SECOND: TimeDelta = TimeDelta::seconds(1);

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

async fn go(t: &TestApp, to: DateTime<Utc>) {
    t.clock.set(to);
    for _ in 0..2 {
        t.run_jobs().await;
        t.run_subscribers().await;
    }
}

/// Somebody alone in an organisation says something to themselves, as far as there is a group.
async fn say(t: &TestApp, name: &str, days: i32) -> (Person, String) {
    let org = t.org(name).await;
    let (owner, other) = (t.member_as(org, "Ida", Role::Owner).await, t.member(org, "Bob").await);
    t.keep_chat(org, days).await;
    let group = json!({ "kind": "group", "name": "Lunch", "member_ids": [other.id] });
    let made = ask(t, &owner, ("POST", "/v1/conversations"), group).await;
    let path = format!("/v1/conversations/{}/messages", made["id"].as_str().unwrap());
    let body = json!({ "kind": "text", "v": 1, "text": "kanarienvogel" });
    ask(t, &owner, ("POST", &path), json!({ "client_id": t.app.new_id(), "body": body })).await;
    (owner, path)
}

#[tokio::test]
async fn ret_09_each_period_that_is_offered_lasts_to_its_second() {
    let t = TestApp::with(modules()).await;
    let choices = t.app.data_map().rule["RET-09"].choices.clone();
    assert_eq!(choices, [90, 180, 360, 720]);
    let (from, mut houses) = (t.app.now(), Vec::new());
    for days in choices {
        let (owner, path) = say(&t, &format!("House{days}"), days).await;
        houses.push((days, owner, path));
    }
    let day = Bucket::Day(i32::try_from(from.timestamp() / 86_400).unwrap());
    for (days, owner, path) in &houses {
        let is_shown = async || ask(&t, owner, ("GET", path), Value::Null).await.to_string().contains("kanarienvogel");
        let end = from + TimeDelta::days(i64::from(*days));
        go(&t, end - SECOND).await;
        assert!(is_shown().await && t.app.vault().has(owner.org.0, &day).unwrap(), "{days} days: a second too early");
        t.clock.set(end + SECOND);
        assert!(!is_shown().await, "{days} days: a second too late");
        go(&t, end + TimeDelta::days(1) + SECOND).await;
        assert!(!t.app.vault().has(owner.org.0, &day).unwrap(), "{days} days: the key is there a day later");
        let mut tx = t.app.begin(owner.org, Actor::System).await.unwrap();
        let texts = "select count(*) from chat.message where sent_at <= $1";
        let left: i64 = sqlx::query_scalar(texts).bind(from).fetch_one(tx.db()).await.unwrap();
        assert_eq!(left, 0, "{days} days: rows are there a day later");
    }
}

#[tokio::test]
async fn ret_01_del_02_months_end_on_the_last_day_of_a_month_that_has_no_31st() {
    let t = TestApp::with(modules()).await;
    t.clock.set(at("2027-08-31T04:00:00Z"));
    let acme = t.org("Acme").await;
    let (ann, bob) = (t.member(acme, "Ann").await, t.member(acme, "Bob").await);
    let role = json!({ "name": "Keeper of 31 August", "permissions": ["people.see"] });
    ask(&t, &ann, ("POST", "/v1/roles"), role).await;
    let is_logged = async || {
        let log = ask(&t, &ann, ("GET", "/v1/audit"), Value::Null).await;
        log["items"].as_array().unwrap().iter().any(|line| line["at"].as_str().unwrap().starts_with("2027-08-31"))
    };
    assert!(is_logged().await, "it stands in the log");

    // Disabled for a month on a 31st of January: to the last day of a February that is a day longer.
    go(&t, at("2028-01-31T04:00:00Z")).await;
    let mut tx = t.app.begin(acme, Actor::Member(ann.id)).await.unwrap();
    directory::assure(&mut tx, ann.session).await.unwrap();
    tx.commit().await.unwrap();
    let card = format!("/v1/members/{}", bob.id);
    ask(&t, &ann, ("POST", &format!("{card}/disable")), json!({ "months": 1 })).await;
    let state = async || {
        let mut tx = t.app.begin(acme, Actor::System).await.unwrap();
        let state = "select state from directory.member where id = $1";
        let found: Option<String> = sqlx::query_scalar(state).bind(bob.id).fetch_optional(tx.db()).await.unwrap();
        found
    };
    let key = || t.app.vault().has(acme.0, &Bucket::Member(bob.id.0)).unwrap();
    let end = at("2028-02-29T04:00:00Z");
    go(&t, end - SECOND).await;
    assert_eq!(state().await.as_deref(), Some("disabled"));
    // Six calendar months from a 31st of August end on the same day: the law keeps a line for no less.
    assert!(is_logged().await, "the floor of six months");
    go(&t, end + SECOND).await;
    assert_eq!(state().await.as_deref(), Some("leaving"));
    go(&t, end + TimeDelta::days(14) - SECOND).await;
    assert!(state().await.is_some() && key(), "a second too early");
    for turns in [2, 1, 0] {
        go(&t, end + TimeDelta::days(15) + SECOND - TimeDelta::minutes(10 * turns)).await;
    }
    assert!(state().await.is_none() && !key(), "a day later");
    assert!(!is_logged().await, "the line went after 184 days");
}
