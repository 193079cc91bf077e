//! All rows or none, named by row; the same twice changes nothing (`DSR-14`: kept accurate by the system that knows).

use serde_json::{Value, json};

use crate::house::{ALL, House};

fn company() -> Value {
    json!({
        "departments": [
            { "external_id": "D2", "name": "Backend", "parent_external_id": "D1" },
            { "external_id": "D1", "name": "Research" },
        ],
        "people": [
            { "external_id": "P1", "name": "Cui Ming", "user_id": "cui", "staff_number": "7", "position": "Engineer",
              "department_external_ids": ["D2"], "leads_external_ids": ["D2"] },
            { "external_id": "P2", "name": "Dong Li", "user_id": "dong", "phone": "13800138000", "department_external_ids": ["D1", "D2"] },
        ],
    })
}

/// What became of the rows, in their order.
pub fn outcomes(answer: &Value, kind: &str) -> Vec<String> {
    let rows = answer[kind].as_array().expect("rows");
    rows.iter().map(|row| row["outcome"].as_str().expect("an outcome").to_owned()).collect()
}

#[tokio::test]
async fn dsr_14_people_and_departments_are_made_changed_and_left_alone() {
    let house = House::open().await;
    let token = house.token(&ALL, &[]).await;
    let (status, done) = house.upsert(&token, company()).await;
    assert_eq!(status, 200, "{done}");
    assert_eq!(
        (outcomes(&done, "departments"), outcomes(&done, "people")),
        (vec!["created".into(); 2], vec!["created".into(); 2])
    );
    let cui = done["people"][0]["id"].as_str().unwrap();
    let (_, card) = house.t.call(&house.ann, "GET", &format!("/v1/members/{cui}"), json!(null)).await;
    assert_eq!(
        (&card["name"], &card["user_id"], &card["state"]),
        (&json!("Cui Ming"), &json!("cui"), &json!("active"))
    );
    assert_eq!(card["leads"], json!([done["departments"][0]["id"]]));

    let (_, again) = house.upsert(&token, company()).await;
    assert_eq!(
        (outcomes(&again, "departments"), outcomes(&again, "people")),
        (vec!["unchanged".into(); 2], vec!["unchanged".into(); 2])
    );
    let before = house.t.events(house.ann.org).await.len();
    house.upsert(&token, company()).await;
    assert_eq!(house.t.events(house.ann.org).await.len(), before, "nothing is said of what did not change");

    let change = json!({
        "departments": [{ "external_id": "D2", "name": "Platform", "parent_external_id": null }],
        "people": [{ "external_id": "P1", "name": "Cui Ming", "position": null, "phone": "13900139000" }],
    });
    let (status, changed) = house.upsert(&token, change).await;
    assert_eq!((status.as_u16(), outcomes(&changed, "people")), (200, vec!["changed".to_owned()]), "{changed}");
    let (_, card) = house.t.call(&house.ann, "GET", &format!("/v1/members/{cui}"), json!(null)).await;
    assert_eq!((&card["position"], &card["user_id"]), (&Value::Null, &json!("cui")), "what is absent stays");
    assert_eq!(card["phone"], "+8613900139000");
    let (_, tree) = house.t.call(&house.ann, "GET", "/v1/departments", json!(null)).await;
    let platform = tree["items"].as_array().unwrap().iter().find(|one| one["name"] == "Platform").unwrap();
    assert!(platform["parent_id"].is_null());
    let (_, log) = house.t.call(&house.ann, "GET", "/v1/audit?name=provisioning.directory_upserted", json!(null)).await;
    assert_eq!(log["items"].as_array().unwrap().len(), 2);
    assert_eq!(log["items"][0]["actor"]["kind"], "application");
}

