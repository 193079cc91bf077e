//! How a request ends, and what stands of it afterwards (`DSR-11`, `DSR-13`).

use serde_json::{Value, json};

use crate::house::{House, names, text};

#[tokio::test]
async fn a_request_is_taken_up_and_answered_in_the_words_of_a_draft() {
    let house = House::open().await;
    let (id, token) = names(&house.make(&house.bob).await);
    let taken = house.act(&house.ann, (&id, "take-up"), Value::Null, 200).await;
    assert_eq!((&taken["state"], &taken["handler_id"]), (&json!("in_work"), &json!(house.ann.id)));
    let drafts = house.ask(&house.ann, ("GET", &format!("/v1/subject-requests/{id}/drafts")), Value::Null, 200).await;
    let draft = text(&drafts["answered"]);
    assert!(
        draft.contains(&text(&taken["number"])) && draft.contains("2026-01-02") && draft.ends_with("Acme"),
        "{draft}"
    );
    let done = json!({ "outcome": "answered", "text": draft });
    let ended = house.act(&house.ann, (&id, "finish"), done.clone(), 200).await;
    assert_eq!((&ended["state"], &ended["due"]["lateness"]), (&json!("answered"), &json!("on_time")));
    let read = house.follow(&token).await;
    assert_eq!((&read["told"]["answer"], &read["can_withdraw"]), (&json!(draft), &json!(false)));
    assert_eq!(house.bell(&house.bob).await, ["subject_request_ended"]);
    assert_eq!(house.bell(&house.ann).await, Vec::<String>::new(), "nobody is led to what is over");
    house.act(&house.ann, (&id, "finish"), done, 409).await;
    house.act(&house.bob, (&id, "withdraw"), Value::Null, 409).await;
}

#[tokio::test]
async fn drafts_are_in_the_language_of_whoever_asked() {
    let house = House::open().await;
    for (language, word) in [("zh-CN", "编号"), ("zh-TW", "編號"), ("en", "request")] {
        for kind in
            ["access", "correction", "deletion", "restriction", "objection", "explanation", "withdrawal", "complaint"]
        {
            let body = json!({ "organisation": "acme", "kind": kind, "language": language, "words": "x" });
            let made = house.ask(&house.bob, ("POST", "/v1/subject-requests"), body, 201).await;
            let path = format!("/v1/subject-requests/{}/drafts", text(&made["request"]["id"]));
            let drafts = house.ask(&house.ann, ("GET", &path), Value::Null, 200).await;
            let texts = ["answered", "refused", "forwarded", "delayed"].map(|one| text(&drafts[one]));
            let is_whole = |draft: &String| draft.contains(word) && !draft.contains('{');
            assert!(texts.iter().all(is_whole), "{language} {kind}: {texts:?}");
        }
    }
}

#[tokio::test]
async fn whoever_has_no_account_is_not_sent_where_one_is_needed() {
    let house = House::open().await;
    let draft = async |id: &str| {
        let path = format!("/v1/subject-requests/{id}/drafts");
        text(&house.ask(&house.ann, ("GET", &path), Value::Null, 200).await["answered"])
    };
    let (known, _) = names(&house.make(&house.bob).await);
    assert!(draft(&known).await.contains("sign in"));
    let (stranger, _) = names(&house.make(None).await);
    assert!(!draft(&stranger).await.contains("sign in"));
}

#[tokio::test]
async fn dsr_11_a_refusal_has_a_ground_and_only_a_refusal_has_one() {
    let house = House::open().await;
    let (id, token) = names(&house.make(None).await);
    house.take_up(&id).await;
    for (body, field) in [
        (json!({ "outcome": "refused", "text": "No." }), "ground"),
        (json!({ "outcome": "answered", "text": "Yes.", "ground": "excessive" }), "ground"),
        (json!({ "outcome": "forwarded", "text": "There." }), "forwarded_to"),
        (json!({ "outcome": "answered", "text": "Yes.", "forwarded_to": "Them" }), "forwarded_to"),
        (json!({ "outcome": "answered", "text": " " }), "text"),
    ] {
        let refused = house.act(&house.ann, (&id, "finish"), body, 422).await;
        assert_eq!(refused["field"], field);
    }
    let no = json!({ "outcome": "refused", "text": "A law says that it stays.", "ground": "law_requires" });
    house.act(&house.ann, (&id, "finish"), no, 200).await;
    let read = house.follow(&token).await;
    assert_eq!((&read["state"], &read["told"]["ground"]), (&json!("refused"), &json!("law_requires")));
}

