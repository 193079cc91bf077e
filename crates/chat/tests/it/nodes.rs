//! Two nodes on one database: what happens on one reaches the windows of the other, by whatever way they hear each other.

use std::collections::BTreeSet;
use std::time::Duration;

use bus::{Nats, Ways};
use futures_util::StreamExt;
use kernel::{Actor, OrgId};
use serde_json::{Value, json};
use sqlx::PgPool;
use sqlx::postgres::PgListener;
use testkit::{Person, TestApp, TestNats, TestSocket};
use tokio::time::timeout;
use uuid::Uuid;

use crate::talk::{Office, modules};

/// What goes by NATS is there by then.
const MOMENT: Duration = Duration::from_secs(2);

/// Ann asks the first node; windows may be open on the second.
struct Nodes {
    office: Office,
    other: TestApp,
    /// By which they hear each other; else by the database.
    nats: Option<TestNats>,
}

/// Two nodes that hear each other by the database, and two that do so by NATS.
async fn both_ways() -> [Nodes; 2] {
    let nats = TestNats::start().await;
    [open(None).await, open(Some(nats)).await]
}

async fn open(nats: Option<TestNats>) -> Nodes {
    let (office, other) = pair(nats.as_ref()).await;
    Nodes { office, other, nats }
}

async fn pair(nats: Option<&TestNats>) -> (Office, TestApp) {
    let office = Office::open().await;
    let other = office.t.beside(modules());
    for node in [&office.t, &other] {
        begin(node, nats);
    }
    (office, other)
}

/// A node that hears and is heard.
fn begin(node: &TestApp, nats: Option<&TestNats>) {
    let nats = nats.map(|nats| Nats::at(&nats.url()).unwrap());
    bus::start(&node.app, Ways { database: node.line(), nats }, vec![chat::ear()]).unwrap();
    node.start();
}

/// Somebody says it on this node.
async fn say_on(node: &TestApp, who: &Person, (conversation, client_id): (&str, Uuid), text: &str) {
    let mut socket = node.socket(who).await;
    let body = json!({"v": 1, "kind": "text", "text": text});
    let said = json!({"c": "chat", "k": "send", "client_id": client_id, "conversation_id": conversation, "body": body});
    socket.send(said).await.unwrap();
    socket.next_of("chat", "sent").await;
}

/// All messages that reached the window, up to the one that says this.
async fn until(socket: &mut TestSocket, words: &str) -> Vec<Value> {
    let mut messages = Vec::new();
    loop {
        let message = socket.next_of("chat", "message").await["message"].take();
        let is_last = message["body"]["text"] == words;
        messages.push(message);
        if is_last {
            return messages;
        }
    }
}

fn words(messages: &[Value]) -> Vec<&str> {
    messages.iter().filter_map(|message| message["body"]["text"].as_str()).collect()
}

#[tokio::test]
async fn what_is_said_on_one_node_reaches_the_windows_of_the_other_once() {
    for nodes in both_ways().await {
        let Nodes { office, other, .. } = &nodes;
        let direct = office.direct(&office.ann, &office.bob).await;
        let (mut ann, mut bob) = (office.t.socket(&office.ann).await, other.socket(&office.bob).await);
        let mut eve = other.socket(&office.eve).await;
        let first = office.say(&office.ann, &direct, "one").await;
        let heard = until(&mut bob, "one").await;
        for member in ["id", "seq", "n", "author_id", "sent_at", "body", "kept_until"] {
            assert_eq!(heard[0][member], first[member], "{member}");
        }
        let body = json!({"v": 1, "kind": "text", "text": "two"});
        let client_id = office.client_id();
        bob.send(json!({"c": "chat", "k": "send", "client_id": client_id, "conversation_id": direct, "body": body}))
            .await
            .unwrap();
        assert_eq!(bob.next_of("chat", "sent").await["seq"], 2);
        until(&mut ann, "two").await;
        office.say(&office.ann, &direct, "three").await;
        assert_eq!(words(&until(&mut bob, "three").await), ["three"], "nothing comes twice");
        let lunch = office.group(&office.ann, &[&office.eve]).await;
        office.say(&office.ann, &lunch, "mark").await;
        assert_eq!(words(&until(&mut eve, "mark").await), ["mark"], "Eve hears nothing of what is not for her");
    }
}

