//! What two decide, groups of people, files of people, copies and passwords of one's own, and applications of a department.

use serde_json::{Value, json};
use testkit::Person;

use super::world::{Call, Dice, Done, World};

pub async fn attempt(w: &mut World, dice: &mut Dice, by: &Person) -> Option<Done> {
    match dice.below(8) {
        0 | 1 => lengthen(w, dice, by).await,
        2..=4 => approve(w, dice, by).await,
        5 => gather(w, dice, by).await,
        6 => take_away(w, by).await,
        _ => switch(w, dice, by).await,
    }
}

async fn lengthen(w: &mut World, dice: &mut Dice, by: &Person) -> Option<Done> {
    let days = *dice.one(&[90, 180, 360, 720]);
    let preview = w.ask(by, &("GET", format!("/v1/retention/preview?chat_retention_days={days}"), Value::Null)).await?;
    let mut wanted = json!({ "chat_retention_days": days, "preview": preview["token"], "is_confirmed": preview["needs_confirmation"] });
    if let Some(at) = preview.get("takes_effect_at") {
        wanted["takes_effect_at"] = at.clone();
    }
    w.prove(by).await;
    let asked = w.ask(by, &("PUT", "/v1/organisation/chat-retention".into(), wanted.clone())).await?;
    let done = Done::new(by, "retention asked for", wanted).needing(by.id.0, "content.retention", &[]);
    let second = w.caller(dice);
    if asked["act"].is_null() || dice.below(2) == 0 {
        return Some(done);
    }
    Some(say_yes(w, &second, &asked["act"]).await.unwrap_or(done))
}

/// Of what is open, whoever asked for it.
async fn approve(w: &mut World, dice: &mut Dice, by: &Person) -> Option<Done> {
    let (_, open) = w.t.call(&w.ann, "GET", "/v1/sensitive-acts?state=open", Value::Null).await;
    let open = open["items"].as_array().unwrap();
    if open.is_empty() {
        return None;
    }
    let act = dice.one(open).clone();
    say_yes(w, by, &act).await
}

/// The second says yes, and it is done.
async fn say_yes(w: &mut World, by: &Person, act: &Value) -> Option<Done> {
    w.prove(by).await;
    let path = format!("/v1/sensitive-acts/{}/approve", act["id"].as_str().unwrap());
    w.ask(by, &("POST", path, Value::Null)).await?;
    w.t.run_subscribers().await;
    assert_ne!(act["asked_by"], json!(by.id), "nobody is their own second");
    Some(Done::new(by, "act approved", act).needing(by.id.0, "acts.decide", &[]))
}

/// A group of people, by hand or by a rule; it lets nobody do anything, whoever is in it.
async fn gather(w: &mut World, dice: &mut Dice, by: &Person) -> Option<Done> {
    let place = dice.one(&w.departments).clone();
    let made_by = if dice.below(2) == 0 {
        json!({ "kind": "hand", "member_ids": [w.somebody(dice, by.id), by.id], "department_ids": [place] })
    } else {
        json!({ "kind": "rule", "department_ids": [place], "includes_below": true })
    };
    let call: Call = if w.people_groups.is_empty() || dice.below(2) == 0 {
        ("POST", "/v1/people-groups".into(), json!({ "name": dice.name('g'), "is_shown": true, "made_by": made_by }))
    } else {
        ("PATCH", format!("/v1/people-groups/{}", dice.one(&w.people_groups)), json!({ "made_by": made_by }))
    };
    let group = w.ask(by, &call).await?;
    if call.0 == "POST" {
        w.people_groups.push(group["id"].as_str().unwrap().to_owned());
    }
    let done = Done::new(by, "people group written", made_by).needing(by.id.0, "departments.manage", &[]);
    Some(done.needing(by.id.0, "people.see", &[]))
}

/// Everything there is of oneself, a password for an address book, and a file of people. What is somebody else's stays theirs.
async fn take_away(w: &mut World, by: &Person) -> Option<Done> {
    w.prove(by).await;
    let copy = w.ask(by, &("POST", "/v1/personal-exports".into(), json!({ "language": "en" }))).await;
    let password = w.ask(by, &("POST", "/v1/app-passwords".into(), json!({ "name": "Phone" }))).await;
    for other in w.people.iter().chain([&w.ann]).filter(|other| other.id != by.id) {
        for (kind, made) in [("personal-exports", &copy), ("app-passwords", &password)] {
            let Some(made) = made else { continue };
            let path = format!("/v1/{kind}/{}", made["id"].as_str().unwrap());
            let (status, answer) = w.t.call(other, "DELETE", &path, Value::Null).await;
            assert!(matches!(status.as_u16(), 403 | 404), "{} is {}'s, for {}: {answer}", path, by.id, other.id);
        }
    }
    let export = w.ask(by, &("POST", "/v1/people-exports".into(), json!({}))).await;
    let kind = match (copy, password, &export) {
        (Some(_), Some(_), Some(_)) => "people exported",
        (Some(_), Some(_), None) => "own things made",
        _ => return None,
    };
    Some(Done::new(by, kind, export.unwrap_or_default()))
}

async fn switch(w: &mut World, dice: &mut Dice, by: &Person) -> Option<Done> {
    let listed = w.ask(by, &("GET", "/v1/applications".into(), Value::Null)).await?;
    let keys: Vec<String> =
        listed["items"].as_array().unwrap().iter().map(|one| one["key"].as_str().unwrap().to_owned()).collect();
    let open_to = *dice.one(&["only", "except"]);
    // Off for nearly everybody it would be off for what is tried next: the company goes on.
    let path = format!("/v1/applications/{}", dice.one(&keys));
    let wanted = json!({ "open_to": open_to, "department_ids": [dice.one(&w.departments)] });
    w.ask(by, &("PUT", path.clone(), wanted.clone())).await?;
    let (status, answer) = w.t.call(&w.ann, "PUT", &path, json!({ "open_to": "everybody" })).await;
    assert!(status.is_success(), "{answer}");
    Some(Done::new(by, "application switched", wanted).needing(by.id.0, "organisation.edit", &[]))
}
