//! What the data map marks for export stands in a copy, out of every module, and nothing of anybody else (`DSR-01`).

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};

use kernel::data_map::{Erasure, Export};
use kernel::{Actor, Bucket};
use serde_json::{Value, json};
use sqlx::AssertSqlSafe;
use testkit::{Person, TestApp};

use crate::erasure::{ask, live};

async fn assure(t: &TestApp, who: &Person) {
    let mut tx = t.app.begin(who.org, Actor::Member(who.id)).await.unwrap();
    directory::assure(&mut tx, who.session).await.unwrap();
    tx.commit().await.unwrap();
}

/// Bob's copy, part by part.
async fn copy(t: &TestApp, bob: &Person) -> BTreeMap<String, String> {
    assure(t, bob).await;
    let made = ask(t, bob, ("POST", "/v1/personal-exports"), json!({ "language": "zh-TW" })).await;
    t.run_jobs().await;
    let path = format!("/v1/personal-exports/{}/file", made["id"].as_str().unwrap());
    let (status, archive) = t.send(Some(bob), "GET", &path, Vec::new(), &[]).await;
    assert_eq!(status, 200);
    let mut archive = zip::ZipArchive::new(Cursor::new(archive)).unwrap();
    let mut parts = BTreeMap::new();
    for n in 0..archive.len() {
        let mut part = archive.by_index(n).unwrap();
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        parts.insert(part.name().unwrap().into_owned(), text);
    }
    parts
}

/// How many rows of each place point at Bob, counted beside the program.
async fn counted(t: &TestApp, bob: &Person) -> BTreeMap<String, i64> {
    let mut tx = t.app.begin(bob.org, Actor::System).await.unwrap();
    let pseudonym = t.app.vault().pseudonym(bob.org.0, Bucket::Member(bob.id.0)).unwrap();
    let mut counts = BTreeMap::new();
    for (name, table) in &t.app.data_map().table {
        let Some(subject) = table.subject.as_deref().filter(|_| table.export != Export::None) else { continue };
        let theirs = match subject {
            "conversation" => format!("id in (select conversation_id from chat.member where member_id = '{}')", bob.id),
            "account_id" => format!("account_id = '{}'", bob.account),
            _ if name == "identity.account" => format!("id = '{}'", bob.account),
            _ if name == "kernel.outbox" => format!("actor ->> 'id' = '{}'", bob.id),
            _ if table.erasure == Erasure::Pseudonym => format!("{subject} = '{pseudonym}' or target = '{pseudonym}'"),
            _ => format!("{subject} = '{}'", bob.id),
        };
        let count = format!("select count(*) from {name} where {theirs}");
        counts.insert(name.clone(), sqlx::query_scalar(AssertSqlSafe(count)).fetch_one(tx.db()).await.unwrap());
    }
    counts
}

/// What grows by being asked for a copy: that it was is told and recorded.
const GROWS: [&str; 3] = ["inbox.notification", "kernel.audit_entry", "kernel.outbox"];

