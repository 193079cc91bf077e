//! What administrators see of how much is written: numbers, never who (`ADM-02`).

use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::talk::Office;

#[tokio::test]
async fn days_are_counted_and_few_people_are_not_told() {
    let office = Office::open().await;
    let group = office.group(&office.ann, &[&office.bob, &office.eve]).await;
    for who in [&office.ann, &office.ann, &office.bob] {
        office.say(who, &group, "morning").await;
    }
    office.t.run_jobs().await;
    let shown = office.ask(&office.ann, "GET", "/v1/activity", Value::Null, 200).await;
    assert_eq!(shown, json!({ "days": [] }), "three could be guessed by name");

    office.t.clock.advance(TimeDelta::days(1));
    let mut more = Vec::new();
    for name in ["Fay", "Gus", "Hal", "Ida", "Jon"] {
        more.push(office.t.member(office.ann.org, name).await);
    }
    let crowd = office.group(&office.ann, &more.iter().collect::<Vec<_>>()).await;
    for who in &more {
        office.say(who, &crowd, "hello").await;
    }
    office.t.run_jobs().await;
    let days = office.ask(&office.ann, "GET", "/v1/activity", Value::Null, 200).await["days"].clone();
    let today = office.t.app.now().date_naive().to_string();
    assert_eq!(days, json!([{ "day": today, "messages": 5, "people": 5 }]));
    office.ask(&office.eve, "GET", "/v1/activity", Value::Null, 403).await;

    office.t.clock.advance(TimeDelta::days(30));
    let days = office.ask(&office.ann, "GET", "/v1/activity", Value::Null, 200).await["days"].clone();
    assert_eq!(days, json!([]), "only what is shown of it");
}
