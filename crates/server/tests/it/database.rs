//! A database of one's own, and what is refused of it.

use std::fs;
use std::io::Write;
use std::os::unix::fs::MetadataExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use cluster::Binaries;
use sqlx::ConnectOptions;

use crate::house::{House, postgres};
use crate::http::get;
use crate::people::set_up;

#[tokio::test]
async fn an_external_database_serves_as_well() {
    let other = cluster::temporary(Binaries::for_tests()).await.unwrap();
    let (app, owner) = (other.app().to_url_lossy(), other.owner().to_url_lossy());
    let house = House::new().with("TULOU_DATABASE_URL", app.as_str()).with("TULOU_DATABASE_OWNER_URL", owner.as_str());
    let running = house.start();
    let ann = set_up(&running).await;
    let health = ann.done("GET", "/v1/health", serde_json::Value::Null).await;
    assert_eq!(health["database"]["is_private"], false);
    assert!(!house.data().join("cluster").exists());
    assert!(running.stop().0.success());
    let (succeeded, said) = house.run(&["doctor"]);
    assert!(succeeded && said.contains("what one would tell, others would hear"), "{said}");
    // Who listens in another database hears nothing, as behind a pooler.
    let deaf = other.app().database("postgres").to_url_lossy();
    let house = house.with("TULOU_DATABASE_DIRECT_URL", deaf.as_str());
    let (succeeded, said) = house.run(&["doctor"]);
    assert!(succeeded && said.contains("let database.direct_url lead to the database itself"), "{said}");
    let house = house.with("TULOU_DATABASE_DIRECT_URL", app.as_str());
    // Prepared statements are a choice, for poolers that do not keep them.
    let house = house.with("TULOU_DATABASE_PREPARED", "false");
    let running = house.start();
    assert_eq!(get(running.address, "/v1/capabilities").await.json()["set_up"], true);
    assert!(running.stop().0.success());
    // A node that answers nobody says only that it works.
    let house = house.with("TULOU_ROLE", "worker");
    let running = house.start();
    assert_eq!(get(running.address, "/healthz").await.text(), "ok\n");
    assert_eq!(get(running.address, "/v1/capabilities").await.status, 404);
    assert!(running.stop().0.success());
    // One that does no jobs answers people all the same.
    let house = house.with("TULOU_ROLE", "web");
    let running = house.start();
    assert_eq!(get(running.address, "/v1/capabilities").await.json()["set_up"], true);
    other.stop().await.unwrap();
}

#[tokio::test]
async fn the_owner_may_not_serve() {
    let other = cluster::temporary(Binaries::for_tests()).await.unwrap();
    let owner = other.owner().to_url_lossy();
    let house =
        House::new().with("TULOU_DATABASE_URL", owner.as_str()).with("TULOU_DATABASE_OWNER_URL", owner.as_str());
    let (succeeded, said) = house.run(&["serve"]);
    assert!(!succeeded);
    assert!(said.contains("tulou_owner") && said.contains("tulou_app"), "{said}");
}

/// The boundary between organisations stands on a role that row security binds.
#[tokio::test]
async fn a_serving_role_that_row_security_does_not_bind_is_refused() {
    let house = House::new();
    assert!(house.start().stop().0.success());
    let cluster = house.data().join("cluster");
    let program = program(&cluster);
    for (given, taken, word) in
        [("superuser", "nosuperuser", "superuser"), ("bypassrls", "nobypassrls", "bypass row security")]
    {
        single_user(&program, &cluster, &format!("alter role tulou_app {given};"));
        let (succeeded, said) = house.run(&["serve"]);
        assert!(!succeeded, "{said}");
        assert!(said.contains("tulou_app") && said.contains(word) && said.contains(taken), "{said}");
        single_user(&program, &cluster, &format!("alter role tulou_app {taken};"));
    }
    // And nothing else was wrong.
    assert!(house.start().stop().0.success());
}

/// The only way past the private database's own doors: PostgreSQL without its server.
pub fn single_user(program: &Path, cluster: &Path, statement: &str) {
    single_user_in(program, cluster, ("postgres", statement));
}

/// The same in another database of it.
pub fn single_user_in(program: &Path, cluster: &Path, (database, statement): (&str, &str)) {
    let facts = fs::metadata(cluster).unwrap();
    let mut command = Command::new(program);
    command.args(["--single", "-D"]).arg(cluster).arg(database).current_dir("/").stdin(Stdio::piped());
    if rustix::process::geteuid().is_root() {
        command.uid(facts.uid()).gid(facts.gid());
    }
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(format!("{statement}\n").as_bytes()).unwrap();
    assert!(child.wait().unwrap().success());
}

/// The `postgres` that made the cluster: the one the tests run on, or the copy beside it that its user can reach.
pub fn program(cluster: &Path) -> PathBuf {
    let beside =
        fs::read_dir(cluster.parent().unwrap()).unwrap().flatten().map(|entry| entry.path().join("bin/postgres"));
    let named = postgres().map(|dir| dir.join("bin/postgres"));
    beside.into_iter().find(|path| path.is_file()).or(named).unwrap()
}
