//! Fields: of the organisation's own, collected or not, masked, edited by two at once (`DIR-02`, `DIR-03`, `DIR-08`, `DIR-10`).

use serde_json::{Value, json};
use testkit::Person;

use crate::office::{Office, value};

#[tokio::test]
async fn dir_02_a_field_of_each_kind_is_filled_in_and_shown() {
    let office = Office::new().await;
    let choices = json!([{"names": {"en": "Tea"}}, {"names": {"en": "Coffee"}}]);
    let text = office.make(json!({"kind": "text", "longest": 10, "group": {"en": "Office"}})).await;
    let number = office.make(json!({"kind": "number", "least": 0, "most": 9})).await;
    let day = office.make(json!({"kind": "date"})).await;
    let drink = office.make(json!({"kind": "choice", "choices": choices})).await;
    let mentor = office.make(json!({"kind": "person"})).await;
    let desk = office.make(json!({"kind": "phone"})).await;
    let page = office.make(json!({"kind": "link"})).await;
    let all = office.ask(&office.eve, ("GET", "/v1/fields"), json!(null), 200).await;
    let made = all["items"].as_array().unwrap().iter().find(|field| field["id"] == drink).unwrap();
    let tea = made["choices"][0]["id"].as_str().unwrap();
    let given = [
        (&text, "Seat 4", "Seat 4"),
        (&number, "07.50", "7.5"),
        (&day, "2026-02-28", "2026-02-28"),
        (&drink, tea, tea),
        (&mentor, &office.ann.id.to_string(), &office.ann.id.to_string()),
        (&desk, "010 8888 8888", ""),
        (&page, "https://example.org", "https://example.org"),
    ];
    for (field, text, kept) in given {
        let change = json!({"values": {field: text}});
        let (status, answer) = office.t.call(&office.bob, "PATCH", "/v1/me", change).await;
        if kept.is_empty() {
            assert_eq!((status.as_u16(), &answer["why"]), (422, &json!("needs_country_code")));
            continue;
        }
        assert_eq!(status, 200, "{answer}");
        assert_eq!(value(&office.card(&office.eve, &office.bob).await, field), kept);
    }
    for (field, text, why) in [
        (&text, "far too long", "is_too_long"),
        (&number, "ten", "not_a_number"),
        (&number, "10", "out_of_range"),
        (&day, "2026-02-30", "not_a_date"),
        (&drink, "Milk", "not_a_choice"),
        (&mentor, "01890000-0000-7000-8000-00000000dead", "not_a_person"),
        (&page, "javascript:alert(1)", "not_a_link"),
    ] {
        let (status, answer) = office.t.call(&office.bob, "PATCH", "/v1/me", json!({"values": {field: text}})).await;
        let place = json!(format!("values.{field}"));
        assert_eq!((status.as_u16(), &answer["field"], &answer["why"]), (422, &place, &json!(why)));
    }
    let gone = json!({"values": {&text: null, &page: ""}});
    office.ask(&office.bob, ("PATCH", "/v1/me"), gone, 200).await;
    let card = office.card(&office.ann, &office.bob).await;
    assert_eq!(
        (value(&card, &text), value(&card, &page), value(&card, &number)),
        (json!(null), json!(null), json!("7.5"))
    );
    // What somebody has cannot be taken out of the list; what nobody has can.
    let path = format!("/v1/fields/{drink}");
    let (coffee, tea) = (made["choices"][1].clone(), made["choices"][0].clone());
    office.ask(&office.ann, ("PATCH", &path), json!({"choices": [coffee]}), 409).await;
    office.ask(&office.ann, ("PATCH", &path), json!({"choices": [tea]}), 200).await;
}

