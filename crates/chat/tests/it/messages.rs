//! Saying and reading (`IM-01`, `IM-02`, `IM-06`, `IM-16`, `IM-24`).

use crate::talk::{Office, numbers, words};
use serde_json::json;

#[tokio::test]
async fn a_member_sends_and_another_reads() {
    let office = Office::open().await;
    let lunch = office.group(&office.ann, &[&office.bob]).await;
    let sent = office.say(&office.bob, &lunch, "Noodles?").await;
    assert_eq!(
        (sent["seq"].as_i64(), sent["n"].as_i64()),
        (Some(2), Some(1)),
        "the line \"created\" is 1 and does not count"
    );
    let page = office.page(&office.ann, &lunch, "").await;
    assert_eq!(words(&page), ["Noodles?"]);
    assert_eq!(page["items"][0]["body"]["event"], "created");
    assert_eq!(page["items"][1]["author_id"], json!(office.bob.id));
    assert_eq!(page["items"][1]["kept_until"], "2026-04-02T12:00:00Z", "IM-18: 90 days");
}

#[tokio::test]
async fn two_people_have_one_direct_conversation_whoever_begins() {
    let office = Office::open().await;
    let from_ann = office.direct(&office.ann, &office.bob).await;
    let from_bob = office.direct(&office.bob, &office.ann).await;
    assert_eq!(from_ann, from_bob);
    let shown = office.conversation(&office.bob, &from_bob).await;
    assert_eq!((&shown["kind"], &shown["peer_id"]), (&json!("direct"), &json!(office.ann.id)));
    let with_self = json!({"kind": "direct", "member_id": office.ann.id});
    office.ask(&office.ann, "POST", "/v1/conversations", with_self, 422).await;
}

#[tokio::test]
async fn the_other_one_sees_a_direct_conversation_with_its_first_message() {
    let office = Office::open().await;
    let direct = office.direct(&office.ann, &office.bob).await;
    assert_eq!(office.conversation(&office.bob, &direct).await["my"]["is_hidden"], true);
    assert_eq!(office.conversation(&office.ann, &direct).await["my"]["is_hidden"], false);
    office.say(&office.ann, &direct, "hello").await;
    let shown = office.conversation(&office.bob, &direct).await;
    assert_eq!((&shown["my"]["is_hidden"], &shown["my"]["unread"]), (&json!(false), &json!(1)));
    assert_eq!(shown["last_message"]["body"]["text"], "hello");
}

#[tokio::test]
async fn messages_go_only_to_those_they_are_for() {
    let office = Office::open().await;
    let mal = office.mal().await;
    let direct = office.direct(&office.ann, &office.bob).await;
    office.say(&office.ann, &direct, "between us").await;
    let path = format!("/v1/conversations/{direct}/messages");
    assert_eq!(words(&office.page(&office.bob, &direct, "").await), ["between us"]);
    for stranger in [&office.eve, &mal] {
        office.ask(stranger, "GET", &path, json!(null), 404).await;
        office.ask(stranger, "GET", &format!("/v1/conversations/{direct}"), json!(null), 404).await;
        let message = json!({"client_id": office.client_id(), "body": {"kind": "text", "text": "me too"}});
        office.ask(stranger, "POST", &path, message, 404).await;
        let list = office.ask(stranger, "GET", "/v1/conversations", json!(null), 200).await;
        assert_eq!(list["items"], json!([]));
    }
}

#[tokio::test]
async fn a_page_is_a_stretch_without_gaps() {
    let office = Office::open().await;
    let direct = office.direct(&office.ann, &office.bob).await;
    for number in 1..=10 {
        office.say(&office.ann, &direct, &format!("message {number}")).await;
    }
    let newest = office.page(&office.bob, &direct, "?limit=4").await;
    assert_eq!(
        (numbers(&newest), &newest["has_older"], &newest["has_newer"]),
        (vec![7, 8, 9, 10], &json!(true), &json!(false))
    );
    let before = office.page(&office.bob, &direct, "?limit=4&before=7").await;
    assert_eq!(
        (numbers(&before), &before["has_older"], &before["has_newer"]),
        (vec![3, 4, 5, 6], &json!(true), &json!(true))
    );
    let first = office.page(&office.bob, &direct, "?limit=4&before=3").await;
    assert_eq!((numbers(&first), &first["has_older"]), (vec![1, 2], &json!(false)));
    let after = office.page(&office.bob, &direct, "?limit=4&after=8").await;
    assert_eq!((numbers(&after), &after["has_newer"]), (vec![9, 10], &json!(false)));
    let around = office.page(&office.bob, &direct, "?limit=4&around=5").await;
    assert_eq!(
        (numbers(&around), &around["has_older"], &around["has_newer"]),
        (vec![3, 4, 5, 6], &json!(true), &json!(true))
    );
    office
        .ask(&office.bob, "GET", &format!("/v1/conversations/{direct}/messages?before=1&after=1"), json!(null), 422)
        .await;
}

