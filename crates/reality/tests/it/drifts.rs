//! Each kind of drift is found, told to whom it concerns, and gone when it is mended.

use chrono::TimeDelta;
use serde_json::json;

use crate::house::{House, drift};

const DRIFTS: &str = "/v1/data-map/drifts";

#[tokio::test]
async fn nothing_is_found_where_everything_is_as_declared() {
    let house = House::open().await;
    let before = house.read(&house.ann).await;
    assert_eq!((&before["is_overdue"], &before["looked_at"]), (&json!(true), &json!(null)));
    house.look().await;
    house.look().await;
    let found = house.read(&house.ann).await;
    assert_eq!(found["drifts"], json!([]), "{found}");
    assert_eq!((&found["is_overdue"], &found["skipped"]), (&json!(false), &json!(0)));
    assert!(found["rows"].as_i64().unwrap() > 20 && found["places"].as_i64().unwrap() > 40, "{found}");
    house.t.clock.advance(TimeDelta::hours(37));
    assert_eq!(house.read(&house.ann).await["is_overdue"], true, "a look was missed");
}

#[tokio::test]
async fn only_who_may_see_the_data_map_is_told() {
    let house = House::open().await;
    assert_eq!(house.t.call(&house.ann, "GET", DRIFTS, json!(null)).await.0, 200);
    assert_eq!(house.t.call(&house.bob, "GET", DRIFTS, json!(null)).await.0, 403);
    assert_eq!(house.t.call(None, "GET", DRIFTS, json!(null)).await.0, 401);
}

#[tokio::test]
async fn a_column_that_nobody_declared_is_found_and_so_is_one_that_is_not_there() {
    let house = House::open().await;
    house.plant(&house.ann, "alter table directory.member add column nickname text").await;
    house.plant(&house.ann, "alter table receipts.tally rename column at to moment").await;
    house.plant(&house.ann, "create table directory.copy (org_id uuid, held text)").await;
    house.look().await;
    let all = [
        drift("undeclared", "directory.copy.held", 1),
        drift("undeclared", "directory.copy.org_id", 1),
        drift("undeclared", "directory.member.nickname", 1),
        drift("absent", "receipts.tally.at", 1),
        drift("undeclared", "receipts.tally.moment", 1),
    ];
    assert_eq!(house.drifts(&house.ann).await, all);
    assert_eq!(house.drifts(&house.mia).await, all, "it is everybody's");
    house.plant(&house.ann, "alter table directory.member drop column nickname").await;
    house.look().await;
    assert_eq!(house.drifts(&house.ann).await.len(), 4, "what is mended is gone");
}

#[tokio::test]
async fn a_table_without_its_boundary_is_found() {
    let house = House::open().await;
    house.plant(&house.ann, "alter table directory.department no force row level security").await;
    house.look().await;
    assert_eq!(house.drifts(&house.mia).await, [drift("unguarded", "directory.department", 1)]);
}

#[tokio::test]
async fn a_value_that_should_be_sealed_is_found_and_told_to_its_organisation_alone() {
    let house = House::open().await;
    let clear =
        "update directory.member set profile = convert_to('{\"name\": \"Ann, as anybody can read her\"}', 'UTF8')";
    house.plant(&house.ann, clear).await;
    house.look().await;
    assert_eq!(house.drifts(&house.ann).await, [drift("not_sealed", "directory.member.profile", 2)]);
    assert_eq!(house.drifts(&house.mia).await, []);
    let found = house.read(&house.ann).await;
    assert_eq!(
        (&found["drifts"][0]["of"], &found["drifts"][0]["table"]),
        (&json!("organisation"), &json!("directory.member"))
    );
    assert!(!found.to_string().contains("anybody"), "what stands there is told to nobody");
}

#[tokio::test]
async fn contact_data_in_clear_is_found_and_names_and_instants_are_not_taken_for_it() {
    let house = House::open().await;
    let with = |payload: &str| format!("update kernel.outbox set payload = '{payload}' where pos = 1");
    house
        .plant(&house.ann, &with(r#"{"at": "2026-01-02T12:00:00+00:00", "n": 13812345678, "of": "chat.message@v2"}"#))
        .await;
    house.look().await;
    assert_eq!(house.drifts(&house.ann).await, []);
    for planted in [r#"{"to": "bob.lin@example.com"}"#, r#"{"to": "+8613812345678"}"#, r#"{"to": "13812345678"}"#] {
        house.plant(&house.ann, &with(planted)).await;
        house.look().await;
        assert_eq!(
            house.drifts(&house.ann).await,
            [drift("contact_in_clear", "kernel.outbox.payload", 1)],
            "{planted}"
        );
    }
    house.plant(&house.ann, &with("{}")).await;
    house.look().await;
    assert_eq!(house.drifts(&house.ann).await, [], "what is mended is gone");
}
