//! The blind index: found by its words, newest first, by nobody else, and by nobody once the key is gone.

use chrono::{DateTime, TimeDelta, Utc};
use kernel::{Actor, Bucket, OrgId, Tx};
use search::{Cursor, Entry, Query, Question, Terms};
use testkit::TestApp;
use uuid::Uuid;

const KIND: &str = "test.note";
const ROOM: Uuid = Uuid::from_u128(7);
const OTHER_ROOM: Uuid = Uuid::from_u128(8);

fn day(at: DateTime<Utc>) -> Bucket {
    Bucket::Day(i32::try_from(at.timestamp() / 86_400).unwrap())
}

fn note(scope: Uuid, place: i64, at: DateTime<Utc>, text: &str) -> Entry {
    let mut terms = Terms::default();
    terms.add(text);
    terms.add_mark(search::mark(scope));
    Entry { scope, place, at, reference: Uuid::from_u128(u128::try_from(place).unwrap()), terms }
}

async fn put(t: &TestApp, org: OrgId, notes: &[Entry]) {
    let days: Vec<Bucket> = notes.iter().map(|note| day(note.at)).collect();
    t.app.vault().ensure(org.0, &days).unwrap();
    let mut tx = t.app.begin(org, Actor::System).await.unwrap();
    search::put(&mut tx, KIND, notes).await.unwrap();
    tx.commit().await.unwrap();
}

struct Ask<'a> {
    scopes: &'a [Uuid],
    marks: &'a [i32],
    before: Option<Cursor>,
    most: usize,
}

const ROOMS: Ask<'static> = Ask { scopes: &[ROOM, OTHER_ROOM], marks: &[], before: None, most: 100 };

async fn places(t: &TestApp, org: OrgId, text: &str, ask: Ask<'_>) -> Vec<i64> {
    let mut tx = t.app.begin(org, Actor::System).await.unwrap();
    found(&mut tx, text, ask).await.iter().map(|found| found.place).collect()
}

async fn found(tx: &mut Tx, text: &str, ask: Ask<'_>) -> Vec<search::Found> {
    let query = Query::parse(text).unwrap();
    let question = Question {
        kind: KIND,
        scopes: ask.scopes,
        query: &query,
        marks: ask.marks,
        since: tx.now() - TimeDelta::days(90),
        until: tx.now() + TimeDelta::seconds(1),
        before: ask.before,
        most: ask.most,
    };
    search::find(tx, &question).await.unwrap()
}

#[tokio::test]
async fn what_was_put_is_found_newest_first_across_days_and_months() {
    let t = TestApp::with(vec![search::module()]).await;
    let (acme, now) = (t.org("acme").await, t.app.now());
    let notes: Vec<Entry> =
        (1..=40).map(|n| note(ROOM, n, now - TimeDelta::days(40 - n), &format!("冷链第{n}批 noodles"))).collect();
    put(&t, acme, &notes).await;
    put(&t, acme, &notes).await;
    assert_eq!(places(&t, acme, "冷链", ROOMS).await, (1..=40).rev().collect::<Vec<_>>(), "each once");
    assert_eq!(places(&t, acme, "nood 7批", ROOMS).await, [37, 27, 17, 7]);
    assert_eq!(places(&t, acme, "冷链", Ask { most: 3, ..ROOMS }).await, [40, 39, 38]);
    let before = Some(Cursor { at: now - TimeDelta::days(37), scope: ROOM, place: 3 });
    assert_eq!(places(&t, acme, "冷链", Ask { before, ..ROOMS }).await, [2, 1]);
    assert!(places(&t, acme, "链冷", ROOMS).await.is_empty());
}

#[tokio::test]
async fn only_the_scopes_one_asks_for_and_only_ones_own_organisation_are_looked_into() {
    let t = TestApp::with(vec![search::module()]).await;
    let (acme, rival, now) = (t.org("acme").await, t.org("rival").await, t.app.now());
    put(&t, acme, &[note(ROOM, 1, now, "noodles"), note(OTHER_ROOM, 2, now, "noodles")]).await;
    put(&t, rival, &[note(ROOM, 3, now, "noodles")]).await;
    assert_eq!(places(&t, acme, "noodles", ROOMS).await, [2, 1]);
    assert_eq!(places(&t, acme, "noodles", Ask { scopes: &[ROOM], ..ROOMS }).await, [1]);
    let marks = [search::mark(OTHER_ROOM)];
    assert_eq!(places(&t, acme, "", Ask { marks: &marks, ..ROOMS }).await, [2], "marks alone find too");
    assert!(places(&t, acme, "noodles", Ask { scopes: &[], ..ROOMS }).await.is_empty());
    assert_eq!(places(&t, rival, "noodles", ROOMS).await, [3]);
}

