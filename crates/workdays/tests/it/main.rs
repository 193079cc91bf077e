//! Working days through their API, on a real database (`DSR-10`: fifteen of them).

use axum::http::StatusCode;
use serde_json::{Value, json};
use testkit::{Person, TestApp};

#[tokio::test]
async fn contract() {
    testkit::contract(vec![workdays::module()]).await;
}

struct Office {
    t: TestApp,
    ann: Person,
    eve: Person,
}

impl Office {
    async fn open() -> Self {
        let t = TestApp::with(vec![workdays::module()]).await;
        let acme = t.org("acme").await;
        let (ann, eve) = (t.member(acme, "Ann").await, t.member(acme, "Eve").await);
        Self { t, ann, eve }
    }

    async fn change(&self, who: &Person, seen: &str, body: Value) -> (StatusCode, Value) {
        let body = body.to_string().into_bytes();
        let (status, answer) = self.t.send(Some(who), "PATCH", "/v1/workdays", body, &[("if-match", seen)]).await;
        (status, serde_json::from_slice(&answer).unwrap_or_default())
    }

    async fn term(&self, query: &str) -> (StatusCode, Value) {
        self.t.call(&self.eve, "GET", &format!("/v1/workdays/term?{query}"), json!(null)).await
    }
}

fn october() -> Value {
    let free = (1..=7).map(|day| json!({ "day": format!("2026-10-0{day}"), "kind": "holiday", "name": "国庆节" }));
    let worked = [json!({ "day": "2026-10-10", "kind": "made_up" }), json!({ "day": "2026-09-20", "kind": "made_up" })];
    json!({ "year": { "year": 2026, "days": free.chain(worked).collect::<Vec<_>>() } })
}

#[tokio::test]
async fn an_organisation_begins_with_the_usual_week_and_enters_its_holidays() {
    let office = Office::open().await;
    let (status, shown) = office.t.call(&office.eve, "GET", "/v1/workdays", json!(null)).await;
    assert_eq!(status, 200);
    assert_eq!(shown["week"], json!([true, true, true, true, true, false, false]));
    assert_eq!((&shown["special_days"], &shown["version"]), (&json!([]), &json!(0)));
    assert_eq!((&shown["time_zone"], &shown["can"]["edit"]), (&json!("Asia/Shanghai"), &json!(false)));
    let (status, changed) = office.change(&office.ann, "\"0\"", october()).await;
    assert_eq!(status, 200, "{changed}");
    assert_eq!((changed["special_days"].as_array().unwrap().len(), &changed["version"]), (9, &json!(1)));
    assert_eq!(changed["special_days"][0], json!({ "day": "2026-09-20", "kind": "made_up", "name": "" }));
    assert_eq!(changed["can"]["edit"], true);
}

#[tokio::test]
async fn a_term_is_counted_by_the_table_and_in_the_zone() {
    let office = Office::open().await;
    office.change(&office.ann, "\"0\"", october()).await;
    let (status, end) = office.term("from=2026-09-25T02:00:00Z&days=15").await;
    assert_eq!(status, 200, "{end}");
    assert_eq!(end, json!({ "day": "2026-10-22", "over_at": "2026-10-22T16:00:00Z", "zone": "Asia/Shanghai" }));
    // Late in the evening of Thursday in Shanghai it is Thursday morning in New York.
    let (_, end) = office.term("from=2026-09-24T15:30:00Z&days=1&zone=America/New_York").await;
    assert_eq!(end, json!({ "day": "2026-09-25", "over_at": "2026-09-26T04:00:00Z", "zone": "America/New_York" }));
    for wrong in ["from=2026-09-24T15:30:00Z&days=1&zone=Middle/Earth", "from=2026-09-24T15:30:00Z&days=1001"] {
        assert_eq!(office.term(wrong).await.0, 422, "{wrong}");
    }
    for (from, is_meant) in [("1900-01-01", true), ("2200-12-31", true), ("1899-12-30", false), ("9999-12-31", false)] {
        let (status, end) = office.term(&format!("from={from}T02:00:00Z&days=3")).await;
        let told = if is_meant { (200, Value::Null, Value::Null) } else { (422, json!("from"), json!("out_of_range")) };
        assert_eq!((status.as_u16(), end["field"].clone(), end["why"].clone()), told, "{from}: {end}");
    }
}

