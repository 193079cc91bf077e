//! After whatever happened, who is kept in a group is whom a recount finds (`DIR-02`, `DIR-04`).

use std::collections::{BTreeMap, BTreeSet};

use kernel::Actor;
use serde_json::{Value, json};
use testkit::Person;
use uuid::Uuid;

use crate::world::{World, by_hand, by_rule, position, text};

/// A small generator, so that a history is the same every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % n
    }

    fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }
}

/// A company at one moment of its history.
struct Story {
    w: World,
    people: Vec<Person>,
    departments: Vec<String>,
    groups: Vec<String>,
    dice: Dice,
}

type Sets = BTreeMap<String, BTreeSet<String>>;

impl Story {
    async fn begin(seed: u64) -> Self {
        let w = World::new().await;
        let mut people = Vec::new();
        for n in 0..6 {
            people.push(w.person(&format!("Nr{n}"), &[]).await);
        }
        let departments = vec![w.sales.clone(), w.north.clone(), w.south.clone(), w.lab.clone()];
        let mut story = Self { w, people, departments, groups: Vec::new(), dice: Dice(seed) };
        for n in 0..5 {
            let made_by = story.made_by();
            story.groups.push(story.w.group(&format!("Group {n}"), made_by).await);
        }
        story
    }

    /// Anything that makes a group.
    fn made_by(&mut self) -> Value {
        let dice = &mut self.dice;
        let departments: Vec<&str> = (0..dice.below(3)).map(|_| dice.one(&self.departments).as_str()).collect();
        if dice.below(3) == 0 {
            let people: Vec<&Person> = (0..dice.below(3)).map(|_| dice.one(&self.people)).collect();
            return by_hand(&people, &departments);
        }
        let tests = [
            json!({ "field_id": self.w.level, "test": "greater", "values": ["2"] }),
            json!({ "field_id": self.w.level, "test": "empty" }),
            json!({ "field_id": self.w.grade, "test": "one_of", "values": ["gold", "tin"] }),
            json!({ "field_id": position(), "test": "contains", "values": ["Chef"] }),
        ];
        let conditions: Vec<&Value> = (0..dice.below(3)).map(|_| dice.one(&tests)).collect();
        let mut rule = by_rule(&departments, dice.below(2) == 0, json!(conditions));
        rule["needs"] = json!(["all", "any"][dice.below(2)]);
        if conditions.is_empty() && departments.is_empty() { by_hand(&[], &[]) } else { rule }
    }

    /// Something happens, or is refused.
    async fn step(&mut self, n: usize) -> bool {
        let (who, place) = (self.dice.one(&self.people).clone(), self.dice.one(&self.departments).clone());
        let (other, group) = (self.dice.one(&self.departments).clone(), self.dice.one(&self.groups).clone());
        let person = format!("/v1/members/{}", who.id);
        let fields = format!("/v1/fields/{}", if self.dice.below(2) == 0 { &self.w.level } else { &self.w.grade });
        let (method, path, body) = match self.dice.below(12) {
            0 | 1 => ("PATCH", person, json!({ "department_ids": [place, other] })),
            2 => ("PATCH", person, json!({ "values": { self.w.level.clone(): self.dice.below(5).to_string() } })),
            3 => {
                let grade = *self.dice.one(&["gold", "tin", ""]);
                ("PATCH", person, json!({ "values": { self.w.grade.clone(): grade } }))
            }
            4 => ("PATCH", person, json!({ "position": *self.dice.one(&["Sous-Chef", "chef", "Clerk", ""]) })),
            5 => ("PATCH", format!("/v1/departments/{place}"), json!({ "parent_id": other })),
            6 => ("POST", format!("/v1/departments/{place}/merge"), json!({ "into": other })),
            7 => ("POST", "/v1/departments".into(), json!({ "name": format!("D{n}"), "parent_id": place })),
            8 => {
                let is_collected = self.dice.below(3) > 0;
                ("PATCH", fields, json!({ "is_collected": is_collected, "stored": "kept" }))
            }
            9 => ("PATCH", fields, json!({ "seen_by": [*self.dice.one(&["everyone", "leaders"]), "administrators"] })),
            10 => {
                self.move_on(&who).await;
                return true;
            }
            _ => ("PATCH", format!("/v1/people-groups/{group}"), json!({ "made_by": self.made_by() })),
        };
        let (status, answer) = self.w.t.call(&self.w.ann, method, &path, body).await;
        assert!(!status.is_server_error(), "{method} {path}: {answer}");
        if status == 201 {
            self.departments.push(text(&answer["id"]));
        }
        if status == 204 && path.ends_with("/merge") {
            self.departments.retain(|one| *one != place);
        }
        status.is_success()
    }

    /// Whoever is here leaves or is shut out, whoever is not comes back.
    async fn move_on(&mut self, who: &Person) {
        use directory::State::{Active, Leaving, Suspended};
        let mut tx = self.w.t.app.begin(self.w.acme, Actor::System).await.unwrap();
        let to = match directory::member_state(&mut tx, who.id).await.unwrap() {
            Active => *self.dice.one(&[Leaving, Suspended]),
            _ => Active,
        };
        directory::set_state(&mut tx, who.id, to).await.unwrap();
        tx.commit().await.unwrap();
    }

