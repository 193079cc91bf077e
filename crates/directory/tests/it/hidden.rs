//! Hidden departments and people, and departments that see no further than themselves (`DIR-04`, `DIR-08`).

use serde_json::{Value, json};
use testkit::Person;

use crate::world::World;

async fn names(w: &World, by: &Person, path: &str) -> Vec<String> {
    let page = w.ask(by, ("GET", path), json!(null), 200).await;
    page["items"].as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap().to_owned()).collect()
}

async fn change(w: &World, department: &str, change: Value) {
    w.ask(&w.ann, ("PATCH", &format!("/v1/departments/{department}")), change, 200).await;
}

#[tokio::test]
async fn people_of_a_hidden_department_are_seen_from_inside_and_by_whoever_looks_after_them() {
    let w = World::new().await;
    let (bob, eve) = (w.person("Bob", &[&w.north]).await, w.person("Eve", &[&w.lab]).await);
    let dan = w.person("Dan", &[&w.north, &w.lab]).await;
    assert_eq!(names(&w, &eve, "/v1/members").await, ["Ann", "Bob", "Dan", "Eve"]);
    change(&w, &w.north, json!({"is_hidden": true})).await;
    assert_eq!(names(&w, &eve, "/v1/members").await, ["Ann", "Dan", "Eve"]);
    assert_eq!(names(&w, &eve, &format!("/v1/members?ids={},{}", bob.id, dan.id)).await, ["Dan"]);
    assert_eq!(names(&w, &eve, "/v1/departments").await, ["Sales", "South", "Lab"]);
    let card = format!("/v1/members/{}", bob.id);
    assert_eq!(w.status(&eve, "GET", &card, json!(null)).await, 404);
    for by in [&bob, &dan, &w.ann] {
        assert_eq!(names(&w, by, "/v1/members").await, ["Ann", "Bob", "Dan", "Eve"], "{}", by.id);
        assert_eq!(names(&w, by, "/v1/departments").await.len(), 4);
    }
    // Whoever looks after the department sees into it.
    let role = w.role(&["people.see"]).await;
    w.give(&eve, &role, Some(&w.sales)).await;
    assert_eq!(w.status(&eve, "GET", &card, json!(null)).await, 200);
}

#[tokio::test]
async fn a_hidden_person_is_found_by_nobody_who_does_not_look_after_them() {
    let w = World::new().await;
    let (bob, eve) = (w.person("Bob", &[&w.lab]).await, w.person("Eve", &[&w.lab]).await);
    let card = format!("/v1/members/{}", bob.id);
    assert_eq!(w.status(&eve, "PATCH", &card, json!({"is_hidden": true})).await, 403);
    w.ask(&w.ann, ("PATCH", &card), json!({"is_hidden": true, "department_ids": [w.lab], "leads": [w.lab]}), 200).await;
    assert_eq!(names(&w, &eve, "/v1/members?query=bob").await, [""; 0]);
    assert_eq!(w.ask(&eve, ("GET", "/v1/members/count"), json!(null), 200).await["count"], 2);
    assert_eq!(w.status(&eve, "GET", &card, json!(null)).await, 404);
    assert_eq!(w.status(&eve, "GET", &format!("{card}/avatar"), json!(null)).await, 404);
    let tree = w.ask(&eve, ("GET", "/v1/departments"), json!(null), 200).await;
    assert!(tree["items"].as_array().unwrap().iter().all(|one| one["leader_ids"] == json!([])), "{tree}");
    assert_eq!(names(&w, &bob, "/v1/members").await, ["Ann", "Bob", "Eve"]);
    assert_eq!(w.ask(&w.ann, ("GET", &card), json!(null), 200).await["is_hidden"], true);
    w.ask(&w.ann, ("PATCH", &card), json!({"is_hidden": false}), 200).await;
    assert_eq!(w.status(&eve, "GET", &card, json!(null)).await, 200);
}

#[tokio::test]
async fn a_department_sees_its_own_and_those_that_are_named() {
    let w = World::new().await;
    let (bob, eve) = (w.person("Bob", &[&w.north]).await, w.person("Eve", &[&w.lab]).await);
    let (dan, fay) = (w.person("Dan", &[&w.south]).await, w.person("Fay", &[]).await);
    change(&w, &w.sales, json!({"sees": "own"})).await;
    assert_eq!(names(&w, &bob, "/v1/members").await, ["Bob", "Dan"]);
    assert_eq!(
        names(&w, &eve, "/v1/members").await,
        ["Ann", "Bob", "Dan", "Eve", "Fay"],
        "the other way is not limited"
    );
    assert_eq!(names(&w, &fay, "/v1/members").await.len(), 5);
    change(&w, &w.south, json!({"sees": "own", "sees_also": [w.lab]})).await;
    assert_eq!(names(&w, &dan, "/v1/members").await, ["Dan", "Eve"]);
    assert_eq!(names(&w, &dan, "/v1/departments").await, ["Sales", "South", "Lab"], "with what lies above");
    change(&w, &w.south, json!({"sees": "everyone"})).await;
    assert_eq!(names(&w, &dan, "/v1/members").await.len(), 5);
    assert_eq!(names(&w, &bob, "/v1/members").await, ["Bob", "Dan"]);
    let wrong = json!({"sees_also": ["01890000-0000-7000-8000-00000000dead"]});
    assert_eq!(w.status(&w.ann, "PATCH", &format!("/v1/departments/{}", w.south), wrong).await, 422);
}