#[tokio::test]
async fn dir_02_every_built_in_field_can_be_collected() {
    let office = Office::new().await;
    for name in ["post", "gender", "work_address", "remark"] {
        let path = office.built_in(name).await;
        office.ask(&office.ann, ("PATCH", &path), json!({"is_collected": true}), 200).await;
    }
    let fields = office.ask(&office.ann, ("GET", "/v1/fields"), json!(null), 200).await;
    let names: Vec<&str> =
        fields["items"].as_array().unwrap().iter().filter_map(|field| field["built_in"].as_str()).collect();
    let all =
        ["user_id", "staff_number", "phone", "email", "position", "post", "signature", "avatar", "birthday", "gender"];
    assert!(all.iter().chain(&["work_address", "remark"]).all(|name| names.contains(name)), "{names:?}");
    let id = |name: &str| {
        let found = fields["items"].as_array().unwrap().iter().find(|field| field["built_in"] == name);
        found.unwrap()["id"].as_str().unwrap().to_owned()
    };
    let path = format!("/v1/members/{}", office.bob.id);
    let change = json!({"values": {id("post"): "Welder", id("work_address"): "Fuzhou", id("remark"): "Left-handed", id("position"): "Foreman"}});
    office.ask(&office.ann, ("PATCH", &path), change, 200).await;
    office.ask(&office.bob, ("PATCH", "/v1/me"), json!({"values": {id("gender"): "other"}}), 200).await;
    let seen = office.card(&office.eve, &office.bob).await;
    assert_eq!((value(&seen, &id("post")), value(&seen, &id("work_address"))), (json!("Welder"), json!("Fuzhou")));
    assert_eq!(
        (value(&seen, &id("remark")), value(&seen, &id("gender")), &seen["position"]),
        (json!(null), json!(null), &json!("Foreman"))
    );
    assert_eq!(value(&office.card(&office.ann, &office.bob).await, &id("remark")), "Left-handed");
    // What only administrators see is not even named to the others.
    let fields = office.ask(&office.eve, ("GET", "/v1/fields"), json!(null), 200).await;
    assert!(fields["items"].as_array().unwrap().iter().all(|field| field["built_in"] != "remark"));
    assert_eq!(office.t.call(&office.bob, "PATCH", "/v1/me", json!({"values": {id("remark"): "Fine"}})).await.0, 403);
}

#[tokio::test]
async fn dir_03_a_field_that_is_switched_off_is_not_collected_from_that_moment_on() {
    let office = Office::new().await;
    office.ask(&office.bob, ("PATCH", "/v1/me"), json!({"birthday": "1990-02-28"}), 200).await;
    let path = office.built_in("birthday").await;
    let counted = office.ask(&office.ann, ("GET", &format!("{path}/values")), json!(null), 200).await;
    assert_eq!(counted, json!({"count": 1, "needed_to_sign_in": 0}));
    assert_eq!(office.t.call(&office.bob, "GET", &format!("{path}/values"), json!(null)).await.0, 403);
    // What becomes of what stands there must be said.
    let answer = office.ask(&office.ann, ("PATCH", &path), json!({"is_collected": false}), 409).await;
    assert_eq!(answer["code"], "directory.say_what_happens_to_values");
    office.ask(&office.ann, ("PATCH", &path), json!({"is_collected": false, "stored": "kept"}), 200).await;
    let (status, answer) = office.t.call(&office.bob, "PATCH", "/v1/me", json!({"birthday": "1991-01-01"})).await;
    assert_eq!((status.as_u16(), &answer["code"]), (409, &json!("directory.field_not_collected")));
    let me = office.ask(&office.bob, ("GET", "/v1/me"), json!(null), 200).await;
    assert_eq!(
        (&me["birthday"], me["may_edit"].as_array().unwrap().contains(&json!("birthday"))),
        (&Value::Null, false)
    );
    // Kept, it is back when the field is; erased, it is not.
    office.ask(&office.ann, ("PATCH", &path), json!({"is_collected": true}), 200).await;
    assert_eq!(office.ask(&office.bob, ("GET", "/v1/me"), json!(null), 200).await["birthday"], "1990-02-28");
    office.ask(&office.ann, ("PATCH", &path), json!({"is_collected": false, "stored": "erased"}), 200).await;
    office.ask(&office.ann, ("PATCH", &path), json!({"is_collected": true}), 200).await;
    assert_eq!(office.ask(&office.bob, ("GET", "/v1/me"), json!(null), 200).await["birthday"], Value::Null);
}

