//! Positions (职务), posts (岗位) and other texts as lists (`DIR-02`).

use serde_json::{Value, json};

use crate::office::Office;

#[tokio::test]
async fn dir_02_positions_are_a_list_and_nothing_else_when_the_organisation_says_so() {
    let office = Office::new().await;
    let position = office.built_in("position").await;
    let bob = format!("/v1/members/{}", office.bob.id);
    office.ask(&office.ann, ("PATCH", &bob), json!({"position": "Wizard"}), 200).await;
    let listed = json!({"listed": [" Foreman ", "Welder"]});
    let shown = office.ask(&office.ann, ("PATCH", &position), listed, 200).await;
    assert_eq!((&shown["listed"], &shown["only_listed"]), (&json!(["Foreman", "Welder"]), &json!(false)));
    office.ask(&office.ann, ("PATCH", &bob), json!({"position": "Sorcerer"}), 200).await;

    office.ask(&office.ann, ("PATCH", &position), json!({"only_listed": true}), 200).await;
    let refused = office.ask(&office.ann, ("PATCH", &bob), json!({"position": "Witch"}), 422).await;
    assert_eq!((&refused["field"], &refused["why"]), (&json!("position"), &json!("not_listed")));
    // What somebody has stays until it is changed, whatever else is.
    let changed = office.ask(&office.ann, ("PATCH", &bob), json!({"staff_number": "7"}), 200).await;
    assert_eq!(changed["position"], "Sorcerer");
    office.ask(&office.ann, ("PATCH", &bob), json!({"position": "Welder"}), 200).await;
    // Everybody is offered it who may change it.
    let fields = office.ask(&office.eve, ("GET", "/v1/fields"), Value::Null, 200).await;
    let of_eve = fields["items"].as_array().unwrap().iter().find(|field| field["built_in"] == "position").unwrap();
    assert_eq!(of_eve["listed"], json!(["Foreman", "Welder"]));
}

#[tokio::test]
async fn dir_02_posts_and_texts_of_ones_own_have_lists_and_nothing_else_has() {
    let office = Office::new().await;
    let post = office.built_in("post").await;
    let id = post.rsplit('/').next().unwrap().to_owned();
    let new = json!({"is_collected": true, "listed": ["Day", "Night"], "only_listed": true});
    office.ask(&office.ann, ("PATCH", &post), new, 200).await;
    let bob = format!("/v1/members/{}", office.bob.id);
    let refused = office.ask(&office.ann, ("PATCH", &bob), json!({"values": {&id: "Dusk"}}), 422).await;
    assert_eq!((&refused["field"], &refused["why"]), (&json!(format!("values.{id}")), &json!("not_listed")));
    office.ask(&office.ann, ("PATCH", &bob), json!({"values": {id: "Night"}}), 200).await;

    let new = |kind: &str, listed: Value, only: bool| {
        json!({ "kind": kind, "names": {"en": "Shirt"}, "seen_by": ["everyone", "oneself"], "edited_by": ["oneself"],
            "listed": listed, "only_listed": only })
    };
    let with_longest = |mut field: Value, longest: u16| {
        field["longest"] = json!(longest);
        field
    };
    let made = office.ask(&office.ann, ("POST", "/v1/fields"), new("text", json!(["S", "M"]), true), 201).await;
    let shirt = made["id"].as_str().unwrap();
    office.ask(&office.bob, ("PATCH", "/v1/me"), json!({"values": {shirt: "XL"}}), 422).await;
    office.ask(&office.bob, ("PATCH", "/v1/me"), json!({"values": {shirt: "M"}}), 200).await;
    for (body, why) in [
        (new("number", json!(["1"]), false), "not_of_this_kind"),
        (new("text", json!([]), true), "is_empty"),
        (new("text", json!(["S", "s"]), false), "twice"),
        (new("text", json!(["S", " "]), false), "is_empty"),
        (with_longest(new("text", json!(["S", "XXXL"]), true), 3), "is_too_long"),
    ] {
        let refused = office.ask(&office.ann, ("POST", "/v1/fields"), body, 422).await;
        assert_eq!((&refused["field"], &refused["why"]), (&json!("listed"), &json!(why)));
    }
    let signature = office.built_in("signature").await;
    let refused = office.ask(&office.ann, ("PATCH", &signature), json!({"listed": ["x"]}), 422).await;
    assert_eq!(refused["why"], "not_of_this_kind");
}