#[tokio::test]
async fn who_sees_whom_is_not_said_by_whoever_manages_a_part() {
    let w = World::new().await;
    let eve = w.person("Eve", &[&w.lab]).await;
    let role = w.role(&["departments.manage"]).await;
    w.give(&eve, &role, Some(&w.sales)).await;
    let path = format!("/v1/departments/{}", w.north);
    assert_eq!(w.status(&eve, "PATCH", &path, json!({"name": "Northern"})).await, 200);
    for change in [json!({"is_hidden": true}), json!({"sees": "everyone"}), json!({"sees_also": []})] {
        assert_eq!(w.status(&eve, "PATCH", &path, change).await, 403);
    }
}

#[tokio::test]
async fn whoever_manages_a_part_lets_nobody_out_of_a_hidden_department() {
    let w = World::new().await;
    let (eve, fay) = (w.person("Eve", &[]).await, w.person("Fay", &[]).await);
    w.person("Bob", &[&w.north]).await;
    let role = w.role(&["departments.manage"]).await;
    w.give(&eve, &role, None).await;
    change(&w, &w.sales, json!({"is_hidden": true})).await;
    assert_eq!(names(&w, &fay, "/v1/departments").await, ["Lab"]);
    assert_eq!(names(&w, &eve, "/v1/departments").await.len(), 4, "whoever manages them sees them");
    let north = format!("/v1/departments/{}", w.north);
    assert_eq!(w.status(&eve, "PATCH", &north, json!({"parent_id": w.lab})).await, 403);
    assert_eq!(w.status(&eve, "POST", &format!("{north}/merge"), json!({"into": w.lab})).await, 403);
    let merge = format!("/v1/departments/{}/merge", w.sales);
    assert_eq!(w.status(&eve, "POST", &merge, json!({"into": w.lab})).await, 403);
    assert_eq!(w.status(&eve, "POST", &format!("{north}/merge"), json!({"into": w.south})).await, 204, "inside of it");
    assert_eq!(names(&w, &fay, "/v1/members").await, ["Ann", "Eve", "Fay"]);
    assert_eq!(w.status(&w.ann, "POST", &merge, json!({"into": w.lab})).await, 204);
    assert_eq!(names(&w, &fay, "/v1/members").await, ["Ann", "Bob", "Eve", "Fay"]);
}

#[tokio::test]
async fn of_whom_one_does_not_see_nothing_is_counted_named_or_listed() {
    let w = World::new().await;
    let (bob, eve) = (w.person("Bob", &[&w.north, &w.lab]).await, w.person("Eve", &[&w.sales]).await);
    let field = json!({"kind": "person", "names": {"en": "Mentor"}, "seen_by": ["everyone", "administrators"], "edited_by": ["administrators"]});
    let field = w.ask(&w.ann, ("POST", "/v1/fields"), field, 201).await["id"].as_str().unwrap().to_owned();
    let path = format!("/v1/members/{}", eve.id);
    w.ask(&w.ann, ("PATCH", &path), json!({"values": {&field: bob.id}}), 200).await;
    let values = async || w.ask(&eve, ("GET", "/v1/me"), json!(null), 200).await["values"].clone();
    assert_eq!(values().await[0]["value"], json!(bob.id));
    let counted = async || {
        let tree = w.ask(&eve, ("GET", "/v1/departments"), json!(null), 200).await;
        let counts = tree["items"].as_array().unwrap().iter();
        counts.map(|one| one["member_count"].as_i64().unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(counted().await, [2, 1, 0, 1]);
    // Somebody in a hidden department who is seen in another one is not said to be in the hidden one.
    change(&w, &w.north, json!({"is_hidden": true})).await;
    assert_eq!(names(&w, &eve, &format!("/v1/members?department={}", w.north)).await, [""; 0]);
    assert_eq!(names(&w, &eve, &format!("/v1/members?department={}", w.lab)).await, ["Bob"]);
    w.ask(&w.ann, ("PATCH", &format!("/v1/members/{}", bob.id)), json!({"is_hidden": true}), 200).await;
    assert_eq!(counted().await, [1, 0, 0]);
    assert_eq!(values().await, json!([]));
}
