//! Edit and recall, in the organisation's windows; both leave a mark.

use crate::talk::{Office, words};
use chrono::TimeDelta;
use serde_json::json;

#[tokio::test]
async fn an_author_edits_within_the_window_and_it_shows() {
    let office = Office::open().await;
    let direct = office.direct(&office.ann, &office.bob).await;
    let sent = office.say(&office.ann, &direct, "Nodles?").await;
    assert_eq!(sent["edit_until"], "2026-01-02T12:15:00Z");
    let at = format!("/v1/conversations/{direct}/messages/1");
    office.ask(&office.bob, "PATCH", &at, json!({"text": "Rice"}), 403).await;
    office.ask(&office.eve, "PATCH", &at, json!({"text": "Rice"}), 404).await;
    office.t.clock.advance(TimeDelta::minutes(15));
    let edited = office.ask(&office.ann, "PATCH", &at, json!({"text": "Noodles?"}), 200).await;
    assert_eq!((&edited["state"], &edited["body"]["text"]), (&json!("edited"), &json!("Noodles?")));
    let page = office.page(&office.bob, &direct, "").await;
    assert_eq!((words(&page), &page["items"][0]["state"]), (vec!["Noodles?"], &json!("edited")));
    office.t.clock.advance(TimeDelta::milliseconds(1));
    let late = office.ask(&office.ann, "PATCH", &at, json!({"text": "Rice"}), 409).await;
    assert_eq!(late["code"], "chat.edit_window_over");
    office
        .ask(&office.ann, "PATCH", &format!("/v1/conversations/{direct}/messages/2"), json!({"text": "x"}), 404)
        .await;
}

#[tokio::test]
async fn a_recalled_message_leaves_its_place_and_nothing_of_its_words() {
    let office = Office::open().await;
    let direct = office.direct(&office.ann, &office.bob).await;
    office.say(&office.ann, &direct, "the password is swordfish").await;
    office.send(&office.bob, &direct, json!({"kind": "text", "text": "thanks", "reply_to": {"seq": 1}})).await;
    let at = format!("/v1/conversations/{direct}/messages/1/recall");
    office.ask(&office.bob, "POST", &at, json!(null), 403).await;
    office.ask(&office.ann, "POST", &at, json!(null), 204).await;
    let page = office.page(&office.bob, &direct, "").await;
    assert_eq!((&page["items"][0]["state"], &page["items"][0]["body"]), (&json!("recalled"), &json!(null)));
    assert_eq!(
        page["items"][1]["body"]["reply_to"],
        json!({"seq": 1, "author_id": office.ann.id}),
        "the quote is empty"
    );
    assert_eq!(office.conversation(&office.ann, &direct).await["last"]["n"], 2, "numbers stay");
    office.ask(&office.ann, "POST", &at, json!(null), 409).await;
    office
        .ask(&office.ann, "PATCH", &format!("/v1/conversations/{direct}/messages/1"), json!({"text": "x"}), 409)
        .await;
    let forward = json!({"conversation_ids": [direct], "client_ids": [office.client_id()]});
    office.ask(&office.bob, "POST", &format!("/v1/conversations/{direct}/messages/1/forward"), forward, 409).await;
    let events = office.t.events(office.ann.org).await;
    assert!(events.contains(&"chat.message_recalled".to_owned()));
}

#[tokio::test]
async fn after_the_window_only_who_looks_after_the_group_removes_a_message() {
    let office = Office::open().await;
    let lunch = office.group(&office.ann, &[&office.bob, &office.eve]).await;
    let sent = office.say(&office.bob, &lunch, "rude").await;
    assert_eq!(sent["recall_until"], "2026-01-02T12:02:00Z");
    office.t.clock.advance(TimeDelta::minutes(2) + TimeDelta::milliseconds(1));
    let at = format!("/v1/conversations/{lunch}/messages/2/recall");
    assert_eq!(office.ask(&office.bob, "POST", &at, json!(null), 409).await["code"], "chat.recall_window_over");
    office.ask(&office.eve, "POST", &at, json!(null), 403).await;
    office.ask(&office.ann, "POST", &at, json!(null), 204).await;
    let page = office.page(&office.bob, &lunch, "").await;
    assert_eq!((&page["items"][1]["state"], &page["items"][1]["body"]), (&json!("removed"), &json!(null)));
    office.ask(&office.ann, "POST", &format!("/v1/conversations/{lunch}/messages/1/recall"), json!(null), 403).await;
}

#[tokio::test]
async fn the_windows_are_the_organisations() {
    let office = Office::open().await;
    let direct = office.direct(&office.ann, &office.bob).await;
    office.say(&office.ann, &direct, "one").await;
    office.t.clock.advance(TimeDelta::minutes(5));
    office
        .ask(&office.ann, "PATCH", "/v1/organisation", json!({"edit_window_s": 60, "recall_window_s": 600}), 200)
        .await;
    let at = format!("/v1/conversations/{direct}/messages/1");
    office.ask(&office.ann, "PATCH", &at, json!({"text": "two"}), 409).await;
    office.ask(&office.ann, "POST", &format!("{at}/recall"), json!(null), 204).await;
}

#[tokio::test]
async fn who_is_out_of_the_group_changes_nothing_in_it() {
    let office = Office::open().await;
    let lunch = office.group(&office.ann, &[&office.bob]).await;
    office.say(&office.bob, &lunch, "one").await;
    office.ask(&office.bob, "POST", &format!("/v1/conversations/{lunch}/leave"), json!(null), 204).await;
    let at = format!("/v1/conversations/{lunch}/messages/2");
    office.ask(&office.bob, "PATCH", &at, json!({"text": "two"}), 404).await;
    office.ask(&office.bob, "POST", &format!("{at}/recall"), json!(null), 404).await;
}
