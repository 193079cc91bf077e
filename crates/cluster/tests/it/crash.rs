//! Killing: the database under its program, the program over its database.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use cluster::Cluster;
use rustix::process::{Pid, Signal, kill_process};
use sqlx::{Connection, PgConnection};

use super::{app, data_dir, eventually, owner, started};

fn kill(pid: u32) {
    kill_process(Pid::from_raw(i32::try_from(pid).unwrap()).unwrap(), Signal::KILL).unwrap();
}

async fn make_table(cluster: &Cluster) {
    let mut owner = owner(cluster).await;
    sqlx::query("create table acknowledged (n int primary key)").execute(&mut owner).await.unwrap();
    sqlx::query("grant select, insert on acknowledged to tulou_app").execute(&mut owner).await.unwrap();
}

/// Writes rows from a number on until it is cut off; answers with the last number that was acknowledged.
async fn write_until_cut(mut connection: PgConnection, first: i32) -> i32 {
    let mut next = first;
    while sqlx::query("insert into acknowledged values ($1)").bind(next).execute(&mut connection).await.is_ok() {
        next += 1;
    }
    next - 1
}

/// Kills a process once some rows are there.
async fn kill_under_load(pid: u32, mut watcher: PgConnection, rows: i64) {
    loop {
        let counted: i64 =
            sqlx::query_scalar("select count(*) from acknowledged").fetch_one(&mut watcher).await.unwrap();
        if counted >= rows {
            return kill(pid);
        }
    }
}

/// A process that has ended has no folder, although its number may still be listed.
fn is_alive(pid: u32) -> bool {
    std::fs::read_link(format!("/proc/{pid}/cwd")).is_ok()
}

async fn reconnected(cluster: &Cluster) -> PgConnection {
    eventually("a connection", || async { PgConnection::connect_with(&cluster.app()).await.ok() }).await
}

#[tokio::test]
async fn a_killed_database_is_started_again_with_every_acknowledged_row() {
    let dir = data_dir();
    let cluster = started(dir.path()).await;
    make_table(&cluster).await;
    let mut written = 0;
    for round in 1..=3_u32 {
        let pid = cluster.pid();
        let (writer, watcher) = (reconnected(&cluster).await, reconnected(&cluster).await);
        let killing = kill_under_load(pid, watcher, i64::from(written) + 50);
        let (acknowledged, ()) = tokio::join!(write_until_cut(writer, written + 1), killing);
        assert!(acknowledged >= written + 50, "the request that was cut got an error, those before it an answer");
        eventually("a new database", || async { (![0, pid].contains(&cluster.pid())).then_some(()) }).await;
        let mut reader = reconnected(&cluster).await;
        let last: i32 = sqlx::query_scalar("select max(n) from acknowledged").fetch_one(&mut reader).await.unwrap();
        let count: i64 = sqlx::query_scalar("select count(*) from acknowledged").fetch_one(&mut reader).await.unwrap();
        assert!(last >= acknowledged && count == i64::from(last), "an acknowledged row is missing");
        assert!(cluster.restarts() >= round);
        written = last;
    }
    cluster.stop().await.unwrap();
}

/// A process of its own that holds a cluster; it does not outlive the test.
struct Holder {
    process: Child,
    database: u32,
}

impl Holder {
    fn start(data_dir: &Path) -> Self {
        let tests = std::env::current_exe().unwrap();
        let program = tests.parent().unwrap().join("../examples/hold");
        assert!(program.exists(), "build it with: cargo build -p cluster --examples");
        let mut command = Command::new(program);
        let streams = command.arg(data_dir).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut process = streams.spawn().unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let database = line.trim().parse().unwrap_or_else(|_| panic!("the holder said: {line}"));
        Self { process, database }
    }
}

impl Drop for Holder {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[tokio::test]
async fn the_orphan_of_a_killed_program_is_ended_by_the_next_start() {
    let dir = data_dir();
    let cluster = started(dir.path()).await;
    make_table(&cluster).await;
    let options = cluster.app();
    cluster.stop().await.unwrap();

    let mut holder = Holder::start(dir.path());
    let orphan = holder.database;
    let connect = || async { PgConnection::connect_with(&options).await.unwrap() };
    let (writer, watcher) = (connect().await, connect().await);
    let killing = async {
        kill_under_load(holder.process.id(), watcher, 50).await;
        holder.process.wait().unwrap();
        assert!(is_alive(orphan), "the database outlives its program");
        started(dir.path()).await
    };
    let (acknowledged, cluster) = tokio::join!(write_until_cut(writer, 1), killing);
    assert!(acknowledged >= 50 && !is_alive(orphan));
    assert_ne!(cluster.pid(), orphan);
    let count: i64 =
        sqlx::query_scalar("select count(*) from acknowledged").fetch_one(&mut app(&cluster).await).await.unwrap();
    assert!(count >= i64::from(acknowledged), "an acknowledged row is missing");
    cluster.stop().await.unwrap();
}

#[tokio::test]
async fn a_program_and_database_killed_together_leave_nothing_in_the_way() {
    let dir = data_dir();
    let mut holder = Holder::start(dir.path());
    kill(holder.process.id());
    kill(holder.database);
    holder.process.wait().unwrap();
    assert!(dir.path().join("cluster/postmaster.pid").exists());
    let cluster = started(dir.path()).await;
    app(&cluster).await;
    cluster.stop().await.unwrap();
}

#[tokio::test]
async fn a_pid_file_whose_number_is_somebody_elses_does_not_stop_a_start() {
    let dir = data_dir();
    started(dir.path()).await.stop().await.unwrap();
    // This test's own process is certainly alive and certainly no database.
    let text = format!("{}\n{}\n", std::process::id(), dir.path().join("cluster").display());
    std::fs::write(dir.path().join("cluster/postmaster.pid"), text).unwrap();
    let cluster = started(dir.path()).await;
    app(&cluster).await;
    cluster.stop().await.unwrap();
}
