//! Every place on the disk in which the program or its database could leave something.

use std::path::{Path, PathBuf};

use sqlx::AssertSqlSafe;
use testkit::TestApp;

use super::scan::{Found, Scan};

/// The folder of the write-ahead log, after all that was committed is in it.
pub async fn log(t: &TestApp) -> PathBuf {
    // The database of tests does not wait for its log; this commit does, and so for everything before it.
    let mut tx = t.admin.begin().await.unwrap();
    sqlx::query("set local synchronous_commit = on").execute(&mut *tx).await.unwrap();
    sqlx::query("create table public.flushed (n int)").execute(&mut *tx).await.unwrap();
    sqlx::query("drop table public.flushed").execute(&mut *tx).await.unwrap();
    tx.commit().await.unwrap();
    t.cluster_dir.join("pg_wal")
}

/// Everything but the databases of other tests: the files of the database after a checkpoint, its log, what it spills and says, and
/// what lies in the data directory besides.
pub async fn all(t: &TestApp) -> Vec<PathBuf> {
    let own: String = sqlx::query_scalar("select oid::text from pg_database where datname = current_database()")
        .fetch_one(&t.admin)
        .await
        .unwrap();
    // A copy by files begins with a checkpoint, which the owner may not ask for by name.
    let copy = format!("create database checkpoint_{own} template template0 strategy file_copy");
    sqlx::query(AssertSqlSafe(copy)).execute(&t.admin).await.unwrap();
    sqlx::query(AssertSqlSafe(format!("drop database checkpoint_{own}"))).execute(&t.admin).await.unwrap();
    let entries = |folder: &Path| {
        let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        entries.collect::<Vec<_>>()
    };
    let beside = entries(&t.cluster_dir).into_iter().filter(|path| path.is_dir() && !path.ends_with("base"));
    let data = entries(&t.app.settings().data_dir).into_iter().filter(|path| *path != t.cluster_dir);
    let base = t.cluster_dir.join("base");
    beside.chain(data).chain([base.join(own), base.join("pgsql_tmp")]).collect()
}

/// What the scan finds there, with the names of tables and what stands around it.
pub async fn found(t: &TestApp, scan: &Scan, folders: &[PathBuf]) -> Vec<String> {
    let tables: Vec<(String, String)> = sqlx::query_as(
        "select pg_relation_filenode(oid)::text, oid::regclass::text from pg_class where pg_relation_filenode(oid) > 0",
    )
    .fetch_all(&t.admin)
    .await
    .unwrap();
    let named = |found: Found| {
        let file = found.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let table = tables.iter().find(|(node, _)| *node == file).map_or(file.as_str(), |(_, table)| table);
        format!("{} in {} ({table}): {}", found.what, found.path.display(), found.around)
    };
    scan.found_below(folders).into_iter().map(named).collect()
}
