//! Over random people, places, roles, rules and fields: nobody ever receives, or finds anybody by, what they may not see
//! (`DIR-03`, `DIR-08`). What may be seen is worked out here a second time, one person and one department at a time.

use std::collections::BTreeMap;

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

    fn some<'a>(&mut self, all: &[&'a str]) -> Vec<&'a str> {
        all.iter().copied().filter(|_| self.below(3) == 0).collect()
    }
}

#[derive(Default, Clone)]
struct Department {
    parent: Option<String>,
    is_hidden: bool,
    sees: String,
    also: Vec<String>,
}

#[derive(Default, Clone)]
struct Facts {
    places: Vec<String>,
    leads: Vec<String>,
    is_hidden: bool,
    /// Departments for which they hold `people.see`.
    after: Vec<String>,
}

/// All that decides who sees what.
struct Known {
    departments: BTreeMap<String, Department>,
    people: Vec<(Person, Facts)>,
    /// Who sees the staff number, and the field of the organisation's own.
    rules: [Vec<&'static str>; 2],
    /// Whether most of the staff number is hidden.
    is_masked: bool,
}

impl Known {
    fn is_below(&self, one: &str, top: &str) -> bool {
        let parent = |id: &String| self.departments[id].parent.clone();
        std::iter::successors(Some(one.to_owned()), parent).any(|id| id == top)
    }

    /// The nearest word on how far whoever is in the department sees.
    fn limit(&self, place: &str) -> Option<&str> {
        let mut at = Some(place);
        while let Some(id) = at {
            let found = self.departments.get_key_value(id).unwrap();
            match found.1.sees.as_str() {
                "everyone" => return None,
                "own" => return Some(found.0),
                _ => at = found.1.parent.as_deref(),
            }
        }
        None
    }

    fn looks_after(&self, viewer: &Facts, person: &Facts) -> bool {
        let covered = |place: &String| viewer.after.iter().any(|top| self.is_below(place, top));
        !person.places.is_empty() && person.places.iter().all(covered)
    }

    fn reaches(&self, viewer: &Facts, department: &str) -> bool {
        if viewer.after.iter().any(|top| self.is_below(department, top)) {
            return true;
        }
        let in_limit = |limit: &str| {
            self.is_below(department, limit)
                || self.departments[limit].also.iter().any(|also| self.is_below(department, also))
        };
        let is_near =
            viewer.places.is_empty() || viewer.places.iter().any(|place| self.limit(place).is_none_or(in_limit));
        let is_open = |(id, one): (&String, &Department)| {
            !one.is_hidden
                || !self.is_below(department, id)
                || viewer.places.iter().any(|place| self.is_below(place, id))
        };
        is_near && self.departments.iter().all(is_open)
    }

    fn meets(&self, viewer: usize, person: usize) -> bool {
        let (seer, seen) = (&self.people[viewer].1, &self.people[person].1);
        if viewer == person || self.looks_after(seer, seen) {
            return true;
        }
        let is_unlimited = seer.places.is_empty() || seer.places.iter().any(|place| self.limit(place).is_none());
        let is_placed = if seen.places.is_empty() {
            is_unlimited
        } else {
            seen.places.iter().any(|place| self.reaches(seer, place))
        };
        !seen.is_hidden && is_placed
    }