#[tokio::test]
async fn what_is_said_while_a_node_cannot_hear_is_told_when_it_can_again() {
    for Nodes { office, other, mut nats } in both_ways().await {
        let direct = office.direct(&office.ann, &office.bob).await;
        let mut bob = other.socket(&office.bob).await;
        office.say(&office.ann, &direct, "one").await;
        until(&mut bob, "one").await;
        let mut tx = office.t.app.begin(office.ann.org, Actor::System).await.unwrap();
        let cut: i64 = sqlx::query_scalar(
            "select count(*) filter (where pg_terminate_backend(pid, 10000)) from pg_stat_activity
             where application_name = 'tulou-bus' and datname = current_database()",
        )
        .fetch_one(tx.db())
        .await
        .unwrap();
        tx.commit().await.unwrap();
        assert!(cut > 0, "somebody listened, and is gone");
        if let Some(nats) = &mut nats {
            nats.kill();
        }
        office.say(&office.ann, &direct, "two").await;
        assert_eq!(words(&until(&mut bob, "two").await), ["two"]);
        if let Some(nats) = &mut nats {
            nats.start_again().await;
        }
        office.say(&office.ann, &direct, "three").await;
        assert_eq!(words(&until(&mut bob, "three").await), ["three"]);
    }
}

/// Letters that the database carried since the last time, by what is in them.
struct Overheard(PgListener);

impl Overheard {
    async fn on(node: &TestApp) -> Self {
        let mut listener = PgListener::connect_with(&PgPool::connect_with(node.line()).await.unwrap()).await.unwrap();
        listener.listen("tulou").await.unwrap();
        Self(listener)
    }

    /// How many letters had anything in them.
    async fn count(&mut self, node: &TestApp, org: OrgId) -> usize {
        let mut tx = node.app.begin(org, Actor::System).await.unwrap();
        sqlx::query("select pg_notify('tulou', 'until here')").execute(tx.db()).await.unwrap();
        tx.commit().await.unwrap();
        let mut count = 0;
        loop {
            let payload = self.0.recv().await.unwrap().payload().to_owned();
            if payload == "until here" {
                return count;
            }
            count += usize::from(!payload.contains("\"items\":[]"));
        }
    }
}

#[tokio::test]
async fn what_is_said_goes_by_nats_alone_and_by_the_database_while_nats_is_away() {
    let Nodes { office, other, nats } = open(Some(TestNats::start().await)).await;
    let (mut nats, org) = (nats.unwrap(), office.ann.org);
    let mut overheard = Overheard::on(&office.t).await;
    let direct = office.direct(&office.ann, &office.bob).await;
    let mut bob = other.socket(&office.bob).await;
    let mut say = async |text: &str| {
        office.say(&office.ann, &direct, text).await;
        assert_eq!(words(&until(&mut bob, text).await), [text]);
        overheard.count(&office.t, org).await
    };
    // Until both have found it.
    while say("one").await > 0 {}
    for text in ["two", "three", "four"] {
        assert_eq!(say(text).await, 0, "{text}: the database heard of it");
    }
    nats.kill();
    while say("five").await == 0 {}
    assert!(say("six").await > 0);
    nats.start_again().await;
    while say("seven").await > 0 {}
}

/// A node that alone does not reach NATS is heard all the same, and hears.
#[tokio::test]
async fn a_node_that_nats_does_not_reach_is_heard_by_those_whom_it_does_and_finds_what_they_say() {
    let (office, nats) = (Office::open().await, TestNats::start().await);
    let other = office.t.beside(modules());
    begin(&office.t, Some(&nats));
    begin(&other, None);
    let direct = office.direct(&office.ann, &office.bob).await;
    let (mut ann, mut bob) = (office.t.socket(&office.ann).await, other.socket(&office.bob).await);
    for text in ["one", "two"] {
        office.say(&office.ann, &direct, text).await;
        assert_eq!(words(&until(&mut bob, text).await), [text], "a beat by the database says that it was said");
        let answer = format!("{text} too");
        say_on(&other, &office.bob, (&direct, office.client_id()), &answer).await;
        until(&mut bob, &answer).await;
        assert_eq!(words(&until(&mut ann, &answer).await).last(), Some(&answer.as_str()));
    }
}

/// Where the next letter was published, if it is about the conversation. Nothing that is said is in any.
async fn subject_about(everything: &mut async_nats::Subscriber, conversation: &str) -> Option<async_nats::Subject> {
    let letter = timeout(MOMENT, everything.next()).await.ok()??;
    let text = String::from_utf8(letter.payload.to_vec()).unwrap();
    assert!(!text.contains("hush"), "{text}");
    text.contains(conversation).then_some(letter.subject)
}