#[tokio::test]
async fn dir_03_what_is_not_collected_is_not_found_by_and_does_not_come_in_with_new_people() {
    let office = Office::new().await;
    let path = format!("/v1/members/{}", office.bob.id);
    let change = json!({"staff_number": "YW-7", "phone": "13800138000"});
    office.ask(&office.ann, ("PATCH", &path), change, 200).await;
    let found = async |by: &Person| {
        let count = office.ask(by, ("GET", "/v1/members/count?query=yw-7"), json!(null), 200).await["count"].clone();
        let list = office.ask(by, ("GET", "/v1/members?query=yw-7"), json!(null), 200).await;
        (count, list["items"].as_array().unwrap().len())
    };
    assert_eq!(found(&office.eve).await, (json!(1), 1));
    let number = office.built_in("staff_number").await;
    let narrow = json!({"seen_by": ["administrators", "oneself"]});
    office.ask(&office.ann, ("PATCH", &number), narrow, 200).await;
    assert_eq!(
        (found(&office.eve).await, found(&office.bob).await, found(&office.ann).await),
        ((json!(0), 0), (json!(1), 1), (json!(1), 1))
    );
    assert_eq!(office.card(&office.eve, &office.bob).await["staff_number"], Value::Null);
    office.ask(&office.ann, ("PATCH", &number), json!({"is_collected": false, "stored": "kept"}), 200).await;
    assert_eq!(found(&office.ann).await, (json!(0), 0));
    let mut tx = office.t.app.begin(office.org, kernel::Actor::System).await.unwrap();
    let profile = directory::Profile {
        name: "Dan".into(),
        user_id: Some("dan".into()),
        staff_number: Some("YW-8".into()),
        ..Default::default()
    };
    let account = kernel::AccountId(office.t.app.new_id());
    let (role, state) = (directory::Role::Member, directory::State::Active);
    let new = directory::NewMember { account, profile, role, state, department_ids: Vec::new() };
    let dan = directory::add_member(&mut tx, new).await.unwrap();
    assert_eq!(directory::person(&mut tx, dan).await.unwrap().profile.staff_number, None);
}

#[tokio::test]
async fn dir_03_nobody_is_locked_out_by_erasing_what_they_sign_in_with() {
    let office = Office::new().await;
    let path = format!("/v1/members/{}", office.bob.id);
    office.ask(&office.ann, ("PATCH", &path), json!({"phone": "13800138000"}), 200).await;
    let phone = office.built_in("phone").await;
    office.ask(&office.ann, ("PATCH", &path), json!({"user_id": null}), 200).await;
    let counted = office.ask(&office.ann, ("GET", &format!("{phone}/values")), json!(null), 200).await;
    assert_eq!(counted, json!({"count": 1, "needed_to_sign_in": 1}));
    let off = json!({"is_collected": false, "stored": "erased"});
    assert_eq!(
        office.ask(&office.ann, ("PATCH", &phone), off.clone(), 409).await["code"],
        "directory.needed_to_sign_in"
    );
    office.ask(&office.ann, ("PATCH", &path), json!({"user_id": "bob"}), 200).await;
    office.ask(&office.ann, ("PATCH", &phone), off, 200).await;
    let mut tx = kernel::SystemTx::begin(&office.t.app).await.unwrap();
    let found = directory::account_of_handle(&mut tx, directory::HandleKind::Phone, "13800138000").await.unwrap();
    assert_eq!(found, None, "erased, it opens no door");
}

