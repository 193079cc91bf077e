//! The structure tree (`DIR-04`).

use directory::DepartmentId;
use serde_json::{Value, json};
use testkit::{Person, TestApp};

async fn make(t: &TestApp, by: &Person, name: &str, parent: Option<&str>) -> String {
    let (status, made) = t.call(by, "POST", "/v1/departments", json!({"name": name, "parent_id": parent})).await;
    assert_eq!(status, 201, "{made}");
    made["id"].as_str().expect("an id").to_owned()
}

async fn put_in(t: &TestApp, by: &Person, who: &Person, departments: Value, leads: Value) -> u16 {
    let change = json!({"department_ids": departments, "leads": leads});
    t.call(by, "PATCH", &format!("/v1/members/{}", who.id), change).await.0.as_u16()
}

#[tokio::test]
async fn dir_04_people_are_counted_and_found_in_a_department_and_everything_below_it() {
    let t = TestApp::with(vec![directory::module()]).await;
    let acme = t.org("Acme").await;
    let (ann, bob, eve) = (t.member(acme, "Ann").await, t.member(acme, "Bob").await, t.member(acme, "Eve").await);
    let product = make(&t, &ann, "产品中心", None).await;
    let design = make(&t, &ann, "产品设计", Some(&product)).await;
    let legal = make(&t, &ann, "法务", None).await;
    assert_eq!(put_in(&t, &ann, &bob, json!([design, product]), json!([design])).await, 200);
    assert_eq!(put_in(&t, &ann, &eve, json!([legal]), json!([])).await, 200);

    let (_, tree) = t.call(&bob, "GET", "/v1/departments", json!(null)).await;
    let items: Vec<_> = tree["items"].as_array().unwrap().iter().collect();
    let of = |id: &str| *items.iter().find(|d| d["id"] == id).unwrap();
    assert_eq!((of(&product)["member_count"].as_i64(), of(&design)["member_count"].as_i64()), (Some(1), Some(1)));
    assert_eq!(of(&design)["parent_id"], json!(product));
    assert_eq!((&of(&design)["leader_ids"], &of(&product)["leader_ids"]), (&json!([bob.id]), &json!([])));
    assert_eq!((of(&legal)["position"].as_i64(), of(&legal)["can"]["edit"].as_bool()), (Some(1), Some(false)));

    let (_, page) = t.call(&eve, "GET", &format!("/v1/members?department={product}"), json!(null)).await;
    assert_eq!(page["items"][0]["name"], "Bob");
    assert_eq!(page["items"].as_array().unwrap().len(), 1);
    assert_eq!(page["items"][0]["department_ids"], json!([design, product]));
    assert_eq!(page["items"][0]["leads"], json!([design]));

    let mut tx = t.app.begin(acme, kernel::Actor::System).await.unwrap();
    let ids: Vec<DepartmentId> = vec![product.parse().unwrap()];
    assert_eq!(directory::members_of_departments(&mut tx, &ids).await.unwrap(), [bob.id]);
}

#[tokio::test]
async fn a_department_never_ends_up_below_itself() {
    let t = TestApp::with(vec![directory::module()]).await;
    let acme = t.org("Acme").await;
    let (ann, eve) = (t.member(acme, "Ann").await, t.member(acme, "Eve").await);
    let top = make(&t, &ann, "top", None).await;
    let middle = make(&t, &ann, "middle", Some(&top)).await;
    let bottom = make(&t, &ann, "bottom", Some(&middle)).await;
    for below in [&top, &middle, &bottom] {
        let (status, answer) =
            t.call(&ann, "PATCH", &format!("/v1/departments/{top}"), json!({"parent_id": below})).await;
        assert_eq!((status.as_u16(), answer["field"].as_str()), (422, Some("parent_id")));
    }
    let path = format!("/v1/departments/{bottom}");
    assert_eq!(t.call(&eve, "PATCH", &path, json!({"name": "mine"})).await.0, 403);
    let (status, moved) = t.call(&ann, "PATCH", &path, json!({"parent_id": null, "name": "up"})).await;
    assert_eq!((status.as_u16(), &moved["parent_id"], &moved["name"]), (200, &Value::Null, &json!("up")));
    assert_eq!(t.call(&ann, "PATCH", &path, json!({"parent_id": top})).await.0, 200);
    assert_eq!(t.call(&ann, "PATCH", &path, json!({"name": " "})).await.0, 422);
}

