//! What makes a group, and what happens to it when the company changes (`DIR-01`, `DIR-02`, `DIR-03`, `DIR-04`).

use serde_json::{Value, json};

use crate::world::{World, by_hand, by_rule, position, text};

#[tokio::test]
async fn dir_01_a_group_by_hand_holds_the_people_and_departments_that_were_named() {
    let w = World::new().await;
    let (nora, leo) = (w.person("Nora", &[&w.north]).await, w.person("Leo", &[&w.lab]).await);
    w.person("Sam", &[&w.south]).await;
    let group = w.group("Visitors", by_hand(&[&leo], &[&w.sales])).await;
    assert_eq!(w.people(&group).await, ["Leo", "Nora", "Sam"]);
    w.change(&nora, json!({ "department_ids": [w.lab] })).await;
    assert_eq!(w.people(&group).await, ["Leo", "Sam"], "who is named stays, who was there by the department does not");
    w.set_state(&leo, directory::State::Leaving).await;
    assert_eq!(w.people(&group).await, ["Sam"]);
}

#[tokio::test]
async fn dir_02_a_rule_follows_departments_and_fields() {
    let w = World::new().await;
    let (nora, sam) = (w.person("Nora", &[&w.north]).await, w.person("Sam", &[&w.south]).await);
    let ida = w.person("Ida", &[&w.sales]).await;
    let high = json!([{ "field_id": w.level, "test": "greater", "values": ["6"] }]);
    let below = w.group("Seniors of Sales", by_rule(&[&w.sales], true, high.clone())).await;
    let right_there = w.group("Seniors of the head office", by_rule(&[&w.sales], false, high)).await;
    assert!(w.people(&below).await.is_empty());
    for who in [&nora, &sam, &ida] {
        w.change(who, json!({ "values": { w.level.clone(): "7" } })).await;
    }
    assert_eq!(w.people(&below).await, ["Ida", "Nora", "Sam"]);
    assert_eq!(w.people(&right_there).await, ["Ida"]);
    w.change(&sam, json!({ "values": { w.level.clone(): "6" } })).await;
    w.change(&nora, json!({ "department_ids": [w.lab] })).await;
    assert_eq!(w.people(&below).await, ["Ida"]);
    // A whole department comes in below Sales.
    w.ask(("PATCH", &format!("/v1/departments/{}", w.lab)), json!({ "parent_id": w.north }), 200).await;
    assert_eq!(w.people(&below).await, ["Ida", "Nora"]);
}

#[tokio::test]
async fn dir_04_a_merged_department_is_replaced_by_the_one_it_went_into() {
    let w = World::new().await;
    w.person("Nora", &[&w.north]).await;
    w.person("Leo", &[&w.lab]).await;
    let group = w.group("North", by_rule(&[&w.north], false, json!([]))).await;
    assert_eq!(w.people(&group).await, ["Nora"]);
    w.ask(("POST", &format!("/v1/departments/{}/merge", w.north)), json!({ "into": w.lab }), 204).await;
    assert_eq!(w.people(&group).await, ["Leo", "Nora"]);
    let shown = w.ask(("GET", &format!("/v1/people-groups/{group}")), Value::Null, 200).await;
    assert_eq!(shown["managed"]["made_by"]["department_ids"], json!([w.lab]));
    assert_eq!((&shown["revision"], &shown["managed"]["problems"]), (&json!(2), &json!([])));
}

#[tokio::test]
async fn dir_04_a_department_that_is_gone_is_named_as_a_problem_and_the_others_count_on() {
    let w = World::new().await;
    w.person("Leo", &[&w.lab]).await;
    let group = w.group("Two", by_rule(&[&w.south, &w.lab], false, json!([]))).await;
    w.ask(("PATCH", &format!("/v1/departments/{}", w.south)), json!({ "is_archived": true }), 200).await;
    assert_eq!(w.people(&group).await, ["Leo"]);
    w.ask(("DELETE", &format!("/v1/departments/{}", w.south)), Value::Null, 204).await;
    assert_eq!(w.people(&group).await, ["Leo"]);
    let shown = w.ask(("GET", &format!("/v1/people-groups/{group}")), Value::Null, 200).await;
    assert_eq!(shown["managed"]["problems"], json!([{ "kind": "department_gone", "id": w.south }]));
}

