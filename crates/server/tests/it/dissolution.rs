//! An organisation is dissolved out of the whole program: of every table nothing of it is left (`ORG-09`, `RET-07`, `DIR-11`).

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use chrono::TimeDelta;
use directory::{NewMember, Profile, Role, State};
use kernel::{Actor, MemberId, OrgId};
use serde_json::{Value, json};
use sqlx::AssertSqlSafe;
use testkit::{Person, TestApp};

use crate::erasure::{ask, live};

const TURN: TimeDelta = TimeDelta::minutes(10);
/// What outlives an organisation: lines of the log for the six months of `RET-01`, what they are chained by, and the receipts of the
/// end for the 180 days of `RET-03`.
const STAYS: [&str; 4] = ["kernel.audit_entry", "kernel.org_clock", "receipts.log", "receipts.receipt"];

/// Every table that says whose a row is, as the database knows them, with how many rows there are of the organisation.
async fn rows(t: &TestApp, org: OrgId) -> BTreeMap<String, i64> {
    let mut tx = t.app.begin(org, Actor::System).await.unwrap();
    let tables: Vec<String> = sqlx::query_scalar(
        "select table_schema::text || '.' || table_name::text from information_schema.columns where column_name = 'org_id'",
    )
    .fetch_all(tx.db())
    .await
    .unwrap();
    let mut rows = BTreeMap::new();
    for table in tables {
        let count = format!("select count(*) from {table} where org_id = $1");
        let found: i64 = sqlx::query_scalar(AssertSqlSafe(count)).bind(org).fetch_one(tx.db()).await.unwrap();
        rows.insert(table, found);
    }
    rows
}

/// Those that have any.
async fn filled(t: &TestApp, org: OrgId) -> BTreeSet<String> {
    rows(t, org).await.into_iter().filter(|(_, count)| *count > 0).map(|(table, _)| table).collect()
}

/// A file in a group of two.
async fn share(t: &TestApp, who: &Person, with: MemberId) {
    let new = [("tus-resumable", "1.0.0"), ("upload-length", "5"), ("upload-metadata", "filename YS50eHQ=")];
    let begun = t.answer(Some(who), "POST", "/v1/uploads", Vec::new(), &new).await;
    assert_eq!(begun.status(), 201);
    let place = begun.headers()["location"].to_str().unwrap().to_owned();
    let more =
        [("tus-resumable", "1.0.0"), ("upload-offset", "0"), ("content-type", "application/offset+octet-stream")];
    let (status, _) = t.send(Some(who), "PATCH", &place, b"hello".to_vec(), &more).await;
    assert_eq!(status, 204);
    let group = json!({ "kind": "group", "name": "Lunch", "member_ids": [with] });
    let group = ask(t, who, ("POST", "/v1/conversations"), group).await["id"].as_str().unwrap().to_owned();
    let file = place.rsplit('/').next().unwrap();
    let body = json!({ "kind": "text", "v": 1, "text": "noodles", "file_ids": [file] });
    let message = json!({ "client_id": t.app.new_id(), "body": body });
    ask(t, who, ("POST", &format!("/v1/conversations/{group}/messages")), message).await;
}

/// Sealed segments of the organisation on the disk.
fn segments(folder: &Path) -> usize {
    let Ok(entries) = std::fs::read_dir(folder) else { return 0 };
    let paths = entries.map(|entry| entry.unwrap().path());
    paths.map(|path| if path.is_dir() { segments(&path) } else { 1 }).sum()
}

/// Ann is the only owner: a day goes by that everybody sees.
async fn dissolve(t: &TestApp, ann: &Person) {
    let mut tx = t.app.begin(ann.org, Actor::Member(ann.id)).await.unwrap();
    directory::assure(&mut tx, ann.session).await.unwrap();
    tx.commit().await.unwrap();
    let act = ask(t, ann, ("POST", "/v1/organisation/dissolution"), json!({ "name": "Acme" })).await;
    assert_eq!(act["needs"], "time");
    t.clock.advance(TimeDelta::days(1));
    t.run_jobs().await;
    t.run_subscribers().await;
    let seen = ask(t, ann, ("GET", "/v1/organisation/dissolution"), Value::Null).await;
    assert_eq!(seen["ends_at"], json!(t.app.now() + TimeDelta::days(60)));
}

async fn wait(t: &TestApp, time: TimeDelta) {
    t.clock.advance(time);
    t.run_jobs().await;
    t.run_subscribers().await;
}