#[tokio::test]
async fn dir_10_each_field_says_who_changes_it() {
    let office = Office::new().await;
    let mine = office.make(json!({"kind": "text", "edited_by": ["oneself"]})).await;
    let theirs = office.make(json!({"kind": "text", "edited_by": ["administrators"]})).await;
    let path = format!("/v1/members/{}", office.bob.id);
    office.ask(&office.bob, ("PATCH", "/v1/me"), json!({"values": {&mine: "a"}}), 200).await;
    office.ask(&office.ann, ("PATCH", &path), json!({"values": {&theirs: "b"}}), 200).await;
    assert_eq!(office.t.call(&office.bob, "PATCH", "/v1/me", json!({"values": {&theirs: "c"}})).await.0, 403);
    assert_eq!(office.t.call(&office.ann, "PATCH", &path, json!({"values": {&mine: "d"}})).await.0, 403);
    assert_eq!(office.t.call(&office.eve, "PATCH", &path, json!({"values": {&mine: "e"}})).await.0, 403);
    let me = office.ask(&office.bob, ("GET", "/v1/me"), json!(null), 200).await;
    let may = me["may_edit"].as_array().unwrap();
    assert_eq!((may.contains(&json!(mine)), may.contains(&json!(theirs))), (true, false));
    for (wrong, field) in [
        (json!({"seen_by": []}), "seen_by"),
        (json!({"edited_by": []}), "edited_by"),
        (json!({"edited_by": ["everyone"]}), "edited_by"),
        (json!({"seen_by": ["administrators"]}), "edited_by"),
        (json!({"names": {"en": " "}}), "names"),
        (json!({"choices": [{"names": {"en": "x"}}]}), "choices"),
    ] {
        let (status, answer) = office.t.call(&office.ann, "PATCH", &format!("/v1/fields/{mine}"), wrong).await;
        assert_eq!((status.as_u16(), &answer["field"]), (422, &json!(field)), "{answer}");
    }
}

#[tokio::test]
async fn the_second_administrator_is_told_what_the_first_changed() {
    let office = Office::new().await;
    let id = office.make(json!({"kind": "text"})).await;
    let path = format!("/v1/fields/{id}");
    let send = async |edition: &str, body: Value| {
        let headers = [("if-match", edition)];
        office.t.send(Some(&office.ann), "PATCH", &path, body.to_string().into_bytes(), &headers).await.0.as_u16()
    };
    let seen = office.ask(&office.ann, ("GET", &path), json!(null), 200).await["revision"].to_string();
    let edition = format!("\"{seen}\"");
    assert_eq!(send(&edition, json!({"is_masked": true})).await, 200);
    assert_eq!(send(&edition, json!({"names": {"en": "Lost"}})).await, 412);
    assert_ne!(office.ask(&office.ann, ("GET", &path), json!(null), 200).await["names"]["en"], "Lost");
    assert_eq!(
        office.t.send(Some(&office.ann), "DELETE", &path, Vec::new(), &[("if-match", edition.as_str())]).await.0,
        412
    );
    assert_eq!(send("*", json!({"names": {"en": "Kept"}})).await, 200);
}

#[tokio::test]
async fn dir_08_a_field_that_is_removed_takes_with_it_what_stood_there() {
    let office = Office::new().await;
    let id = office.make(json!({"kind": "text"})).await;
    office.ask(&office.bob, ("PATCH", "/v1/me"), json!({"values": {&id: "canaryvalue"}}), 200).await;
    let path = format!("/v1/fields/{id}");
    assert_eq!(office.t.call(&office.bob, "DELETE", &path, json!(null)).await.0, 403);
    office.ask(&office.ann, ("DELETE", &path), json!(null), 204).await;
    assert_eq!(office.card(&office.ann, &office.bob).await["values"], json!([]));
    office.ask(&office.ann, ("GET", &path), json!(null), 404).await;
    let built_in = office.built_in("phone").await;
    assert_eq!(
        office.ask(&office.ann, ("DELETE", &built_in), json!(null), 409).await["code"],
        "directory.field_is_built_in"
    );
    let mut tx = office.t.app.begin(office.org, kernel::Actor::System).await.unwrap();
    let left = directory::person(&mut tx, office.bob.id).await.unwrap().profile.values;
    assert!(left.is_empty());
}

