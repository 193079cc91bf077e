//! Windows hear what they may, in order, from where they left off; slow ones are cut.

use kernel::{Actor, Frame, TopicChange};
use serde_json::json;
use testkit::TestApp;
use uuid::Uuid;

use crate::notes::{self, NoteWritten};

async fn write(t: &TestApp, org: kernel::OrgId, topics: Vec<TopicChange>) {
    let mut tx = t.app.begin(org, Actor::System).await.unwrap();
    tx.emit(&NoteWritten { note: Uuid::nil(), topics }).unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_window_that_comes_back_gets_exactly_what_it_missed() {
    let t = TestApp::with(vec![notes::module()]).await;
    t.start();
    let acme = t.org("acme").await;
    let ann = t.member(acme, "Ann").await;
    let before = t.app.pos(acme).await.unwrap();
    write(&t, acme, vec![]).await;
    let mut window = t.socket(&ann).await;
    write(&t, acme, vec![]).await;
    assert_eq!(window.next_of("events", "event").await["pos"], before + 2);
    window.close();
    write(&t, acme, vec![]).await;
    let mut window = t.socket_from(&ann, Some(before + 1)).await;
    assert_eq!(window.next_of("events", "event").await["pos"], before + 2);
    assert_eq!(window.next_of("events", "event").await["pos"], before + 3);
}

#[tokio::test]
async fn a_position_nobody_gave_out_means_fetch_everything() {
    let t = TestApp::with(vec![notes::module()]).await;
    t.start();
    let ann = t.member(t.org("acme").await, "Ann").await;
    let mut window = t.socket_from(&ann, Some(1_000_000)).await;
    assert_eq!(window.next().await["k"], "refetch");
}

#[tokio::test]
async fn a_topic_is_heard_from_joining_to_leaving() {
    let t = TestApp::with(vec![notes::module()]).await;
    t.start();
    let acme = t.org("acme").await;
    let (ann, bob) = (t.member(acme, "Ann").await, t.member(acme, "Bob").await);
    let (mut of_ann, mut of_bob) = (t.socket(&ann).await, t.socket(&bob).await);
    let topic = Uuid::from_u128(7);
    write(&t, acme, vec![TopicChange::Join(topic, ann.id), TopicChange::Join(topic, bob.id)]).await;
    write(&t, acme, vec![TopicChange::Leave(topic, bob.id)]).await;
    for window in [&mut of_ann, &mut of_bob] {
        window.next_of("events", "event").await;
        window.next_of("events", "event").await;
    }
    t.app.hub().to_topic(acme, topic, &Frame::new(&json!({"c": "chat", "k": "message"})), None);
    t.app.hub().to_members(acme, &[ann.id, bob.id], &Frame::new(&json!({"c": "sys", "k": "last"})));
    assert_eq!(of_ann.next().await["k"], "message");
    assert_eq!(of_bob.next().await["k"], "last");
}

#[tokio::test]
async fn a_reader_that_does_not_read_is_cut_and_the_others_are_not() {
    let t = TestApp::with(vec![notes::module()]).await;
    let acme = t.org("acme").await;
    let (ann, bob) = (t.member(acme, "Ann").await, t.member(acme, "Bob").await);
    t.start();
    let (mut slow, mut quick) = (t.socket(&ann).await, t.socket(&bob).await);
    let frame = Frame::new(&json!({"c": "sys", "k": "tick"}));
    for _ in 0..1100 {
        t.app.hub().to_members(acme, &[ann.id, bob.id], &frame);
        quick.next().await;
    }
    assert_eq!(slow.try_next().await, Err("slow"));
    t.app.hub().cut_member(acme, bob.id, "suspended");
    assert_eq!(quick.try_next().await, Err("suspended"));
}

#[tokio::test]
async fn what_could_not_be_delivered_is_delivered_when_the_database_gives_it_again() {
    let t = TestApp::with(vec![notes::module()]).await;
    t.start();
    let acme = t.org("acme").await;
    let (ann, bob) = (t.member(acme, "Ann").await, t.member(acme, "Bob").await);
    let mut window = t.socket(&ann).await;
    let before = t.app.pos(acme).await.unwrap();
    sqlx::query("revoke select on kernel.outbox from tulou_app").execute(&t.admin).await.unwrap();
    write(&t, acme, vec![]).await;
    // Windows are let in one after the other, behind what was hinted at before.
    let _later = t.socket(&bob).await;
    sqlx::query("grant select on kernel.outbox to tulou_app").execute(&t.admin).await.unwrap();
    assert_eq!(window.next_of("events", "event").await["pos"], before + 1);
}
