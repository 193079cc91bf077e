//! Who asks, how it is known who they are, and who sees what (`DSR-09`, `DSR-12`).

use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::house::{House, access, names, text};

#[tokio::test]
async fn dsr_12_somebody_without_an_account_asks_and_follows_it_by_the_link() {
    let house = House::open().await;
    let made = house.make(None).await;
    let (id, token) = names(&made);
    let request = &made["request"];
    assert_eq!((&request["state"], &request["organisation"]), (&json!("received"), &json!("Acme")));
    assert_eq!(text(&request["number"]).len(), 9);
    assert_eq!(house.follow(&token).await, made["request"]);
    let seen = &house.board(&house.ann, "").await["items"][0];
    assert_eq!((&seen["id"], &seen["contact"]), (&json!(id), &json!("+86 139 0000 0000")));
    assert_eq!(seen["words"], "What do you hold of me?\nI left in May.");
    assert_eq!((seen.get("member_id"), seen.get("identity_how")), (None, None));
    assert_eq!(house.bell(&house.ann).await, ["subject_request_received"]);
    assert_eq!(house.bell(&house.eve).await, Vec::<String>::new(), "who answers nothing is not told");
}

#[tokio::test]
async fn dsr_09_who_is_signed_in_is_known_and_needs_no_contact() {
    let house = House::open().await;
    let body = json!({ "organisation": " ACME ", "kind": "deletion", "language": "zh-CN", "words": "请删除" });
    let made = house.ask(&house.bob, ("POST", "/v1/subject-requests"), body.clone(), 201).await;
    assert_eq!(made["request"]["state"], "identity_checked");
    let seen = &house.board(&house.ann, "").await["items"][0];
    assert_eq!((&seen["member_id"], &seen["identity_how"]), (&json!(house.bob.id), &json!("session")));
    let mine = house.ask(&house.bob, ("GET", "/v1/subject-requests/mine"), Value::Null, 200).await;
    assert_eq!(mine["items"], json!([made["request"]]));
    for other in [&house.eve, &house.mal] {
        let theirs = house.ask(other, ("GET", "/v1/subject-requests/mine"), Value::Null, 200).await;
        assert_eq!(theirs["items"], json!([]));
    }
    // Somebody of another organisation is a stranger here, and says where they are reached.
    let refused = house.ask(&house.mal, ("POST", "/v1/subject-requests"), body, 422).await;
    assert_eq!((&refused["field"], &refused["why"]), (&json!("contact"), &json!("is_empty")));
    let strange = house.make(&house.mal).await;
    assert_eq!(strange["request"]["state"], "received");
}

#[tokio::test]
async fn dsr_09_the_desk_says_by_what_it_knows_who_asks_and_never_by_a_sign_in() {
    let house = House::open().await;
    let (id, token) = names(&house.make(None).await);
    let early = json!({ "outcome": "answered", "text": "Here it is." });
    let refused = house.act(&house.ann, (&id, "finish"), early, 409).await;
    assert_eq!(refused["code"], "requests.wrong_state", "no answer before it is known who asks");
    let lie = house.act(&house.ann, (&id, "check-identity"), json!({ "proof": "session" }), 422).await;
    assert_eq!(lie["field"], "proof");
    let stranger = json!({ "proof": "contact", "member_id": house.mal.id });
    house.act(&house.ann, (&id, "check-identity"), stranger, 404).await;
    let known = json!({ "proof": "contact", "member_id": house.bob.id });
    let seen = house.act(&house.ann, (&id, "check-identity"), known.clone(), 200).await;
    assert_eq!((&seen["state"], &seen["identity_how"]), (&json!("identity_checked"), &json!("contact")));
    assert_eq!(seen["words"], "What do you hold of me?\nI left in May.");
    assert_eq!((seen.get("name"), seen.get("contact")), (None, None), "these stand in the directory");
    house.act(&house.ann, (&id, "check-identity"), known, 409).await;
    let mine = house.ask(&house.bob, ("GET", "/v1/subject-requests/mine"), Value::Null, 200).await;
    assert_eq!(mine["items"], json!([house.follow(&token).await]), "whoever it is sees it among their own");
}

#[tokio::test]
async fn what_relatives_ask_is_never_put_among_the_requests_of_the_dead() {
    let house = House::open().await;
    let body = json!({ "kind": "deceased" }).as_object().unwrap().clone();
    let mut asked = access("acme");
    asked.as_object_mut().unwrap().extend(body);
    let (id, _) = names(&house.ask(None, ("POST", "/v1/subject-requests"), asked, 201).await);
    let theirs = json!({ "proof": "papers", "member_id": house.bob.id });
    let refused = house.act(&house.ann, (&id, "check-identity"), theirs, 422).await;
    assert_eq!((&refused["field"], &refused["why"]), (&json!("member_id"), &json!("is_somebody_else")));
    let seen = house.act(&house.ann, (&id, "check-identity"), json!({ "proof": "papers" }), 200).await;
    assert_eq!(seen["name"], "Wang Fang", "of whoever is in no directory it stays");
}