#[tokio::test]
async fn the_application_cannot_read_the_terms() {
    let t = TestApp::with(vec![search::module()]).await;
    let (acme, now) = (t.org("acme").await, t.app.now());
    put(&t, acme, &[note(ROOM, 1, now, "noodles")]).await;
    let mut tx = t.app.begin(acme, Actor::System).await.unwrap();
    let ids: i64 = sqlx::query_scalar("select count(place) from search.entry").fetch_one(tx.db()).await.unwrap();
    assert_eq!(ids, 1, "it may see that there is something");
    let refused = sqlx::query("select terms from search.entry").fetch_all(tx.db()).await.unwrap_err();
    assert!(refused.to_string().contains("permission denied"), "{refused}");
}

#[tokio::test]
async fn what_is_forgotten_or_has_lost_its_key_is_found_no_more() {
    let t = TestApp::with(vec![search::module()]).await;
    let (acme, now) = (t.org("acme").await, t.app.now());
    let at = |days| now - TimeDelta::days(days);
    let notes: Vec<Entry> = (1..=5).map(|n| note(ROOM, n, at(5 - n), "noodles")).collect();
    put(&t, acme, &notes).await;
    let mut tx = t.app.begin(acme, Actor::System).await.unwrap();
    search::forget(&mut tx, KIND, ROOM, 5, at(0)).await.unwrap();
    search::forget_through(&mut tx, KIND, ROOM, 2, at(3)).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(places(&t, acme, "noodles", ROOMS).await, [4, 3]);
    t.app.vault().destroy(acme.0, &[day(at(2))]).unwrap();
    assert_eq!(places(&t, acme, "noodles", ROOMS).await, [4]);
    put(&t, acme, &[]).await;
    let mut tx = t.app.begin(acme, Actor::System).await.unwrap();
    search::put(&mut tx, KIND, &[note(ROOM, 9, at(2), "noodles")]).await.unwrap();
    assert_eq!(found(&mut tx, "noodles", ROOMS).await.len(), 1, "nothing is put under a key that is gone");
}

/// Without it a question reads the whole month: row security hides the index, an empty table's statistics mislead.
#[tokio::test]
async fn a_question_uses_the_index_of_terms() {
    let t = TestApp::with(vec![search::module()]).await;
    let (acme, now) = (t.org("acme").await, t.app.now());
    let notes: Vec<Entry> = (1..=300).map(|n| note(ROOM, n, now, &format!("number {n}"))).collect();
    put(&t, acme, &notes).await;
    let before = scans(&t).await;
    let mut tx = t.app.begin(acme, Actor::System).await.unwrap();
    for _ in 0..8 {
        assert_eq!(found(&mut tx, "number 299", ROOMS).await.len(), 1);
    }
    // This session's counters reach the catalogue with its commit.
    sqlx::query("select pg_stat_force_next_flush()").execute(tx.db()).await.unwrap();
    tx.commit().await.unwrap();
    let after = scans(&t).await;
    assert_eq!((after.0 - before.0, after.1 - before.1), (8, 0));
}

/// How often the index of terms was read, and the table without an index.
async fn scans(t: &TestApp) -> (i64, i64) {
    sqlx::query_as(
        "select i.idx_scan, t.seq_scan from pg_stat_user_indexes i join pg_stat_user_tables t on t.relid = i.relid
         where i.schemaname = 'search' and i.relname = 'entry_202601' and i.indexrelname like '%terms%'",
    )
    .fetch_one(&t.admin)
    .await
    .unwrap()
}

#[tokio::test]
async fn months_come_ahead_of_their_time_and_go_when_nothing_is_left_in_them() {
    let t = TestApp::with(vec![search::module()]).await;
    let org = t.org("acme").await;
    put(&t, org, &[note(ROOM, 1, t.app.now(), "noodles")]).await;
    let has = async |name: &str| -> bool {
        sqlx::query_scalar("select to_regclass($1) is not null").bind(name).fetch_one(&t.admin).await.unwrap()
    };
    // Past the months that were made with the table.
    t.clock.advance(TimeDelta::days(1200));
    assert!(!has("search.entry_202907").await);
    t.run_jobs().await;
    assert!(has("search.entry_202904").await && has("search.entry_202907").await && !has("search.entry_202908").await);
    assert!(has("search.entry_202601").await, "something is in it");
    assert!(!has("search.entry_202602").await && !has("search.entry_202812").await);
    assert!(has("search.entry_other").await);
}