#[tokio::test]
async fn org_09_ret_07_dir_11_of_a_dissolved_organisation_no_table_has_a_row_and_another_keeps_all_of_its_own() {
    let t = TestApp::with(server::modules::all().into_iter().filter(|module| module.name != "kernel").collect()).await;
    let (acme, rival) = (t.org("Acme").await, t.org("Rival").await);
    let (ann, bob, eve) = (t.member(acme, "Ann").await, t.member(acme, "Bob").await, t.member(acme, "Eve").await);
    let mal = t.member_as(rival, "Mal", Role::Owner).await;
    // Bob belongs to both.
    let mut tx = t.app.begin(rival, Actor::System).await.unwrap();
    let profile = Profile { name: "Bob".into(), user_id: Some("bob2".into()), ..Profile::default() };
    let account = bob.account;
    let new = NewMember { account, profile, role: Role::Member, state: State::Active, department_ids: Vec::new() };
    let there = directory::add_member(&mut tx, new).await.unwrap();
    tx.commit().await.unwrap();

    live(&t, &bob, &eve).await;
    let sales = ask(&t, &ann, ("POST", "/v1/departments"), json!({ "name": "Sales" })).await;
    ask(&t, &ann, ("POST", "/v1/departments"), json!({ "name": "Abroad", "parent_id": sales["id"] })).await;
    let announced = json!({ "title": "Canteen", "text": "It is closed today." });
    ask(&t, &ann, ("POST", "/v1/announcements"), announced).await;
    share(&t, &eve, ann.id).await;
    let contact = json!({ "kind": "customer", "card": { "name": "曾国平", "phones": [] } });
    ask(&t, &mal, ("POST", "/v1/contacts"), contact).await;
    share(&t, &mal, there).await;
    t.run_jobs().await;
    t.run_subscribers().await;

    // The data map, by which everything goes, knows every table the database has.
    let declared = t.app.data_map().table.iter().filter(|(_, table)| table.columns.contains_key("org_id"));
    let declared: BTreeSet<String> = declared.map(|(name, _)| name.clone()).collect();
    assert_eq!(rows(&t, acme).await.into_keys().collect::<BTreeSet<_>>(), declared);
    let before = filled(&t, acme).await;
    assert!(before.len() >= 25 && before.contains("files.blob") && before.contains("search.entry"), "{before:?}");
    let folder = |org: OrgId| t.app.settings().data_dir.join("files/segments").join(org.to_string());
    assert_eq!((segments(&folder(acme)), segments(&folder(rival))), (1, 1));

    dissolve(&t, &ann).await;
    wait(&t, TimeDelta::days(60) - TURN).await;
    assert_eq!(rows(&t, acme).await["directory.member"], 3, "until the last day nobody is erased");
    let theirs = rows(&t, rival).await;
    wait(&t, TURN + TURN).await;

    let left = filled(&t, acme).await;
    assert_eq!(left, BTreeSet::from(STAYS.map(str::to_owned)));
    assert!(!t.app.vault().has_organisation(acme.0), "and no backup opens anything");
    assert_eq!((segments(&folder(acme)), segments(&folder(rival))), (0, 1));
    let now = rows(&t, rival).await;
    for table in ["directory.member", "directory.membership", "chat.message", "files.blob", "contacts.contact"] {
        assert!(theirs[table] > 0 && now[table] == theirs[table], "{table}: {} of {}", now[table], theirs[table]);
    }
    let accounts = async |one: &Person| {
        let count = "select count(*) from identity.account where id = $1";
        let found: i64 = sqlx::query_scalar(count).bind(one.account).fetch_one(&t.admin).await.unwrap();
        found
    };
    assert_eq!((accounts(&ann).await, accounts(&bob).await, accounts(&eve).await), (0, 1, 0), "Bob is elsewhere too");
    let handles: i64 = sqlx::query_scalar("select count(*) from directory.handle").fetch_one(&t.admin).await.unwrap();
    assert_eq!(handles, 0, "his number came from here alone");

    // It stays so, and the log goes in its own time.
    wait(&t, TimeDelta::days(1)).await;
    assert_eq!(filled(&t, acme).await, left);
    wait(&t, TimeDelta::days(184)).await;
    wait(&t, TimeDelta::hours(1)).await;
    assert_eq!(filled(&t, acme).await, BTreeSet::new());
    ask(&t, &mal, ("GET", "/v1/me"), Value::Null).await;
}