    async fn kept(&self) -> Sets {
        let mut tx = self.w.t.app.begin(self.w.acme, Actor::System).await.unwrap();
        let rows: Vec<(Uuid, Uuid)> =
            sqlx::query_as("select principal_id, member_id from directory.principal where kind = 'people_group'")
                .fetch_all(tx.db())
                .await
                .unwrap();
        let mut sets: Sets = self.groups.iter().map(|group| (group.clone(), BTreeSet::new())).collect();
        for (group, member) in rows {
            sets.get_mut(&group.to_string()).expect("a group that is there").insert(member.to_string());
        }
        sets
    }

    /// By what the API says of people, departments, fields and groups.
    async fn recounted(&self) -> Sets {
        let tree = self.w.ask(("GET", "/v1/departments"), Value::Null, 200).await;
        let parents: BTreeMap<String, Option<String>> = tree["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| (text(&one["id"]), one["parent_id"].as_str().map(String::from)))
            .collect();
        let fields = self.w.ask(("GET", "/v1/fields"), Value::Null, 200).await;
        let is_usable = |id: &Value| {
            let field = fields["items"].as_array().unwrap().iter().find(|field| field["id"] == *id).unwrap();
            field["is_collected"] == true
        };
        let mut people = vec![self.w.ann.clone()];
        people.extend(self.people.iter().cloned());
        let mut cards = Vec::new();
        for person in people {
            cards.push(self.w.ask(("GET", &format!("/v1/members/{}", person.id)), Value::Null, 200).await);
        }
        let mut sets = Sets::new();
        for group in &self.groups {
            let shown = self.w.ask(("GET", &format!("/v1/people-groups/{group}")), Value::Null, 200).await;
            let made_by = &shown["managed"]["made_by"];
            let is_sound = conditions(made_by).iter().all(|one| is_usable(&one["field_id"]));
            let inside =
                cards.iter().filter(|card| is_sound && card["state"] != "leaving" && is_meant(card, made_by, &parents));
            sets.insert(group.clone(), inside.map(|card| text(&card["id"])).collect());
        }
        sets
    }
}

fn conditions(made_by: &Value) -> Vec<Value> {
    made_by["conditions"].as_array().cloned().unwrap_or_default()
}

fn is_meant(card: &Value, made_by: &Value, parents: &BTreeMap<String, Option<String>>) -> bool {
    let named = made_by["department_ids"].as_array().unwrap();
    let by_hand = made_by["kind"] == "hand";
    let below = by_hand || made_by["includes_below"] == true;
    let is_in = |own: &Value| {
        let up = std::iter::successors(Some(text(own)), |id| parents[id].clone());
        up.take(if below { usize::MAX } else { 1 }).any(|id| named.contains(&json!(id)))
    };
    let is_placed = card["department_ids"].as_array().unwrap().iter().any(is_in);
    if by_hand {
        return is_placed || made_by["member_ids"].as_array().is_some_and(|ids| ids.contains(&card["id"]));
    }
    let conditions = conditions(made_by);
    let mut holds = conditions.iter().map(|condition| fulfils(card, condition));
    let is_fulfilled =
        conditions.is_empty() || if made_by["needs"] == "any" { holds.any(|one| one) } else { holds.all(|one| one) };
    (named.is_empty() || is_placed) && is_fulfilled
}

fn fulfils(card: &Value, condition: &Value) -> bool {
    let values = card["values"].as_array().unwrap();
    let own = values.iter().find(|value| value["field_id"] == condition["field_id"]).map(|value| text(&value["value"]));
    match (condition["test"].as_str().unwrap(), own) {
        ("empty", own) => own.is_none(),
        ("contains", _) => card["position"].as_str().is_some_and(|own| own.to_lowercase().contains("chef")),
        ("greater", own) => own.is_some_and(|own| own.parse::<i32>().unwrap() > 2),
        ("one_of", own) => own.is_some_and(|own| own == "gold" || own == "tin"),
        other => panic!("no such test: {other:?}"),
    }
}

async fn told(seed: u64) {
    let mut story = Story::begin(seed).await;
    let mut done = 0;
    for n in 0..60 {
        done += usize::from(story.step(n).await);
        // Sometimes several things happen before anybody hears of one.
        if story.dice.below(3) > 0 {
            story.w.t.run_subscribers().await;
            assert_eq!(story.kept().await, story.recounted().await, "seed {seed}, after step {n}");
        }
    }
    story.w.t.run_subscribers().await;
    assert_eq!(story.kept().await, story.recounted().await, "seed {seed}, at the end");
    assert!(done > 25, "{done} of the tries did something");
}

#[tokio::test]
async fn whatever_happens_who_is_kept_in_a_group_is_whom_a_recount_finds() {
    for seed in [3, 17, 99] {
        told(seed).await;
    }
}