#[tokio::test]
async fn one_wrong_row_and_nothing_is_written_and_every_wrong_row_is_named() {
    let house = House::open().await;
    let token = house.token(&ALL, &[]).await;
    let before = house.t.events(house.ann.org).await;
    let body = json!({
        "departments": [
            { "external_id": "A", "name": "Fine" },
            { "external_id": "B", "name": "Ring", "parent_external_id": "C" },
            { "external_id": "C", "name": "Ring", "parent_external_id": "B" },
            { "external_id": "A", "name": "Twice" },
            { "external_id": "E", "name": " " },
            { "external_id": "F", "name": "Below a ring", "parent_external_id": "B" },
        ],
        "people": [
            { "external_id": "1", "name": "Fine", "user_id": "fine" },
            { "external_id": "2", "name": "Same user id", "user_id": "fine" },
            { "external_id": "3", "name": "Nowhere", "user_id": "three", "department_external_ids": ["Z"] },
            { "external_id": "4", "name": "Mailed", "user_id": "four", "email": "not an address" },
            { "external_id": " ", "name": "Nameless id", "user_id": "five" },
        ],
    });
    let (status, refused) = house.upsert(&token, body).await;
    assert_eq!((status.as_u16(), &refused["code"]), (422, &json!("provisioning.rows_wrong")));
    let said: Vec<(String, i64, String)> = refused["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| {
            let field = row["field"].as_str().unwrap_or("-").to_owned();
            (row["kind"].as_str().unwrap().to_owned(), row["row"].as_i64().unwrap(), field)
        })
        .collect();
    let named = |kind: &str, row, field: &str| (kind.to_owned(), row, field.to_owned());
    assert_eq!(
        said,
        [
            named("department", 1, "parent_external_id"),
            named("department", 2, "parent_external_id"),
            named("department", 3, "external_id"),
            named("department", 4, "name"),
            named("department", 5, "parent_external_id"),
            named("person", 1, "external_id"),
            named("person", 2, "department_external_ids"),
            named("person", 3, "email"),
            named("person", 4, "external_id"),
        ]
    );
    let codes: Vec<&str> = [0, 1, 4].map(|at| refused["rows"][at]["code"].as_str().unwrap()).to_vec();
    assert_eq!(codes, ["is_below_it", "is_below_it", "unknown"], "{refused}");
    assert_eq!(house.t.events(house.ann.org).await, before, "nothing happened");
    let (_, tree) = house.t.call(&house.ann, "GET", "/v1/departments", json!(null)).await;
    assert_eq!(tree["items"], json!([]));
}

#[tokio::test]
async fn what_somebody_else_has_is_named_by_its_field() {
    let house = House::open().await;
    let token = house.token(&ALL, &[]).await;
    let cui = json!({ "external_id": "P1", "name": "Cui", "user_id": "cui", "phone": "+86 138 0013 8000" });
    assert_eq!(house.upsert(&token, json!({ "people": [cui] })).await.0, 200);
    let bob = json!({ "external_id": "P2", "name": "Bob", "user_id": "bob", "phone": "+86 138 0013 8000" });
    let (status, refused) = house.upsert(&token, json!({ "people": [bob] })).await;
    assert_eq!((status.as_u16(), &refused["rows"][0]["code"]), (422, &json!("directory.phone_taken")), "{refused}");
    assert_eq!(refused["rows"][0]["field"], "phone");
}

#[tokio::test]
async fn who_is_here_by_hand_is_taken_over_by_user_id_and_by_nothing_else() {
    let house = House::open().await;
    let token = house.token(&ALL, &[]).await;
    let row = |external: &str, user: &str| json!({ "people": [{ "external_id": external, "name": "Bob", "user_id": user, "position": "Clerk" }] });
    let (status, done) = house.upsert(&token, row("P9", "bob")).await;
    assert_eq!(status, 200, "{done}");
    assert_eq!((&done["people"][0]["id"], &done["people"][0]["outcome"]), (&json!(house.bob.id), &json!("changed")));
    // Another external id cannot take the same person over.
    let (status, refused) = house.upsert(&token, row("P10", "bob")).await;
    assert_eq!((status.as_u16(), &refused["rows"][0]["code"]), (422, &json!("provisioning.linked_otherwise")));
    assert_eq!(refused["rows"][0]["field"], "external_id");
    // Nobody takes over who holds more than the token: the owner stays who she is.
    let ann = json!({ "people": [{ "external_id": "P0", "name": "Mallory", "user_id": "ann" }] });
    let narrow = house.token(&["people.see", "people.edit"], &[]).await;
    let (status, refused) = house.upsert(&narrow, ann).await;
    assert_eq!((status.as_u16(), &refused["rows"][0]["code"]), (422, &json!("forbidden")));
}

