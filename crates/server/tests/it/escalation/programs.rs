//! Programs with a token, and people, keep the directory in line; tokens are made and ended.

use serde_json::{Value, json};
use testkit::Person;
use uuid::Uuid;

use super::snapshot::Snapshot;
use super::world::{Dice, Done, KNOWN, Need, Program, STAFF, World};

pub async fn attempt(w: &mut World, dice: &mut Dice, by: &Person, last: &Snapshot) -> Option<Done> {
    match dice.below(8) {
        0 | 1 => make(w, dice, by).await,
        2 if !w.programs.is_empty() => {
            let token = dice.one(&w.programs).clone();
            let path = format!("/v1/service-tokens/{}", token.id);
            w.ask(by, &("DELETE", path.clone(), Value::Null)).await?;
            Some(Done::new(by, "token ended", path).needing(by.id.0, "tokens.manage", &[]))
        }
        _ => upsert(w, dice, by, last).await,
    }
}

async fn make(w: &mut World, dice: &mut Dice, by: &Person) -> Option<Done> {
    let (permissions, places) = (dice.lent(), (0..dice.below(3)).map(|_| dice.one(&w.departments).clone()));
    let places: Vec<String> = places.collect();
    let wanted = json!({ "name": "Ours", "permissions": permissions, "department_ids": places, "expires_in_days": 9 });
    w.prove(by).await;
    let made = w.ask(by, &("POST", "/v1/service-tokens".into(), wanted.clone())).await?;
    w.take_program(&made);
    let places: Vec<Uuid> = places.iter().map(|one| one.parse().unwrap()).collect();
    let done = Done::new(by, "token made", wanted).needing(by.id.0, "tokens.manage", &[]);
    Some(permissions.into_iter().fold(done, |done, one| done.needing(by.id.0, one, &places)))
}

/// By a program of the group, or by hand.
async fn upsert(w: &mut World, dice: &mut Dice, by: &Person, last: &Snapshot) -> Option<Done> {
    let programs = w.programs.clone();
    let program: Option<&Program> =
        if programs.is_empty() || dice.below(4) == 0 { None } else { Some(dice.one(&programs)) };
    let (body, needs) = row(w, dice, last);
    let bearer = program.map(|one| format!("Bearer {}", one.secret));
    let (who, headers): (_, Vec<(&str, &str)>) = match &bearer {
        Some(bearer) => (None, vec![("authorization", bearer.as_str())]),
        None => (Some(by), Vec::new()),
    };
    let bytes = body.to_string().into_bytes();
    let (status, answer) = w.t.send(who, "POST", "/v1/provisioning/upsert", bytes, &headers).await;
    let answer = serde_json::from_slice(&answer).unwrap_or_default();
    let answer = w.judged(status, answer, &body.to_string())?;
    let rows = answer["people"].as_array().unwrap().iter().chain(answer["departments"].as_array().unwrap());
    if rows.into_iter().all(|one| one["outcome"] == "unchanged") {
        return None;
    }
    let mut done = Done::new(by, if program.is_some() { "program upserted" } else { "upserted by hand" }, body);
    // A program sees nothing: what it changes shows nobody more to whoever made it than they could have it do themselves.
    done.by = program.is_none().then_some(by.id.0);
    let who = program.map_or(by.id.0, |one| one.id);
    done.needs = needs.into_iter().map(|(permission, places)| Need { who, permission, places }).collect();
    Some(done)
}

type Row = (Value, Vec<(&'static str, Vec<Uuid>)>);

/// One row, and what it takes to write it.
fn row(w: &World, dice: &mut Dice, last: &Snapshot) -> Row {
    let n = dice.below(STAFF);
    let person = json!({ "external_id": format!("p{n}"), "name": format!("Nr{n}") });
    let now = last.places.get(&w.people[n].id.0).cloned().unwrap_or_default();
    let (at, below) = (dice.below(KNOWN), dice.below(KNOWN));
    let id = |place: usize| -> Uuid { w.departments[place].parse().unwrap() };
    let with = |more: Value| {
        let mut row = person.clone();
        row.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        json!({ "people": [row] })
    };
    match dice.below(9) {
        0 | 1 => {
            let to: Vec<usize> = (0..dice.below(3)).map(|_| dice.below(KNOWN)).collect();
            let names: Vec<String> = to.iter().map(|one| format!("d{one}")).collect();
            let there = to.into_iter().map(id).collect();
            (with(json!({ "department_external_ids": names })), vec![("people.place", now), ("people.place", there)])
        }
        2 => {
            let name = format!("d{at}");
            let row = with(json!({ "department_external_ids": [name], "leads_external_ids": [name] }));
            (row, vec![("people.place", now), ("people.place", vec![id(at)])])
        }
        3 => (with(json!({ "state": "suspended" })), vec![("people.suspend", now)]),
        4 => (with(json!({ "state": "left" })), vec![("people.remove", now)]),
        // What lets in again is the way back from what was done before: either of two permissions.
        5 => (with(json!({ "state": "active" })), Vec::new()),
        6 => (with(json!({ "position": dice.name('t') })), vec![("people.edit", now)]),
        7 => {
            let name = dice.name('n');
            let new = json!({ "external_id": name, "name": name, "user_id": name, "department_external_ids": [format!("d{at}")] });
            (json!({ "people": [new] }), vec![("people.add", vec![id(at)])])
        }
        _ => {
            let row = json!({ "external_id": format!("d{at}"), "name": format!("D{at}"), "parent_external_id": format!("d{below}") });
            let manage = "departments.manage";
            (json!({ "departments": [row] }), vec![(manage, vec![id(at)]), (manage, vec![id(below)])])
        }
    }
}