/// Installations that share a NATS hear nothing of each other, and nobody on it reads what is said.
#[tokio::test]
async fn on_nats_there_are_only_ids_each_installation_has_its_own_subject_and_what_others_publish_is_no_letter() {
    let nats = TestNats::start().await;
    let client = async_nats::connect(nats.url()).await.unwrap();
    let mut subjects = BTreeSet::new();
    for _ in 0..2 {
        let mut everything = client.subscribe("tulou.>").await.unwrap();
        client.flush().await.unwrap();
        let (office, other) = pair(Some(&nats)).await;
        let direct = office.direct(&office.ann, &office.bob).await;
        let mut bob = other.socket(&office.bob).await;
        let mut found = None;
        while found.is_none() {
            office.say(&office.ann, &direct, "hush").await;
            until(&mut bob, "hush").await;
            found = subject_about(&mut everything, &direct).await;
        }
        let subject = found.unwrap();
        assert!(subject.len() > "tulou.".len() + 16, "{subject}");
        let word = json!({"ear": "chat", "org": office.ann.org, "word": {"said": [direct, 1, 9_000, true]}});
        let forged = json!({"node": office.client_id(), "n": 1, "at": office.t.app.now(), "items": [{"word": word}]});
        for payload in [String::new(), forged.to_string(), format!("{} {forged}", "0".repeat(64))] {
            client.publish(subject.clone(), payload.into()).await.unwrap();
        }
        client.flush().await.unwrap();
        office.say(&office.ann, &direct, "one").await;
        assert_eq!(words(&until(&mut bob, "one").await), ["one"], "it is heard, and nothing was hidden by it");
        subjects.insert(subject);
        // The next one has the same ids, since chance is seeded: nothing more may come of these.
        for node in [&office.t, &other] {
            node.app.stop().await;
        }
    }
    assert_eq!(subjects.len(), 2, "{subjects:?}");
}

#[tokio::test]
async fn where_a_letter_was_lost_what_was_said_is_looked_up() {
    for nodes in both_ways().await {
        let Nodes { office, other, .. } = &nodes;
        let mute = office.t.beside(modules());
        mute.start();
        let direct = office.direct(&office.ann, &office.bob).await;
        let mut bob = other.socket(&office.bob).await;
        office.say(&office.ann, &direct, "one").await;
        until(&mut bob, "one").await;
        say_on(&mute, &office.ann, (&direct, office.client_id()), "two").await;
        // No letter has room for it: its number is left out before the next one.
        bus::tell(&office.t.app, "chat", office.ann.org, &"x".repeat(10_000));
        office.read(&office.ann, &direct, 2).await;
        assert_eq!(words(&until(&mut bob, "two").await), ["two"]);
    }
}

#[tokio::test]
async fn a_node_without_a_line_looks_again_and_again_and_one_organisation_keeps_nothing_from_another() {
    let office = Office::open().await;
    let other = office.t.beside(modules());
    bus::start(&other.app, Ways { database: other.line().port(1), nats: None }, vec![chat::ear()]).unwrap();
    for node in [&office.t, &other] {
        node.start();
    }
    let mal = office.mal().await;
    let moe = office.t.member(mal.org, "Moe").await;
    let plot = office.direct(&mal, &moe).await;
    let _mal = other.socket(&mal).await;
    office.say(&mal, &plot, "hush").await;
    // From here on looking in this organisation fails.
    let options = (*office.t.admin.connect_options()).clone().options([("app.org", mal.org.to_string())]);
    let owner = PgPool::connect_with(options).await.unwrap();
    let spoilt = sqlx::query("update chat.message set body = '\\x00'").execute(&owner).await.unwrap();
    assert_eq!(spoilt.rows_affected(), 1);
    let direct = office.direct(&office.ann, &office.bob).await;
    let mut bob = other.socket(&office.bob).await;
    for text in ["one", "two"] {
        office.say(&office.ann, &direct, text).await;
        assert_eq!(words(&until(&mut bob, text).await), [text], "once, although the failing look is made again");
    }
}

#[tokio::test]
async fn what_others_than_the_installation_write_is_no_letter() {
    for nodes in both_ways().await {
        let Nodes { office, other, .. } = &nodes;
        let direct = office.direct(&office.ann, &office.bob).await;
        let mut bob = other.socket(&office.bob).await;
        let word = json!({"ear": "chat", "org": office.ann.org, "word": {"said": [direct, 1, 9_000, true]}});
        let forged = json!({"node": office.client_id(), "n": 1, "at": office.t.app.now(), "items": [{"word": word}]});
        let mut tx = office.t.app.begin(office.ann.org, Actor::System).await.unwrap();
        for payload in [String::new(), forged.to_string(), format!("{} {forged}", "0".repeat(64))] {
            sqlx::query("select pg_notify('tulou', $1)").bind(payload).execute(tx.db()).await.unwrap();
        }
        tx.commit().await.unwrap();
        office.say(&office.ann, &direct, "one").await;
        assert_eq!(words(&until(&mut bob, "one").await), ["one"], "it is heard, and nothing was hidden by it");
    }
}

