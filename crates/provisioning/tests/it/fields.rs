//! Fields that have no place of their own in a row: written under the same rules as by hand, and told no further than the
//! organisation says.

use serde_json::{Value, json};

use crate::house::{ALL, House};
use crate::upsert::outcomes;

/// A field of the organisation's own; its id.
async fn make(house: &House, mut field: Value) -> Value {
    let (_, all) = house.t.call(&house.ann, "GET", "/v1/fields", json!(null)).await;
    field["names"] = json!({ "en": format!("Something {}", all["items"].as_array().map_or(0, Vec::len)) });
    let (status, made) = house.t.call(&house.ann, "POST", "/v1/fields", field).await;
    assert_eq!(status, 201, "{made}");
    made
}

async fn decide(house: &House, id: &str, decision: Value) {
    let (status, answer) = house.t.call(&house.ann, "PATCH", &format!("/v1/fields/{id}"), decision).await;
    assert_eq!(status, 200, "{answer}");
}

async fn switch_on(house: &House, name: &str) {
    let (_, fields) = house.t.call(&house.ann, "GET", "/v1/fields", json!(null)).await;
    let all = fields["items"].as_array().expect("a list");
    let field = all.iter().find(|field| field["built_in"] == name).expect("a built-in field");
    decide(house, field["id"].as_str().expect("an id"), json!({ "is_collected": true })).await;
}

fn row(external: &str, fields: Value) -> Value {
    json!({ "people": [{ "external_id": external, "name": "Cui", "user_id": external.to_lowercase(), "fields": fields }] })
}

/// What a program is told of the fields of somebody.
async fn told(house: &House, token: &str, id: &Value) -> Value {
    let (items, _) = house.changes(token, 0).await;
    items.iter().find(|item| item["id"] == *id).expect("the person")["person"]["fields"].clone()
}

#[tokio::test]
async fn dir_02_what_stands_in_other_fields_comes_from_the_personnel_system_and_goes_to_those_who_follow() {
    let house = House::open().await;
    for name in ["post", "work_address", "remark"] {
        switch_on(&house, name).await;
    }
    let choices = json!([{ "names": { "en": "S" } }, { "names": { "en": "M" } }]);
    let everybody = json!(["everyone", "administrators", "oneself"]);
    let shirt = make(
        &house,
        json!({ "kind": "choice", "choices": choices, "seen_by": everybody, "edited_by": ["administrators", "oneself"] }),
    )
    .await;
    let (key, small) = (shirt["id"].as_str().unwrap(), &shirt["choices"][0]["id"]);
    let token = house.token(&ALL, &[]).await;
    let values = json!({ "post": "Welder", "work_address": "Hall 3", "remark": "Since May", key: small });
    let (status, done) = house.upsert(&token, row("P1", values.clone())).await;
    assert_eq!((status.as_u16(), outcomes(&done, "people")), (200, vec!["created".to_owned()]), "{done}");
    let cui = &done["people"][0]["id"];
    assert_eq!(told(&house, &token, cui).await, values);
    let path = format!("/v1/members/{}", cui.as_str().unwrap());
    let (_, card) = house.t.call(&house.ann, "GET", &path, json!(null)).await;
    let on_card = card["values"].as_array().unwrap().iter().find(|one| one["field_id"] == *key).unwrap();
    assert_eq!(&on_card["value"], small);

    let (_, again) = house.upsert(&token, row("P1", values)).await;
    assert_eq!(outcomes(&again, "people"), ["unchanged"]);
    let (_, fewer) = house.upsert(&token, row("P1", json!({ "remark": null, key: "" }))).await;
    assert_eq!(outcomes(&fewer, "people"), ["changed"]);
    let (_, absent) = house.upsert(&token, row("P1", json!({}))).await;
    assert_eq!(outcomes(&absent, "people"), ["unchanged"]);
    assert_eq!(told(&house, &token, cui).await, json!({ "post": "Welder", "work_address": "Hall 3" }));

    let (status, listed) = house.program(&token, "GET", "/v1/provisioning/fields", json!(null)).await;
    assert_eq!(status, 200, "{listed}");
    let found = |key: &str| listed["items"].as_array().unwrap().iter().find(|one| one["key"] == key).cloned().unwrap();
    assert_eq!(found(key)["choices"], shirt["choices"]);
    assert_eq!((&found("post")["is_told"], &found("post")["is_written"]), (&json!(true), &json!(true)));
    assert_eq!(found("signature")["is_written"], json!(false));
    assert_eq!(house.t.call(&house.bob, "GET", "/v1/provisioning/fields", json!(null)).await.0, 403);
}

#[tokio::test]
async fn dir_10_a_program_writes_into_no_field_that_is_off_the_persons_own_or_not_made_for_it() {
    let house = House::open().await;
    switch_on(&house, "post").await;
    let token = house.token(&ALL, &[]).await;
    assert_eq!(house.upsert(&token, row("P1", json!({ "post": "Welder" }))).await.0, 200);
    for (fields, field, code) in [
        (json!({ "post": "x".repeat(65) }), json!("fields.post"), "is_too_long"),
        (json!({ "shoe": "42" }), json!("fields.shoe"), "unknown"),
        (json!({ "phone": "13800138000" }), json!("fields.phone"), "unknown"),
        (json!({ "avatar": "x" }), json!("fields.avatar"), "unknown"),
        (json!({ "gender": "male" }), Value::Null, "directory.field_not_collected"),
        (json!({ "signature": "Hello" }), Value::Null, "forbidden"),
        (json!({ "birthday": "2000-02-30" }), json!("fields.birthday"), "not_a_date"),
    ] {
        // Of somebody who is here, and of somebody new.
        for external in ["P1", "P2"] {
            let (status, refused) = house.upsert(&token, row(external, fields.clone())).await;
            let wrong = &refused["rows"][0];
            assert_eq!((status.as_u16(), &wrong["field"], &wrong["code"]), (422, &field, &json!(code)), "{fields}");
        }
    }
    let narrow = house.token(&["people.see", "people.place"], &[]).await;
    let (status, refused) = house.upsert(&narrow, row("P1", json!({ "post": "Chief" }))).await;
    assert_eq!((status.as_u16(), &refused["rows"][0]["code"]), (422, &json!("forbidden")), "{refused}");
}

#[tokio::test]
async fn dir_03_of_other_fields_too_a_program_is_told_no_more_than_they_say() {
    let house = House::open().await;
    let field = |seen_by: Value| json!({ "kind": "text", "seen_by": seen_by, "edited_by": ["oneself"] });
    let open = make(&house, field(json!(["everyone", "oneself"]))).await;
    let near = make(&house, field(json!(["leaders", "oneself"]))).await;
    let (open, near) = (open["id"].as_str().unwrap(), near["id"].as_str().unwrap());
    let mine =
        json!({ "signature": "Hello", "birthday": "1990-05-01", "values": { open: "Chess club", near: "Vegetarian" } });
    assert_eq!(house.t.call(&house.bob, "PATCH", "/v1/me", mine).await.0, 200);
    let reader = house.token(&["people.see"], &[]).await;
    let bob = json!(house.bob.id);
    assert_eq!(told(&house, &reader, &bob).await, json!({ "signature": "Hello", open: "Chess club" }));
    decide(&house, open, json!({ "is_masked": true })).await;
    assert_eq!(told(&house, &reader, &bob).await, json!({ "signature": "Hello" }));
    let writer = house.token(&["people.see", "people.edit"], &[]).await;
    assert_eq!(told(&house, &writer, &bob).await, json!({ "signature": "Hello", open: "Chess club" }));
}
