//! One's own data: frozen and used again at one's word, and what that does.

use serde_json::{Value, json};

use crate::house::{House, MINE, card, text};

#[tokio::test]
async fn dsr_04_whoever_freezes_their_data_is_found_by_nobody_and_changed_by_nobody_until_they_lift_it() {
    let house = House::open().await;
    let (ann, bob, eve) = (&house.ann, &house.bob, &house.eve);
    house.ask(bob, ("PATCH", "/v1/me"), json!({ "phone": "13800138000", "signature": "canary" }), 200).await;
    assert_eq!(house.found(eve, "bob").await, ["Bob"]);
    house.ask(ann, ("PATCH", &card(bob)), json!({ "position": "Clerk" }), 200).await;
    let before = house.ask(ann, ("GET", &card(bob)), Value::Null, 200).await;
    assert_eq!((&before["signature"], &before["can"]["edit"]), (&json!("canary"), &json!(true)));
    assert_eq!(before.get("restricted_at"), None);

    let placed = house.freeze(bob).await;
    assert_eq!((&placed["reason"], &placed["placed_by"]), (&json!("own_wish"), &json!("oneself")));
    assert_eq!(
        (text(&placed["since"]), text(&placed["review_at"])),
        ("2026-01-02T12:00:00Z".into(), "2026-02-01T12:00:00Z".into())
    );
    assert_eq!(house.found(eve, "bob").await, [""; 0]);
    let left = house.ask(eve, ("GET", &card(bob)), Value::Null, 200).await;
    assert_eq!((&left["name"], left.get("signature"), left.get("restricted_at")), (&json!("Bob"), None, None));
    assert_eq!(house.ask(eve, ("GET", "/v1/members/count"), Value::Null, 200).await["count"], 2);
    // Whoever looks after people sees that it is so, and of whom; nothing else, and changes nothing.
    assert_eq!(house.found(ann, "bob").await, ["Bob"]);
    let frozen = house.ask(ann, ("GET", &card(bob)), Value::Null, 200).await;
    assert_eq!(frozen["restricted_at"], "2026-01-02T12:00:00Z");
    assert_eq!((frozen.get("signature"), frozen.get("phone"), &frozen["values"]), (None, None, &json!([])));
    for (may, is_so) in
        [("edit", false), ("place", false), ("suspend", true), ("change_role", true), ("restrict", true)]
    {
        assert_eq!(frozen["can"][may], is_so, "safety goes on: {may}");
    }
    let refused = house.ask(ann, ("PATCH", &card(bob)), json!({ "position": "Chief" }), 403).await;
    assert_eq!(refused["code"], "directory.is_restricted");

    // They themselves read and write as before.
    let me = house.ask(bob, ("GET", "/v1/me"), Value::Null, 200).await;
    assert_eq!((&me["signature"], &me["position"]), (&json!("canary"), &json!("Clerk")));
    house.ask(bob, ("PATCH", "/v1/me"), json!({ "signature": "mine" }), 200).await;
    assert_eq!(house.found(bob, "eve").await, ["Eve"]);

    house.ask(bob, ("DELETE", MINE), Value::Null, 204).await;
    assert!(!house.holds(bob).await);
    assert_eq!(house.found(eve, "bob").await, ["Bob"]);
    house.ask(ann, ("PATCH", &card(bob)), json!({ "position": "Chief" }), 200).await;
    house.ask(bob, ("DELETE", MINE), Value::Null, 204).await;
    let said = house.t.events(house.acme).await;
    let ours: Vec<_> = said.iter().filter(|name| name.starts_with("restrictions.")).collect();
    assert_eq!(
        ours,
        ["restrictions.restriction_placed", "restrictions.restriction_lifted"],
        "lifting nothing says nothing"
    );
}

#[tokio::test]
async fn a_masked_value_of_whoever_is_frozen_is_revealed_to_nobody() {
    let house = House::open().await;
    let (ann, bob) = (&house.ann, &house.bob);
    house.ask(bob, ("PATCH", "/v1/me"), json!({ "phone": "13800138000" }), 200).await;
    let fields = house.ask(ann, ("GET", "/v1/fields"), Value::Null, 200).await;
    let phone = fields["items"].as_array().unwrap().iter().find(|one| one["built_in"] == "phone").unwrap();
    let reveal = format!("{}/fields/{}/reveal", card(bob), text(&phone["id"]));
    house.ask(ann, ("POST", &reveal), Value::Null, 201).await;
    house.freeze(bob).await;
    assert_eq!(house.ask(ann, ("POST", &reveal), Value::Null, 403).await["code"], "directory.is_restricted");
    house.ask(&house.eve, ("POST", &reveal), Value::Null, 404).await;
}

#[tokio::test]
async fn dsr_04_every_purpose_says_whether_it_stops_or_why_it_goes_on() {
    let house = House::open().await;
    let shown = house.ask(&house.bob, ("GET", MINE), Value::Null, 200).await;
    let effects = shown["effects"].as_array().unwrap();
    assert_eq!(effects.len(), house.t.app.data_map().purpose.len(), "none is left out");
    let of = |purpose: &str| effects.iter().find(|one| one["purpose"] == purpose).unwrap();
    assert_eq!(of("directory.find_colleagues")["effect"], "stops");
    assert_eq!(of("directory.find_colleagues")["told"]["zh-CN"], "停止");
    assert_eq!(of("kernel.audit")["effect"], "security");
    assert_eq!(effects[0]["effect"], "stops", "what stops comes first");
}

#[tokio::test]
async fn one_freezes_once_and_knows_why() {
    let house = House::open().await;
    house.freeze(&house.bob).await;
    let again = house.ask(&house.bob, ("POST", MINE), json!({ "reason": "claims" }), 409).await;
    assert_eq!(again["code"], "restrictions.is_restricted");
    house.ask(&house.eve, ("POST", MINE), json!({ "reason": "because" }), 422).await;
    house.ask(&house.eve, ("POST", MINE), json!({}), 422).await;
    house.ask(None, ("POST", MINE), json!({ "reason": "claims" }), 401).await;
    house.ask(None, ("GET", MINE), Value::Null, 401).await;
    assert!(!house.holds(&house.eve).await && !house.holds(&house.mal).await);
}
