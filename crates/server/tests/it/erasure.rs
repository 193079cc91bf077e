//! Somebody is erased out of the whole program: what the data map says of them is gone from every module (`DEL-01`).

use std::collections::BTreeSet;

use chrono::TimeDelta;
use kernel::data_map::Erasure;
use kernel::{Actor, Bucket};
use serde_json::{Value, json};
use sqlx::AssertSqlSafe;
use testkit::{Person, TestApp};
use uuid::Uuid;

const TURN: TimeDelta = TimeDelta::minutes(10);

pub async fn ask(t: &TestApp, who: &Person, (method, path): (&str, &str), body: Value) -> Value {
    let (status, answer) = t.call(who, method, path, body).await;
    assert!(status.is_success(), "{method} {path}: {status} {answer}");
    answer
}

/// Everything that a working life leaves behind and an operation of its own makes.
pub async fn live(t: &TestApp, bob: &Person, eve: &Person) {
    let me = json!({ "phone": "13812345678", "email": "bob@acme.example", "signature": "canary" });
    ask(t, bob, ("PATCH", "/v1/me"), me).await;
    let group = json!({ "kind": "group", "name": "Lunch", "member_ids": [eve.id] });
    let group = ask(t, bob, ("POST", "/v1/conversations"), group).await["id"].as_str().unwrap().to_owned();
    let body = json!({ "kind": "text", "v": 1, "text": "stays for Eve", "mentions": [eve.id] });
    let message = json!({ "client_id": t.app.new_id(), "body": body });
    ask(t, bob, ("POST", &format!("/v1/conversations/{group}/messages")), message).await;
    let body = json!({ "kind": "text", "v": 1, "text": "@Bob", "mentions": [bob.id] });
    let message = json!({ "client_id": t.app.new_id(), "body": body });
    ask(t, eve, ("POST", &format!("/v1/conversations/{group}/messages")), message).await;
    ask(t, bob, ("PUT", &format!("/v1/conversations/{group}/draft")), json!({ "text": "not sent" })).await;
    ask(t, bob, ("POST", "/v1/conversations"), json!({ "kind": "direct", "member_id": eve.id })).await;
    let contact = json!({ "kind": "customer", "card": { "name": "曾国平", "phones": [] } });
    ask(t, bob, ("POST", "/v1/contacts"), contact).await;
    ask(t, bob, ("GET", "/v1/contact-code"), Value::Null).await;
    ask(t, bob, ("POST", "/v1/app-passwords"), json!({ "name": "Phone" })).await;
    ask(t, bob, ("POST", "/v1/search/words"), json!({ "text": "a word" })).await;
    let quiet = json!({ "desktop": true, "sound": false, "mentions_only": true, "shows_text": false });
    ask(t, bob, ("PUT", "/v1/notification-settings"), quiet).await;
    let accepted = json!({ "version": privacy_version(t).await, "is_adult": true, "language": "en" });
    ask(t, bob, ("POST", "/v1/statement/acceptance"), accepted).await;
}

async fn privacy_version(t: &TestApp) -> Value {
    t.call(None, "GET", "/v1/statement?language=en", Value::Null).await.1["version"].clone()
}

/// The tables that are declared to go with somebody and have a row about this id.
async fn about(t: &TestApp, by: &Person, id: Uuid) -> BTreeSet<String> {
    let mut tx = t.app.begin(by.org, Actor::System).await.unwrap();
    let mut found = BTreeSet::new();
    for (name, table) in &t.app.data_map().table {
        let subjects = table.subject.iter().filter(|subject| *subject != "conversation").chain(&table.also);
        for column in subjects.filter(|_| table.erasure == Erasure::Delete) {
            let any = format!("select exists (select from {name} where {column} = $1)");
            if sqlx::query_scalar(AssertSqlSafe(any)).bind(id).fetch_one(tx.db()).await.unwrap() {
                found.insert(name.clone());
            }
        }
    }
    found
}

#[tokio::test]
async fn del_01_nothing_that_is_declared_to_go_with_somebody_stays_in_any_module() {
    let modules = server::modules::all().into_iter().filter(|module| module.name != "kernel").collect();
    let t = TestApp::with(modules).await;
    let acme = t.org("Acme").await;
    let (ann, bob, eve) = (t.member(acme, "Ann").await, t.member(acme, "Bob").await, t.member(acme, "Eve").await);
    live(&t, &bob, &eve).await;
    let new = json!({ "title": "Canteen", "text": "It is closed today." });
    let told = ask(&t, &ann, ("POST", "/v1/announcements"), new).await["id"].as_str().unwrap().to_owned();
    let read = format!("/v1/announcements/{told}/read");
    ask(&t, &bob, ("POST", &read), json!({ "confirms": false, "revision": 1 })).await;
    t.run_subscribers().await;
    let (before, account) = (about(&t, &ann, bob.id.0).await, about(&t, &ann, bob.account.0).await);
    assert!(before.len() >= 15 && before.contains("announcements.reading"), "{before:?}");
    assert!(account.contains("identity.account") && account.contains("directory.handle"), "{account:?}");

    let mut tx = t.app.begin(acme, Actor::System).await.unwrap();
    directory::set_state(&mut tx, bob.id, directory::State::Leaving).await.unwrap();
    tx.commit().await.unwrap();
    for time in [TimeDelta::days(14), TURN, TURN] {
        t.clock.advance(time);
        t.run_jobs().await;
        t.run_subscribers().await;
    }
    assert_eq!(about(&t, &ann, bob.id.0).await, BTreeSet::new());
    assert_eq!(about(&t, &ann, bob.account.0).await, BTreeSet::new());
    assert!(!t.app.vault().has(acme.0, &Bucket::Member(bob.id.0)).unwrap());
    assert!(about(&t, &ann, eve.id.0).await.contains("directory.member"), "nobody else");
    let people = ask(&t, &ann, ("GET", "/v1/members"), Value::Null).await;
    assert_eq!(people["items"].as_array().unwrap().len(), 2);
}
