//! The feed: everything from the beginning, then what is new since a cursor, within reach of the token.

use serde_json::{Value, json};

use crate::house::{ALL, House};

fn names(items: &[Value]) -> Vec<String> {
    let name = |item: &Value| {
        item["person"]["name"].as_str().or(item["department"]["name"].as_str()).unwrap_or("-").to_owned()
    };
    items.iter().map(name).collect()
}

#[tokio::test]
async fn from_the_beginning_comes_everybody_and_then_only_what_is_new() {
    let house = House::open().await;
    let token = house.token(&ALL, &[]).await;
    let sales = house.department("Sales").await;
    let (items, cursor) = house.changes(&token, 0).await;
    let mut all = names(&items);
    all.sort();
    assert_eq!(all, ["Ann", "Bob", "Sales"]);
    assert_eq!(house.changes(&token, cursor).await, (vec![], cursor));

    let body = json!({ "people": [{ "external_id": "P1", "name": "Cui", "user_id": "cui" }] });
    assert_eq!(house.upsert(&token, body).await.0, 200);
    let path = format!("/v1/members/{}", house.bob.id);
    assert_eq!(house.t.call(&house.ann, "PATCH", &path, json!({ "position": "Clerk" })).await.0, 200);
    assert_eq!(house.t.call(&house.ann, "PATCH", &path, json!({ "position": "Chief" })).await.0, 200);
    let (items, later) = house.changes(&token, cursor).await;
    assert_eq!(names(&items), ["Cui", "Bob"], "each once, at the place of the newest change");
    assert_eq!((&items[0]["external_id"], &items[1]["person"]["position"]), (&json!("P1"), &json!("Chief")));
    assert!(later > cursor);

    assert_eq!(house.t.call(&house.ann, "DELETE", &format!("/v1/departments/{sales}"), json!(null)).await.0, 204);
    let suspend = format!("/v1/members/{}/suspend", house.bob.id);
    assert_eq!(house.t.call(&house.ann, "POST", &suspend, json!({})).await.0, 204);
    let (items, _) = house.changes(&token, later).await;
    let gone = items.iter().find(|item| item["kind"] == "department").unwrap();
    assert_eq!((&gone["id"], &gone["is_gone"]), (&json!(sales), &json!(true)));
    let bob = items.iter().find(|item| item["kind"] == "person").unwrap();
    assert_eq!(bob["person"]["state"], "suspended");
}

/// `ADM-02`: which token read people, how many, and where from; what it writes has the same.
#[tokio::test]
async fn adm_02_what_a_program_reads_and_writes_is_said_with_where_from_and_a_poll_without_news_is_not() {
    let house = House::open().await;
    let token = house.token(&ALL, &[]).await;
    let bearer = format!("Bearer {token}");
    let headers = [("authorization", bearer.as_str()), ("user-agent", "curl/8.1")];
    house.t.run_subscribers().await;
    let read = async |after: i64| {
        let path = format!("/v1/provisioning/changes?after={after}");
        let (status, body) = house.t.send(None, "GET", &path, Vec::new(), &headers).await;
        assert_eq!(status, 200);
        serde_json::from_slice::<Value>(&body).unwrap()["cursor"].as_i64().unwrap()
    };
    let said = async |name: &str| {
        let path = format!("/v1/audit?name={name}");
        let (_, log) = house.t.call(&house.ann, "GET", &path, json!(null)).await;
        log["items"].as_array().unwrap().clone()
    };
    let cursor = read(0).await;
    assert_eq!(read(cursor).await, cursor);
    let lines = said("provisioning.directory_read").await;
    assert_eq!(lines.len(), 1, "{lines:?}");
    let (_, tokens) = house.t.call(&house.ann, "GET", "/v1/service-tokens", json!(null)).await;
    let program = json!({ "kind": "application", "id": tokens["items"][0]["id"] });
    assert_eq!((&lines[0]["actor"], &lines[0]["rule"]), (&program, &json!("people.see")));
    assert_eq!((&lines[0]["data"]["people"], &lines[0]["device"]), (&json!(2), &json!("curl")));
    assert!(lines[0]["address"].is_string(), "{}", lines[0]);

    let body = json!({ "people": [{ "external_id": "P1", "name": "Cui", "user_id": "cui" }] });
    let body = body.to_string().into_bytes();
    assert_eq!(house.t.send(None, "POST", "/v1/provisioning/upsert", body, &headers).await.0, 200);
    for name in ["provisioning.directory_upserted", "directory.member_added"] {
        let line = said(name).await.remove(0);
        assert_eq!((&line["actor"], &line["address"]), (&program, &lines[0]["address"]), "{line}");
    }
    // Sealed as it is kept.
    let open: bool = sqlx::query_scalar(
        "select exists (select from kernel.audit_entry where position('curl' in encode(trace, 'escape')) > 0)",
    )
    .fetch_one(&house.t.admin)
    .await
    .unwrap();
    assert!(!open);
}

