//! What somebody had who is shut out is handed over: roles, departments they led, groups, contacts.

use serde_json::{Value, json};
use testkit::Person;
use uuid::Uuid;

use super::snapshot::Snapshot;
use super::world::{Dice, Done, World};

pub async fn attempt(w: &mut World, dice: &mut Dice, by: &Person, last: &Snapshot) -> Option<Done> {
    let listed = w.ask(by, &("GET", "/v1/hand-overs".into(), Value::Null)).await?;
    let leavers = listed["items"].as_array().unwrap();
    if leavers.is_empty() {
        return None;
    }
    let leaver = dice.one(leavers)["member_id"].as_str().unwrap().to_owned();
    let path = format!("/v1/hand-overs/{leaver}");
    let shown = w.ask(by, &("GET", path.clone(), Value::Null)).await?;
    let things = shown["things"].as_array().unwrap();
    if things.is_empty() {
        return None;
    }
    let thing = dice.one(things);
    let input =
        json!({ "kind": thing["kind"], "thing_id": thing["thing_id"], "successor_id": w.somebody(dice, by.id) });
    w.ask(by, &("POST", format!("{path}/decisions"), input.clone())).await?;
    let leaver: Uuid = leaver.parse().unwrap();
    let kind = format!("handed over {}", thing["kind"].as_str().unwrap());
    Some(Done::new(by, &kind, input).needing(by.id.0, "people.remove", &last.places[&leaver]))
}
