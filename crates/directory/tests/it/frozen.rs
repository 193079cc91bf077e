//! Whoever had their data frozen (`DSR-04`): what is known of them is kept, and neither found, shown, changed nor erased.

use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::office::{Office, value};
use crate::world::World;

fn names(page: &Value) -> Vec<&str> {
    page["items"].as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn dsr_04_they_lead_nothing_and_count_nowhere_for_colleagues_until_their_data_is_used_again() {
    let w = World::new().await;
    let (bob, eve) = (w.person("Bob", &[&w.lab]).await, w.person("Eve", &[&w.lab]).await);
    let card = format!("/v1/members/{}", bob.id);
    w.ask(&w.ann, ("PATCH", &card), json!({"leads": [w.lab]}), 200).await;
    w.ask(&w.ann, ("PATCH", &format!("/v1/departments/{}", w.north)), json!({"dotted_leader_ids": [bob.id]}), 200)
        .await;
    let seen = async || {
        let tree = w.ask(&eve, ("GET", "/v1/departments"), json!(null), 200).await;
        let of = |id: &str| tree["items"].as_array().unwrap().iter().find(|one| one["id"] == id).unwrap().clone();
        let (lab, north) = (of(&w.lab), of(&w.north));
        json!([lab["leader_ids"], lab["member_count"], north["dotted_leader_ids"]])
    };
    let before = seen().await;
    assert_eq!(before, json!([[bob.id], 2, [bob.id]]));
    w.t.freeze(&bob).await;
    assert_eq!(seen().await, json!([[], 1, []]));
    assert_eq!(w.ask(&eve, ("GET", "/v1/members/count"), json!(null), 200).await["count"], 2);
    assert_eq!(names(&w.ask(&eve, ("GET", "/v1/members"), json!(null), 200).await), ["Ann", "Eve"]);
    // Whoever says who leads from outside is not shown them, and does not take them out.
    let path = format!("/v1/departments/{}", w.north);
    w.ask(&w.ann, ("PATCH", &path), json!({"dotted_leader_ids": [bob.id, eve.id]}), 422).await;
    w.ask(&w.ann, ("PATCH", &path), json!({"dotted_leader_ids": []}), 200).await;
    w.t.thaw(&bob).await;
    assert_eq!(seen().await, before);
}

/// What they wrote to others stays with them, and so does who wrote it.
#[tokio::test]
async fn dsr_04_to_whoever_heard_of_them_the_name_is_left_and_nothing_else() {
    let office = Office::new().await;
    let (ann, bob, eve) = (&office.ann, &office.bob, &office.eve);
    let card = format!("/v1/members/{}", bob.id);
    office.ask(bob, ("PATCH", "/v1/me"), json!({"signature": "canary", "phone": "13800138000"}), 200).await;
    office.ask(ann, ("PATCH", &card), json!({"role": "administrator"}), 200).await;
    let before = office.card(eve, bob).await;
    assert_eq!((&before["signature"], &before["role"]), (&json!("canary"), &json!("administrator")));
    office.t.freeze(bob).await;
    let left = office.card(eve, bob).await;
    let by_id = office.ask(eve, ("GET", &format!("/v1/members?ids={}", bob.id)), json!(null), 200).await;
    assert_eq!(by_id["items"], json!([left]));
    assert_eq!((&left["name"], &left["role"], &left["department_ids"]), (&json!("Bob"), &json!("member"), &json!([])));
    for kept in ["signature", "phone", "email", "position", "restricted_at", "avatar", "revision"] {
        assert!(left[kept].is_null(), "{kept}");
    }
    assert_eq!(left["values"], json!([]));
    assert!(left["can"].as_object().unwrap().values().all(|may| may == false), "{left}");
}

#[tokio::test]
async fn dsr_04_whoever_looks_after_them_finds_them_by_nothing_but_the_name() {
    let office = Office::new().await;
    let (ann, bob) = (&office.ann, &office.bob);
    let change = json!({"staff_number": "B-77", "email": "robert@acme.example"});
    office.ask(ann, ("PATCH", &format!("/v1/members/{}", bob.id)), change, 200).await;
    let found = async |words: &str| {
        let page = office.ask(ann, ("GET", &format!("/v1/members?query={words}")), json!(null), 200).await;
        page["items"].as_array().unwrap().len()
    };
    for words in ["B-77", "rober", "Bob"] {
        assert_eq!(found(words).await, 1, "{words}");
    }
    office.t.freeze(bob).await;
    for words in ["B-77", "rober"] {
        assert_eq!(found(words).await, 0, "one letter after the other, {words} could be guessed");
    }
    assert_eq!(found("Bob").await, 1);
    office.t.thaw(bob).await;
    assert_eq!(found("B-77").await, 1);
}

/// `directory.decide_access` goes on.
#[tokio::test]
async fn dsr_04_what_they_may_do_is_decided_as_before_and_oneself_changes_as_before() {
    let office = Office::new().await;
    let (ann, bob) = (&office.ann, &office.bob);
    let card = format!("/v1/members/{}", bob.id);
    office.ask(ann, ("PATCH", &card), json!({"role": "administrator"}), 200).await;
    office.t.freeze(bob).await;
    assert_eq!(office.card(ann, bob).await["can"]["change_role"], true);
    for what in [json!({"position": "Chief"}), json!({"department_ids": []}), json!({"is_hidden": true})] {
        let refused = office.ask(ann, ("PATCH", &card), what, 403).await;
        assert_eq!(refused["code"], "directory.is_restricted");
    }
    // Their own hand, also where they look after people.
    office.ask(bob, ("PATCH", &card), json!({"position": "Clerk"}), 200).await;
    assert_eq!(office.ask(bob, ("GET", "/v1/me"), json!(null), 200).await["position"], "Clerk");
    office.ask(ann, ("PATCH", &card), json!({"role": "member"}), 200).await;
    assert_eq!(office.card(ann, bob).await["role"], "member", "nobody keeps rights by freezing");
}

#[tokio::test]
async fn dir_03_dsr_04_what_is_erased_of_everybody_is_erased_of_them_once_their_data_is_used_again() {
    let office = Office::new().await;
    let (ann, bob, eve) = (&office.ann, &office.bob, &office.eve);
    let own = office.make(json!({"kind": "text"})).await;
    for who in [bob, eve] {
        let mine = json!({"birthday": "1990-02-28", "values": {&own: "canary"}});
        office.ask(who, ("PATCH", "/v1/me"), mine, 200).await;
    }
    office.t.freeze(bob).await;
    office.t.clock.advance(TimeDelta::seconds(1));
    let birthday = office.built_in("birthday").await;
    let off = json!({"is_collected": false, "stored": "erased"});
    office.ask(ann, ("PATCH", &birthday), off, 200).await;
    office.ask(ann, ("DELETE", &format!("/v1/fields/{own}")), json!(null), 204).await;
    let kept = async |who: &testkit::Person| {
        let mut tx = office.t.app.begin(office.org, kernel::Actor::System).await.unwrap();
        let profile = directory::person(&mut tx, who.id).await.unwrap().profile;
        (profile.birthday.is_some(), profile.values.len())
    };
    assert_eq!((kept(bob).await, kept(eve).await), ((true, 1), (false, 0)), "it may be needed for a claim");
    office.t.thaw(bob).await;
    assert_eq!(kept(bob).await, (false, 0));
    // What is on again by then is theirs still.
    for collected in [json!({"is_collected": true}), json!({"is_collected": false, "stored": "erased"})] {
        office.ask(ann, ("PATCH", &birthday), collected, 200).await;
    }
    office.ask(ann, ("PATCH", &birthday), json!({"is_collected": true}), 200).await;
    office.ask(bob, ("PATCH", "/v1/me"), json!({"birthday": "1990-02-28"}), 200).await;
    office.t.freeze(bob).await;
    office.t.thaw(bob).await;
    assert!(kept(bob).await.0);
}

#[tokio::test]
async fn dsr_04_a_choice_that_they_made_is_in_use() {
    let office = Office::new().await;
    let tea = json!({"names": {"en": "Tea", "zh-CN": "茶"}});
    let coffee = json!({"names": {"en": "Coffee", "zh-CN": "咖啡"}});
    let drink = office.make(json!({"kind": "choice", "choices": [tea, coffee]})).await;
    let all = office.ask(&office.ann, ("GET", "/v1/fields"), json!(null), 200).await;
    let made = all["items"].as_array().unwrap().iter().find(|one| one["id"] == drink.as_str()).unwrap().clone();
    let (tea, coffee) = (&made["choices"][0], &made["choices"][1]);
    office.ask(&office.bob, ("PATCH", "/v1/me"), json!({"values": {&drink: tea["id"]}}), 200).await;
    office.t.freeze(&office.bob).await;
    let path = format!("/v1/fields/{drink}");
    office.ask(&office.ann, ("PATCH", &path), json!({"choices": [coffee]}), 409).await;
    office.t.thaw(&office.bob).await;
    assert_eq!(value(&office.card(&office.ann, &office.bob).await, &drink), tea["id"]);
}
