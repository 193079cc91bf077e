//! What goes over the socket: messages, answers, read cursors, typing, presence.

use crate::talk::Office;
use serde_json::{Value, json};
use testkit::TestSocket;
use uuid::Uuid;

fn send(client_id: Uuid, conversation: &str, words: &str) -> Value {
    json!({"c": "chat", "k": "send", "client_id": client_id, "conversation_id": conversation,
           "body": {"v": 1, "kind": "text", "text": words}})
}

/// Everything that reached the window, once `mark` has: nothing can be under way behind it.
async fn until(socket: &mut TestSocket, mark: &str) -> Vec<Value> {
    let mut frames = Vec::new();
    loop {
        let frame = socket.next().await;
        let is_mark = frame["message"]["body"]["text"] == mark;
        frames.push(frame);
        if is_mark {
            return frames;
        }
    }
}

#[tokio::test]
async fn a_message_reaches_every_window_of_the_conversation_and_the_sender_is_answered() {
    let office = Office::open_live().await;
    let lunch = office.group(&office.ann, &[&office.bob, &office.eve]).await;
    let direct = office.direct(&office.ann, &office.bob).await;
    let (mut ann, mut ann_phone) = (office.t.socket(&office.ann).await, office.t.socket(&office.ann).await);
    let (mut bob, mut eve) = (office.t.socket(&office.bob).await, office.t.socket(&office.eve).await);
    let id = office.client_id();
    ann.send(send(id, &direct, "between us")).await.unwrap();
    let sent = ann.next().await;
    assert_eq!((&sent["k"], &sent["client_id"], &sent["seq"]), (&json!("sent"), &json!(id), &json!(1)));
    assert_eq!(sent["kept_until"], "2026-04-02T12:00:00Z");
    for socket in [&mut bob, &mut ann_phone] {
        let message = socket.next_of("chat", "message").await;
        assert_eq!(message["message"]["body"]["text"], "between us");
        assert_eq!(message["message"]["conversation_id"], json!(direct));
    }
    bob.send(send(office.client_id(), &lunch, "for all")).await.unwrap();
    let frames = until(&mut eve, "for all").await;
    assert_eq!(frames.len(), 1, "Eve hears nothing of what is not for her: {frames:?}");
    ann.send(send(id, &direct, "between us")).await.unwrap();
    assert_eq!(ann.next_of("chat", "sent").await["seq"], 1, "the same client id is the same message");
}

#[tokio::test]
async fn what_cannot_be_sent_is_refused_by_its_client_id() {
    let office = Office::open_live().await;
    let direct = office.direct(&office.ann, &office.bob).await;
    let mut eve = office.t.socket(&office.eve).await;
    let tries = [
        (send(office.client_id(), &direct, "me too"), "not_found", json!(null)),
        (send(office.client_id(), &direct, "  "), "invalid", json!("text")),
        (send(Uuid::nil(), &direct, "x"), "invalid", json!("client_id")),
        (
            json!({"c": "chat", "k": "send", "client_id": office.client_id(), "conversation_id": direct, "body": 7}),
            "invalid",
            json!("body"),
        ),
    ];
    for (frame, code, field) in tries {
        eve.send(frame.clone()).await.unwrap();
        let refused = eve.next().await;
        assert_eq!(
            (&refused["k"], &refused["client_id"], &refused["code"], &refused["field"]),
            (&json!("refused"), &frame["client_id"], &json!(code), &field)
        );
    }
    assert!(eve.send(json!({"c": "chat", "k": "sing"})).await.is_err());
}

/// A window stays open while the server becomes another version, and quotes with what it shows of a message; a program over HTTP is
/// told what it misspells.
#[tokio::test]
async fn of_what_a_window_says_the_unknown_is_passed_over_and_of_a_request_it_is_named() {
    let office = Office::open_live().await;
    let direct = office.direct(&office.ann, &office.bob).await;
    office.say(&office.ann, &direct, "noodles?").await;
    let mut bob = office.t.socket(&office.bob).await;
    let quote = json!({"seq": 1, "author_id": office.bob.id, "excerpt": "I resign"});
    let mut frame = send(office.client_id(), &direct, "yes");
    frame["body"]["reply_to"] = quote.clone();
    frame["body"]["mood"] = json!("hungry");
    bob.send(frame).await.unwrap();
    assert_eq!(bob.next_of("chat", "sent").await["seq"], 2);
    let page = office.page(&office.ann, &direct, "").await;
    let shown = json!({"seq": 1, "author_id": office.ann.id, "excerpt": "noodles?"});
    assert_eq!(page["items"][1]["body"]["reply_to"], shown, "as the server knows it");
    let messages = format!("/v1/conversations/{direct}/messages");
    for (body, field) in [
        (json!({"kind": "text", "text": "yes", "reply_to": quote}), "body.reply_to.author_id"),
        (json!({"kind": "text", "text": "yes", "mood": "hungry"}), "body.mood"),
    ] {
        let message = json!({"client_id": office.client_id(), "body": body});
        let refused = office.ask(&office.bob, "POST", &messages, message, 422).await;
        assert_eq!((&refused["field"], &refused["why"]), (&json!(field), &json!("unknown_member")), "{refused}");
    }
}

