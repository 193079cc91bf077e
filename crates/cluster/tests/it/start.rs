//! Starting and stopping.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::time::Duration;

use cluster::{Binaries, Profile, Settings};
use sqlx::{Connection, PgConnection};

use super::{app, data_dir, durable, is_root, owner, started};

const DEBIAN_15: &str = "/usr/lib/postgresql/15";

#[tokio::test]
async fn a_first_start_makes_two_plain_roles_and_one_database() {
    let dir = data_dir();
    let cluster = started(dir.path()).await;
    assert_two_roles(&cluster).await;
    cluster.stop().await.unwrap();
}

async fn assert_two_roles(cluster: &cluster::Cluster) {
    let (mut app, mut owner) = (app(cluster).await, owner(cluster).await);
    let roles: Vec<(String, bool, bool, bool)> = sqlx::query_as(
        "select rolname::text, rolsuper, rolbypassrls, rolcreaterole from pg_roles where rolname in ('tulou_app', 'tulou_owner') order by rolname",
    )
    .fetch_all(&mut app)
    .await
    .unwrap();
    let plain = |name: &str| (name.to_owned(), false, false, false);
    assert_eq!(roles, [plain("tulou_app"), plain("tulou_owner")]);
    let database: (String, String, String) = sqlx::query_as(
        "select pg_get_userbyid(datdba)::text, pg_encoding_to_char(encoding)::text, current_setting('fsync') from pg_database where datname = current_database()",
    )
    .fetch_one(&mut owner)
    .await
    .unwrap();
    assert_eq!(database, ("tulou_owner".into(), "UTF8".into(), "on".into()));
    sqlx::query("create schema chat").execute(&mut owner).await.unwrap();
    assert!(sqlx::query("create schema other").execute(&mut app).await.is_err(), "the serving role may make nothing");
}

#[tokio::test]
async fn nobody_comes_in_as_superuser() {
    let dir = data_dir();
    let cluster = started(dir.path()).await;
    assert!(PgConnection::connect_with(&cluster.owner()).await.is_ok());
    let superuser = cluster.owner().username("tulou_superuser");
    assert!(PgConnection::connect_with(&superuser).await.is_err());
    cluster.stop().await.unwrap();
}

#[tokio::test]
async fn a_warm_start_keeps_everything() {
    let dir = data_dir();
    let cluster = started(dir.path()).await;
    sqlx::query("create table kept (n int)").execute(&mut owner(&cluster).await).await.unwrap();
    sqlx::query("insert into kept values (7)").execute(&mut owner(&cluster).await).await.unwrap();
    cluster.stop().await.unwrap();
    let cluster = started(dir.path()).await;
    let n: i32 = sqlx::query_scalar("select n from kept").fetch_one(&mut owner(&cluster).await).await.unwrap();
    assert_eq!(n, 7);
    cluster.stop().await.unwrap();
}

#[tokio::test]
async fn a_stop_waits_for_nobody_although_somebody_is_connected() {
    let dir = data_dir();
    let cluster = started(dir.path()).await;
    let mut idle = app(&cluster).await;
    sqlx::query("begin").execute(&mut idle).await.unwrap();
    // It would wait for as long as they stay.
    tokio::time::timeout(Duration::from_secs(60), cluster.stop()).await.unwrap().unwrap();
    assert!(sqlx::query("select 1").execute(&mut idle).await.is_err());
    assert!(!dir.path().join("cluster/postmaster.pid").exists(), "a clean stop leaves nothing behind");
}

#[tokio::test]
async fn a_cluster_that_is_dropped_ends_too() {
    let dir = data_dir();
    let cluster = started(dir.path()).await;
    let process = PathBuf::from(format!("/proc/{}", cluster.pid()));
    drop(cluster);
    super::eventually("the end of the database", || async { (!process.exists()).then_some(()) }).await;
}

#[tokio::test]
async fn the_database_never_listens_on_tcp() {
    let dir = data_dir();
    let cluster = started(dir.path()).await;
    let sockets = sockets_of(cluster.pid());
    assert!(!sockets.is_empty(), "the Unix socket is there");
    for table in ["/proc/net/tcp", "/proc/net/tcp6", "/proc/net/udp", "/proc/net/udp6"] {
        let text = fs::read_to_string(table).unwrap_or_default();
        for line in text.lines().skip(1) {
            let inode = line.split_whitespace().nth(9).unwrap_or_default();
            assert!(!sockets.iter().any(|socket| socket == inode), "{table}: {line}");
        }
    }
    cluster.stop().await.unwrap();
}