#[tokio::test]
async fn dsr_01_everything_the_data_map_marks_for_export_stands_in_a_copy_and_nothing_of_others() {
    let modules = server::modules::all().into_iter().filter(|module| module.name != "kernel").collect();
    let t = TestApp::with(modules).await;
    let acme = t.org("Acme").await;
    let (_ann, bob, eve) = (t.member(acme, "Ann").await, t.member(acme, "Bob").await, t.member(acme, "Eve").await);
    live(&t, &bob, &eve).await;
    let private = json!({ "phone": "13987654321", "email": "eve@acme.example", "signature": "of Eve alone" });
    ask(&t, &eve, ("PATCH", "/v1/me"), private).await;
    let pair = json!({ "kind": "direct", "member_id": bob.id });
    let pair = ask(&t, &eve, ("POST", "/v1/conversations"), pair).await["id"].as_str().unwrap().to_owned();
    let body = json!({ "kind": "text", "v": 1, "text": "what Eve wrote to Bob" });
    let message = json!({ "client_id": t.app.new_id(), "body": body });
    let messages = format!("/v1/conversations/{pair}/messages");
    let said = ask(&t, &eve, ("POST", &messages), message).await["seq"].clone();
    let body = json!({ "kind": "text", "v": 1, "text": "named by Eve: @Bob", "mentions": [bob.id] });
    ask(&t, &eve, ("POST", &messages), json!({ "client_id": t.app.new_id(), "body": body })).await;
    // Before he says anything there: whoever has read a message is not told of it.
    t.run_jobs().await;
    let forward = json!({ "conversation_ids": [pair], "client_ids": [t.app.new_id()] });
    ask(&t, &bob, ("POST", &format!("{messages}/{said}/forward")), forward).await;
    ask(&t, &eve, ("POST", "/v1/search/words"), json!({ "text": "searched by Eve" })).await;
    t.run_subscribers().await;
    let told = ask(&t, &bob, ("GET", "/v1/notifications"), Value::Null).await;
    assert!(told.to_string().contains("named by Eve"), "Bob reads it, and it is in no copy of his: {told}");

    let before = counted(&t, &bob).await;
    let parts = copy(&t, &bob).await;
    let data: Value = serde_json::from_str(&parts["data.json"]).unwrap();
    let places = data["places"].as_object().unwrap();
    assert_eq!(places.keys().collect::<Vec<_>>(), before.keys().collect::<Vec<_>>(), "every place, also empty ones");
    for (name, count) in &before {
        let found = i64::try_from(places[name]["records"].as_array().unwrap().len()).unwrap();
        let is_whole = if GROWS.contains(&name.as_str()) { found >= *count } else { found == *count };
        assert!(is_whole, "{name}: {found} of {count}");
        assert!(parts.contains_key(&format!("pages/{name}.html")), "{name}");
    }
    let canaries = [
        ("directory.member", "13812345678"),
        ("directory.member", "bob@acme.example"),
        ("directory.member", "canary"),
        ("chat.conversation", "Lunch"),
        ("chat.message", "stays for Eve"),
        ("chat.draft", "not sent"),
        ("contacts.contact", "曾国平"),
        ("contacts.app_password", "Phone"),
        ("search.word", "a word"),
        ("privacy.acceptance", "127.0.0.1"),
    ];
    for (place, canary) in canaries {
        assert!(places[place]["records"].to_string().contains(canary), "{place}: {}", places[place]["records"]);
        let page = &parts[&format!("pages/{place}.html")];
        assert!(page.contains(canary), "{canary} is not on the page of {place}");
    }
    let of_others =
        ["13987654321", "eve@acme.example", "of Eve alone", "what Eve wrote to Bob", "named by Eve", "searched by Eve"];
    for (name, part) in &parts {
        for canary in of_others {
            assert!(!part.contains(canary), "{canary} in {name}");
        }
    }
    assert!(places["chat.message"]["records"].to_string().contains("\"forwarded\""), "that it was repeated is said");
    assert!(places["inbox.notification"]["records"].to_string().contains("\"mention\""), "and that he was named");
    assert!(places["chat.mention"]["records"][0]["names"].to_string().contains("Eve"), "whom one sees is named");
}

/// Everybody else stops seeing it at that second; that its rows are still there makes no difference (`RET-09`).
#[tokio::test]
async fn dsr_01_what_is_past_the_time_for_which_messages_are_kept_is_in_no_copy() {
    let modules = server::modules::all().into_iter().filter(|module| module.name != "kernel").collect();
    let t = TestApp::with(modules).await;
    let acme = t.org("Acme").await;
    let (bob, eve) = (t.member(acme, "Bob").await, t.member(acme, "Eve").await);
    live(&t, &bob, &eve).await;
    let mentions = |parts: &BTreeMap<String, String>| {
        let data: Value = serde_json::from_str(&parts["data.json"]).unwrap();
        data["places"]["chat.mention"]["records"].as_array().unwrap().len()
    };
    assert_eq!(mentions(&copy(&t, &bob).await), 1);
    let mut tx = t.app.begin(acme, Actor::System).await.unwrap();
    let moved = sqlx::query("update chat.mention set sent_at = sent_at - interval '90 days' where member_id = $1")
        .bind(bob.id)
        .execute(tx.db())
        .await
        .unwrap();
    assert_eq!(moved.rows_affected(), 1);
    tx.commit().await.unwrap();
    assert_eq!(mentions(&copy(&t, &bob).await), 0);
}