#[tokio::test]
async fn a_call_resumes_whom_a_call_suspended_and_never_whom_an_administrator_did() {
    let house = House::open().await;
    let token = house.token(&ALL, &[]).await;
    let row =
        |state: &str| json!({ "people": [{ "external_id": "P9", "name": "Bob", "user_id": "bob", "state": state }] });
    let state = async || {
        let path = format!("/v1/members/{}", house.bob.id);
        house.t.call(&house.ann, "GET", &path, json!(null)).await.1["state"].as_str().unwrap().to_owned()
    };
    assert_eq!(outcomes(&house.upsert(&token, row("suspended")).await.1, "people"), ["changed"]);
    assert_eq!(state().await, "suspended");
    assert_eq!(outcomes(&house.upsert(&token, row("suspended")).await.1, "people"), ["unchanged"]);
    assert_eq!(outcomes(&house.upsert(&token, row("active")).await.1, "people"), ["changed"]);
    assert_eq!(state().await, "active");
    let suspend = format!("/v1/members/{}/suspend", house.bob.id);
    assert_eq!(house.t.call(&house.ann, "POST", &suspend, json!({})).await.0, 204);
    assert_eq!(outcomes(&house.upsert(&token, row("active")).await.1, "people"), ["unchanged"]);
    assert_eq!(state().await, "suspended");
}

/// Whoever was switched off here is not let in again by a register that knows them (expectations B.1).
#[tokio::test]
async fn a_local_off_is_never_undone_by_a_call_whatever_calls_did_before() {
    let house = House::open().await;
    let token = house.token(&ALL, &[]).await;
    let row =
        |state: &str| json!({ "people": [{ "external_id": "P9", "name": "Bob", "user_id": "bob", "state": state }] });
    let turn = async |to: &str, body: Value| {
        house.t.clock.advance(chrono::TimeDelta::seconds(1));
        let path = format!("/v1/members/{}/{to}", house.bob.id);
        let (status, answer) = house.t.call(&house.ann, "POST", &path, body).await;
        assert_eq!(status, 204, "{to}: {answer}");
    };
    let state = async || {
        let path = format!("/v1/members/{}", house.bob.id);
        house.t.call(&house.ann, "GET", &path, json!(null)).await.1["state"].as_str().unwrap().to_owned()
    };
    assert_eq!(outcomes(&house.upsert(&token, row("suspended")).await.1, "people"), ["changed"]);
    turn("resume", Value::Null).await;
    turn("suspend", json!({})).await;
    assert_eq!(outcomes(&house.upsert(&token, row("active")).await.1, "people"), ["unchanged"]);
    assert_eq!(state().await, "suspended", "what a call did once says nothing of what an administrator did since");

    turn("disable", json!({})).await;
    for said in ["active", "suspended"] {
        assert_eq!(outcomes(&house.upsert(&token, row(said)).await.1, "people"), ["unchanged"]);
        assert_eq!(state().await, "disabled");
    }
    house.prove(&house.ann).await;
    turn("remove", Value::Null).await;
    assert_eq!(outcomes(&house.upsert(&token, row("active")).await.1, "people"), ["unchanged"]);
    assert_eq!(state().await, "leaving");
}

#[tokio::test]
async fn a_token_for_a_department_writes_there_and_nowhere_else() {
    let house = House::open().await;
    let whole = house.token(&ALL, &[]).await;
    let (_, made) = house.upsert(&whole, company()).await;
    let backend = made["departments"][0]["id"].as_str().unwrap();
    let narrow = house.token(&ALL, &[backend]).await;
    let add = |external: &str, place: Value| json!({ "people": [{ "external_id": external, "name": "New", "user_id": external, "department_external_ids": place }] });
    assert_eq!(house.upsert(&narrow, add("n1", json!(["D2"]))).await.0, 200);
    for place in [json!(["D1"]), json!(["D2", "D1"]), json!([])] {
        let (status, refused) = house.upsert(&narrow, add("n2", place.clone())).await;
        assert_eq!((status.as_u16(), &refused["rows"][0]["code"]), (422, &json!("forbidden")), "{place}");
    }
    let (_, refused) = house.upsert(&narrow, json!({ "departments": [{ "external_id": "D9", "name": "Top" }] })).await;
    assert_eq!(refused["rows"][0]["code"], "forbidden");
    let below = json!({ "departments": [{ "external_id": "D9", "name": "Below", "parent_external_id": "D2" }] });
    assert_eq!(house.upsert(&narrow, below).await.0, 200);
}

