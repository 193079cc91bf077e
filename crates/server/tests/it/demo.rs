//! The demo is the same in every run.

use cluster::{Binaries, Settings};
use sqlx::{AssertSqlSafe, Connection, PgConnection};

use crate::house::{House, postgres};

/// Everything the database holds in the clear, ids and times with it, row by row. What is sealed, salted or secret is
/// bytes (what comes of a password is text: `hash`, `opened_by`), and other bytes each time.
async fn told(house: &House) -> Vec<String> {
    let mut settings = Settings::new(house.data());
    if let Some(named) = postgres() {
        settings.binaries = Binaries::At(named);
    }
    let cluster = cluster::start(settings).await.unwrap();
    let mut db = PgConnection::connect_with(&cluster.owner()).await.unwrap();
    sqlx::query("select set_config('app.org', org_id::text, false) from kernel.org_clock")
        .execute(&mut db)
        .await
        .unwrap();
    let tables: Vec<(String, String)> = sqlx::query_as(
        "select c.oid::regclass::text, string_agg(quote_ident(a.attname), ', ' order by a.attnum)
         from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
         where c.relkind in ('r', 'p') and not c.relispartition and a.attnum > 0 and not a.attisdropped
           and a.atttypid <> 'bytea'::regtype and a.attname not in ('hash', 'opened_by') and n.nspname !~ '^(pg_|information_schema|public)' group by c.oid order by 1",
    )
    .fetch_all(&mut db)
    .await
    .unwrap();
    let mut lines = Vec::new();
    for (table, columns) in tables {
        let rows = format!("select row_to_json(t)::text from (select {columns} from {table}) t order by 1");
        let rows: Vec<String> = sqlx::query_scalar(AssertSqlSafe(rows)).fetch_all(&mut db).await.unwrap();
        lines.extend(rows.into_iter().map(|row| format!("{table} {row}")));
    }
    db.close().await.unwrap();
    cluster.stop().await.unwrap();
    lines
}

async fn company() -> Vec<String> {
    let house = House::new();
    let tell = || house.run(&["demo", "--until", "2026-11-27T04:00:00Z"]);
    let (succeeded, said) = tokio::task::block_in_place(tell);
    assert!(succeeded, "{said}");
    told(&house).await
}

#[tokio::test(flavor = "multi_thread")]
async fn two_runs_give_the_same_people_times_and_ids() {
    let (one, other) = (company().await, company().await);
    let of = |table: &str| one.iter().filter(|line| line.starts_with(table)).count();
    assert_eq!(of("directory.member "), 48);
    assert!(of("chat.message ") > 60 && of("inbox.notification ") > 5 && of("kernel.outbox ") > 200, "it is a company");
    // How far the index has come is the machine's business; the key ring has a name of its own, pseudonyms and the chain of the audit log
    // come from its keys.
    let other_each_time =
        ["chat.indexed ", "search.", "key_ring.ring ", "kernel.audit_entry ", "kernel.pseudonym ", "kernel.org_clock "];
    let told = |all: Vec<String>| -> Vec<String> {
        all.into_iter().filter(|line| !other_each_time.iter().any(|table| line.starts_with(table))).collect()
    };
    let (one, other) = (told(one), told(other));
    assert_eq!(one.iter().zip(&other).find(|(one, other)| one != other), None);
    assert_eq!(one.len(), other.len());
}