/// The document says which places and columns there are; a difference here means that it has to be changed.
#[tokio::test]
async fn dsr_01_the_document_names_the_places_and_columns_that_are_produced() {
    let modules = server::modules::all().into_iter().filter(|module| module.name != "kernel").collect();
    let t = TestApp::with(modules).await;
    let bob = t.member(t.org("Acme").await, "Bob").await;
    let parts = copy(&t, &bob).await;
    let data: Value = serde_json::from_str(&parts["data.json"]).unwrap();
    let document = include_str!("../../../../docs/api/personal-export.md");

    let example = document.split("```json").nth(1).unwrap().split("```").next().unwrap();
    let example: Value = serde_json::from_str(example).unwrap();
    let keys = |value: &Value| -> BTreeSet<String> { value.as_object().unwrap().keys().cloned().collect() };
    assert_eq!(keys(&example), keys(&data));
    for part in ["organisation", "member", "account"] {
        assert_eq!(keys(&example[part]), keys(&data[part]), "{part}");
    }
    assert_eq!(keys(&example["places"]["chat.mention"]), keys(&data["places"]["chat.mention"]));

    let words = |cell: &str| -> BTreeSet<String> { cell.split('`').skip(1).step_by(2).map(str::to_owned).collect() };
    let mut documented = BTreeMap::new();
    for line in document.lines().filter(|line| line.starts_with("| `") && line.matches(" | ").count() == 2) {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        documented.insert(cells[0].trim_matches('`').to_owned(), (cells[1].to_owned(), words(cells[2])));
    }
    let mut produced = BTreeMap::new();
    for (name, place) in data["places"].as_object().unwrap() {
        let columns = place["columns"].as_array().unwrap().iter().map(|one| one.as_str().unwrap().to_owned()).collect();
        produced.insert(name.clone(), (place["what"].as_str().unwrap().to_owned(), columns));
    }
    assert_eq!(documented, produced);
}

/// The page about one's own data counts by the same rules, and says what leaves soon (`RET-09`).
#[tokio::test]
async fn dsr_01_what_one_is_shown_of_oneself_is_what_there_is() {
    let modules = server::modules::all().into_iter().filter(|module| module.name != "kernel").collect();
    let t = TestApp::with(modules).await;
    let acme = t.org("Acme").await;
    let (bob, eve) = (t.member(acme, "Bob").await, t.member(acme, "Eve").await);
    live(&t, &bob, &eve).await;
    let before = counted(&t, &bob).await;
    let places = shown(&t, &bob).await;
    assert_eq!(places.keys().collect::<Vec<_>>(), before.keys().collect::<Vec<_>>(), "every place, also empty ones");
    for (id, place) in &places {
        let (found, count) = (place["records"].as_i64().unwrap(), before[id]);
        let is_whole = if GROWS.contains(&id.as_str()) { found >= count } else { found == count };
        assert!(is_whole, "{id}: {found} of {count}");
        assert_eq!((&place["certainty"], &place["soon"]), (&json!("exact"), &json!(0)), "{id}");
        assert_ne!(place["name"]["zh-TW"], json!(id), "it has a name");
    }
    assert_eq!(places["chat.message"]["until"], json!({ "kind": "messages", "kept_for_s": 90 * 86_400 }));
    for (days, expected) in [(80, (json!(1), json!(1))), (10, (json!(0), json!(0)))] {
        let mut tx = t.app.begin(acme, Actor::System).await.unwrap();
        sqlx::query("update chat.mention set sent_at = sent_at - make_interval(days => $2) where member_id = $1")
            .bind(bob.id)
            .bind(days)
            .execute(tx.db())
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let mention = &shown(&t, &bob).await["chat.mention"];
        assert_eq!((mention["records"].clone(), mention["soon"].clone()), expected, "{days} days earlier");
    }
    let of_eve = &shown(&t, &eve).await["chat.draft"];
    assert_eq!(of_eve["records"], 0, "the draft is Bob's");
}

/// What somebody is shown of themselves, by place.
async fn shown(t: &TestApp, who: &Person) -> BTreeMap<String, Value> {
    let answer = ask(t, who, ("GET", "/v1/me/data"), Value::Null).await;
    let kinds = answer["kinds"].as_array().unwrap().iter();
    let places = kinds.flat_map(|kind| kind["places"].as_array().unwrap());
    places.map(|place| (place["id"].as_str().unwrap().to_owned(), place.clone())).collect()
}
