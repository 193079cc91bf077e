//! Two nodes of one installation: what is done on one is heard by windows on the other.

use serde_json::{Value, json};
use testkit::{TestApp, TestSocket};

use crate::talk::{Office, numbers, words};

struct Nodes {
    office: Office,
    other: TestApp,
}

impl Nodes {
    /// The second node knows whoever is there by now; each hears the other.
    async fn open() -> Self {
        let office = Office::open().await;
        let modules = vec![inbox::module(), files::module(), search::module(), chat::module()];
        let other = office.t.beside(modules).await;
        office.t.hear(&other);
        other.hear(&office.t);
        office.t.start();
        other.start();
        Self { office, other }
    }
}

async fn message(window: &mut TestSocket) -> Value {
    window.next_of("chat", "message").await["message"].clone()
}

#[tokio::test]
async fn what_is_said_changed_and_taken_back_on_one_node_is_heard_on_the_other() {
    let Nodes { office, other } = Nodes::open().await;
    let lunch = office.group(&office.ann, &[&office.bob]).await;
    let mut bob = other.socket(&office.bob).await;
    let said = office.say(&office.ann, &lunch, "hello").await;
    let heard = message(&mut bob).await;
    assert_eq!((&heard["seq"], &heard["body"]["text"], &heard["id"]), (&said["seq"], &json!("hello"), &said["id"]));
    assert_eq!(heard["author_id"], json!(office.ann.id));
    let path = format!("/v1/conversations/{lunch}/messages/{}", said["seq"]);
    office.ask(&office.ann, "PATCH", &path, json!({"text": "hello again"}), 200).await;
    let changed = bob.next_of("chat", "changed").await["message"].clone();
    assert_eq!((&changed["seq"], &changed["body"]["text"]), (&said["seq"], &json!("hello again")));
    office.ask(&office.ann, "DELETE", &path, json!(null), 204).await;
    let recalled = bob.next_of("chat", "changed").await["message"].clone();
    assert_eq!((&recalled["state"], &recalled["body"]), (&json!("recalled"), &Value::Null));
}

#[tokio::test]
async fn both_nodes_number_one_conversation_without_a_gap_and_windows_on_either_hear_all_of_it() {
    let Nodes { office, other } = Nodes::open().await;
    let lunch = office.group(&office.ann, &[&office.bob]).await;
    let (mut ann, mut bob) = (office.t.socket(&office.ann).await, other.socket(&office.bob).await);
    for turn in 0..20 {
        let send = json!({"c": "chat", "k": "send", "client_id": office.client_id(), "conversation_id": lunch,
                          "body": {"v": 1, "kind": "text", "text": format!("{turn}")}});
        let window = if turn % 2 == 0 { &ann } else { &bob };
        window.send(send).await.unwrap();
    }
    // Each hears of its own by `sent` and of the other's by `message`: ten and ten.
    for window in [&mut ann, &mut bob] {
        let mut seqs = Vec::new();
        while seqs.len() < 20 {
            let frame = window.next().await;
            match (frame["c"].as_str(), frame["k"].as_str()) {
                (Some("chat"), Some("sent")) => seqs.push(frame["seq"].as_i64().unwrap()),
                (Some("chat"), Some("message")) if frame["message"]["body"]["kind"] == "text" => {
                    seqs.push(frame["message"]["seq"].as_i64().unwrap());
                }
                _ => {}
            }
        }
        seqs.sort_unstable();
        let first = seqs[0];
        assert_eq!(seqs, (first..first + 20).collect::<Vec<_>>(), "each once, none left out");
    }
    let page = office.page(&office.bob, &lunch, "?limit=50").await;
    let all = numbers(&page);
    assert!(all.windows(2).all(|pair| (pair[0] - pair[1]).abs() == 1), "{all:?}");
    assert_eq!(words(&page).len(), 20);
}

#[tokio::test]
async fn reading_writing_and_who_is_there_are_told_across_nodes() {
    let Nodes { office, other } = Nodes::open().await;
    office.ask(&office.ann, "PATCH", "/v1/organisation", json!({"shows_presence": true}), 200).await;
    let lunch = office.group(&office.ann, &[&office.bob]).await;
    let (ann, mut bob) = (office.t.socket(&office.ann).await, other.socket(&office.bob).await);
    ann.send(json!({"c": "typing", "k": "typing", "conversation_id": lunch})).await.unwrap();
    assert_eq!(bob.next_of("typing", "typing").await["member_id"], json!(office.ann.id));
    let said = office.say(&office.bob, &lunch, "look").await;
    office.read(&office.ann, &lunch, said["seq"].as_i64().unwrap()).await;
    let read = bob.next_of("chat", "read").await;
    assert_eq!((&read["member_id"], &read["seq"]), (&json!(office.ann.id), &said["seq"]));
    bob.send(json!({"c": "presence", "k": "watch", "member_ids": [office.ann.id]})).await.unwrap();
    assert_eq!(bob.next_of("presence", "presence").await["items"][0]["state"], "offline");
    for state in ["active", "away"] {
        ann.send(json!({"c": "presence", "k": state})).await.unwrap();
        assert_eq!(bob.next_of("presence", "presence").await["items"][0]["state"], state);
    }
}

#[tokio::test]
async fn a_colleague_who_is_renamed_or_comes_is_known_on_every_node() {
    let Nodes { office, other } = Nodes::open().await;
    let found = async |name: &str| {
        let path = format!("/v1/members?query={name}");
        let (status, answer) = other.call(&office.bob, "GET", &path, json!(null)).await;
        assert_eq!(status, 200, "{answer}");
        answer["items"].as_array().unwrap().len()
    };
    // The other node has loaded its people before anything changes.
    assert_eq!((found("Ann").await, found("Zoe").await), (1, 0));
    let path = format!("/v1/members/{}", office.eve.id);
    office.ask(&office.ann, "PATCH", &path, json!({"name": "Zoe"}), 200).await;
    // Heard as soon as it is said; a busy machine may take a moment.
    for _ in 0..200 {
        if (found("Zoe").await, found("Eve").await) == (1, 0) {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("the other node still knows the old name");
}

#[tokio::test]
async fn windows_are_told_when_something_may_have_been_missed() {
    let Nodes { office, other } = Nodes::open().await;
    let mut bob = other.socket(&office.bob).await;
    other.app.missed();
    assert_eq!(bob.next_of("sys", "missed").await, json!({"c": "sys", "k": "missed"}));
}
