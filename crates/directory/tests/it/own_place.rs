//! Nobody puts themselves where they see more (`ORG-03`, `DIR-03`), and the audit log says who was put where (`ADM-06`).

use std::collections::BTreeMap;

use kernel::Actor;
use kernel::audit::{Found, Wanted};
use serde_json::{Value, json};
use testkit::Person;

use crate::world::{World, text};

const DELEGATE: [&str; 3] = ["people.see", "people.place", "departments.manage"];

/// A field that only those see who lead the person, or are in a department of theirs; Nora has filled it in.
async fn filled_in(w: &World, nora: &Person, seen_by: &str) -> String {
    let names = json!({ "en": format!("Seen by {seen_by}") });
    let new = json!({ "kind": "text", "names": names, "seen_by": [seen_by, "oneself"], "edited_by": ["oneself"] });
    let field = text(&w.ask(&w.ann, ("POST", "/v1/fields"), new, 201).await["id"]);
    w.ask(nora, ("PATCH", "/v1/me"), json!({ "values": { &field: "Something" } }), 200).await;
    field
}

async fn sees(w: &World, by: &Person, of: &Person, field: &str) -> bool {
    let card = w.ask(by, ("GET", &format!("/v1/members/{}", of.id)), Value::Null, 200).await;
    card["values"].as_array().unwrap().iter().any(|one| one["field_id"] == field)
}

#[tokio::test]
async fn org_03_a_delegate_who_joins_or_leads_by_their_own_hand_sees_no_more() {
    let w = World::new().await;
    let (dan, nora) = (w.person("Dan", &[&w.north]).await, w.person("Nora", &[&w.south]).await);
    let bo = w.person("Bo", &[&w.north]).await;
    let (led, near) = (filled_in(&w, &nora, "leaders").await, filled_in(&w, &nora, "department").await);
    let role = w.role(&DELEGATE).await;
    w.give(&dan, &role, Some(&w.sales)).await;
    let (south, north) = (format!("/v1/departments/{}", w.south), format!("/v1/departments/{}", w.north));
    let card = |who: &Person| format!("/v1/members/{}", who.id);
    // Of others they say all of this.
    w.ask(&dan, ("PATCH", &south), json!({ "dotted_leader_ids": [bo.id] }), 200).await;
    w.ask(&dan, ("PATCH", &card(&bo)), json!({ "department_ids": [w.north, w.south], "leads": [w.south] }), 200).await;
    assert!(sees(&w, &bo, &nora, &led).await && sees(&w, &bo, &nora, &near).await);

    let mine = [
        (south.clone(), json!({ "dotted_leader_ids": [bo.id, dan.id] })),
        (card(&dan), json!({ "leads": [w.north] })),
        (card(&dan), json!({ "department_ids": [w.north, w.south] })),
        (card(&dan), json!({ "department_ids": [w.south] })),
    ];
    let refused = async |method: &str, path: &str, body: Value| {
        let (status, answer) = w.t.call(&dan, method, path, body).await;
        assert_eq!((status.as_u16(), &answer["code"]), (403, &json!("directory.own_place_forbidden")), "{path}");
    };
    for (path, body) in mine {
        refused("PATCH", &path, body).await;
    }
    refused("POST", &format!("{north}/merge"), json!({ "into": w.south })).await;
    w.ask(&w.ann, ("PATCH", &card(&dan)), json!({ "leads": [w.north] }), 200).await;
    refused("PATCH", &south, json!({ "parent_id": w.north })).await;
    refused("POST", &format!("{south}/merge"), json!({ "into": w.north })).await;
    assert!(!sees(&w, &dan, &nora, &led).await && !sees(&w, &dan, &nora, &near).await);
    w.t.app.settled().await;
    let lines = lines(&w, Wanted { is_refused: true, ..Wanted::default() }).await;
    assert!(lines.iter().any(|line| line.stored.code.as_deref() == Some("directory.own_place_forbidden")));

    // Leaving is for oneself to say, and somebody else gives what one may not take.
    w.ask(&dan, ("PATCH", &card(&dan)), json!({ "leads": [] }), 200).await;
    w.ask(&w.ann, ("PATCH", &south), json!({ "dotted_leader_ids": [dan.id] }), 200).await;
    assert!(sees(&w, &dan, &nora, &led).await);
}