#[tokio::test]
async fn dir_03_nobody_is_in_a_group_by_a_field_that_is_off_and_everybody_is_back_with_it() {
    let w = World::new().await;
    let nora = w.person("Nora", &[&w.north]).await;
    w.change(&nora, json!({ "values": { w.level.clone(): "7" } })).await;
    let filled = json!([{ "field_id": w.level, "test": "filled" }]);
    let group = w.group("Measured", by_rule(&[], false, filled)).await;
    assert_eq!(w.people(&group).await, ["Nora"]);
    let field = format!("/v1/fields/{}", w.level);
    let path = format!("/v1/people-groups/{group}");
    for (decision, problem) in [
        (json!({ "is_collected": false, "stored": "kept" }), "field_off"),
        (json!({ "is_collected": true, "is_masked": true }), "field_unseen"),
        (json!({ "is_masked": false, "seen_by": ["oneself"], "edited_by": ["oneself"] }), "field_unseen"),
    ] {
        w.ask(("PATCH", &field), decision, 200).await;
        assert!(w.people(&group).await.is_empty(), "{problem}");
        let shown = w.ask(("GET", &path), Value::Null, 200).await;
        assert_eq!(shown["managed"]["problems"], json!([{ "kind": problem, "id": w.level }]));
    }
    w.ask(("PATCH", &field), json!({ "seen_by": ["everyone", "oneself"] }), 200).await;
    assert_eq!(w.people(&group).await, ["Nora"]);
    w.ask(("DELETE", &field), Value::Null, 204).await;
    assert!(w.people(&group).await.is_empty());
    let shown = w.ask(("GET", &path), Value::Null, 200).await;
    assert_eq!(shown["managed"]["problems"][0]["kind"], "field_gone");
    // The rule can be called something else as it is; saved anew it has to make sense.
    w.ask(("PATCH", &path), json!({ "name": "Unmeasured" }), 200).await;
    let made_by = shown["managed"]["made_by"].clone();
    let refused = w.ask(("PATCH", &path), json!({ "made_by": made_by }), 422).await;
    assert_eq!((&refused["field"], &refused["why"]), (&json!("conditions"), &json!("unknown_field")));
}

#[tokio::test]
async fn dir_02_each_kind_of_field_has_its_tests_and_its_form() {
    let w = World::new().await;
    for (condition, why) in [
        (json!({ "field_id": w.level, "test": "contains", "values": ["1"] }), "test_does_not_fit"),
        (json!({ "field_id": w.level, "test": "greater", "values": ["much"] }), "not_a_number"),
        (json!({ "field_id": w.level, "test": "greater", "values": [] }), "wrong_number_of_values"),
        (json!({ "field_id": w.level, "test": "filled", "values": ["1"] }), "wrong_number_of_values"),
        (json!({ "field_id": w.grade, "test": "equals", "values": ["iron"] }), "not_a_choice"),
        (json!({ "field_id": position(), "test": "before", "values": ["2026-01-01"] }), "test_does_not_fit"),
        (json!({ "field_id": position(), "test": "equals", "values": [" "] }), "is_empty"),
        // Birthdays are for oneself.
        (
            json!({ "field_id": crate::world::built_in(8), "test": "before", "values": ["2000-01-01"] }),
            "field_not_usable",
        ),
        (json!({ "field_id": crate::world::built_in(7), "test": "filled" }), "unknown_field"),
        (json!({ "field_id": w.lab, "test": "filled" }), "unknown_field"),
    ] {
        let tried = json!({ "made_by": by_rule(&[], false, json!([condition])) });
        let refused = w.ask(("POST", "/v1/people-groups/preview"), tried, 422).await;
        assert_eq!((&refused["field"], &refused["why"]), (&json!("conditions"), &json!(why)), "{condition}");
    }
    let phone = json!([{ "field_id": crate::world::built_in(2), "test": "equals", "values": ["138 0013 8000"] }]);
    let group = w.group("One number", by_rule(&[], false, phone)).await;
    let shown = w.ask(("GET", &format!("/v1/people-groups/{group}")), Value::Null, 200).await;
    assert_eq!(shown["managed"]["made_by"]["conditions"][0]["values"], json!(["+8613800138000"]));
}

#[tokio::test]
async fn a_rule_is_tried_before_it_is_written() {
    let w = World::new().await;
    let (nora, leo) = (w.person("Nora", &[&w.north]).await, w.person("Leo", &[&w.lab]).await);
    let group = w.group("People", by_hand(&[&nora], &[])).await;
    let tried = json!({ "made_by": by_rule(&[&w.sales, &w.lab], true, json!([])), "group_id": group });
    let preview = w.ask(("POST", "/v1/people-groups/preview"), tried, 200).await;
    assert_eq!((&preview["count"], &preview["come"], &preview["go"]), (&json!(2), &json!(1), &json!(0)));
    let names: Vec<String> = preview["sample"].as_array().unwrap().iter().map(|one| text(&one["name"])).collect();
    assert_eq!(names, ["Leo", "Nora"]);
    let tried = json!({ "made_by": by_hand(&[&leo], &[]), "group_id": group });
    let preview = w.ask(("POST", "/v1/people-groups/preview"), tried, 200).await;
    assert_eq!((&preview["come"], &preview["go"]), (&json!(1), &json!(1)));
    assert_eq!(w.people(&group).await, ["Nora"], "nothing was written");
}

