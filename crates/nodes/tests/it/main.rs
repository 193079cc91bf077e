//! Nodes on real links: NATS, and `NOTIFY` of the database.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::time::Duration;

use kernel::{Frame, Module, OrgId};
use nodes::Way;
use serde_json::json;
use testkit::nats::Nats;
use testkit::{TestApp, TestSocket};
use uuid::Uuid;

/// What a link may need to notice that something is missing: a silent node, or itself.
const NOTICED_WITHIN: Duration = Duration::from_secs(20);
const TOPIC: Uuid = Uuid::from_u128(7);

fn modules() -> Vec<Module> {
    Vec::new()
}

struct Pair {
    one: TestApp,
    other: TestApp,
    org: OrgId,
    window: TestSocket,
}

impl Pair {
    /// Two nodes; Bob has a window at the second that follows a topic.
    async fn open(way: impl Fn(&TestApp) -> Way) -> Self {
        let one = TestApp::with(modules()).await;
        let org = one.org("acme").await;
        let bob = one.member(org, "Bob").await;
        let other = one.beside(modules()).await;
        for node in [&one, &other] {
            nodes::join(&node.app, way(node)).await.unwrap();
            node.start();
        }
        let window = other.socket(&bob).await;
        other.app.hub().join(org, TOPIC, bob.id);
        Self { one, other, org, window }
    }

    /// Says something until the other node hears it: a link is there only when both have found it.
    async fn until_linked(&mut self) {
        for number in 0..1000 {
            self.say(&format!("are you there {number}"));
            let heard = tokio::time::timeout(Duration::from_millis(100), self.window.try_next()).await;
            if heard.is_ok_and(|frame| frame.unwrap()["c"] == "test") {
                self.say("linked");
                while self.window.next().await["k"] != "linked" {}
                return;
            }
        }
        panic!("the nodes do not hear each other");
    }

    fn say(&self, what: &str) {
        self.one.app.to_topic_everywhere(self.org, TOPIC, &Frame::new(&json!({"c": "test", "k": what})), None);
    }

    async fn hears(&mut self, what: &str) {
        let heard = tokio::time::timeout(NOTICED_WITHIN, async { while self.window.next().await["k"] != what {} });
        heard.await.unwrap_or_else(|_| panic!("not heard: {what}"));
    }
}

fn by_nats(nats: &Nats) -> impl Fn(&TestApp) -> Way {
    let url = format!("nats://{}", nats.address());
    move |_| Way::Nats { url: url.clone(), subject: "tulou-test".into() }
}

fn by_database(node: &TestApp) -> Way {
    Way::Database(Box::new(node.app.direct_options()))
}

#[tokio::test]
async fn frames_and_events_of_one_node_reach_windows_of_the_other_over_nats() {
    let nats = Nats::start();
    passes(Pair::open(by_nats(&nats)).await).await;
}

#[tokio::test]
async fn frames_and_events_of_one_node_reach_windows_of_the_other_over_the_database() {
    passes(Pair::open(by_database).await).await;
}

async fn passes(mut pair: Pair) {
    pair.until_linked().await;
    for number in 0..200 {
        pair.say(&format!("frame {number}"));
    }
    for number in 0..200 {
        let frame = pair.window.next_of("test", &format!("frame {number}")).await;
        assert_eq!(frame["c"], "test");
    }
    // An event: the window hears of it although the outbox is looked at only every two seconds without a word.
    pair.one.member(pair.org, "Cai").await;
    assert_eq!(pair.window.next_of("events", "event").await["name"], "directory.member_added");
    // Whoever is shut out is cut off everywhere.
    let bob = pair.window.socket.member;
    pair.one.app.cut_member_everywhere(pair.org, bob, "suspended");
    loop {
        if let Err(code) = pair.window.try_next().await {
            assert_eq!(code, "suspended");
            return;
        }
    }
}

#[tokio::test]
async fn a_node_that_ends_without_a_word_may_have_left_something_unsaid() {
    let nats = Nats::start();
    let mut pair = Pair::open(by_nats(&nats)).await;
    pair.until_linked().await;
    // It stops and says so: nothing is missing. Then one that does not.
    let third = pair.one.beside(modules()).await;
    nodes::join(&third.app, by_nats(&nats)(&third)).await.unwrap();
    third.app.stop().await;
    pair.say("still here");
    loop {
        let frame = pair.window.next().await;
        assert_ne!(frame["k"], "missed", "a node that says goodbye leaves nothing unsaid");
        if frame["k"] == "still here" {
            break;
        }
    }
    silent_node(&nats.address()).await;
    pair.hears("missed").await;
}

/// Somebody who says once that they are there, and nothing more.
async fn silent_node(address: &str) {
    let client = async_nats::connect(format!("nats://{address}")).await.unwrap();
    let batch = json!({"node": Uuid::from_u128(99), "first": 0, "words": []}).to_string();
    client.publish("tulou-test", batch.into()).await.unwrap();
    client.flush().await.unwrap();
}

#[tokio::test]
async fn while_the_bus_is_away_windows_are_told_and_afterwards_all_is_as_before() {
    let mut nats = Nats::start();
    let mut pair = Pair::open(by_nats(&nats)).await;
    pair.until_linked().await;
    nats.kill();
    pair.say("into the void");
    pair.hears("missed").await;
    nats.start_again();
    pair.until_linked().await;
    pair.say("after");
    pair.hears("after").await;
}

#[tokio::test]
async fn a_node_starts_without_a_bus_and_finds_it_later() {
    let mut nats = Nats::start();
    nats.kill();
    let mut pair = Pair::open(by_nats(&nats)).await;
    nats.start_again();
    pair.until_linked().await;
}

#[tokio::test]
async fn what_another_version_says_is_passed_over() {
    let nats = Nats::start();
    let mut pair = Pair::open(by_nats(&nats)).await;
    pair.until_linked().await;
    let client = async_nats::connect(format!("nats://{}", nats.address())).await.unwrap();
    for text in ["", "{}", "[1]", "{\"node\":\"x\"}"] {
        client.publish("tulou-test", text.into()).await.unwrap();
    }
    let unknown =
        json!({"node": Uuid::from_u128(5), "first": 0, "words": [{"k": "later.word", "o": pair.org, "d": 1}]});
    client.publish("tulou-test", unknown.to_string().into()).await.unwrap();
    client.flush().await.unwrap();
    let odd =
        json!({"node": Uuid::from_u128(5), "first": 1, "words": [{"k": "kernel.cut", "o": pair.org, "d": "odd"}]});
    client.publish("tulou-test", odd.to_string().into()).await.unwrap();
    client.flush().await.unwrap();
    pair.say("as ever");
    pair.hears("as ever").await;
    assert_eq!(pair.other.app.hub().count(), 1);
}