/// Whoever makes passwords could sign in as whom they place.
#[tokio::test]
async fn org_03_a_delegate_who_makes_passwords_has_nobody_see_more_than_they_do() {
    let w = World::new().await;
    let (dan, nora) = (w.person("Dan", &[&w.north]).await, w.person("Nora", &[&w.south]).await);
    let bo = w.person("Bo", &[&w.north]).await;
    let role = w.role(&[&DELEGATE[..], &["people.reset_password"]].concat()).await;
    w.give(&dan, &role, Some(&w.sales)).await;
    let (card, south) = (format!("/v1/members/{}", bo.id), format!("/v1/departments/{}", w.south));
    let both = || json!({ "department_ids": [w.north, w.south] });
    let lead = || json!({ "dotted_leader_ids": [bo.id] });
    // As long as no field is for those near or above, nothing is to be seen there.
    w.ask(&dan, ("PATCH", &south), lead(), 200).await;
    w.ask(&dan, ("PATCH", &south), json!({ "dotted_leader_ids": [] }), 200).await;
    filled_in(&w, &nora, "leaders").await;
    w.ask(&dan, ("PATCH", &card), both(), 200).await;
    w.ask(&dan, ("PATCH", &card), json!({ "department_ids": [w.north] }), 200).await;
    filled_in(&w, &nora, "department").await;
    for (path, body) in [(&card, both()), (&south, lead()), (&card, json!({ "leads": [w.north] }))] {
        let (status, answer) = w.t.call(&dan, "PATCH", path, body).await;
        assert_eq!((status.as_u16(), &answer["code"]), (403, &json!("directory.sight_exceeded")), "{path}");
    }
    // What administrators see too, whoever sees these people sees already.
    let fields = w.ask(&w.ann, ("GET", "/v1/fields"), Value::Null, 200).await;
    for field in fields["items"].as_array().unwrap().iter().filter(|one| one["seen_by"].as_array().unwrap().len() == 2)
    {
        let (path, seen_by) = (format!("/v1/fields/{}", text(&field["id"])), &field["seen_by"][0]);
        w.ask(&w.ann, ("PATCH", &path), json!({ "seen_by": [seen_by, "administrators", "oneself"] }), 200).await;
    }
    w.ask(&dan, ("PATCH", &card), both(), 200).await;
    w.ask(&dan, ("PATCH", &south), lead(), 200).await;
    // Not of somebody who is elsewhere too, whom Dan does not look after.
    w.ask(&dan, ("PATCH", &south), json!({ "dotted_leader_ids": [] }), 200).await;
    w.ask(&w.ann, ("PATCH", &format!("/v1/members/{}", nora.id)), json!({ "department_ids": [w.south, w.lab] }), 200)
        .await;
    w.ask(&dan, ("PATCH", &south), lead(), 403).await;
}

#[tokio::test]
async fn org_03_nobody_brings_others_where_they_see_more_of_them() {
    let w = World::new().await;
    let (dan, nora) = (w.person("Dan", &[&w.north]).await, w.person("Nora", &[&w.south]).await);
    let role = w.role(&DELEGATE).await;
    w.give(&dan, &role, Some(&w.sales)).await;
    let card = format!("/v1/members/{}", nora.id);
    let merge = format!("/v1/departments/{}/merge", w.south);
    let refused = async |method: &str, path: &str, body: Value| {
        let (status, answer) = w.t.call(&dan, method, path, body).await;
        assert_eq!((status.as_u16(), &answer["code"]), (403, &json!("directory.own_place_forbidden")), "{path}");
    };
    // As long as no field is shown to colleagues or leaders nobody gains by it.
    w.ask(&dan, ("PATCH", &card), json!({ "department_ids": [w.north] }), 200).await;
    w.ask(&dan, ("PATCH", &card), json!({ "department_ids": [w.south] }), 200).await;
    let near = filled_in(&w, &nora, "department").await;
    refused("PATCH", &card, json!({ "department_ids": [w.south, w.north] })).await;
    refused("POST", &merge, json!({ "into": w.north })).await;
    assert!(!sees(&w, &dan, &nora, &near).await);

    // Below what he leads too, where he is not himself.
    let led = filled_in(&w, &nora, "leaders").await;
    let new = json!({ "name": "Further north", "parent_id": w.north });
    let below = text(&w.ask(&w.ann, ("POST", "/v1/departments"), new, 201).await["id"]);
    w.ask(&dan, ("PATCH", &card), json!({ "department_ids": [below] }), 200).await;
    w.ask(&dan, ("PATCH", &card), json!({ "department_ids": [w.south] }), 200).await;
    w.ask(&w.ann, ("PATCH", &format!("/v1/members/{}", dan.id)), json!({ "leads": [w.north] }), 200).await;
    refused("PATCH", &card, json!({ "department_ids": [below] })).await;
    assert!(!sees(&w, &dan, &nora, &led).await);
    // Somebody else does it, and of whom he leads he says where they are.
    w.ask(&w.ann, ("PATCH", &card), json!({ "department_ids": [below] }), 200).await;
    assert!(sees(&w, &dan, &nora, &led).await);
    w.ask(&dan, ("PATCH", &card), json!({ "department_ids": [below, w.south] }), 200).await;
}