#[tokio::test]
async fn who_is_taken_out_hears_nothing_more_and_who_comes_in_does() {
    let office = Office::open_live().await;
    let lunch = office.group(&office.ann, &[&office.bob]).await;
    let (mut bob, mut eve) = (office.t.socket(&office.bob).await, office.t.socket(&office.eve).await);
    let members = format!("/v1/conversations/{lunch}/members");
    office.ask(&office.ann, "POST", &members, json!({"member_ids": [office.eve.id]}), 204).await;
    office.ask(&office.ann, "DELETE", &format!("{members}/{}", office.bob.id), json!(null), 204).await;
    office.say(&office.ann, &lunch, "Bob is gone").await;
    assert!(!until(&mut eve, "Bob is gone").await.is_empty());
    let other = office.direct(&office.ann, &office.bob).await;
    office.say(&office.ann, &other, "mark").await;
    let heard = until(&mut bob, "mark").await;
    let of_lunch = heard.iter().filter(|f| f["message"]["conversation_id"] == json!(lunch));
    assert!(of_lunch.clone().all(|f| f["message"]["body"]["event"] == "added"), "{heard:?}");
}

#[tokio::test]
async fn a_change_and_a_recall_show_in_open_windows() {
    let office = Office::open_live().await;
    let direct = office.direct(&office.ann, &office.bob).await;
    office.say(&office.ann, &direct, "one").await;
    let mut bob = office.t.socket(&office.bob).await;
    let at = format!("/v1/conversations/{direct}/messages/1");
    office.ask(&office.ann, "PATCH", &at, json!({"text": "two"}), 200).await;
    let changed = bob.next_of("chat", "changed").await;
    assert_eq!((&changed["message"]["body"]["text"], &changed["message"]["state"]), (&json!("two"), &json!("edited")));
    office.ask(&office.ann, "POST", &format!("{at}/recall"), json!(null), 204).await;
    let changed = bob.next_of("chat", "changed").await;
    assert_eq!((&changed["message"]["body"], &changed["message"]["state"]), (&json!(null), &json!("recalled")));
}

#[tokio::test]
async fn reading_shows_on_ones_other_devices_and_to_the_others() {
    let office = Office::open_live().await;
    let direct = office.direct(&office.ann, &office.bob).await;
    office.say(&office.ann, &direct, "one").await;
    let (mut ann, mut bob_phone) = (office.t.socket(&office.ann).await, office.t.socket(&office.bob).await);
    let bob = office.t.socket(&office.bob).await;
    bob.send(json!({"c": "chat", "k": "read", "conversation_id": direct, "seq": 1})).await.unwrap();
    for socket in [&mut ann, &mut bob_phone] {
        let read = socket.next_of("chat", "read").await;
        assert_eq!((&read["member_id"], &read["seq"], &read["n"]), (&json!(office.bob.id), &json!(1), &json!(1)));
    }
    assert_eq!(office.conversation(&office.bob, &direct).await["my"]["unread"], 0);
    let eve = office.t.socket(&office.eve).await;
    assert!(eve.send(json!({"c": "chat", "k": "read", "conversation_id": direct, "seq": 1})).await.is_err());
}

#[tokio::test]
async fn typing_is_seen_by_the_others_and_kept_nowhere() {
    let office = Office::open_live().await;
    let direct = office.direct(&office.ann, &office.bob).await;
    let (ann, mut bob) = (office.t.socket(&office.ann).await, office.t.socket(&office.bob).await);
    let eve = office.t.socket(&office.eve).await;
    let frame = json!({"c": "typing", "k": "typing", "conversation_id": direct});
    ann.send(frame.clone()).await.unwrap();
    let seen = bob.next().await;
    assert_eq!((&seen["c"], &seen["member_id"]), (&json!("typing"), &json!(office.ann.id)));
    assert_eq!(eve.send(frame).await.unwrap_err().code(), "not_found");
    assert!(office.t.events(office.ann.org).await.iter().all(|name| !name.contains("typing")));
}

/// The next frame that says this; who sees whom may be looked up more than once.
async fn told(socket: &mut TestSocket, state: &str) {
    while socket.next_of("presence", "presence").await["items"][0]["state"] != state {}
}

