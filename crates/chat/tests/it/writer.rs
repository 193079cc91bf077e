//! The writer: one transaction for many, durable before it is acknowledged, each message once.

use std::collections::BTreeSet;

use crate::talk::{Office, numbers, words};
use chat::{Body, Sending, Text};
use kernel::MemberId;
use serde_json::json;
use testkit::Person;
use uuid::Uuid;

fn sending(conversation: &str, client_id: Uuid, text: &str) -> Sending {
    let body = Text {
        v: 1,
        text: text.into(),
        mentions: vec![],
        mentions_all: false,
        reply_to: None,
        forwarded: None,
        files: vec![],
    };
    Sending { conversation: conversation.parse().unwrap(), client_id, body, file_ids: vec![] }
}

async fn send(office: &Office, who: &Person, sending: Sending) -> kernel::Result<(u16, i64)> {
    let (status, message) = chat::send(&office.t.app, who.org, who.id, sending).await?;
    assert!(matches!(&message.body, Some(Body::Text(_))));
    Ok((status.as_u16(), message.seq))
}

#[tokio::test]
async fn the_same_client_id_twice_at_once_is_one_message() {
    let office = Office::open().await;
    let direct = office.direct(&office.ann, &office.bob).await;
    let id = office.client_id();
    let (a, b, c) = tokio::join!(
        send(&office, &office.ann, sending(&direct, id, "once")),
        send(&office, &office.ann, sending(&direct, id, "once")),
        send(&office, &office.ann, sending(&direct, id, "once")),
    );
    let mut statuses = [a.unwrap(), b.unwrap(), c.unwrap()];
    statuses.sort_unstable();
    assert_eq!(statuses, [(200, 1), (200, 1), (201, 1)]);
    assert_eq!(
        send(&office, &office.ann, sending(&direct, id, "once")).await.unwrap(),
        (200, 1),
        "and once more, later"
    );
    assert_eq!(words(&office.page(&office.bob, &direct, "").await), ["once"]);
}

#[tokio::test]
async fn a_client_id_of_another_conversation_is_refused_and_swallows_nothing() {
    let office = Office::open().await;
    let (direct, lunch) =
        (office.direct(&office.ann, &office.bob).await, office.group(&office.ann, &[&office.eve]).await);
    let id = office.client_id();
    send(&office, &office.ann, sending(&direct, id, "here")).await.unwrap();
    let refused = send(&office, &office.ann, sending(&lunch, id, "there")).await.unwrap_err();
    assert_eq!(refused.code(), "chat.client_id_reused");
    assert!(!words(&office.page(&office.eve, &lunch, "").await).contains(&"there"));
}

#[tokio::test]
async fn what_nobody_can_see_is_neither_a_message_nor_a_name() {
    let office = Office::open().await;
    let direct = office.direct(&office.ann, &office.bob).await;
    let path = format!("/v1/conversations/{direct}/messages");
    let body = json!({"client_id": office.client_id(), "body": {"kind": "text", "text": " \u{200b}\u{2060} "}});
    office.ask(&office.ann, "POST", &path, body, 422).await;
    let group = json!({"kind": "group", "name": "\u{202e}Lunch\u{200b}", "member_ids": [office.bob.id]});
    office.ask(&office.ann, "POST", "/v1/conversations", group, 422).await;
}

#[tokio::test]
async fn a_retry_after_midnight_is_still_the_same_message() {
    let office = Office::open().await;
    let direct = office.direct(&office.ann, &office.bob).await;
    office.t.clock.advance(chrono::TimeDelta::hours(11) + chrono::TimeDelta::minutes(59));
    let id = office.client_id();
    send(&office, &office.ann, sending(&direct, id, "late")).await.unwrap();
    office.t.clock.advance(chrono::TimeDelta::minutes(2));
    assert_eq!(send(&office, &office.ann, sending(&direct, id, "late")).await.unwrap(), (200, 1));
}