#[tokio::test]
async fn org_03_whoever_decides_who_sees_which_field_places_themselves() {
    let w = World::new().await;
    let moe = w.person("Moe", &[]).await;
    let role = w.role(&["people.place", "departments.manage", "organisation.edit"]).await;
    w.give(&moe, &role, None).await;
    for who in [&moe, &w.ann] {
        let here = json!({ "department_ids": [w.north], "leads": [w.north] });
        w.ask(who, ("PATCH", &format!("/v1/members/{}", who.id)), here, 200).await;
        let lab = format!("/v1/departments/{}", w.lab);
        w.ask(who, ("PATCH", &lab), json!({ "dotted_leader_ids": [who.id] }), 200).await;
    }
}

async fn lines(w: &World, wanted: Wanted) -> Vec<Found> {
    let mut tx = w.t.app.begin(w.acme, Actor::System).await.unwrap();
    kernel::audit::page(&mut tx, &wanted, 200).await.unwrap()
}

/// What was, what is, and the right it rests on, of every line of this name; the oldest first.
async fn told(w: &World, name: &str) -> Vec<(Value, Value, Option<String>)> {
    let found = lines(w, Wanted { name: Some(name.to_owned()), ..Wanted::default() }).await;
    let part = |data: &BTreeMap<String, Value>, key: &str| data.get(key).cloned().unwrap_or_default();
    let read = |one: Found| (part(&one.data, "before"), part(&one.data, "after"), one.stored.rule);
    found.into_iter().rev().map(read).collect()
}

#[tokio::test]
async fn adm_06_the_log_says_what_a_department_was_and_is_by_the_right_it_rests_on() {
    let w = World::new().await;
    let made = told(&w, "directory.department_written").await.len();
    let lab = format!("/v1/departments/{}", w.lab);
    let both = json!({ "parent_id": w.sales, "is_hidden": true, "sees": "own", "sees_also": [w.north] });
    w.ask(&w.ann, ("PATCH", &lab), both, 200).await;
    w.ask(&w.ann, ("PATCH", &lab), json!({ "name": "Laboratory", "is_archived": true }), 200).await;
    w.ask(&w.ann, ("PATCH", &lab), json!({ "name": "Laboratory" }), 200).await;
    w.ask(&w.ann, ("DELETE", &lab), Value::Null, 204).await;
    let lines = told(&w, "directory.department_written").await.split_off(made);
    let manage = Some("departments.manage".to_owned());
    let sight = json!({ "is_hidden": true, "sees": "own", "sees_also": [w.north] });
    let expected = [
        (json!({ "parent_id": null }), json!({ "parent_id": w.sales }), manage.clone()),
        (
            json!({ "is_hidden": false, "sees": "inherit", "sees_also": [] }),
            sight,
            Some("organisation.edit".to_owned()),
        ),
        (json!({ "is_archived": false }), json!({ "is_archived": true }), manage),
    ];
    assert_eq!(lines[..3], expected);
    assert_eq!(lines.len(), 4, "what is the same is not told");
    assert_eq!((&lines[3].0["is_hidden"], &lines[3].1), (&json!(true), &json!({})), "what it was when it was deleted");
    assert!(!format!("{lines:?}").contains("Lab"), "names are not told");
}

#[tokio::test]
async fn adm_06_the_log_says_where_somebody_was_and_is_by_the_right_to_place_them() {
    let w = World::new().await;
    let bob = w.person("Bob", &[&w.north]).await;
    let before = told(&w, "directory.member_placed").await.len();
    let here = json!({ "department_ids": [w.south, w.north], "leads": [w.south], "position": "Welder" });
    w.ask(&w.ann, ("PATCH", &format!("/v1/members/{}", bob.id)), here, 200).await;
    w.ask(&w.ann, ("PATCH", &format!("/v1/departments/{}", w.lab)), json!({ "dotted_leader_ids": [bob.id] }), 200)
        .await;
    let lines = told(&w, "directory.member_placed").await.split_off(before);
    let was = json!({ "department_ids": [w.north], "leads": [], "leads_from_outside": [] });
    let then = json!({ "department_ids": [w.south, w.north], "leads": [w.south], "leads_from_outside": [] });
    let now = json!({ "department_ids": [w.south, w.north], "leads": [w.south], "leads_from_outside": [w.lab] });
    let (place, manage) = (Some("people.place".to_owned()), Some("departments.manage".to_owned()));
    assert_eq!(lines, [(was, then.clone(), place), (then, now, manage)]);
    let changed = lines_of_changes(&w).await;
    assert_eq!(changed.last().unwrap(), &(json!(["departments", "position"]), Some("people.edit".to_owned())));
}

/// Which fields, and the right, of every person that was changed.
async fn lines_of_changes(w: &World) -> Vec<(Value, Option<String>)> {
    let wanted = Wanted { name: Some("directory.member_changed".to_owned()), ..Wanted::default() };
    lines(w, wanted).await.into_iter().rev().map(|one| (one.data["fields"].clone(), one.stored.rule)).collect()
}
