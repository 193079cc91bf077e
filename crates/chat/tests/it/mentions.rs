//! Mentions: counted while unread, told through the inbox (`NTF-01`), gone with the message.

use crate::talk::Office;
use chrono::TimeDelta;
use serde_json::{Value, json};
use testkit::Person;

/// What a person was told, after everything that was due has been.
async fn told(office: &Office, who: &Person) -> Vec<(String, String)> {
    office.t.clock.advance(TimeDelta::minutes(10));
    office.t.run_jobs().await;
    let page = office.ask(who, "GET", "/v1/notifications", json!(null), 200).await;
    let items = page["items"].as_array().unwrap().iter();
    items.map(|n| (n["kind"].as_str().unwrap().to_owned(), n["text"].as_str().unwrap().to_owned())).collect()
}

fn text(words: &str, mentions: &[&Person]) -> Value {
    json!({"kind": "text", "text": words, "mentions": mentions.iter().map(|p| p.id).collect::<Vec<_>>()})
}

#[tokio::test]
async fn who_is_named_is_told_and_counts_it_until_it_is_read() {
    let office = Office::open().await;
    let fay = office.t.member(office.ann.org, "Fay").await;
    let lunch = office.group(&office.ann, &[&office.bob, &office.eve]).await;
    office.t.clock.advance(TimeDelta::seconds(1));
    office.send(&office.ann, &lunch, text("Bob, are you coming?", &[&office.bob, &office.ann, &fay])).await;
    assert_eq!(office.conversation(&office.bob, &lunch).await["my"]["mentions"], 1);
    assert_eq!(office.conversation(&office.eve, &lunch).await["my"]["mentions"], 0);
    assert_eq!(office.conversation(&office.ann, &lunch).await["my"]["mentions"], 0, "naming oneself is nothing");
    let bobs = told(&office, &office.bob).await;
    assert_eq!(bobs[0], ("mention".to_owned(), "Bob, are you coming?".to_owned()));
    assert_eq!(bobs[1], ("added_to_group".to_owned(), "Lunch".to_owned()));
    assert_eq!(told(&office, &office.eve).await.len(), 1, "only that she is in the group");
    assert_eq!(told(&office, &fay).await.len(), 0, "whoever is not in the conversation learns nothing of it");
    office.read(&office.bob, &lunch, 2).await;
    assert_eq!(office.conversation(&office.bob, &lunch).await["my"]["mentions"], 0);
}

#[tokio::test]
async fn whoever_reads_a_mention_has_seen_what_they_were_told_of_it() {
    let office = Office::open().await;
    let lunch = office.group(&office.ann, &[&office.bob]).await;
    let unread = async || {
        let page = office.ask(&office.bob, "GET", "/v1/notifications", json!(null), 200).await;
        page["unread"].as_i64().unwrap()
    };
    let at_first = unread().await;
    let said = office.send(&office.ann, &lunch, text("Bob, are you coming?", &[&office.bob])).await;
    told(&office, &office.bob).await;
    assert_eq!(unread().await, at_first + 1);
    office.read(&office.bob, &lunch, said["seq"].as_i64().unwrap()).await;
    assert_eq!(unread().await, at_first);
    // Read before anybody was told: nothing is left to tell.
    let said = office.send(&office.ann, &lunch, text("Bob?", &[&office.bob])).await;
    let seq = said["seq"].as_i64().unwrap();
    office.read(&office.bob, &lunch, seq).await;
    told(&office, &office.bob).await;
    assert_eq!(unread().await, at_first);
}

#[tokio::test]
async fn nobody_is_named_who_is_not_a_colleague() {
    let office = Office::open().await;
    let rival = office.t.org("rival").await;
    let mal = office.t.member(rival, "Mal").await;
    let direct = office.direct(&office.ann, &office.bob).await;
    let path = format!("/v1/conversations/{direct}/messages");
    office.send(&office.ann, &direct, text("Bob!", &[&office.bob])).await;
    for stranger in [json!(mal.id), json!(kernel::MemberId(uuid::Uuid::nil())), json!(office.client_id())] {
        let body = json!({"kind": "text", "text": "who?", "mentions": [office.bob.id, stranger]});
        let message = json!({"client_id": office.client_id(), "body": body});
        let refused = office.ask(&office.ann, "POST", &path, message, 422).await;
        assert_eq!((&refused["field"], &refused["why"]), (&json!("mentions"), &json!("unknown")), "{refused}");
        let edit = json!({"text": "who?", "mentions": [stranger]});
        let refused = office.ask(&office.ann, "PATCH", &format!("{path}/1"), edit, 422).await;
        assert_eq!(refused["field"], "mentions");
    }
}

#[tokio::test]
async fn whoever_is_not_seen_is_named_only_where_one_meets_them() {
    let office = Office::open().await;
    let fay = office.t.member(office.ann.org, "Fay").await;
    let lunch = office.group(&office.ann, &[&office.bob, &office.eve]).await;
    let path = format!("/v1/conversations/{lunch}/messages");
    let name = async |who: &Person, status: u16| {
        let message = json!({"client_id": office.client_id(), "body": text("hello", &[who])});
        office.ask(&office.bob, "POST", &path, message, status).await
    };
    name(&fay, 201).await;
    for hidden in [&fay, &office.eve] {
        office.ask(&office.ann, "PATCH", &format!("/v1/members/{}", hidden.id), json!({"is_hidden": true}), 200).await;
    }
    let refused = name(&fay, 422).await;
    assert_eq!(
        (&refused["field"], &refused["why"]),
        (&json!("mentions"), &json!("unknown")),
        "as if nobody had that id"
    );
    name(&office.eve, 201).await;
    // Whoever is not in a conversation is not told who is.
    let direct = office.direct(&office.ann, &office.eve).await;
    let elsewhere = format!("/v1/conversations/{direct}/messages");
    let message = json!({"client_id": office.client_id(), "body": text("hello", &[&office.eve])});
    office.ask(&office.bob, "POST", &elsewhere, message, 404).await;
}

