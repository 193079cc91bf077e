//! The notification centre (`NTF-01`).

use chrono::TimeDelta;
use inbox::{Kind, New, Target};
use kernel::{Actor, MemberId};
use serde_json::{Value, json};
use testkit::{Person, TestApp};
use uuid::Uuid;

fn message(seq: i64) -> Target {
    Target { kind: "chat.conversation".into(), id: Uuid::from_u128(7), seq: Some(seq) }
}

async fn tell(t: &TestApp, by: &Person, whom: &[MemberId], text: &str, target: Target) {
    let mut tx = t.app.begin(by.org, Actor::Member(by.id)).await.expect("a transaction");
    let new = New::by_actor(&tx, Kind::Mention, Some(target), text.into());
    inbox::notify(&mut tx, whom, new).await.expect("people are told");
    tx.commit().await.expect("a commit");
    t.clock.advance(TimeDelta::seconds(1));
}

async fn list(t: &TestApp, who: &Person, query: &str) -> (Vec<String>, Value) {
    let (status, page) = t.call(who, "GET", &format!("/v1/notifications{query}"), json!(null)).await;
    assert_eq!(status, 200, "{page}");
    let texts =
        page["items"].as_array().into_iter().flatten().map(|n| n["text"].as_str().unwrap_or_default().to_owned());
    let texts = texts.collect();
    (texts, page)
}

#[tokio::test]
async fn ntf_01_people_learn_what_concerns_them_and_nobody_else_does() {
    let t = TestApp::with(vec![inbox::module()]).await;
    let (acme, rival) = (t.org("Acme").await, t.org("rival").await);
    let (ann, bob, eve) = (t.member(acme, "Ann").await, t.member(acme, "Bob").await, t.member(acme, "Eve").await);
    let mal = t.member(rival, "Mal").await;
    tell(&t, &ann, &[bob.id, bob.id, ann.id, mal.id], "Noodles?", message(3)).await;
    let (texts, page) = list(&t, &bob, "").await;
    assert_eq!((texts, page["unread"].as_i64()), (vec!["Noodles?".into()], Some(1)));
    let item = &page["items"][0];
    assert_eq!((item["kind"].as_str(), item["is_read"].as_bool()), (Some("mention"), Some(false)));
    assert_eq!(item["ref"], json!({"kind": "chat.conversation", "id": Uuid::from_u128(7), "seq": 3}));
    assert_eq!(item["actor_id"], json!(ann.id));
    for other in [&ann, &eve, &mal] {
        assert!(list(&t, other, "").await.0.is_empty());
    }
    assert_eq!(t.events(acme).await.last().unwrap(), "inbox.notification_added");
}

#[tokio::test]
async fn what_one_has_seen_is_seen_on_every_device() {
    let t = TestApp::with(vec![inbox::module()]).await;
    let acme = t.org("Acme").await;
    let (ann, bob, eve) = (t.member(acme, "Ann").await, t.member(acme, "Bob").await, t.member(acme, "Eve").await);
    for n in 1..=4 {
        tell(&t, &ann, &[bob.id, eve.id], &n.to_string(), message(n)).await;
    }
    let (texts, page) = list(&t, &bob, "").await;
    assert_eq!(texts, ["4", "3", "2", "1"]);
    let id = |place: usize| page["items"][place]["id"].clone();
    let read = async |body: Value| t.call(&bob, "POST", "/v1/notifications/read", body).await.0.as_u16();
    assert_eq!(read(json!({"ids": [id(0)]})).await, 204);
    assert_eq!(list(&t, &bob, "").await.1["unread"], 3);
    assert_eq!(read(json!({"up_to": id(2)})).await, 204);
    let (_, page) = list(&t, &bob, "").await;
    let seen: Vec<_> = page["items"].as_array().unwrap().iter().map(|n| n["is_read"].as_bool().unwrap()).collect();
    assert_eq!((seen, page["unread"].as_i64()), (vec![true, false, true, true], Some(1)));
    let told = async || t.events(acme).await.into_iter().filter(|name| name == "inbox.notifications_read").count();
    assert_eq!(told().await, 2);
    assert_eq!(read(json!({"up_to": id(2)})).await, 204);
    assert_eq!(told().await, 2);
    assert_eq!(read(json!({})).await, 422);
    // Somebody else's notification is not mine to mark.
    let (_, hers) = list(&t, &eve, "").await;
    assert_eq!(read(json!({"ids": [hers["items"][0]["id"]]})).await, 204);
    assert_eq!(list(&t, &eve, "").await.1["unread"], 4);
}

#[tokio::test]
async fn a_list_is_read_page_by_page() {
    let t = TestApp::with(vec![inbox::module()]).await;
    let acme = t.org("Acme").await;
    let (ann, bob) = (t.member(acme, "Ann").await, t.member(acme, "Bob").await);
    for n in 1..=5 {
        tell(&t, &ann, &[bob.id], &n.to_string(), message(n)).await;
    }
    let (first, page) = list(&t, &bob, "?limit=2").await;
    let (second, page) = list(&t, &bob, &format!("?limit=2&before={}", page["next"].as_str().unwrap())).await;
    let (third, page) = list(&t, &bob, &format!("?limit=2&before={}", page["next"].as_str().unwrap())).await;
    assert_eq!([first, second, third].concat(), ["5", "4", "3", "2", "1"]);
    assert_eq!((&page["next"], page["unread"].as_i64()), (&Value::Null, Some(5)));
}