#[tokio::test]
async fn one_can_jump_to_a_day() {
    let office = Office::open().await;
    let direct = office.direct(&office.ann, &office.bob).await;
    for day in 1..=5 {
        office.say(&office.ann, &direct, &format!("day {day}")).await;
        office.t.clock.advance(chrono::TimeDelta::days(20));
    }
    let page = office.page(&office.bob, &direct, "?limit=2&at=2026-02-11T00:00:00Z").await;
    assert_eq!(words(&page), ["day 2", "day 3"], "the first of that day on, and one before");
}

#[tokio::test]
async fn an_answer_shows_what_it_answers_as_the_server_knows_it() {
    let office = Office::open().await;
    let direct = office.direct(&office.ann, &office.bob).await;
    office.say(&office.ann, &direct, "Noodles or rice?").await;
    let answer =
        office.send(&office.bob, &direct, json!({"kind": "text", "text": "Rice.", "reply_to": {"seq": 1}})).await;
    let quote = json!({"seq": 1, "author_id": office.ann.id, "excerpt": "Noodles or rice?"});
    assert_eq!(answer["body"]["reply_to"], quote);
    assert_eq!(office.page(&office.ann, &direct, "").await["items"][1]["body"]["reply_to"], quote);
    let path = format!("/v1/conversations/{direct}/messages");
    let to_nothing =
        json!({"client_id": office.client_id(), "body": {"kind": "text", "text": "?", "reply_to": {"seq": 99}}});
    office.ask(&office.bob, "POST", &path, to_nothing, 404).await;
}

#[tokio::test]
async fn a_forwarded_message_says_whose_words_it_repeats() {
    let office = Office::open().await;
    let direct = office.direct(&office.ann, &office.bob).await;
    let (lunch, private) =
        (office.group(&office.bob, &[&office.eve]).await, office.group(&office.ann, &[&office.eve]).await);
    office.say(&office.ann, &direct, "We open on Monday.").await;
    let path = format!("/v1/conversations/{direct}/messages/1/forward");
    let one = json!({"conversation_ids": [lunch], "client_ids": [office.client_id()]});
    office.ask(&office.bob, "POST", &path, one.clone(), 204).await;
    office.ask(&office.bob, "POST", &path, one, 204).await;
    let page = office.page(&office.eve, &lunch, "").await;
    assert_eq!(words(&page), ["We open on Monday."], "the same client id again is the same message");
    assert_eq!(page["items"][1]["body"]["forwarded"]["author_id"], json!(office.ann.id));
    let both = json!({"conversation_ids": [lunch, private], "client_ids": [office.client_id(), office.client_id()]});
    office.ask(&office.bob, "POST", &path, both, 404).await;
    assert_eq!(words(&office.page(&office.eve, &lunch, "").await).len(), 1, "all of them or none");
}

#[tokio::test]
async fn what_cannot_be_said_is_refused_with_a_reason() {
    let office = Office::open().await;
    let direct = office.direct(&office.ann, &office.bob).await;
    let path = format!("/v1/conversations/{direct}/messages");
    let message = |client_id: uuid::Uuid, body: serde_json::Value| json!({"client_id": client_id, "body": body});
    let empty = message(office.client_id(), json!({"kind": "text", "text": "  \n"}));
    assert_eq!(office.ask(&office.ann, "POST", &path, empty, 422).await["field"], "text");
    let long = message(office.client_id(), json!({"kind": "text", "text": "x".repeat(20_001)}));
    assert_eq!(office.ask(&office.ann, "POST", &path, long, 422).await["field"], "text");
    let system = message(office.client_id(), json!({"kind": "system", "event": "left"}));
    office.ask(&office.ann, "POST", &path, system, 422).await;
    let old = office.client_id();
    office.t.clock.advance(chrono::TimeDelta::days(8));
    let late = message(old, json!({"kind": "text", "text": "late"}));
    assert_eq!(office.ask(&office.ann, "POST", &path, late, 422).await["field"], "client_id");
    assert_eq!(words(&office.page(&office.bob, &direct, "").await).len(), 0);
}

/// What a newer client means is not stored as if it were understood.
#[tokio::test]
async fn a_body_of_a_version_that_is_not_understood_is_refused() {
    let office = Office::open().await;
    let direct = office.direct(&office.ann, &office.bob).await;
    let path = format!("/v1/conversations/{direct}/messages");
    for (v, expected) in [(json!(1), 201), (json!(2), 422), (json!(0), 422), (json!(300), 422)] {
        let message = json!({"client_id": office.client_id(), "body": {"v": v, "kind": "text", "text": "noodles?"}});
        let answer = office.ask(&office.ann, "POST", &path, message, expected).await;
        assert_eq!(expected == 201, answer["body"]["v"] == 1, "{answer}");
    }
}