    fn sees(&self, rule: &[&str], viewer: usize, person: usize) -> bool {
        let (seer, seen) = (&self.people[viewer].1, &self.people[person].1);
        let is = |audience: &&str| match *audience {
            "everyone" => true,
            "department" => seen.places.iter().any(|place| seer.places.contains(place)),
            "leaders" => seen.places.iter().any(|place| seer.leads.iter().any(|led| self.is_below(place, led))),
            "administrators" => self.looks_after(seer, seen),
            _ => viewer == person,
        };
        self.meets(viewer, person) && rule.iter().any(is)
    }
}

/// What one caller is told of everybody, in every way there is, must be what the facts allow.
async fn check(w: &World, known: &Known, [number_field, field]: [&str; 2], viewer: usize) {
    let by = &known.people[viewer].0;
    let ids: Vec<String> = known.people.iter().map(|(person, _)| person.id.to_string()).collect();
    let list = w.ask(by, ("GET", "/v1/members?limit=200"), Value::Null, 200).await;
    let asked = w.ask(by, ("GET", &format!("/v1/members?ids={}", ids.join(","))), Value::Null, 200).await;
    let found = w.ask(by, ("GET", "/v1/members?query=zz-"), Value::Null, 200).await;
    let counted = w.ask(by, ("GET", "/v1/members/count?query=zz-"), Value::Null, 200).await;
    let tree = w.ask(by, ("GET", "/v1/departments"), Value::Null, 200).await;
    assert_eq!(counted["count"], json!(found["items"].as_array().unwrap().len()));
    let of = |page: &Value, id: &str| page["items"].as_array().unwrap().iter().find(|one| one["id"] == id).cloned();
    for (person, id) in ids.iter().enumerate() {
        let told =
            format!("{viewer} of {person}: {:?} {:?}", known.people[viewer].1.places, known.people[person].1.places);
        let card = w.t.call(by, "GET", &format!("/v1/members/{id}"), Value::Null).await;
        let (meets, sees_number) = (known.meets(viewer, person), known.sees(&known.rules[0], viewer, person));
        let number = sees_number && (!known.is_masked || viewer == person);
        assert_eq!((of(&list, id).is_some(), of(&asked, id).is_some(), card.0 == 200), (meets, meets, meets), "{told}");
        assert_eq!(of(&found, id).is_some(), number, "{told}: found by the number");
        let is_leader = |one: &Value| one["leader_ids"].as_array().unwrap().contains(&json!(id));
        assert!(meets || !tree["items"].as_array().unwrap().iter().any(is_leader), "{told}: as a leader");
        for shown in [of(&list, id), of(&asked, id), meets.then_some(card.1)].into_iter().flatten() {
            let value = |field: &str| shown["values"].as_array().unwrap().iter().find(|one| one["field_id"] == field);
            let has = value(field).is_some();
            let masked = value(number_field).map(|one| one["value"].as_str().unwrap().to_owned());
            assert_eq!(masked.is_some(), sees_number && !number, "{told}");
            assert!(!masked.is_some_and(|text| text.contains("zz-")), "{told}");
            let places = shown["department_ids"].as_array().unwrap();
            assert!(places.iter().all(|place| of(&tree, place.as_str().unwrap()).is_some()), "{told}: {places:?}");
            assert_eq!(shown["staff_number"].is_string(), number, "{told}");
            assert_eq!(has, known.sees(&known.rules[1], viewer, person), "{told}");
        }
    }
    for id in known.departments.keys() {
        let mut below = known.departments.keys().filter(|one| known.is_below(one, id));
        let shows = below.any(|one| known.reaches(&known.people[viewer].1, one));
        assert_eq!(of(&tree, id).is_some(), shows, "{viewer} sees {id}");
    }
}

async fn begin(w: &World) -> (Known, String, String) {
    let department =
        |parent: Option<&String>| Department { parent: parent.cloned(), sees: "inherit".into(), ..Default::default() };
    let departments = [(&w.sales, None), (&w.north, Some(&w.sales)), (&w.south, Some(&w.sales)), (&w.lab, None)];
    let departments = departments.into_iter().map(|(id, parent)| (id.clone(), department(parent))).collect();
    let new = json!({"kind": "text", "names": {"en": "Size"}, "seen_by": ["everyone", "administrators"], "edited_by": ["administrators"]});
    let field = text(&w.ask(&w.ann, ("POST", "/v1/fields"), new, 201).await["id"]);
    let mut people = Vec::new();
    for n in 0..6 {
        let person = w.person(&format!("Nr{n}"), &[]).await;
        let facts = json!({"staff_number": format!("zz-{n}"), "values": {&field: "L"}});
        w.ask(&w.ann, ("PATCH", &format!("/v1/members/{}", person.id)), facts, 200).await;
        people.push((person, Facts::default()));
    }
    let fields = w.ask(&w.ann, ("GET", "/v1/fields"), Value::Null, 200).await;
    let number = fields["items"].as_array().unwrap().iter().find(|one| one["built_in"] == "staff_number").unwrap();
    let everyone = || vec!["everyone", "administrators", "oneself"];
    let known = Known { departments, people, rules: [everyone(), everyone()], is_masked: false };
    (known, text(&number["id"]), field)
}

#[tokio::test]
async fn dir_03_nobody_ever_receives_or_finds_by_what_they_may_not_see() {
    let w = World::new().await;
    let (mut known, number, field) = begin(&w).await;
    let role = w.role(&["people.see"]).await;
    let ids: Vec<String> = known.departments.keys().cloned().collect();
    let mut dice = Dice(11);
    for step in 0..60 {
        let (who, place) = (dice.below(6), ids[dice.below(4)].clone());
        match dice.below(6) {
            0 | 1 => {
                let places: Vec<String> = ids.iter().filter(|_| dice.below(3) == 0).cloned().collect();
                let leads: Vec<String> = places.iter().filter(|_| dice.below(3) == 0).cloned().collect();
                let hides = dice.below(4) == 0;
                let change = json!({"department_ids": places, "leads": leads, "is_hidden": hides});
                let path = format!("/v1/members/{}", known.people[who].0.id);
                w.ask(&w.ann, ("PATCH", &path), change, 200).await;
                let after = known.people[who].1.after.clone();
                known.people[who].1 = Facts { places, leads, is_hidden: hides, after };
            }
            2 => {
                let sees = ["inherit", "everyone", "own"][dice.below(3)];
                let also: Vec<String> = ids.iter().filter(|_| dice.below(4) == 0).cloned().collect();
                let hides = dice.below(3) == 0;
                let change = json!({"sees": sees, "sees_also": also, "is_hidden": hides});
                w.ask(&w.ann, ("PATCH", &format!("/v1/departments/{place}")), change, 200).await;
                let department = known.departments.get_mut(&place).unwrap();
                (department.sees, department.also, department.is_hidden) = (sees.to_owned(), also, hides);
            }
            3 if !known.people[who].1.after.contains(&place) => {
                w.give(&known.people[who].0, &role, Some(&place)).await;
                known.people[who].1.after.push(place);
            }
            _ => {
                let which = dice.below(2);
                let mut rule = dice.some(&["everyone", "department", "leaders", "oneself"]);
                rule.push("administrators");
                let path = format!("/v1/fields/{}", [&number, &field][which]);
                let masks = which == 0 && dice.below(2) == 0;
                known.is_masked = masks || (which != 0 && known.is_masked);
                let decision = json!({"seen_by": rule, "edited_by": ["administrators"], "is_masked": masks});
                w.ask(&w.ann, ("PATCH", &path), decision, 200).await;
                known.rules[which] = rule;
            }
        }
        check(&w, &known, [&number, &field], step % 6).await;
    }
    for viewer in 0..6 {
        check(&w, &known, [&number, &field], viewer).await;
    }
}
