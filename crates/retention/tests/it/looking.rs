//! See how long everything is kept, and what another period would do, before anybody decides (C3).

use chrono::{NaiveDate, TimeDelta};
use serde_json::{Value, json};

use crate::house::{House, SHOW, instant};

/// `RET-01` to `RET-25`: the list is the data map's, and says who decides.
#[tokio::test]
async fn every_rule_of_the_data_map_is_listed_with_its_time_and_who_decides() {
    let house = House::open().await;
    let shown = house.ask(&house.ann, ("GET", SHOW), Value::Null, 200).await;
    let rules = shown["rules"].as_array().unwrap();
    let rule = |id: &str| rules.iter().find(|rule| rule["id"] == id).unwrap_or_else(|| panic!("{id}: {shown}"));
    let map = house.t.app.data_map();
    for id in map.table.values().map(|table| &table.rule).filter(|rule| rule.starts_with("RET-")) {
        assert!(rule(id)["clause"].is_string(), "{id}");
    }
    assert_eq!((&rules[0]["id"], &rules[0]["kind"]), (&json!("RET-09"), &json!("organisation")));
    assert_eq!(rules[0]["until"], json!({ "kind": "messages", "kept_for_s": 90 * 86_400 }));
    assert_eq!(
        (&rule("RET-01")["kind"], &rule("RET-01")["until"]["kept_for_s"]),
        (&json!("floor"), &json!(184 * 86_400))
    );
    assert_eq!((&rule("P90D")["kind"], &rule("membership")["kind"]), (&json!("fixed"), &json!("lifecycle")));
    let chat = &shown["chat"];
    assert_eq!(
        (&chat["choices"], &chat["least_days"], &chat["most_days"]),
        (&json!([90, 180, 360, 720]), &json!(7), &json!(720))
    );
    // The list is made of the setting in force.
    house.t.keep_chat(house.ann.org, 180).await;
    let shown = house.ask(&house.ann, ("GET", SHOW), Value::Null, 200).await;
    assert_eq!(shown["rules"][0]["until"]["kept_for_s"], json!(180 * 86_400));
}

#[tokio::test]
async fn what_a_shorter_period_would_delete_is_counted_by_kind_and_month() {
    let house = House::open().await;
    house.t.keep_chat(house.ann.org, 180).await;
    let (direct, group) =
        (house.direct(&house.ann, &house.bob).await, house.group(&house.ann, &[&house.bob, &house.eve]).await);
    house.say(&house.ann, &direct, "in January").await;
    house.say(&house.bob, &group, "in January").await;
    let oldest = house.t.app.now();
    house.t.clock.advance(TimeDelta::days(40));
    house.say(&house.bob, &group, "in February").await;
    house.t.clock.advance(TimeDelta::days(80));
    house.say(&house.ann, &direct, "in May").await;
    let rows = house.rows().await;

    let preview = house.preview(90).await;
    // What stands in a group of itself, such as who was taken in, is a message like any other.
    let own = rows - 4;
    assert_eq!(preview["messages"], json!(2 + own));
    assert_eq!(
        preview["kinds"],
        json!([
            { "kind": "direct", "messages": 1, "conversations": 1 }, { "kind": "group", "messages": 1 + own, "conversations": 1 }
        ])
    );
    assert_eq!(preview["months"], json!([{ "month": NaiveDate::from_ymd_opt(2026, 1, 1), "messages": 2 + own }]));
    assert_eq!(
        (&preview["conversations"], &preview["people"], &preview["is_estimate"]),
        (&json!(2), &json!(3), &json!(false))
    );
    assert!(instant(&preview["oldest_at"]) <= oldest, "{preview}");
    let at = instant(&preview["takes_effect_at"]);
    assert!(at - house.t.app.now() >= TimeDelta::hours(24) && at.timestamp() % 3_600 == 0, "{preview}");
    assert_eq!((&preview["change"], &preview["needs_confirmation"]), (&json!("shorter"), &json!(false)));
    let told = preview["told_otherwise"].as_array().unwrap();
    assert!(told.iter().any(|words| words["en"].as_str().unwrap().contains("receive what you write")), "{preview}");
    assert_eq!((&preview["outgrown_versions"], &preview["asked_anew"]), (&json!([]), &json!(0)));
    // Nothing was changed by looking.
    assert_eq!((house.days().await, house.rows().await), (180, rows));

    let shorter = house.preview(75).await;
    assert_eq!((&shorter["needs_confirmation"], &shorter["messages"]), (&json!(true), &json!(3 + own)));
    let longer = house.preview(360).await;
    assert_eq!(
        (&longer["change"], &longer["messages"]),
        (&json!("longer"), &json!(rows)),
        "what is there would stay longer"
    );
    assert_eq!(longer.get("takes_effect_at"), None);
}

#[tokio::test]
async fn periods_there_are_not_are_refused_with_the_reason_at_their_field() {
    let house = House::open().await;
    for (days, why) in
        [(6, "below_floor"), (0, "below_floor"), (-1, "below_floor"), (721, "above_most"), (90, "in_force")]
    {
        let path = format!("/v1/retention/preview?chat_retention_days={days}");
        let refused = house.ask(&house.ann, ("GET", &path), Value::Null, 422).await;
        assert_eq!(
            (&refused["field"], &refused["why"]),
            (&json!("chat_retention_days"), &json!(why)),
            "{days}: {refused}"
        );
    }
    assert_eq!(house.preview(7).await["to_days"], json!(7));
    assert_eq!(house.preview(720).await["to_days"], json!(720));
}

#[tokio::test]
async fn who_does_not_decide_about_it_sees_nothing_and_no_other_organisation_is_counted() {
    let house = House::open().await;
    let rival = house.t.org("rival").await;
    let mal = house.t.member_as(rival, "Mal", directory::Role::Owner).await;
    house.t.keep_chat(house.ann.org, 180).await;
    house.t.keep_chat(rival, 180).await;
    let direct = house.direct(&house.ann, &house.bob).await;
    house.say(&house.ann, &direct, "old").await;
    house.t.clock.advance(TimeDelta::days(100));
    assert_eq!(house.preview(90).await["messages"], json!(1));
    let path = "/v1/retention/preview?chat_retention_days=90";
    for eve in [("GET", SHOW), ("GET", path)] {
        house.ask(&house.eve, eve, Value::Null, 403).await;
    }
    assert_eq!(house.ask(&mal, ("GET", path), Value::Null, 200).await["messages"], json!(0));
}
