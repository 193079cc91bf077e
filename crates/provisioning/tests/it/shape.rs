//! Departments are put in order, taken out of use and back into it by the program that knows them.

use serde_json::{Value, json};

use crate::house::{ALL, House};
use crate::upsert::outcomes;

/// The departments as Ann sees them, each with whether it is out of use.
async fn tree(house: &House) -> Vec<(String, bool)> {
    let (_, tree) = house.t.call(&house.ann, "GET", "/v1/departments", json!(null)).await;
    let shown = |one: &Value| (one["name"].as_str().expect("a name").to_owned(), one["is_archived"] == true);
    tree["items"].as_array().expect("a list").iter().filter(|one| one["parent_id"].is_null()).map(shown).collect()
}

async fn top(house: &House) -> Vec<String> {
    tree(house).await.into_iter().map(|(name, _)| name).collect()
}

#[tokio::test]
async fn dir_04_siblings_stand_in_the_order_that_a_call_gives_them() {
    let house = House::open().await;
    let token = house.token(&ALL, &[]).await;
    let row = |name: &str, position: i32| json!({ "external_id": name, "name": name, "position": position });
    let three = json!({ "departments": [row("A", 30), row("B", 20), row("C", 10)] });
    let (status, done) = house.upsert(&token, three.clone()).await;
    assert_eq!(status, 200, "{done}");
    assert_eq!(top(&house).await, ["C", "B", "A"]);
    let before = house.t.events(house.ann.org).await.len();
    assert_eq!(outcomes(&house.upsert(&token, three).await.1, "departments"), ["unchanged"; 3]);
    assert_eq!(house.t.events(house.ann.org).await.len(), before, "nothing is said of what did not change");
    // Whoever is not named stays where it is.
    let two = json!({ "departments": [row("A", 1), row("B", 2)] });
    assert_eq!(outcomes(&house.upsert(&token, two).await.1, "departments"), ["changed", "unchanged"]);
    assert_eq!(top(&house).await, ["C", "A", "B"]);
    let sales = house.department("Sales").await;
    let narrow = house.token(&ALL, &[&sales]).await;
    let (status, refused) = house.upsert(&narrow, json!({ "departments": [row("B", 1), row("A", 2)] })).await;
    assert_eq!((status.as_u16(), &refused["rows"][0]["code"]), (422, &json!("forbidden")), "{refused}");
}

#[tokio::test]
async fn dir_04_a_department_goes_out_of_use_with_what_lies_below_once_its_people_are_elsewhere() {
    let house = House::open().await;
    let token = house.token(&ALL, &[]).await;
    let person = |place: &str| json!({ "external_id": "P1", "name": "Cui", "user_id": "cui", "department_external_ids": [place] });
    let body = json!({
        "departments": [
            { "external_id": "A", "name": "A" },
            { "external_id": "A1", "name": "A1", "parent_external_id": "A" },
            { "external_id": "B", "name": "B" },
        ],
        "people": [person("A1")],
    });
    assert_eq!(house.upsert(&token, body).await.0, 200);
    let said = |is_archived: bool| {
        let row = |name: &str| json!({ "external_id": name, "name": name, "is_archived": is_archived });
        json!([row("A"), row("A1")])
    };
    let (status, refused) = house.upsert(&token, json!({ "departments": said(true) })).await;
    assert_eq!((status.as_u16(), &refused["rows"][0]["kind"]), (422, &json!("department")), "{refused}");
    assert_eq!(refused["rows"][0]["code"], "directory.department_not_empty");
    assert_eq!(refused["rows"][0]["field"], "is_archived");
    assert_eq!(tree(&house).await, [("A".to_owned(), false), ("B".to_owned(), false)]);

    let (status, done) = house.upsert(&token, json!({ "departments": said(true), "people": [person("B")] })).await;
    assert_eq!((status.as_u16(), outcomes(&done, "departments")), (200, vec!["changed".to_owned(); 2]), "{done}");
    assert_eq!(tree(&house).await, [("A".to_owned(), true), ("B".to_owned(), false)]);
    let (_, again) = house.upsert(&token, json!({ "departments": said(true) })).await;
    assert_eq!(outcomes(&again, "departments"), ["unchanged"; 2]);
    let (_, refused) = house.upsert(&token, json!({ "people": [person("A1")] })).await;
    assert_eq!(refused["rows"][0]["code"], "is_archived");

    let (_, back) = house.upsert(&token, json!({ "departments": said(false), "people": [person("A1")] })).await;
    assert_eq!(outcomes(&back, "departments"), ["changed"; 2], "{back}");
    assert_eq!(tree(&house).await, [("A".to_owned(), false), ("B".to_owned(), false)]);
}
