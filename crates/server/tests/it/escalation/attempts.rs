//! Calls about people, departments and rights, one at a time.

use kernel::MemberId;
use serde_json::{Value, json};
use testkit::Person;

use super::world::{Call, Dice, Done, World};

pub async fn attempt(w: &mut World, dice: &mut Dice, by: &Person) -> Option<Done> {
    let call = w.attempt(dice, by.id).await;
    let (method, path, body) = &call;
    // Some of it takes the password again.
    if path.ends_with("/remove") || path.starts_with("/v1/role-grants") {
        w.prove(by).await;
    }
    w.ask(by, &call).await?;
    let what = path.split('/').nth(2).unwrap();
    let deed = path.rsplit('/').next().filter(|last| matches!(*last, "merge" | "initial-password"));
    Some(Done::new(by, &format!("{} {what}", deed.unwrap_or(method)), format!("{path} {body}")))
}

impl World {
    /// Something to try.
    async fn attempt(&self, dice: &mut Dice, by: MemberId) -> Call {
        match dice.below(3) {
            0 => self.attempt_about_people(dice, by),
            1 => self.attempt_about_departments(dice, by),
            _ => self.attempt_about_rights(dice, by).await,
        }
    }

    /// Somebody is added, changed, placed, shut out or let in again.
    fn attempt_about_people(&self, dice: &mut Dice, by: MemberId) -> Call {
        let (who, place) = (self.somebody(dice, by), dice.one(&self.departments).clone());
        let card = format!("/v1/members/{who}");
        match dice.below(12) {
            0..=2 => {
                let to: Vec<&String> = (0..dice.below(3)).map(|_| dice.one(&self.departments)).collect();
                ("PATCH", card, json!({ "department_ids": to }))
            }
            3 => ("PATCH", card, json!({ "department_ids": [place], "leads": [place] })),
            4 => ("PATCH", card, json!({ "leads": [place] })),
            5 => ("PATCH", card, json!({ "user_id": format!("u{}", dice.below(1_000_000_000)) })),
            6 => {
                let name = format!("n{}", dice.below(1_000_000_000));
                let role = *dice.one(&["member", "member", "administrator", "owner"]);
                let new = json!({ "name": name, "user_id": name, "role": role, "department_ids": [place] });
                ("POST", "/v1/members".into(), new)
            }
            7 => ("POST", format!("{card}/suspend"), json!({})),
            8 => ("POST", format!("{card}/disable"), json!({ "months": 1 })),
            9 => ("POST", format!("{card}/remove"), Value::Null),
            _ => ("POST", format!("{card}/resume"), Value::Null),
        }
    }

    /// A department is made, hung elsewhere, merged, led, hidden, taken out of use, or deleted.
    fn attempt_about_departments(&self, dice: &mut Dice, by: MemberId) -> Call {
        let (place, other) = (dice.one(&self.departments).clone(), dice.one(&self.departments).clone());
        let below = (dice.below(4) > 0).then_some(other.clone());
        let path = format!("/v1/departments/{place}");
        match dice.below(12) {
            0 | 1 => ("PATCH", path, json!({ "parent_id": below })),
            2 | 3 => ("PATCH", path, json!({ "dotted_leader_ids": [self.somebody(dice, by)] })),
            4 | 9 | 10 => ("POST", format!("{path}/merge"), json!({ "into": other })),
            5 => ("DELETE", path, Value::Null),
            6 => ("PATCH", path, json!({ "is_archived": dice.below(3) == 0 })),
            7 => ("PATCH", path, json!({ "is_hidden": dice.below(2) == 0, "sees": *dice.one(&["own", "everyone"]) })),
            8 => ("POST", "/v1/invitations".into(), json!({ "department_id": below })),
            _ => {
                let name = format!("D{}", dice.below(1_000_000_000));
                ("POST", "/v1/departments".into(), json!({ "name": name, "parent_id": below }))
            }
        }
    }

    /// Roles are written, given and taken, a password is made, it is decided who sees a field.
    async fn attempt_about_rights(&self, dice: &mut Dice, by: MemberId) -> Call {
        // What they wrote themselves they may give most likely.
        let role = if dice.below(3) == 0 { self.roles.last().unwrap() } else { dice.one(&self.roles) };
        let (who, role) = (self.somebody(dice, by), role.clone());
        let below = (dice.below(4) > 0).then(|| dice.one(&self.departments).clone());
        match dice.below(9) {
            0..=2 => {
                let new = json!({ "member_id": who, "role_id": role, "department_id": below });
                ("POST", "/v1/role-grants".into(), new)
            }
            3 => {
                let (_, grants) = self.t.call(&self.ann, "GET", "/v1/role-grants", Value::Null).await;
                let grants = grants["items"].as_array().unwrap().clone();
                ("DELETE", format!("/v1/role-grants/{}", dice.one(&grants)["id"].as_str().unwrap()), Value::Null)
            }
            4 => ("PATCH", format!("/v1/roles/{role}"), json!({ "permissions": dice.permissions(6) })),
            5 => ("POST", "/v1/roles".into(), json!({ "name": dice.name('M'), "permissions": dice.permissions(2) })),
            6 => ("POST", format!("/v1/members/{who}/initial-password"), Value::Null),
            7 => {
                let seen_by = *dice.one(&["everyone", "department", "leaders", "administrators"]);
                ("PATCH", format!("/v1/fields/{}", dice.one(&self.fields)), json!({ "seen_by": [seen_by, "oneself"] }))
            }
            _ => {
                let role = *dice.one(&["administrator", "owner", "member"]);
                ("PATCH", format!("/v1/members/{who}"), json!({ "role": role }))
            }
        }
    }
}
