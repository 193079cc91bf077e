//! Who sees a group and who is in it: no rule tells what its reader may not see (`DIR-03`, `ORG-03`).

use directory::Principal;
use kernel::Actor;
use serde_json::{Value, json};

use crate::world::{World, by_hand, by_rule, text};

async fn found(w: &World, who: &testkit::Person) -> Vec<String> {
    let page = w.ask_as(who, ("GET", "/v1/people-groups"), Value::Null, 200).await;
    page["items"].as_array().unwrap().iter().map(|one| text(&one["name"])).collect()
}

#[tokio::test]
async fn dir_03_a_group_by_a_field_that_not_everybody_sees_is_withheld_from_colleagues() {
    let w = World::new().await;
    let (nora, eve) = (w.person("Nora", &[&w.north]).await, w.person("Eve", &[]).await);
    w.change(&nora, json!({ "values": { w.grade.clone(): "gold", w.level.clone(): "3" } })).await;
    let gold = json!([{ "field_id": w.grade, "test": "equals", "values": ["gold"] }]);
    let secret = w.group("Gold", by_rule(&[], false, gold)).await;
    let three = json!([{ "field_id": w.level, "test": "equals", "values": ["3"] }]);
    let open = w.group("Three", by_rule(&[], false, three)).await;
    assert_eq!(w.people(&secret).await, ["Nora"]);
    assert_eq!(found(&w, &w.ann).await, ["Gold", "Three"]);
    let shown = w.ask(("GET", &format!("/v1/people-groups/{secret}")), Value::Null, 200).await;
    assert_eq!((&shown["managed"]["is_shown"], &shown["managed"]["is_withheld"]), (&json!(true), &json!(true)));
    // Not even she who is in it.
    for who in [&eve, &nora] {
        assert_eq!(found(&w, who).await, ["Three"]);
        for path in [format!("/v1/people-groups/{secret}"), format!("/v1/people-groups/{secret}/members")] {
            w.ask_as(who, ("GET", &path), Value::Null, 404).await;
        }
    }
    let shown = w.ask_as(&eve, ("GET", &format!("/v1/people-groups/{open}")), Value::Null, 200).await;
    assert_eq!((&shown["member_count"], &shown["can"]["edit"]), (&json!(1), &json!(false)));
    assert!(shown.get("managed").is_none(), "what makes it is for those who manage it: {shown}");
    // The field is for administrators from now on: what it made is too.
    let rule = json!({ "seen_by": ["administrators"] });
    w.ask(("PATCH", &format!("/v1/fields/{}", w.level)), rule, 200).await;
    assert!(found(&w, &eve).await.is_empty());
    assert_eq!(w.people(&open).await, ["Nora"], "in it they are all the same");
}

#[tokio::test]
async fn dir_01_colleagues_find_what_is_shown_and_see_of_it_whom_they_see() {
    let w = World::new().await;
    let (nora, hidden) = (w.person("Nora", &[&w.north]).await, w.person("Hal", &[&w.north]).await);
    let eve = w.person("Eve", &[&w.lab]).await;
    let group = w.group("North", by_rule(&[&w.north], false, json!([]))).await;
    let new = json!({ "name": "Quiet", "made_by": by_hand(&[&nora], &[]) });
    let quiet = text(&w.ask(("POST", "/v1/people-groups"), new, 201).await["id"]);
    assert_eq!(found(&w, &eve).await, ["North"]);
    w.ask_as(&eve, ("GET", &format!("/v1/people-groups/{quiet}")), Value::Null, 404).await;
    w.change(&hidden, json!({ "is_hidden": true })).await;
    w.t.run_subscribers().await;
    let path = format!("/v1/people-groups/{group}");
    assert_eq!(w.ask_as(&eve, ("GET", &path), Value::Null, 200).await["member_count"], 1);
    let page = w.ask_as(&eve, ("GET", &format!("{path}/members")), Value::Null, 200).await;
    assert_eq!(page["items"].as_array().unwrap().len(), 1);
    assert_eq!(page["items"][0]["name"], "Nora");
}

#[tokio::test]
async fn org_03_who_manages_only_a_department_or_does_not_see_everybody_puts_no_groups_together() {
    let w = World::new().await;
    let eve = w.person("Eve", &[]).await;
    let new = json!({ "name": "Mine", "made_by": by_hand(&[], &[]) });
    for (permissions, department, status) in [
        (vec!["departments.manage", "people.see"], Some(&w.north), 403),
        (vec!["departments.manage"], None, 403),
        (vec!["people.see"], None, 201),
    ] {
        let role = json!({ "name": format!("Some {}", w.t.app.new_id()), "permissions": permissions });
        let role = text(&w.ask(("POST", "/v1/roles"), role, 201).await["id"]);
        let grant = json!({ "member_id": eve.id, "role_id": role, "department_id": department });
        w.ask(("POST", "/v1/role-grants"), grant, 201).await;
        w.ask_as(&eve, ("POST", "/v1/people-groups"), new.clone(), status).await;
    }
}

#[tokio::test]
async fn who_is_in_a_group_may_be_let_in_under_its_name_while_they_are_active() {
    let w = World::new().await;
    let nora = w.person("Nora", &[&w.north]).await;
    let group = w.group("North", by_rule(&[&w.north], false, json!([]))).await;
    w.people(&group).await;
    let principal = Principal::PeopleGroup(people_groups::PeopleGroupId(group.parse().unwrap()));
    let mut tx = w.t.app.begin(w.acme, Actor::System).await.unwrap();
    assert!(directory::principals(&mut tx, nora.id).await.unwrap().contains(&principal));
    assert_eq!(directory::members_of_principal(&mut tx, principal).await.unwrap(), [nora.id]);
    drop(tx);
    w.set_state(&nora, directory::State::Suspended).await;
    let mut tx = w.t.app.begin(w.acme, Actor::System).await.unwrap();
    assert_eq!(directory::principals(&mut tx, nora.id).await.unwrap(), [], "at once");
    drop(tx);
    w.set_state(&nora, directory::State::Active).await;
    assert_eq!(w.people(&group).await, ["Nora"]);
    w.ask(("DELETE", &format!("/v1/people-groups/{group}")), Value::Null, 204).await;
    let mut tx = w.t.app.begin(w.acme, Actor::System).await.unwrap();
    assert!(!directory::principals(&mut tx, nora.id).await.unwrap().contains(&principal));
}