#[tokio::test]
async fn of_whoever_is_known_no_name_and_no_address_is_kept() {
    let house = House::open().await;
    house.make(None).await;
    let seen = &house.board(&house.ann, "").await["items"][0];
    assert_eq!((&seen["name"], &seen["contact"]), (&json!("Wang Fang"), &json!("+86 139 0000 0000")));
    house.make(&house.bob).await;
    let seen = &house.board(&house.ann, "state=identity_checked").await["items"][0];
    assert_eq!(seen["member_id"], json!(house.bob.id));
    assert_eq!((seen.get("name"), seen.get("contact")), (None, None));
}

#[tokio::test]
async fn nobody_a_stranger_and_a_colleague_see_nothing_and_do_nothing() {
    let house = House::open().await;
    let (id, token) = names(&house.make(&house.bob).await);
    assert_eq!(house.board(&house.ann, "").await["items"].as_array().unwrap().len(), 1);
    let list = ("GET", "/v1/subject-requests");
    house.ask(None, list, Value::Null, 401).await;
    house.ask(&house.eve, list, Value::Null, 403).await;
    house.ask(&house.bob, list, Value::Null, 403).await;
    assert_eq!(house.board(&house.mal, "").await["items"], json!([]), "another organisation has its own");
    for act in ["take-up", "withdraw"] {
        let expected = if act == "withdraw" { 404 } else { 403 };
        house.act(&house.eve, (&id, act), Value::Null, expected).await;
        house.act(&house.mal, (&id, act), Value::Null, 404).await;
    }
    let drafts = format!("/v1/subject-requests/{id}/drafts");
    house.ask(&house.eve, ("GET", &drafts), Value::Null, 403).await;
    house.ask(&house.mal, ("GET", &drafts), Value::Null, 404).await;
    house.ask(&house.ann, ("GET", &drafts), Value::Null, 200).await;
    for wrong in ["x", &id, &token[1..], &format!("{token}A")] {
        house.ask(None, ("GET", &format!("/v1/subject-requests/by-token/{wrong}")), Value::Null, 404).await;
    }
}

#[tokio::test]
async fn what_makes_no_sense_is_refused_and_an_address_asks_twenty_times_a_day() {
    let house = House::open().await;
    let path = ("POST", "/v1/subject-requests");
    for organisation in ["nowhere", "", "a\u{0}b", "' or true"] {
        house.ask(None, path, access(organisation), 404).await;
    }
    for (field, value, why) in [
        ("words", json!(" \n "), "is_empty"),
        ("words", json!("x".repeat(4_001)), "is_too_long"),
        ("words", json!("\u{202E}backwards"), "has_control_characters"),
        ("contact", json!("two\nlines"), "has_control_characters"),
        ("name", json!("x".repeat(101)), "is_too_long"),
    ] {
        let mut body = access("acme");
        body[field] = value;
        let refused = house.ask(None, path, body, 422).await;
        assert_eq!((&refused["field"], &refused["why"]), (&json!(field), &json!(why)));
    }
    let mut taken = 0;
    while house.t.call(None, path.0, path.1, access("acme")).await.0 == 201 {
        taken += 1;
    }
    assert_eq!(taken, 15, "five were refused before");
    house.ask(None, path, access("acme"), 429).await;
    house.make(&house.bob).await;
    let mut of_bob = 1;
    while house.t.call(&house.bob, path.0, path.1, access("acme")).await.0 == 201 {
        of_bob += 1;
    }
    assert_eq!(of_bob, 50, "a colleague asks fifty times a day");
    house.make(&house.eve).await;
    house.t.clock.advance(TimeDelta::days(1));
    house.make(None).await;
}

#[tokio::test]
async fn when_five_hundred_wait_from_outside_no_more_are_taken_and_colleagues_still_ask() {
    let house = House::open().await;
    let (id, _) = names(&house.make(None).await);
    let mut tx = house.begin().await;
    sqlx::query(
        "insert into requests.subject_request
             (id, number, kind, language, state, token_hash, said, received_at, goes_at, told)
         select gen_random_uuid(), 'N' || n, kind, language, state, decode(lpad(to_hex(n), 8, '0'), 'hex'), said, received_at,
                goes_at, told
         from requests.subject_request, generate_series(1, 499) as n where id = $1",
    )
    .bind(id.parse::<requests::SubjectRequestId>().unwrap())
    .execute(tx.db())
    .await
    .unwrap();
    tx.commit().await.unwrap();
    let refused = house.ask(None, ("POST", "/v1/subject-requests"), access("acme"), 409).await;
    assert_eq!(refused["code"], "requests.too_many");
    house.make(&house.bob).await;
    house.ask(None, ("POST", "/v1/subject-requests"), access("rival"), 201).await;
}

#[tokio::test]
async fn what_was_written_is_sealed_and_stands_in_no_event() {
    let house = House::open().await;
    let (id, _) = names(&house.make(None).await);
    house.take_up(&id).await;
    let answer = json!({ "outcome": "answered", "text": "Canary: the answer." });
    house.act(&house.ann, (&id, "finish"), answer, 200).await;
    let mut tx = house.begin().await;
    let rows: String = sqlx::query_scalar("select string_agg(r::text, ' ') from requests.subject_request r")
        .fetch_one(tx.db())
        .await
        .unwrap();
    let events: String =
        sqlx::query_scalar("select string_agg(o::text, ' ') from kernel.outbox o").fetch_one(tx.db()).await.unwrap();
    for canary in ["Wang", "+86 139", "left in May", "Canary"] {
        assert!(!rows.contains(canary) && !events.contains(canary), "{canary}");
    }
}