#[tokio::test]
async fn presence_is_shown_where_the_organisation_shows_it() {
    let office = Office::open_live().await;
    let (ann, mut bob) = (office.t.socket(&office.ann).await, office.t.socket(&office.bob).await);
    let watch = json!({"c": "presence", "k": "watch", "member_ids": [office.ann.id]});
    office.ask(&office.ann, "PATCH", "/v1/organisation", json!({"shows_presence": true}), 200).await;
    bob.send(watch.clone()).await.unwrap();
    told(&mut bob, "offline").await;
    ann.send(json!({"c": "presence", "k": "active"})).await.unwrap();
    told(&mut bob, "active").await;
    ann.send(json!({"c": "presence", "k": "away"})).await.unwrap();
    told(&mut bob, "away").await;
    ann.close();
    bob.send(watch.clone()).await.unwrap();
    told(&mut bob, "offline").await;
    // Frames of one window are taken in their order: after this answer no other is under way.
    bob.send(json!({"c": "presence", "k": "watch", "member_ids": [office.bob.id]})).await.unwrap();
    while bob.next_of("presence", "presence").await["items"][0]["member_id"] != json!(office.bob.id) {}
    office.ask(&office.ann, "PATCH", "/v1/organisation", json!({"shows_presence": false}), 200).await;
    while bob.next_of("events", "event").await["pos"].as_i64() < Some(office.t.app.pos(office.ann.org).await.unwrap()) {
    }
    bob.send(watch).await.unwrap();
    let direct = office.direct(&office.ann, &office.bob).await;
    office.say(&office.ann, &direct, "mark").await;
    let frames = until(&mut bob, "mark").await;
    assert!(frames.iter().all(|frame| frame["c"] != "presence"), "{frames:?}");
}

#[tokio::test]
async fn of_somebody_who_is_not_seen_any_more_no_window_is_told() {
    let office = Office::open_live().await;
    let (mut ann, bob) = (office.t.socket(&office.ann).await, office.t.socket(&office.bob).await);
    let mut eve = office.t.socket(&office.eve).await;
    office.ask(&office.ann, "PATCH", "/v1/organisation", json!({"shows_presence": true}), 200).await;
    let watch = json!({"c": "presence", "k": "watch", "member_ids": [office.bob.id]});
    let say = |state: &str| json!({"c": "presence", "k": state});
    bob.send(say("active")).await.unwrap();
    for socket in [&mut eve, &mut ann] {
        socket.send(watch.clone()).await.unwrap();
        told(socket, "active").await;
    }
    let bobs = format!("/v1/members/{}", office.bob.id);
    office.ask(&office.ann, "PATCH", &bobs, json!({"is_hidden": true}), 200).await;
    told(&mut eve, "offline").await;
    bob.send(say("away")).await.unwrap();
    told(&mut ann, "away").await;
    eve.send(watch).await.unwrap();
    told(&mut eve, "offline").await;
    bob.send(say("active")).await.unwrap();
    told(&mut ann, "active").await;
    let direct = office.direct(&office.ann, &office.eve).await;
    office.say(&office.ann, &direct, "mark").await;
    let frames = until(&mut eve, "mark").await;
    let mut states = frames.iter().filter(|frame| frame["c"] == "presence").map(|frame| &frame["items"][0]["state"]);
    assert!(states.all(|state| state == "offline"), "{frames:?}");
    office.ask(&office.ann, "PATCH", &bobs, json!({"is_hidden": false}), 200).await;
    told(&mut eve, "active").await;
}

#[tokio::test]
async fn dsr_04_whether_whoever_had_their_data_frozen_is_there_and_has_read_nobody_else_is_told() {
    let office = Office::open_live().await;
    office.ask(&office.ann, "PATCH", "/v1/organisation", json!({"shows_presence": true}), 200).await;
    let (mut ann, mut bob) = (office.t.socket(&office.ann).await, office.t.socket(&office.bob).await);
    let direct = office.direct(&office.ann, &office.bob).await;
    office.say(&office.ann, &direct, "one").await;
    bob.send(json!({"c": "presence", "k": "active"})).await.unwrap();
    // Ann looks after people, and sees him elsewhere.
    let watch = json!({"c": "presence", "k": "watch", "member_ids": [office.bob.id]});
    ann.send(watch.clone()).await.unwrap();
    told(&mut ann, "active").await;
    office.t.freeze(&office.bob).await;
    told(&mut ann, "offline").await;
    ann.send(watch).await.unwrap();
    bob.send(json!({"c": "presence", "k": "away"})).await.unwrap();
    office.read(&office.bob, &direct, 1).await;
    let read = bob.next_of("chat", "read").await;
    assert_eq!((&read["member_id"], &read["seq"]), (&json!(office.bob.id), &json!(1)), "his own windows are");
    office.say(&office.ann, &direct, "mark").await;
    let frames = until(&mut ann, "mark").await;
    let tells = |frame: &Value| {
        frame["k"] == "read" && frame["member_id"] == json!(office.bob.id)
            || frame["c"] == "presence" && frame["items"][0]["state"] != "offline"
    };
    assert!(!frames.iter().any(tells), "{frames:?}");
    office.t.thaw(&office.bob).await;
    told(&mut ann, "away").await;
    office.read(&office.bob, &direct, 2).await;
    assert_eq!(ann.next_of("chat", "read").await["member_id"], json!(office.bob.id));
}