#[tokio::test]
async fn dir_02_a_new_person_is_in_what_means_them_and_imports_are_followed() {
    let w = World::new().await;
    let group = w.group("No position", by_rule(&[], false, json!([{ "field_id": position(), "test": "empty" }]))).await;
    assert_eq!(w.people(&group).await, ["Ann"]);
    let nora = w.person("Nora", &[]).await;
    assert_eq!(w.people(&group).await, ["Ann", "Nora"]);
    w.change(&nora, json!({ "position": "Engineer" })).await;
    assert_eq!(w.people(&group).await, ["Ann"]);
    // As an import does it: people are written, and one event says so.
    let mut tx = w.t.app.begin(w.acme, kernel::Actor::System).await.unwrap();
    sqlx::query("delete from directory.principal where kind = 'people_group'").execute(tx.db()).await.unwrap();
    let zero = directory::events::PeopleImported {
        created: 0,
        invited: 0,
        changed: 1,
        moved: 0,
        left: 0,
        departments_created: 0,
        departments_changed: 0,
    };
    tx.emit(&zero).unwrap();
    tx.commit().await.unwrap();
    assert_eq!(w.people(&group).await, ["Ann"]);
}

#[tokio::test]
async fn dsr_04_whoever_had_their_data_frozen_stays_where_they_are_and_is_shown_to_nobody() {
    let w = World::new().await;
    let (nora, leo) = (w.person("Nora", &[&w.north]).await, w.person("Leo", &[&w.lab]).await);
    let is_chief = json!([{ "field_id": position(), "test": "contains", "values": ["Chief"] }]);
    w.change(&nora, json!({ "position": "Chief" })).await;
    let group = w.group("Chiefs", by_rule(&[], false, is_chief)).await;
    assert_eq!(w.people(&group).await, ["Nora"]);
    let is_in = async |who: &testkit::Person| {
        let mut tx = w.t.app.begin(w.acme, kernel::Actor::System).await.unwrap();
        let principals = directory::principals(&mut tx, who.id).await.unwrap();
        principals.iter().any(|one| matches!(one, directory::Principal::PeopleGroup(_)))
    };
    w.t.freeze(&nora).await;
    w.t.freeze(&leo).await;
    // The rule is asked again, of everybody.
    let of_lab = json!({ "made_by": by_rule(&[&w.lab], false, json!([])) });
    w.ask(("PATCH", &format!("/v1/people-groups/{group}")), of_lab, 200).await;
    assert!(w.people(&group).await.is_empty(), "nobody is shown");
    assert!(is_in(&nora).await && !is_in(&leo).await, "nothing is asked anew of either");
    w.t.thaw(&nora).await;
    w.t.thaw(&leo).await;
    assert_eq!(w.people(&group).await, ["Leo"], "the rule is asked of them again");
    w.t.freeze(&leo).await;
    w.ask(("DELETE", &format!("/v1/people-groups/{group}")), Value::Null, 204).await;
    assert!(!is_in(&leo).await, "of a group that is gone nobody is left");
}

#[tokio::test]
async fn dsr_04_a_list_that_is_changed_without_them_has_them_still_once_their_data_is_used_again() {
    let w = World::new().await;
    let (nora, leo) = (w.person("Nora", &[]).await, w.person("Leo", &[]).await);
    let group = w.group("People", by_hand(&[&nora, &leo], &[])).await;
    w.t.freeze(&nora).await;
    let path = format!("/v1/people-groups/{group}");
    let shown = w.ask(("GET", &path), Value::Null, 200).await;
    let made_by = &shown["managed"]["made_by"];
    assert_eq!((&made_by["member_ids"], &shown["member_count"]), (&json!([leo.id]), &json!(1)));
    w.ask(("PATCH", &path), json!({ "made_by": by_hand(&[], &[]) }), 200).await;
    assert!(w.people(&group).await.is_empty());
    w.t.thaw(&nora).await;
    assert_eq!(w.people(&group).await, ["Nora"]);
}
