//! Shared contacts of somebody who is shut out get another owner out of those who see them (`DIR-12`, `DEL-01`).

use directory::State;
use kernel::Actor;
use serde_json::{Value, json};
use testkit::{Person, TestApp};

#[expect(clippy::too_many_arguments, reason = "a request and what comes of it")]
async fn ask(t: &TestApp, who: &Person, method: &str, path: &str, body: Value, expected: u16) -> Value {
    let (status, answer) = t.call(who, method, path, body).await;
    assert_eq!(status, expected, "{method} {path}: {answer}");
    answer
}

#[tokio::test]
async fn dir_12_what_a_leaver_shared_stays_with_one_who_sees_it_and_what_was_theirs_alone_does_not() {
    let modules = vec![inbox::module(), contacts::module(), handover::module(vec![contacts::shared_contacts()])];
    let t = TestApp::with(modules).await;
    let acme = t.org("Acme").await;
    let (ann, bob) = (t.member(acme, "Ann").await, t.member(acme, "Bob").await);
    let (cai, eve) = (t.member(acme, "Cai").await, t.member(acme, "Eve").await);
    let sales = ask(&t, &ann, "POST", "/v1/departments", json!({ "name": "Sales" }), 201).await["id"].clone();
    for one in [&bob, &cai] {
        let path = format!("/v1/members/{}", one.id);
        ask(&t, &ann, "PATCH", &path, json!({ "department_ids": [sales] }), 200).await;
    }
    let keep = async |name: &str, shared_with: Value| {
        let new = json!({ "kind": "customer", "card": { "name": name }, "shared_with": shared_with });
        ask(&t, &bob, "POST", "/v1/contacts", new, 201).await["id"].as_str().unwrap().to_owned()
    };
    let department = json!({ "kind": "department", "id": sales });
    let (alone, near) = (keep("Alone", json!([])).await, keep("Near", json!([department])).await);
    let (wide, both) = (keep("Wide", json!([{ "kind": "everyone" }])).await, keep("Both", json!([department])).await);
    let mut tx = t.app.begin(acme, Actor::System).await.unwrap();
    directory::set_state(&mut tx, bob.id, State::Leaving).await.unwrap();
    tx.commit().await.unwrap();

    let path = format!("/v1/hand-overs/{}", bob.id);
    let shown = ask(&t, &ann, "GET", &path, Value::Null, 200).await;
    let counts: Vec<_> = shown["things"].as_array().unwrap().iter().map(|one| one["count"].clone()).collect();
    assert_eq!(counts, [json!(1), json!(2)], "those for everybody, those for Sales");
    let decide = async |thing: &Value, to: &Person, expected| {
        let input = json!({ "kind": "contacts.shared", "thing_id": thing, "successor_id": to.id });
        ask(&t, &ann, "POST", &format!("{path}/decisions"), input, expected).await
    };
    let refused = decide(&sales, &eve, 422).await;
    assert_eq!(refused["field"], "successor_id", "she does not see them");
    decide(&sales, &cai, 200).await;
    for id in [&near, &both] {
        let seen = ask(&t, &cai, "GET", &format!("/v1/contacts/{id}"), Value::Null, 200).await;
        assert_eq!(
            (&seen["owner_id"], &seen["can"]["edit"], &seen["revision"]),
            (&json!(cai.id), &json!(true), &json!(2))
        );
        assert!(["Near", "Both"].contains(&seen["card"]["name"].as_str().unwrap()), "sealed for Cai");
        ask(&t, &eve, "GET", &format!("/v1/contacts/{id}"), Value::Null, 404).await;
    }
    let seen = ask(&t, &eve, "GET", &format!("/v1/contacts/{wide}"), Value::Null, 200).await;
    assert_eq!(seen["owner_id"], json!(bob.id));
    ask(&t, &cai, "GET", &format!("/v1/contacts/{alone}"), Value::Null, 404).await;
    assert!(t.events(acme).await.contains(&"contacts.contacts_passed".to_owned()));

    // Whoever may not change what others share does not hand it over.
    let role = json!({ "name": "Farewell", "permissions": ["people.remove"] });
    let role = ask(&t, &ann, "POST", "/v1/roles", role, 201).await["id"].clone();
    ask(&t, &ann, "POST", "/v1/role-grants", json!({ "member_id": eve.id, "role_id": role }), 201).await;
    let shown = ask(&t, &eve, "GET", &path, Value::Null, 200).await;
    assert_eq!(shown["things"][0]["can"]["hand_over"], false);
    let input =
        json!({ "kind": "contacts.shared", "thing_id": shown["things"][0]["thing_id"], "successor_id": cai.id });
    ask(&t, &eve, "POST", &format!("{path}/decisions"), input, 403).await;
}