fn sockets_of(pid: u32) -> Vec<String> {
    let files = fs::read_dir(format!("/proc/{pid}/fd")).unwrap().flatten();
    let links = files.filter_map(|file| fs::read_link(file.path()).ok());
    let names = links.filter_map(|link| link.to_str().map(str::to_owned));
    names.filter_map(|name| Some(name.strip_prefix("socket:[")?.strip_suffix(']')?.to_owned())).collect()
}

#[tokio::test]
async fn only_the_database_and_its_owner_may_enter() {
    let dir = data_dir();
    let cluster = started(dir.path()).await;
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&dir.path().join("cluster")), 0o700);
    assert_eq!(mode(&dir.path().join("run")), 0o700);
    if is_root() {
        assert_eq!(mode(dir.path()), 0o711);
        assert_ne!(fs::metadata(format!("/proc/{}", cluster.pid())).unwrap().uid(), 0, "the database is not root");
    }
    cluster.stop().await.unwrap();
}

#[tokio::test]
async fn a_long_data_directory_has_its_socket_elsewhere() {
    let dir = data_dir();
    fs::set_permissions(dir.path(), fs::Permissions::from_mode(0o711)).unwrap();
    let cluster = started(&dir.path().join("a-folder-with-a-long-name-".repeat(4))).await;
    app(&cluster).await;
    cluster.stop().await.unwrap();
}

#[tokio::test]
async fn the_oldest_supported_version_works_too() {
    assert!(Path::new(DEBIAN_15).join("bin/postgres").exists(), "scripts/test system installs it in {DEBIAN_15}");
    let dir = data_dir();
    let settings = || Settings { binaries: Binaries::At(DEBIAN_15.into()), ..durable(dir.path()) };
    let cluster = cluster::start(settings()).await.unwrap();
    assert!(cluster.version().starts_with("15."));
    assert_two_roles(&cluster).await;
    cluster.stop().await.unwrap();
    let cluster = cluster::start(settings()).await.unwrap();
    app(&cluster).await;
    cluster.stop().await.unwrap();
}

#[tokio::test]
async fn the_bundled_programs_are_copied_into_the_data_directory() {
    let Binaries::At(installed) = Binaries::for_tests() else { panic!("scripts/postgres has not been run") };
    let beside = std::env::current_exe().unwrap();
    let dir = data_dir();
    let (name, older, other) = ("postgres-99.1.2", "postgres-99.1.1", "postgres-98.7.6");
    for name in [older, other] {
        fs::create_dir(dir.path().join(name)).unwrap();
    }
    let can_be_moved = installed.join("lib/dict_snowball.so").exists();
    assert!(can_be_moved, "{} is a system's own installation: TULOU_POSTGRES names another", installed.display());
    // A package puts the programs beside ours.
    let bundle = beside.parent().unwrap().join(name);
    let _ = fs::remove_file(&bundle);
    std::os::unix::fs::symlink(&installed, &bundle).unwrap();
    let started = cluster::start(Settings::new(dir.path())).await;
    fs::remove_file(&bundle).unwrap();
    let cluster = started.unwrap();
    app(&cluster).await;
    cluster.stop().await.unwrap();
    assert!(dir.path().join(name).join("bin/postgres").is_file());
    assert!(!dir.path().join(older).exists() && dir.path().join(other).exists(), "only the same major is replaced");
    // From now on the data directory has all it needs.
    let cluster =
        cluster::start(Settings { binaries: Binaries::At(dir.path().join(name)), ..Settings::new(dir.path()) });
    cluster.await.unwrap().stop().await.unwrap();
}

#[tokio::test]
async fn a_temporary_cluster_lets_its_owner_create_databases() {
    let cluster = cluster::temporary(Binaries::for_tests()).await.unwrap();
    let mut owner = owner(&cluster).await;
    sqlx::query("create database copy").execute(&mut owner).await.unwrap();
    PgConnection::connect_with(&cluster.app().database("copy")).await.unwrap();
    let fsync: String = sqlx::query_scalar("select current_setting('fsync')").fetch_one(&mut owner).await.unwrap();
    assert_eq!((fsync.as_str(), Profile::Testing), ("off", Profile::Testing));
    cluster.stop().await.unwrap();
}