#[tokio::test]
async fn a_tree_does_not_grow_without_end() {
    let t = TestApp::with(vec![directory::module()]).await;
    let acme = t.org("Acme").await;
    let ann = t.member(acme, "Ann").await;
    let mut parent = make(&t, &ann, "1", None).await;
    for level in 2..=20 {
        parent = make(&t, &ann, &level.to_string(), Some(&parent)).await;
    }
    let (status, answer) = t.call(&ann, "POST", "/v1/departments", json!({"name": "21", "parent_id": parent})).await;
    assert_eq!((status.as_u16(), answer["why"].as_str()), (422, Some("too_deep")));
}

#[tokio::test]
async fn only_an_empty_department_is_deleted() {
    let t = TestApp::with(vec![directory::module()]).await;
    let acme = t.org("Acme").await;
    let (ann, bob) = (t.member(acme, "Ann").await, t.member(acme, "Bob").await);
    let top = make(&t, &ann, "top", None).await;
    let bottom = make(&t, &ann, "bottom", Some(&top)).await;
    assert_eq!(put_in(&t, &ann, &bob, json!([bottom]), json!([])).await, 200);
    for full in [&top, &bottom] {
        let (status, answer) = t.call(&ann, "DELETE", &format!("/v1/departments/{full}"), json!(null)).await;
        assert_eq!((status.as_u16(), answer["code"].as_str()), (409, Some("directory.department_not_empty")));
    }
    assert_eq!(put_in(&t, &ann, &bob, json!([]), json!([])).await, 200);
    let path = format!("/v1/departments/{top}");
    assert_eq!(t.call(&ann, "PATCH", &path, json!({ "name": "the top" })).await.0, 200);
    let stale = t.send(Some(&ann), "DELETE", &path, Vec::new(), &[("if-match", "\"0\"")]).await;
    assert_eq!(stale.0, 412, "somebody else changed it meanwhile");
    for empty in [&bottom, &top] {
        assert_eq!(t.call(&ann, "DELETE", &format!("/v1/departments/{empty}"), json!(null)).await.0, 204);
    }
    assert_eq!(put_in(&t, &ann, &bob, json!([top]), json!([])).await, 422);
}

#[tokio::test]
async fn nobody_leads_where_they_are_not() {
    let t = TestApp::with(vec![directory::module()]).await;
    let acme = t.org("Acme").await;
    let (ann, bob) = (t.member(acme, "Ann").await, t.member(acme, "Bob").await);
    let (here, there) = (make(&t, &ann, "here", None).await, make(&t, &ann, "there", None).await);
    assert_eq!(put_in(&t, &ann, &bob, json!([here]), json!([there])).await, 422);
    assert_eq!(put_in(&t, &ann, &bob, json!([here]), json!([here])).await, 200);
}

#[tokio::test]
async fn departments_are_found_by_name_in_either_writing_pinyin_and_initials() {
    let t = TestApp::with(vec![directory::module()]).await;
    let acme = t.org("Acme").await;
    let (ann, bob) = (t.member(acme, "Ann").await, t.member(acme, "Bob").await);
    let product = make(&t, &ann, "产品中心", None).await;
    make(&t, &ann, "法务", None).await;
    for query in ["%E4%BA%A7%E5%93%81", "%E7%94%A2%E5%93%81", "chanpin", "cpzx"] {
        let (_, found) = t.call(&bob, "GET", &format!("/v1/departments?query={query}"), json!(null)).await;
        let ids: Vec<&str> = found["items"].as_array().unwrap().iter().map(|d| d["id"].as_str().unwrap()).collect();
        assert_eq!(ids, [product.as_str()], "{query}");
    }
    let (_, found) = t.call(&bob, "GET", "/v1/departments?query=quetzal", json!(null)).await;
    assert_eq!(found["items"], json!([]));
}