#[tokio::test]
async fn a_cursor_that_this_database_has_not_given_out_begins_anew() {
    let house = House::open().await;
    let token = house.token(&ALL, &[]).await;
    let (all, cursor) = house.changes(&token, 0).await;
    let since = async |after: i64| {
        let path = format!("/v1/provisioning/changes?after={after}");
        house.program(&token, "GET", &path, json!(null)).await.1
    };
    let newest = since(cursor).await;
    assert_eq!((&newest["items"], &newest["begins_anew"]), (&json!([]), &json!(false)));
    // As after the server was set back to an older state.
    for after in [cursor + 1, 999_999_999] {
        let anew = since(after).await;
        assert_eq!((&anew["begins_anew"], &anew["cursor"]), (&json!(true), &json!(cursor)));
        assert_eq!(anew["items"], json!(all));
    }
}

#[tokio::test]
async fn pages_follow_each_other_without_a_gap() {
    let house = House::open().await;
    let token = house.token(&ALL, &[]).await;
    for n in 0..7 {
        house.department(&format!("D{n}")).await;
    }
    house.t.run_subscribers().await;
    let (mut seen, mut cursor) = (Vec::new(), 0);
    loop {
        let path = format!("/v1/provisioning/changes?limit=2&after={cursor}");
        let (_, page) = house.program(&token, "GET", &path, json!(null)).await;
        seen.extend(names(page["items"].as_array().unwrap()));
        cursor = page["cursor"].as_i64().unwrap();
        if page["has_more"] == false {
            break;
        }
    }
    assert_eq!(seen.len(), 2 + 7, "{seen:?}");
}

#[tokio::test]
async fn of_people_outside_the_departments_of_a_token_nothing_is_told() {
    let house = House::open().await;
    let (sales, works) = (house.department("Sales").await, house.department("Works").await);
    let place = async |who: &testkit::Person, department: &str| {
        let path = format!("/v1/members/{}", who.id);
        assert_eq!(house.t.call(&house.ann, "PATCH", &path, json!({ "department_ids": [department] })).await.0, 200);
    };
    place(&house.bob, &sales).await;
    let token = house.token(&["people.see"], &[&sales]).await;
    let (items, cursor) = house.changes(&token, 0).await;
    let people: Vec<&Value> = items.iter().filter(|item| item["kind"] == "person").collect();
    assert_eq!(people.len(), 1);
    assert_eq!(people[0]["person"]["name"], "Bob");
    place(&house.bob, &works).await;
    let (items, _) = house.changes(&token, cursor).await;
    assert!(items.iter().all(|item| item["person"].is_null()), "{items:?}");
    assert_eq!(house.upsert(&token, json!({ "people": [] })).await.0, 403, "to see is not to write");
}

