//! One set per member, which every sharing asks (foundation §7).

use std::collections::{BTreeMap, BTreeSet};

use access::DepartmentId;
use directory::{Principal, members_of_principal, principals};
use kernel::Actor;
use serde_json::{Value, json};
use testkit::Person;

use crate::world::{World, text};

/// A small generator, so that the sequence is the same every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % n
    }
}

/// Recounts everybody's set from what the API says of people, departments and roles.
async fn recounted(w: &World, people: &[Person]) -> BTreeMap<String, BTreeSet<String>> {
    let tree = w.ask(&w.ann, ("GET", "/v1/departments"), Value::Null, 200).await;
    let parent = |id: &str| {
        let found = tree["items"].as_array().unwrap().iter().find(|one| one["id"] == id).unwrap();
        found["parent_id"].as_str().map(String::from)
    };
    let grants = w.ask(&w.ann, ("GET", "/v1/role-grants"), Value::Null, 200).await;
    let mut sets = BTreeMap::new();
    for person in people {
        let seen = w.ask(&w.ann, ("GET", &format!("/v1/members/{}", person.id)), Value::Null, 200).await;
        let mut set = BTreeSet::new();
        if seen["state"] == "active" {
            set.extend(["everyone".to_owned(), format!("member {}", person.id)]);
            for department in seen["department_ids"].as_array().unwrap() {
                let above = std::iter::successors(Some(text(department)), |id| parent(id));
                set.extend(above.map(|id| format!("department {id}")));
            }
            let theirs = grants["items"].as_array().unwrap().iter().filter(|one| one["member_id"] == json!(person.id));
            set.extend(theirs.map(|grant| format!("role {}", text(&grant["role_id"]))));
        }
        sets.insert(person.id.to_string(), set);
    }
    sets
}

async fn kept(w: &World, people: &[Person]) -> BTreeMap<String, BTreeSet<String>> {
    let mut tx = w.t.app.begin(w.acme, Actor::System).await.unwrap();
    let mut sets = BTreeMap::new();
    for person in people {
        let set = principals(&mut tx, person.id).await.unwrap();
        let named = |one: &Principal| match one {
            Principal::Everyone => "everyone".to_owned(),
            Principal::Member(id) => format!("member {id}"),
            Principal::Department(id) => format!("department {id}"),
            Principal::Role(id) => format!("role {id}"),
            Principal::PeopleGroup(id) => format!("people_group {id}"),
        };
        sets.insert(person.id.to_string(), set.iter().map(named).collect());
    }
    sets
}

#[tokio::test]
async fn whatever_happens_the_sets_are_what_a_recount_says() {
    let w = World::new().await;
    let mut people = Vec::new();
    for n in 0..6 {
        people.push(w.person(&format!("Nr{n}"), &[]).await);
    }
    let mut departments = vec![w.sales.clone(), w.north.clone(), w.south.clone(), w.lab.clone()];
    let roles = [w.role(&["people.edit"]).await, w.role(&["people.see"]).await];
    let mut dice = Dice(7);
    let mut done = 0;
    for step in 0..120 {
        let (who, place) = (people[dice.below(6)].clone(), departments[dice.below(departments.len())].clone());
        let other = departments[dice.below(departments.len())].clone();
        let (method, path, body) = match dice.below(7) {
            0 | 1 => ("PATCH", format!("/v1/members/{}", who.id), json!({ "department_ids": [place, other] })),
            2 => ("PATCH", format!("/v1/departments/{place}"), json!({ "parent_id": other })),
            3 => ("PATCH", format!("/v1/departments/{place}"), json!({ "parent_id": null })),
            4 => {
                let scope = (dice.below(2) == 0).then_some(place);
                let new = json!({ "member_id": who.id, "role_id": roles[dice.below(2)], "department_id": scope });
                ("POST", "/v1/role-grants".into(), new)
            }
            5 => {
                let grants =
                    w.ask(&w.ann, ("GET", &format!("/v1/role-grants?member={}", who.id)), Value::Null, 200).await;
                let grants = grants["items"].as_array().unwrap().clone();
                // Whoever has none keeps it so: the call finds nothing.
                let grant = grants.first().map_or_else(|| place.clone(), |one| text(&one["id"]));
                ("DELETE", format!("/v1/role-grants/{grant}"), Value::Null)
            }
            _ => ("POST", "/v1/departments".into(), json!({ "name": format!("D{step}"), "parent_id": place })),
        };
        let (status, answer) = w.t.call(&w.ann, method, &path, body).await;
        assert!(!status.is_server_error(), "{method} {path}: {answer}");
        done += usize::from(status.is_success());
        if status == 201 && path == "/v1/departments" {
            departments.push(text(&answer["id"]));
        }
        // At once, before any subscriber has heard of it.
        assert_eq!(kept(&w, &people).await, recounted(&w, &people).await, "after {method} {path}");
    }
    assert!(done > 60, "{done} of the tries did something");
    w.t.run_subscribers().await;
    assert_eq!(kept(&w, &people).await, recounted(&w, &people).await, "hearing of it all again changes nothing");
}

#[tokio::test]
async fn a_change_that_only_says_so_by_its_event_is_followed() {
    let w = World::new().await;
    let nora = w.person("Nora", &[&w.north]).await;
    let mut tx = w.t.app.begin(w.acme, Actor::System).await.unwrap();
    sqlx::query("delete from directory.principal").execute(tx.db()).await.unwrap();
    tx.emit(&directory::events::DepartmentChanged { department: DepartmentId(w.sales.parse().unwrap()) }).unwrap();
    tx.commit().await.unwrap();
    w.t.run_subscribers().await;
    let mut tx = w.t.app.begin(w.acme, Actor::System).await.unwrap();
    for department in [&w.north, &w.sales] {
        let principal = Principal::Department(DepartmentId(department.parse().unwrap()));
        assert_eq!(members_of_principal(&mut tx, principal).await.unwrap(), [nora.id]);
    }
    directory::set_state(&mut tx, nora.id, directory::State::Suspended).await.unwrap();
    assert_eq!(principals(&mut tx, nora.id).await.unwrap(), [], "who is shut out is let in as nobody");
    let lab = Principal::Department(DepartmentId(w.lab.parse().unwrap()));
    assert_eq!(members_of_principal(&mut tx, lab).await.unwrap(), []);
    assert_eq!(members_of_principal(&mut tx, Principal::Everyone).await.unwrap(), [w.ann.id]);
}