#[tokio::test]
async fn fields_stand_in_the_order_the_administrator_says() {
    let office = Office::new().await;
    let (a, b) = (office.make(json!({"kind": "text"})).await, office.make(json!({"kind": "text"})).await);
    office.ask(&office.bob, ("PATCH", "/v1/me"), json!({"values": {&a: "1", &b: "2"}}), 200).await;
    let order = async || -> Vec<String> {
        let all = office.ask(&office.ann, ("GET", "/v1/fields"), json!(null), 200).await;
        all["items"].as_array().unwrap().iter().map(|field| field["id"].as_str().unwrap().to_owned()).collect()
    };
    let mut wanted = order().await;
    wanted.reverse();
    office.ask(&office.ann, ("PUT", "/v1/field-order"), json!({"field_ids": wanted}), 204).await;
    assert_eq!(order().await, wanted);
    let card = office.card(&office.eve, &office.bob).await;
    let shown: Vec<&str> =
        card["values"].as_array().unwrap().iter().map(|one| one["value"].as_str().unwrap()).collect();
    assert_eq!(shown, ["2", "1"]);
    let (_, all) = office.t.call(&office.ann, "GET", "/v1/fields", json!(null)).await;
    let seen = format!("\"{}\"", all["order"]);
    let again = async |wanted: &[String]| {
        let body = json!({"field_ids": wanted}).to_string().into_bytes();
        let headers = [("if-match", seen.as_str())];
        office.t.send(Some(&office.ann), "PUT", "/v1/field-order", body, &headers).await.0.as_u16()
    };
    // What a field says is none of its order, and what stands so already is no other order.
    office.ask(&office.ann, ("PATCH", &format!("/v1/fields/{a}")), json!({"is_masked": true}), 200).await;
    assert_eq!(again(&wanted).await, 204);
    let theirs = wanted.clone();
    wanted.swap(0, 1);
    assert_eq!(again(&wanted).await, 204);
    assert_eq!(again(&theirs).await, 412, "another has ordered them meanwhile");
    assert_eq!(order().await, wanted);
    let twice = json!({"field_ids": [&a, &a]});
    assert_eq!(office.t.call(&office.ann, "PUT", "/v1/field-order", twice).await.0, 422);
    assert_eq!(office.t.call(&office.bob, "PUT", "/v1/field-order", json!({"field_ids": wanted})).await.0, 403);
}

#[tokio::test]
async fn dir_02_no_two_fields_and_no_two_choices_are_called_alike() {
    let office = Office::new().await;
    let new = |names: Value| json!({"kind": "text", "names": names, "seen_by": ["everyone", "oneself"], "edited_by": ["oneself"]});
    let seat = office.ask(&office.ann, ("POST", "/v1/fields"), new(json!({"en": "Seat", "zh-CN": "工位"})), 201).await;
    let path = format!("/v1/fields/{}", seat["id"].as_str().unwrap());
    let taken = (json!("names"), json!("field_name_taken"));
    for names in [json!({"zh-CN": "工位"}), json!({"en": "SEAT"}), json!({"zh-CN": "手机"}), json!({"en": "Remark"})]
    {
        let refused = office.ask(&office.ann, ("POST", "/v1/fields"), new(names), 422).await;
        assert_eq!((refused["field"].clone(), refused["why"].clone()), taken, "{refused}");
    }
    let desk = office.ask(&office.ann, ("POST", "/v1/fields"), new(json!({"en": "Desk"})), 201).await;
    let desk = format!("/v1/fields/{}", desk["id"].as_str().unwrap());
    let refused = office.ask(&office.ann, ("PATCH", &desk), json!({"names": {"en": "Seat"}}), 422).await;
    assert_eq!((refused["field"].clone(), refused["why"].clone()), taken);
    office.ask(&office.ann, ("PATCH", &path), json!({"names": {"en": "Seat", "zh-CN": "座位"}}), 200).await;
    let mut shirt = new(json!({"en": "Shirt"}));
    shirt["kind"] = json!("choice");
    shirt["choices"] = json!([{"names": {"en": "Large"}}, {"names": {"en": "large"}}]);
    let refused = office.ask(&office.ann, ("POST", "/v1/fields"), shirt.clone(), 422).await;
    assert_eq!((&refused["field"], &refused["why"]), (&json!("choices"), &json!("choice_twice")));
    shirt["choices"][1]["names"]["en"] = json!("Small");
    office.ask(&office.ann, ("POST", "/v1/fields"), shirt, 201).await;
}