#[tokio::test]
async fn the_second_of_two_who_change_the_same_table_is_refused_and_nothing_is_lost() {
    let office = Office::open().await;
    let week = json!({ "week": [true, true, true, true, false, false, false] });
    assert_eq!(office.change(&office.ann, "\"0\"", week.clone()).await.0, 200);
    let (status, refused) = office.change(&office.ann, "\"0\"", october()).await;
    assert_eq!((status.as_u16(), &refused["code"]), (412, &json!("directory.changed_meanwhile")));
    let (_, shown) = office.t.call(&office.ann, "GET", "/v1/workdays", json!(null)).await;
    assert_eq!((&shown["week"], &shown["special_days"]), (&week["week"], &json!([])));
    assert_eq!(office.change(&office.ann, "\"1\"", october()).await.0, 200, "who saw the newest decides");
    assert_eq!(office.change(&office.ann, "*", week).await.0, 200, "and who says that it may be any");
}

#[tokio::test]
async fn what_makes_no_sense_is_refused_and_nothing_is_written() {
    let office = Office::open().await;
    let year = |days: Value| json!({ "year": { "year": 2026, "days": days } });
    let holiday = |day: &str| json!({ "day": day, "kind": "holiday" });
    for (body, field, why) in [
        (json!({ "week": [false, false, false, false, false, false, false] }), "week", "is_empty"),
        (year(json!([holiday("2027-01-01")])), "year", "day_of_another_year"),
        (year(json!([holiday("2026-01-01"), holiday("2026-01-01")])), "year", "day_twice"),
        (year(json!([{ "day": "2026-01-01", "kind": "holiday", "name": "x".repeat(61) }])), "year", "name_wrong"),
        (json!({ "year": { "year": 1066, "days": [] } }), "year", "out_of_range"),
        (
            year(json!([{ "day": "2026-10-10", "kind": "made_up" }, { "day": "2026-09-16", "kind": "made_up" }])),
            "year.days[1].kind",
            "is_worked_already",
        ),
        (year(json!([holiday("2026-02-30")])), "year.days[0].day", "missing_or_wrong_member"),
    ] {
        let (status, answer) = office.change(&office.ann, "\"0\"", body.clone()).await;
        assert_eq!((status.as_u16(), &answer["field"], &answer["why"]), (422, &json!(field), &json!(why)), "{body}");
    }
    assert_eq!(office.change(&office.eve, "\"0\"", october()).await.0, 403);
    let (_, shown) = office.t.call(&office.ann, "GET", "/v1/workdays", json!(null)).await;
    assert_eq!((&shown["version"], &shown["special_days"]), (&json!(0), &json!([])));
}

/// Whoever works on Saturdays from now on loses nothing of what was made up on one before.
#[tokio::test]
async fn what_is_made_up_already_stays_when_the_week_changes_and_nothing_new_is() {
    let office = Office::open().await;
    let made_up = |days: &[&str]| {
        let days: Vec<Value> = days.iter().map(|day| json!({ "day": day, "kind": "made_up" })).collect();
        json!({ "year": { "year": 2026, "days": days } })
    };
    assert_eq!(office.change(&office.ann, "\"0\"", made_up(&["2026-10-10"])).await.0, 200);
    let week = json!({ "week": [true, true, true, true, true, true, false] });
    assert_eq!(office.change(&office.ann, "\"1\"", week).await.0, 200);
    assert_eq!(office.change(&office.ann, "\"2\"", made_up(&["2026-10-10", "2026-10-11"])).await.0, 200);
    let (status, refused) = office.change(&office.ann, "\"3\"", made_up(&["2026-10-10", "2026-10-17"])).await;
    assert_eq!((status.as_u16(), &refused["field"]), (422, &json!("year.days[1].kind")), "{refused}");
}

#[tokio::test]
async fn what_was_and_is_stands_in_the_event_for_the_audit_log() {
    let office = Office::open().await;
    office.change(&office.ann, "\"0\"", october()).await;
    let fewer = json!({ "year": { "year": 2026, "days": [{ "day": "2026-10-10", "kind": "holiday" }] } });
    assert_eq!(office.change(&office.ann, "\"1\"", fewer).await.0, 200);
    let mut tx = office.t.app.begin(office.ann.org, kernel::Actor::System).await.unwrap();
    let wanted = kernel::audit::Wanted { name: Some("workdays.table_changed".into()), ..Default::default() };
    let found = kernel::audit::page(&mut tx, &wanted, 1).await.unwrap();
    assert_eq!(found[0].data["after"], json!({ "2026-10-10": "holiday" }));
    assert_eq!(found[0].data["before"].as_object().unwrap().len(), 9);
    assert_eq!(found[0].stored.rule.as_deref(), Some("organisation.edit"));
}