/// IM-16: other nodes hear of it by an event, which may come later than a message.
#[tokio::test]
async fn whoever_is_taken_out_on_one_node_hears_nothing_more_on_the_other() {
    for nodes in both_ways().await {
        let Nodes { office, other, .. } = &nodes;
        let lunch = office.group(&office.ann, &[&office.bob, &office.eve]).await;
        let direct = office.direct(&office.ann, &office.bob).await;
        let (mut bob, mut eve) = (other.socket(&office.bob).await, other.socket(&office.eve).await);
        office.say(&office.ann, &lunch, "for all").await;
        for socket in [&mut bob, &mut eve] {
            until(socket, "for all").await;
        }
        let bobs = format!("/v1/conversations/{lunch}/members/{}", office.bob.id);
        office.ask(&office.ann, "DELETE", &bobs, json!(null), 204).await;
        office.say(&office.ann, &lunch, "Bob is gone").await;
        until(&mut eve, "Bob is gone").await;
        office.say(&office.ann, &direct, "mark").await;
        let heard = until(&mut bob, "mark").await;
        assert!(!words(&heard).contains(&"Bob is gone"), "{heard:?}");
    }
}

#[tokio::test]
async fn a_change_and_a_recall_show_in_windows_of_the_other_node() {
    for nodes in both_ways().await {
        let Nodes { office, other, .. } = &nodes;
        let direct = office.direct(&office.ann, &office.bob).await;
        office.say(&office.ann, &direct, "one").await;
        let mut bob = other.socket(&office.bob).await;
        let at = format!("/v1/conversations/{direct}/messages/1");
        office.ask(&office.ann, "PATCH", &at, json!({"text": "two"}), 200).await;
        let changed = bob.next_of("chat", "changed").await;
        assert_eq!(
            (&changed["message"]["body"]["text"], &changed["message"]["state"]),
            (&json!("two"), &json!("edited"))
        );
        office.ask(&office.ann, "POST", &format!("{at}/recall"), json!(null), 204).await;
        while bob.next_of("chat", "changed").await["message"]["state"] != "recalled" {}
    }
}

#[tokio::test]
async fn reading_on_one_node_shows_on_the_other() {
    for nodes in both_ways().await {
        let Nodes { office, other, .. } = &nodes;
        let direct = office.direct(&office.ann, &office.bob).await;
        office.say(&office.ann, &direct, "one").await;
        let (mut ann, mut phone) = (office.t.socket(&office.ann).await, office.t.socket(&office.bob).await);
        let bob = other.socket(&office.bob).await;
        bob.send(json!({"c": "chat", "k": "read", "conversation_id": direct, "seq": 1})).await.unwrap();
        for socket in [&mut ann, &mut phone] {
            let read = socket.next_of("chat", "read").await;
            assert_eq!((&read["member_id"], &read["seq"], &read["n"]), (&json!(office.bob.id), &json!(1), &json!(1)));
        }
    }
}

async fn until_seen(window: &mut TestSocket, state: &str) {
    while window.next_of("presence", "presence").await["items"][0]["state"] != state {}
}

#[tokio::test]
async fn who_is_not_seen_any_more_is_nowhere_on_every_node() {
    for nodes in both_ways().await {
        let Nodes { office, other, .. } = &nodes;
        office.ask(&office.ann, "PATCH", "/v1/organisation", json!({"shows_presence": true}), 200).await;
        let (bob, mut eve) = (other.socket(&office.bob).await, other.socket(&office.eve).await);
        bob.send(json!({"c": "presence", "k": "active"})).await.unwrap();
        eve.send(json!({"c": "presence", "k": "watch", "member_ids": [office.bob.id]})).await.unwrap();
        for (is_hidden, state) in [(false, "active"), (true, "offline")] {
            let path = format!("/v1/members/{}", office.bob.id);
            office.ask(&office.ann, "PATCH", &path, json!({"is_hidden": is_hidden}), 200).await;
            until_seen(&mut eve, state).await;
        }
    }
}

#[tokio::test]
async fn a_nats_that_the_data_map_does_not_declare_is_refused() {
    let mut declaring_nothing = modules();
    declaring_nothing.retain(|module| module.name != "server");
    let t = TestApp::with(declaring_nothing).await;
    let ways = |nats| Ways { database: t.line(), nats };
    let nats = || Nats::at("nats://127.0.0.1:9").unwrap();
    assert!(bus::start(&t.app, ways(Some(nats())), vec![chat::ear()]).is_err());
    assert_eq!(bus::is_heard_by(t.app.data_map(), &nats()).await, Err("undeclared"));
    assert!(bus::start(&t.app, ways(None), vec![chat::ear()]).is_ok());
}