#[tokio::test]
async fn only_who_looks_after_a_group_mentions_everybody() {
    let office = Office::open().await;
    let lunch = office.group(&office.ann, &[&office.bob, &office.eve]).await;
    let path = format!("/v1/conversations/{lunch}/messages");
    let all = json!({"kind": "text", "text": "fire drill", "mentions_all": true});
    let message = json!({"client_id": office.client_id(), "body": all});
    office.ask(&office.bob, "POST", &path, message, 403).await;
    office.ask(&office.eve, "PATCH", &format!("/v1/conversations/{lunch}/my"), json!({"is_muted": true}), 200).await;
    office.send(&office.ann, &lunch, all).await;
    assert_eq!(office.conversation(&office.bob, &lunch).await["my"]["mentions"], 1);
    assert_eq!(office.conversation(&office.eve, &lunch).await["my"]["mentions"], 1);
    assert_eq!(told(&office, &office.bob).await.len(), 2);
    assert_eq!(told(&office, &office.eve).await.len(), 1, "muted: everybody spares her");
    let direct = office.direct(&office.ann, &office.bob).await;
    let message = json!({"client_id": office.client_id(), "body": {"kind": "text", "text": "x", "mentions_all": true}});
    office.ask(&office.ann, "POST", &format!("/v1/conversations/{direct}/messages"), message, 403).await;
}

#[tokio::test]
async fn everybody_is_mentioned_and_spared_by_an_edit_too() {
    let office = Office::open().await;
    let lunch = office.group(&office.ann, &[&office.bob]).await;
    let edit = async |who: &Person, seq: i64, all: bool, expected: u16| {
        let body = json!({"text": "fire drill", "mentions_all": all});
        office.ask(who, "PATCH", &format!("/v1/conversations/{lunch}/messages/{seq}"), body, expected).await
    };
    let said = office.say(&office.ann, &lunch, "fire drill").await;
    let seq = said["seq"].as_i64().unwrap();
    assert_eq!(edit(&office.ann, seq, true, 200).await["body"]["mentions_all"], true);
    assert_eq!(office.conversation(&office.bob, &lunch).await["my"]["mentions"], 1);
    edit(&office.ann, seq, false, 200).await;
    assert_eq!(office.conversation(&office.bob, &lunch).await["my"]["mentions"], 0);
    let bobs = office.say(&office.bob, &lunch, "really?").await["seq"].as_i64().unwrap();
    edit(&office.bob, bobs, true, 403).await;
}

#[tokio::test]
async fn a_recalled_mention_is_taken_back_from_the_inbox() {
    let office = Office::open().await;
    let direct = office.direct(&office.ann, &office.bob).await;
    office.send(&office.ann, &direct, text("Bob, the code is 1234", &[&office.bob])).await;
    office.t.clock.advance(TimeDelta::seconds(-30));
    assert_eq!(told(&office, &office.bob).await.len(), 1);
    office.t.clock.advance(TimeDelta::minutes(-9));
    office.ask(&office.ann, "POST", &format!("/v1/conversations/{direct}/messages/1/recall"), json!(null), 204).await;
    assert_eq!(office.conversation(&office.bob, &direct).await["my"]["mentions"], 0);
    assert_eq!(told(&office, &office.bob).await, []);
}

#[tokio::test]
async fn an_edit_changes_who_is_named_and_what_they_were_told() {
    let office = Office::open().await;
    let lunch = office.group(&office.ann, &[&office.bob, &office.eve]).await;
    office.send(&office.ann, &lunch, text("Bob pays", &[&office.bob])).await;
    let edit = json!({"text": "Eve pays", "mentions": [office.eve.id]});
    office.ask(&office.ann, "PATCH", &format!("/v1/conversations/{lunch}/messages/2"), edit, 200).await;
    let bobs = told(&office, &office.bob).await;
    assert!(bobs.iter().all(|(kind, _)| kind != "mention"), "{bobs:?}");
    assert!(told(&office, &office.eve).await.contains(&("mention".to_owned(), "Eve pays".to_owned())));
}

#[tokio::test]
async fn a_change_while_people_are_being_told_is_not_in_the_way_of_either() {
    let office = Office::open().await;
    let direct = office.direct(&office.ann, &office.bob).await;
    for round in 1..=20 {
        office.send(&office.ann, &direct, text("Bob, old words", &[&office.bob])).await;
        let path = format!("/v1/conversations/{direct}/messages/{round}");
        let edit = json!({"text": "Bob, new words", "mentions": [office.bob.id]});
        office.ask(&office.ann, "PATCH", &path, edit, 200).await;
    }
    let bobs = told(&office, &office.bob).await;
    assert_eq!((bobs.len(), bobs.iter().any(|(_, text)| text.contains("old"))), (20, false));
}