#[tokio::test]
async fn whose_identity_cannot_be_found_out_is_refused_on_that_ground_alone() {
    let house = House::open().await;
    let (id, _) = names(&house.make(None).await);
    let other = json!({ "outcome": "refused", "text": "No.", "ground": "excessive" });
    house.act(&house.ann, (&id, "finish"), other, 409).await;
    let unproven = json!({ "outcome": "refused", "text": "Nobody answered.", "ground": "identity_unproven" });
    let ended = house.act(&house.ann, (&id, "finish"), unproven, 200).await;
    assert_eq!((&ended["state"], &ended["handler_id"]), (&json!("refused"), &json!(house.ann.id)));
}

#[tokio::test]
async fn dsr_13_what_somebody_else_decides_about_is_forwarded_at_once() {
    let house = House::open().await;
    let (id, token) = names(&house.make(None).await);
    let on =
        json!({ "outcome": "forwarded", "text": "They decide.", "forwarded_to": "Rival Ltd, privacy@rival.example" });
    house.act(&house.ann, (&id, "finish"), on, 200).await;
    let read = house.follow(&token).await;
    assert_eq!(read["state"], "forwarded");
    assert_eq!(read["told"]["forwarded_to"], "Rival Ltd, privacy@rival.example");
}

#[tokio::test]
async fn whoever_asked_takes_it_back_by_the_link_or_signed_in() {
    let house = House::open().await;
    let (_, token) = names(&house.make(None).await);
    let path = format!("/v1/subject-requests/by-token/{token}/withdraw");
    assert_eq!(house.ask(None, ("POST", &path), Value::Null, 200).await["state"], "withdrawn");
    house.ask(None, ("POST", &path), Value::Null, 409).await;
    let (id, _) = names(&house.make(&house.bob).await);
    assert_eq!(house.act(&house.bob, (&id, "withdraw"), Value::Null, 200).await["state"], "withdrawn");
    house.act(&house.ann, (&id, "take-up"), Value::Null, 409).await;
    assert_eq!(house.bell(&house.ann).await, Vec::<String>::new());
    assert_eq!(house.board(&house.ann, "state=withdrawn").await["items"].as_array().unwrap().len(), 2);
    assert_eq!(house.board(&house.ann, "is_open=true").await["items"], json!([]));
}

#[tokio::test]
async fn each_step_stands_in_the_audit_log_with_the_right_it_rests_on() {
    let house = House::open().await;
    let (id, _) = names(&house.make(None).await);
    house.take_up(&id).await;
    house.act(&house.ann, (&id, "explain-delay"), json!({ "reason": "Much to look at." }), 200).await;
    house.act(&house.ann, (&id, "finish"), json!({ "outcome": "answered", "text": "Done." }), 200).await;
    let mut tx = house.begin().await;
    let lines: Vec<(String, Option<String>)> =
        sqlx::query_as("select name, rule from kernel.audit_entry where name like 'requests.%' order by line")
            .fetch_all(tx.db())
            .await
            .unwrap();
    let by_right = |name: &str| (format!("requests.{name}"), Some("people.edit".to_owned()));
    let expected = [
        ("requests.subject_request_received".to_owned(), None),
        by_right("identity_checked"),
        by_right("subject_request_taken_up"),
        by_right("delay_explained"),
        by_right("subject_request_ended"),
    ];
    assert_eq!(lines, expected);
}