#[tokio::test]
async fn a_stranger_in_the_batch_is_refused_and_the_others_are_written() {
    let office = Office::open().await;
    let (direct, lunch) =
        (office.direct(&office.ann, &office.bob).await, office.group(&office.ann, &[&office.eve]).await);
    office.ask(&office.ann, "POST", &format!("/v1/conversations/{lunch}/dissolve"), json!(null), 204).await;
    let nowhere = Uuid::nil().to_string();
    let (ann, eve, ended, lost) = tokio::join!(
        send(&office, &office.ann, sending(&direct, office.client_id(), "for Bob")),
        send(&office, &office.eve, sending(&direct, office.client_id(), "me too")),
        send(&office, &office.eve, sending(&lunch, office.client_id(), "hello?")),
        send(&office, &office.eve, sending(&nowhere, office.client_id(), "anybody?")),
    );
    assert_eq!(ann.unwrap(), (201, 1));
    assert_eq!(eve.unwrap_err().code(), "not_found");
    assert_eq!(ended.unwrap_err().code(), "chat.conversation_dissolved");
    assert_eq!(lost.unwrap_err().code(), "not_found");
    assert_eq!(words(&office.page(&office.bob, &direct, "").await), ["for Bob"]);
}

#[tokio::test]
async fn two_organisations_in_a_batch_stay_apart() {
    let office = Office::open().await;
    let mal = office.mal().await;
    let nat = office.t.member(mal.org, "Nat").await;
    let (here, there) = (office.direct(&office.ann, &office.bob).await, office.direct(&mal, &nat).await);
    let (ann, mal_sent, crossed) = tokio::join!(
        send(&office, &office.ann, sending(&here, office.client_id(), "here")),
        send(&office, &mal, sending(&there, office.client_id(), "there")),
        send(&office, &mal, sending(&here, office.client_id(), "over the fence")),
    );
    assert_eq!((ann.unwrap(), mal_sent.unwrap()), ((201, 1), (201, 1)));
    assert_eq!(crossed.unwrap_err().code(), "not_found");
    assert_eq!(words(&office.page(&office.bob, &here, "").await), ["here"]);
    assert_eq!(words(&office.page(&nat, &there, "").await), ["there"]);
}