#[tokio::test]
async fn what_was_said_about_a_thing_goes_with_the_thing() {
    let t = TestApp::with(vec![inbox::module()]).await;
    let acme = t.org("Acme").await;
    let (ann, bob) = (t.member(acme, "Ann").await, t.member(acme, "Bob").await);
    tell(&t, &ann, &[bob.id], "recalled", message(1)).await;
    tell(&t, &ann, &[bob.id], "stays", message(2)).await;
    let mut tx = t.app.begin(acme, Actor::Member(ann.id)).await.unwrap();
    inbox::retract(&mut tx, &message(1)).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(list(&t, &bob, "").await.0, ["stays"]);
    assert_eq!(t.events(acme).await.last().unwrap(), "inbox.notifications_read");
}

#[tokio::test]
async fn a_notification_is_hidden_after_ninety_days_and_then_deleted() {
    let t = TestApp::with(vec![inbox::module()]).await;
    let acme = t.org("Acme").await;
    let (ann, bob) = (t.member(acme, "Ann").await, t.member(acme, "Bob").await);
    tell(&t, &ann, &[bob.id], "old", message(1)).await;
    t.clock.advance(TimeDelta::days(89));
    tell(&t, &ann, &[bob.id], "new", message(2)).await;
    assert_eq!(list(&t, &bob, "").await.0, ["new", "old"]);
    t.clock.advance(TimeDelta::days(1) - TimeDelta::seconds(2));
    let (texts, page) = list(&t, &bob, "").await;
    assert_eq!((texts, page["unread"].as_i64()), (vec!["new".into()], Some(1)));
    t.run_jobs().await;
    let mut tx = t.app.begin(acme, Actor::System).await.unwrap();
    let left: i64 = sqlx::query_scalar("select count(*) from inbox.notification").fetch_one(tx.db()).await.unwrap();
    assert_eq!(left, 1);
}

#[tokio::test]
async fn enc_03_the_text_is_sealed_for_its_recipient() {
    let t = TestApp::with(vec![inbox::module()]).await;
    let acme = t.org("Acme").await;
    let (ann, bob) = (t.member(acme, "Ann").await, t.member(acme, "Bob").await);
    tell(&t, &ann, &[bob.id], &format!("canary{}", "x".repeat(1000)), message(1)).await;
    assert_eq!(list(&t, &bob, "").await.0[0].len(), 300);
    let mut tx = t.app.begin(acme, Actor::System).await.unwrap();
    let stored: Vec<u8> = sqlx::query_scalar("select text from inbox.notification").fetch_one(tx.db()).await.unwrap();
    assert!(!stored.windows(6).any(|part| part == b"canary"));
}

#[tokio::test]
async fn whoever_is_suspended_is_told_nothing() {
    let t = TestApp::with(vec![inbox::module()]).await;
    let acme = t.org("Acme").await;
    let (ann, bob) = (t.member(acme, "Ann").await, t.member(acme, "Bob").await);
    let mut tx = t.app.begin(acme, Actor::System).await.unwrap();
    directory::set_state(&mut tx, bob.id, directory::State::Suspended).await.unwrap();
    tx.commit().await.unwrap();
    tell(&t, &ann, &[bob.id], "hello", message(1)).await;
    assert!(list(&t, &bob, "").await.0.is_empty());
}

/// As the domain of sign-in announces it.
#[derive(serde::Serialize, serde::Deserialize)]
struct ImportEnded {
    import: Uuid,
    member: MemberId,
    is_written: bool,
}

impl kernel::Event for ImportEnded {
    const NAME: &'static str = "identity.import_ended";
    fn audience(&self) -> kernel::Audience {
        kernel::Audience::Members(vec![self.member])
    }
}

#[tokio::test]
async fn acc_06_whoever_began_an_import_hears_its_end_and_is_led_back_to_it() {
    let t = TestApp::with(vec![inbox::module()]).await;
    let acme = t.org("Acme").await;
    let (ann, bob) = (t.member(acme, "Ann").await, t.member(acme, "Bob").await);
    for (import, is_written) in [(1, true), (2, false)] {
        let mut tx = t.app.begin(acme, Actor::Member(ann.id)).await.expect("a transaction");
        let ended = ImportEnded { import: Uuid::from_u128(import), member: ann.id, is_written };
        tx.emit(&ended).expect("an event");
        tx.commit().await.expect("a commit");
    }
    t.run_subscribers().await;
    let (texts, page) = list(&t, &ann, "").await;
    assert_eq!(texts, ["import_failed", "import_written"]);
    assert_eq!(page["items"][1]["ref"], json!({ "kind": "identity.import", "id": Uuid::from_u128(1) }));
    assert!(list(&t, &bob, "").await.0.is_empty());
}

/// `RET-09`: a notice may hold a piece of a message.
#[tokio::test]
async fn ret_09_a_notification_is_there_no_longer_than_messages_are() {
    let t = TestApp::with(vec![inbox::module()]).await;
    let acme = t.org("acme").await;
    let (ann, bob) = (t.member(acme, "Ann").await, t.member(acme, "Bob").await);
    t.keep_chat(acme, 30).await;
    tell(&t, &ann, &[bob.id], "a piece of it", message(1)).await;
    t.clock.advance(TimeDelta::days(30) - TimeDelta::seconds(5));
    assert_eq!(list(&t, &bob, "").await.0, ["a piece of it"]);
    t.clock.advance(TimeDelta::seconds(5));
    assert_eq!(list(&t, &bob, "").await.0, Vec::<String>::new(), "before any job has run");
    t.run_jobs().await;
    let mut tx = t.app.begin(acme, Actor::System).await.unwrap();
    let rows: i64 = sqlx::query_scalar("select count(*) from inbox.notification").fetch_one(tx.db()).await.unwrap();
    assert_eq!(rows, 0);
}