#[tokio::test]
async fn a_change_of_something_unknown_is_refused_and_no_change() {
    let t = TestApp::with(vec![directory::module()]).await;
    let acme = t.org("Acme").await;
    let ann = t.member(acme, "Ann").await;
    let legal = make(&t, &ann, "法务", None).await;
    let made = t.events(acme).await;
    for path in [format!("/v1/departments/{legal}"), format!("/v1/members/{}", ann.id), "/v1/me".to_owned()] {
        assert_eq!(t.call(&ann, "PATCH", &path, json!({"leader_ids": [ann.id]})).await.0, 422, "{path}");
    }
    let (_, tree) = t.call(&ann, "GET", "/v1/departments", json!(null)).await;
    assert_eq!(tree["items"][0]["revision"], json!(1));
    assert_eq!(t.events(acme).await, made, "nothing happened");
}

#[tokio::test]
async fn dir_04_two_of_one_name_never_stand_side_by_side() {
    let t = TestApp::with(vec![directory::module()]).await;
    let acme = t.org("Acme").await;
    let ann = t.member(acme, "Ann").await;
    let (sales, care) = (make(&t, &ann, "Sales", None).await, make(&t, &ann, "Care", None).await);
    let north = make(&t, &ann, "North", Some(&sales)).await;
    let other = make(&t, &ann, "North", Some(&care)).await;
    let office = make(&t, &ann, "Office", None).await;
    let asked = async |(method, path): (&str, String), body: Value| {
        let (status, answer) = t.call(&ann, method, &path, body).await;
        (status.as_u16(), answer["field"].clone(), answer["why"].clone())
    };
    let taken = |field: &str| (422, json!(field), json!("department_name_taken"));
    let new = |name: &str, parent: &str| json!({"name": name, "parent_id": parent});
    assert_eq!(asked(("POST", "/v1/departments".into()), new(" North ", &sales)).await, taken("name"));
    let one = |id: &str| ("PATCH", format!("/v1/departments/{id}"));
    assert_eq!(asked(one(&care), json!({"name": "Sales"})).await, taken("name"));
    assert_eq!(asked(one(&other), json!({"parent_id": sales})).await, taken("parent_id"));
    let merge = |id: &str| ("POST", format!("/v1/departments/{id}/merge"));
    assert_eq!(asked(merge(&care), json!({"into": sales})).await, taken("into"));
    // What is archived is in nobody's way, until it comes back.
    assert_eq!(asked(one(&office), json!({"is_archived": true})).await.0, 200);
    let second = make(&t, &ann, "Office", None).await;
    assert_eq!(asked(one(&office), json!({"is_archived": false})).await, taken("name"));
    assert_eq!(asked(one(&second), json!({"name": "Front office"})).await.0, 200);
    assert_eq!(asked(one(&office), json!({"is_archived": false})).await.0, 200);
    assert_eq!(asked(one(&north), json!({"name": "Far north"})).await.0, 200);
    assert_eq!(asked(merge(&care), json!({"into": sales})).await.0, 204);
}

#[tokio::test]
async fn two_of_one_name_that_stand_side_by_side_already_can_be_changed_otherwise() {
    let t = TestApp::with(vec![directory::module()]).await;
    let acme = t.org("Acme").await;
    let ann = t.member(acme, "Ann").await;
    let (sales, care) = (make(&t, &ann, "Sales", None).await, make(&t, &ann, "Care", None).await);
    let first = make(&t, &ann, "North", Some(&sales)).await;
    let second = make(&t, &ann, "North", Some(&care)).await;
    sqlx::query("update directory.department set parent_id = $2 where id = $1")
        .bind(second.parse::<DepartmentId>().unwrap())
        .bind(sales.parse::<DepartmentId>().unwrap())
        .execute(&t.admin)
        .await
        .unwrap();
    let path = format!("/v1/departments/{first}");
    let (status, answer) = t.call(&ann, "PATCH", &path, json!({"name": "North"})).await;
    assert_eq!(status, 200, "{answer}");
    assert_eq!(t.call(&ann, "PATCH", &path, json!({"name": "Northern"})).await.0, 200);
}