#[tokio::test]
async fn many_at_once_get_each_a_number_of_their_own() {
    let office = Office::open().await;
    let lunch = office.group(&office.ann, &[&office.bob, &office.eve]).await;
    let people = [&office.ann, &office.bob, &office.eve];
    let all = (0..300).map(|i| {
        let who = people[i % 3];
        send(&office, who, sending(&lunch, office.client_id(), &format!("message {i}")))
    });
    let numbers_given: BTreeSet<i64> =
        futures_util::future::join_all(all).await.into_iter().map(|sent| sent.unwrap().1).collect();
    assert_eq!(numbers_given, (2..=301).collect(), "gapless, none twice");
    let page = office.page(&office.bob, &lunch, "?limit=100").await;
    assert_eq!(numbers(&page), (202..=301).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_commit_that_fails_fails_everybody_and_a_retry_does_not_double() {
    let office = Office::open().await;
    let direct = office.direct(&office.ann, &office.bob).await;
    let ids = [office.client_id(), office.client_id()];
    // A constraint that is only looked at when the transaction commits.
    for statement in [
        "create function chat.fail() returns trigger language plpgsql as $$ begin raise exception 'no'; end $$",
        "create constraint trigger fail after insert on chat.message deferrable initially deferred for each row execute function chat.fail()",
    ] {
        sqlx::query(statement).execute(&office.t.admin).await.unwrap();
    }
    let (ann, bob) = tokio::join!(
        send(&office, &office.ann, sending(&direct, ids[0], "one")),
        send(&office, &office.bob, sending(&direct, ids[1], "two")),
    );
    assert_eq!((ann.unwrap_err().status().as_u16(), bob.unwrap_err().status().as_u16()), (503, 503));
    assert_eq!(words(&office.page(&office.bob, &direct, "").await).len(), 0);
    sqlx::query("drop trigger fail on chat.message").execute(&office.t.admin).await.unwrap();
    for (person, id) in [(&office.ann, ids[0]), (&office.bob, ids[1]), (&office.ann, ids[0])] {
        send(&office, person, sending(&direct, id, "again")).await.unwrap();
    }
    let page = office.page(&office.bob, &direct, "").await;
    assert_eq!((words(&page).len(), numbers(&page)), (2, vec![1, 2]));
}

#[tokio::test]
async fn a_connection_that_is_cut_is_replaced() {
    let office = Office::open().await;
    let direct = office.direct(&office.ann, &office.bob).await;
    send(&office, &office.ann, sending(&direct, office.client_id(), "one")).await.unwrap();
    let mut tx = office.t.app.begin(office.ann.org, kernel::Actor::System).await.unwrap();
    sqlx::query(
        "select pg_terminate_backend(pid) from pg_stat_activity
         where usename = current_user and datname = current_database() and pid <> pg_backend_pid()",
    )
    .execute(tx.db())
    .await
    .unwrap();
    tx.commit().await.unwrap();
    let id = office.client_id();
    let mut tries = 0;
    while send(&office, &office.ann, sending(&direct, id, "two")).await.is_err() {
        tries += 1;
        assert!(tries < 10, "the writer does not come back");
    }
    assert_eq!(send(&office, &office.ann, sending(&direct, id, "two")).await.unwrap().0, 200);
}

#[tokio::test]
async fn who_was_taken_out_a_moment_ago_cannot_write() {
    let office = Office::open().await;
    let lunch = office.group(&office.ann, &[&office.bob]).await;
    let bob: MemberId = office.bob.id;
    send(&office, &office.bob, sending(&lunch, office.client_id(), "still here")).await.unwrap();
    office.ask(&office.ann, "DELETE", &format!("/v1/conversations/{lunch}/members/{bob}"), json!(null), 204).await;
    let refused = send(&office, &office.bob, sending(&lunch, office.client_id(), "and now?")).await;
    assert_eq!(refused.unwrap_err().code(), "not_found");
}

/// By which way each stored message came: the swift one calls a function, the careful one does not.
struct Ways<'a>(&'a Office);

impl<'a> Ways<'a> {
    async fn watch(office: &'a Office) -> Self {
        for statement in [
            "create table chat.way (is_swift boolean not null)",
            "create function chat.note_way() returns trigger language plpgsql security definer as $$ begin
                 insert into chat.way values (current_query() like '%take_messages%'); return null; end $$",
            "create trigger note_way after insert on chat.message for each row execute function chat.note_way()",
        ] {
            sqlx::query(statement).execute(&office.t.admin).await.unwrap();
        }
        Self(office)
    }

    /// Of all messages since the last look.
    async fn taken(&self) -> Vec<bool> {
        sqlx::query_scalar("delete from chat.way returning is_swift").fetch_all(&self.0.t.admin).await.unwrap()
    }
}

#[tokio::test]
async fn what_is_usual_goes_the_swift_way_with_what_it_brings_along() {
    let office = Office::open().await;
    let direct = office.direct(&office.ann, &office.bob).await;
    let lunch = office.group(&office.ann, &[&office.bob, &office.eve]).await;
    let ways = Ways::watch(&office).await;
    send(&office, &office.ann, sending(&direct, office.client_id(), "plain")).await.unwrap();
    let naming = json!({"kind": "text", "v": 1, "text": "you", "mentions": [office.bob.id]});
    office.send(&office.ann, &lunch, naming).await;
    assert_eq!(ways.taken().await, [true, true]);
    assert_eq!(office.conversation(&office.bob, &lunch).await["my"]["mentions"], 1);
}

#[tokio::test]
async fn one_unusual_message_takes_its_batch_the_careful_way_and_no_other() {
    let office = Office::open().await;
    let direct = office.direct(&office.ann, &office.bob).await;
    let lunch = office.group(&office.ann, &[&office.bob]).await;
    let ended = office.group(&office.ann, &[&office.bob]).await;
    office.ask(&office.ann, "POST", &format!("/v1/conversations/{ended}/dissolve"), json!(null), 204).await;
    let known = office.client_id();
    send(&office, &office.ann, sending(&direct, known, "known")).await.unwrap();
    let ways = Ways::watch(&office).await;
    for (who, conversation, id, code) in [
        (&office.eve, &direct, office.client_id(), Err("not_found")),
        (&office.ann, &ended, office.client_id(), Err("chat.conversation_dissolved")),
        (&office.ann, &direct, known, Ok((200, 1))),
    ] {
        let (odd, usual) = tokio::join!(
            send(&office, who, sending(conversation, id, "known")),
            send(&office, &office.bob, sending(&lunch, office.client_id(), "usual")),
        );
        assert_eq!(odd.map_err(|error| error.code()), code);
        assert_eq!(usual.unwrap().0, 201);
        assert_eq!(ways.taken().await, [false], "{code:?}");
    }
    let everybody = json!({"kind": "text", "v": 1, "text": "all of you", "mentions_all": true});
    office.send(&office.ann, &lunch, everybody).await;
    assert_eq!(ways.taken().await, [false], "who may mention everybody is looked up");
    send(&office, &office.bob, sending(&lunch, office.client_id(), "usual")).await.unwrap();
    assert_eq!(ways.taken().await, [true], "the next is swift again");
}

#[tokio::test]
async fn a_message_of_a_conversation_whose_clock_is_a_day_ahead_is_sealed_for_that_day() {
    let office = Office::open().await;
    let direct = office.direct(&office.ann, &office.bob).await;
    send(&office, &office.ann, sending(&direct, office.client_id(), "before")).await.unwrap();
    // As another node with another clock leaves it.
    let ahead = "update chat.conversation set last_at = last_at + interval '1 day' where id = $1";
    let mut tx = office.t.app.begin(office.ann.org, kernel::Actor::System).await.unwrap();
    sqlx::query(ahead).bind(direct.parse::<Uuid>().unwrap()).execute(tx.db()).await.unwrap();
    tx.commit().await.unwrap();
    let ways = Ways::watch(&office).await;
    let sent = send(&office, &office.ann, sending(&direct, office.client_id(), "after")).await.unwrap();
    assert_eq!((sent, ways.taken().await), ((201, 2), vec![false]));
    assert_eq!(words(&office.page(&office.bob, &direct, "").await), ["before", "after"]);
}

#[tokio::test]
async fn one_conversation_that_sends_too_much_is_told_to_slow_down_and_others_are_not() {
    let office = Office::open().await;
    let (busy, calm) = (office.direct(&office.ann, &office.bob).await, office.direct(&office.ann, &office.eve).await);
    // The writer waits for this lock with the first message; what comes after it waits in the queue.
    let mut tx = office.t.app.begin(office.ann.org, kernel::Actor::System).await.unwrap();
    let lock = "select from chat.conversation where id = $1 for update";
    sqlx::query(lock).bind(busy.parse::<Uuid>().unwrap()).execute(tx.db()).await.unwrap();
    let words = (0..1500).map(|i| send(&office, &office.ann, sending(&busy, office.client_id(), &format!("{i}"))));
    let mut all: futures_util::stream::FuturesUnordered<_> = words.collect();
    let mut refused = 0;
    while refused < 400 {
        let error = futures_util::StreamExt::next(&mut all).await.unwrap().unwrap_err();
        assert_eq!((error.code(), error.status().as_u16()), ("chat.slow_down", 503));
        refused += 1;
    }
    let other = send(&office, &office.eve, sending(&calm, office.client_id(), "still room"));
    tx.commit().await.unwrap();
    assert_eq!(other.await.unwrap(), (201, 1));
    let mut written = BTreeSet::new();
    while let Some(outcome) = futures_util::StreamExt::next(&mut all).await {
        match outcome {
            Ok((_, seq)) => assert!(written.insert(seq)),
            Err(error) => assert_eq!(error.code(), "chat.slow_down"),
        }
    }
    assert_eq!(written, (1..=i64::try_from(written.len()).unwrap()).collect(), "gapless, none twice");
}
