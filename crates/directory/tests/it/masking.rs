//! What is masked, and what not everybody is told (`DIR-02`, `DIR-03`).

use serde_json::{Value, json};
use testkit::Person;

use crate::office::{Office, value};

#[tokio::test]
async fn a_masked_number_is_shown_to_whoever_asks_and_the_person_sees_who_did() {
    let office = Office::new().await;
    office.ask(&office.bob, ("PATCH", "/v1/me"), json!({"phone": "13800138000"}), 200).await;
    let path = office.built_in("phone").await;
    let id = path.rsplit('/').next().unwrap().to_owned();
    assert_eq!(office.card(&office.eve, &office.bob).await["phone"], "+8613800138000");
    office.ask(&office.ann, ("PATCH", &path), json!({"is_masked": true}), 200).await;
    let seen = office.card(&office.eve, &office.bob).await;
    assert_eq!((&seen["phone"], value(&seen, &id)), (&Value::Null, json!("+86138••••8000")));
    // Whoever changes it sees it, and so does the person.
    assert_eq!(office.card(&office.ann, &office.bob).await["phone"], "+8613800138000");
    assert_eq!(office.ask(&office.bob, ("GET", "/v1/me"), json!(null), 200).await["phone"], "+8613800138000");
    let reveal = format!("/v1/members/{}/fields/{id}/reveal", office.bob.id);
    assert_eq!(office.ask(&office.eve, ("POST", &reveal), json!(null), 201).await["value"], "+8613800138000");
    let mine = office.ask(&office.bob, ("GET", "/v1/me/reveals"), json!(null), 200).await;
    let lines = mine["items"].as_array().unwrap();
    assert_eq!((lines.len(), &lines[0]["revealed_by"], &lines[0]["field_id"]), (1, &json!(office.eve.id), &json!(id)));
    assert_eq!(office.ask(&office.eve, ("GET", "/v1/me/reveals"), json!(null), 200).await["items"], json!([]));
    assert_eq!(office.t.events(office.org).await.last().unwrap(), "directory.field_revealed");
    // What one does not see one does not look at, and after 180 days it is forgotten.
    office.ask(&office.ann, ("PATCH", &path), json!({"seen_by": ["administrators", "oneself"]}), 200).await;
    assert_eq!(office.t.call(&office.eve, "POST", &reveal, json!(null)).await.0, 404);
    office.t.clock.advance(chrono::TimeDelta::days(181));
    assert_eq!(office.ask(&office.bob, ("GET", "/v1/me/reveals"), json!(null), 200).await["items"], json!([]));
}

#[tokio::test]
async fn what_is_masked_nobody_finds_anybody_by() {
    let office = Office::new().await;
    let change = json!({"phone": "13800138000", "email": "bob@acme.example"});
    office.ask(&office.bob, ("PATCH", "/v1/me"), change, 200).await;
    let found = async |by: &Person, words: &str| {
        let list = office.ask(by, ("GET", &format!("/v1/members?query={words}")), json!(null), 200).await;
        list["items"].as_array().unwrap().len()
    };
    assert_eq!((found(&office.eve, "8000").await, found(&office.eve, "bob%40").await), (1, 1));
    for name in ["phone", "email"] {
        let path = office.built_in(name).await;
        office.ask(&office.ann, ("PATCH", &path), json!({"is_masked": true}), 200).await;
    }
    assert_eq!((found(&office.eve, "8000").await, found(&office.eve, "bob%40").await), (0, 0));
    assert_eq!(found(&office.bob, "8000").await, 1);
    let seen = office.card(&office.eve, &office.bob).await;
    assert_eq!(
        (&seen["phone"], &seen["email"], seen["values"].as_array().unwrap().len()),
        (&Value::Null, &Value::Null, 2)
    );
    assert!(!seen.to_string().contains("bob@acme"), "{seen}");
    // Of a day or a choice a part would say all.
    let day = office.make(json!({"kind": "date"})).await;
    let (status, answer) =
        office.t.call(&office.ann, "PATCH", &format!("/v1/fields/{day}"), json!({"is_masked": true})).await;
    assert_eq!((status.as_u16(), &answer["field"]), (422, &json!("is_masked")));
}

#[tokio::test]
async fn what_only_administrators_see_is_told_to_no_other_window() {
    let office = Office::new().await;
    let path = office.built_in("remark").await;
    let remark = path.rsplit('/').next().unwrap().to_owned();
    office.t.start();
    let mut window = office.t.socket(&office.eve).await;
    office.ask(&office.ann, ("PATCH", &path), json!({"is_collected": true}), 200).await;
    let member = format!("/v1/members/{}", office.bob.id);
    office.ask(&office.ann, ("PATCH", &member), json!({"values": {&remark: "Left-handed"}}), 200).await;
    office.ask(&office.ann, ("PATCH", &member), json!({"position": "Welder"}), 200).await;
    let mut told = Vec::new();
    loop {
        let frame = window.next_of("events", "event").await;
        let name = frame["name"].as_str().unwrap_or_default().to_owned();
        told.push((name, frame["data"].clone()));
        if frame["data"]["fields"] == json!(["position"]) {
            break;
        }
    }
    let changed =
        |fields: Value| ("directory.member_changed".to_owned(), json!({"member": office.bob.id, "fields": fields}));
    let expected =
        [("directory.fields_changed".to_owned(), json!({})), changed(json!([])), changed(json!(["position"]))];
    assert_eq!(told.into_iter().filter(|(name, _)| !name.is_empty()).collect::<Vec<_>>(), expected);
    let names = office.t.events(office.org).await;
    for name in ["directory.field_written", "directory.member_details_changed"] {
        assert!(names.iter().any(|one| one == name), "{name} for the audit log");
    }
}