#[tokio::test]
async fn dir_03_a_program_is_told_no_more_than_the_fields_say() {
    let house = House::open().await;
    let bob = format!("/v1/members/{}", house.bob.id);
    let facts = json!({ "phone": "13800138000", "email": "bob@acme.example", "staff_number": "S7" });
    assert_eq!(house.t.call(&house.ann, "PATCH", &bob, facts).await.0, 200);
    let token = house.token(&["people.see"], &[]).await;
    let told = async |after: i64| {
        let (items, cursor) = house.changes(&token, after).await;
        let of_bob = items.into_iter().find(|item| item["id"] == json!(house.bob.id)).unwrap_or_default();
        (of_bob["person"].clone(), cursor)
    };
    let (before, cursor) = told(0).await;
    assert_eq!((&before["phone"], &before["staff_number"]), (&json!("+8613800138000"), &json!("S7")));
    let (_, fields) = house.t.call(&house.ann, "GET", "/v1/fields", json!(null)).await;
    let decide = async |name: &str, decision: Value| {
        let field = fields["items"].as_array().unwrap().iter().find(|field| field["built_in"] == name).unwrap();
        let path = format!("/v1/fields/{}", field["id"].as_str().unwrap());
        assert_eq!(house.t.call(&house.ann, "PATCH", &path, decision).await.0, 200);
    };
    decide("phone", json!({ "seen_by": ["oneself", "department"], "edited_by": ["oneself"] })).await;
    decide("email", json!({ "is_masked": true })).await;
    decide("staff_number", json!({ "is_collected": false, "stored": "kept" })).await;
    let (after, _) = told(cursor).await;
    assert_eq!(after["name"], "Bob", "what is decided about fields is news of everybody");
    assert_eq!((&after["phone"], &after["email"], &after["staff_number"]), (&Value::Null, &Value::Null, &Value::Null));
    // The program is nobody's colleague: what Ann sees of herself is not lent.
    let (items, _) = house.changes(&token, 0).await;
    let ann = items.iter().find(|item| item["id"] == json!(house.ann.id)).unwrap();
    assert_eq!((&ann["person"]["name"], &ann["person"]["phone"]), (&json!("Ann"), &Value::Null));

    // And what is not collected does not come in that way.
    let token = house.token(&ALL, &[]).await;
    let new = json!({ "people": [{ "external_id": "P9", "name": "Cui", "user_id": "cui", "staff_number": "S9" }] });
    let (status, answer) = house.upsert(&token, new).await;
    assert_eq!((status.as_u16(), &answer["rows"][0]["code"]), (422, &json!("directory.field_not_collected")));
}

#[tokio::test]
async fn a_department_that_is_out_of_use_is_not_gone() {
    let house = House::open().await;
    let sales = house.department("Sales").await;
    let token = house.token(&["people.see"], &[]).await;
    let (before, cursor) = house.changes(&token, 0).await;
    let of_sales = |items: &[Value]| items.iter().find(|item| item["id"] == json!(sales)).cloned().unwrap();
    assert_eq!(of_sales(&before)["department"]["is_archived"], false);
    let path = format!("/v1/departments/{sales}");
    assert_eq!(house.t.call(&house.ann, "PATCH", &path, json!({ "is_archived": true })).await.0, 200);
    let (after, _) = house.changes(&token, cursor).await;
    let told = of_sales(&after);
    assert_eq!((&told["is_gone"], &told["department"]["is_archived"]), (&json!(false), &json!(true)), "{told}");
}

/// GDPR 19: whoever has the data hears that it is not to be used, and deletes nothing.
#[tokio::test]
async fn dsr_04_of_whoever_had_their_data_frozen_a_program_reads_that_and_nothing_else_and_changes_nothing() {
    let house = House::open().await;
    let token = house.token(&ALL, &[]).await;
    let cui = json!({ "people": [{ "external_id": "P1", "name": "Cui", "user_id": "cui", "position": "Clerk" }] });
    assert_eq!(house.upsert(&token, cui).await.0, 200);
    let (items, cursor) = house.changes(&token, 0).await;
    let item = items.iter().find(|item| item["external_id"] == "P1").unwrap();
    assert_eq!((&item["person"]["position"], &item["is_restricted"]), (&json!("Clerk"), &json!(false)));
    let id = kernel::MemberId(item["id"].as_str().unwrap().parse().unwrap());
    let cui = house.t.sign_in(house.ann.org, id, house.ann.account);
    house.t.freeze(&cui).await;
    let (items, later) = house.changes(&token, cursor).await;
    let [item] = &items[..] else { panic!("{items:?}") };
    assert_eq!((&item["is_restricted"], &item["is_gone"], item.get("person")), (&json!(true), &json!(false), None));
    let chief = json!({ "people": [{ "external_id": "P1", "name": "Cui", "position": "Chief" }] });
    let (status, wrong) = house.upsert(&token, chief.clone()).await;
    assert_eq!((status.as_u16(), &wrong["rows"][0]["code"]), (422, &json!("directory.is_restricted")), "{wrong}");
    house.t.thaw(&cui).await;
    assert_eq!(house.upsert(&token, chief).await.0, 200);
    let (items, _) = house.changes(&token, later).await;
    assert_eq!((&items[0]["person"]["position"], &items[0]["is_restricted"]), (&json!("Chief"), &json!(false)));
}