/// `ORG-03`: a token does not put whoever made it where they could not put themselves.
#[tokio::test]
async fn org_03_nobody_joins_or_leads_a_department_by_a_token_of_their_own() {
    let house = House::open().await;
    house.give_bob(&[&ALL[..], &["tokens.manage"][..]].concat(), None).await;
    let (status, made) = house.make(&house.bob, &ALL, &[]).await;
    assert_eq!(status, 201, "{made}");
    let bobs = made["secret"].as_str().unwrap().to_owned();
    let row = |external: &str, name: &str, user: &str| {
        json!({ "departments": [{ "external_id": "D1", "name": "Research" }],
                "people": [{ "external_id": external, "name": name, "user_id": user,
                             "department_external_ids": ["D1"], "leads_external_ids": ["D1"] }] })
    };
    let (status, refused) = house.upsert(&bobs, row("P1", "Bob", "bob")).await;
    // Whoever makes tokens holds more than any token can be lent.
    assert_eq!((status.as_u16(), &refused["rows"][0]["code"]), (422, &json!("forbidden")));
    let (status, done) = house.upsert(&bobs, row("P3", "Cui", "cui")).await;
    assert_eq!(status, 200, "{done}");
}

/// `ADM-02`: what was refused of rows is one line in the token's name, which says nothing of what stood in them.
#[tokio::test]
async fn adm_02_that_rows_were_refused_stands_in_the_audit_log() {
    let house = House::open().await;
    let works = house.department("Works").await;
    let narrow = house.token(&ALL, &[&works]).await;
    let (_, tokens) = house.t.call(&house.ann, "GET", "/v1/service-tokens", json!(null)).await;
    let refused = async || {
        house.t.app.settled().await;
        let (_, log) = house.t.call(&house.ann, "GET", "/v1/audit?is_refused=true", json!(null)).await;
        log["items"].as_array().unwrap().clone()
    };
    let person = |external: String, email: &str| json!({ "external_id": external, "name": "Secret Name", "user_id": external, "email": email });
    // What is only wrong was refused to nobody.
    let lost = |external: String| json!({ "external_id": external, "name": "Lost", "parent_external_id": "nowhere" });
    let (_, answer) = house.upsert(&narrow, json!({ "departments": [lost("D0".into())] })).await;
    assert_eq!(answer["rows"][0]["code"], "unknown", "{answer}");
    assert!(refused().await.is_empty());
    let both = json!({ "departments": [{ "external_id": "D1", "name": "Secret Department" }], "people": [person("p".into(), "p@example.org")] });
    let (status, answer) = house.upsert(&narrow, both).await;
    let codes: Vec<_> = answer["rows"].as_array().unwrap().iter().map(|row| row["code"].as_str().unwrap()).collect();
    assert_eq!((status.as_u16(), codes), (422, vec!["forbidden"; 2]));
    let lines = refused().await;
    assert_eq!(lines.len(), 1, "one for all rows: {lines:?}");
    let line = &lines[0];
    assert_eq!(
        (&line["name"], &line["code"], &line["outcome"], &line["data"], &line["target"]),
        (&json!("upsertDirectory"), &json!("forbidden"), &json!("refused"), &json!({}), &Value::Null)
    );
    assert_eq!(line["actor"], json!({ "kind": "application", "id": tokens["items"][0]["id"] }));
    assert!(!line.to_string().contains("Secret"), "{line}");
    // Also when so much is wrong that the answer does not come to it.
    let many: Vec<Value> = (0..100).map(|n| lost(format!("L{n}"))).collect();
    let last = person("last".into(), "l@example.org");
    let (_, answer) = house.upsert(&narrow, json!({ "departments": many, "people": [last] })).await;
    let rows = answer["rows"].as_array().unwrap();
    assert!(rows.len() == 100 && rows.iter().all(|row| row["code"] != "forbidden"), "{answer}");
    assert_eq!(refused().await.len(), 2);
}
