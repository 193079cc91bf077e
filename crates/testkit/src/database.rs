//! A fresh database for every test: one cluster a test binary, one migrated template a set of modules, one clone a test.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use cluster::{Binaries, Cluster};
use kernel::Module;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection, PgPool};
use tokio::sync::{Mutex, OnceCell};

/// The database of one test.
pub(crate) struct Database {
    pub app: PgPool,
    pub owner: PgPool,
    pub cluster_dir: PathBuf,
}

static CLUSTER: OnceCell<Cluster> = OnceCell::const_new();
static TEMPLATES: Mutex<Option<HashMap<String, String>>> = Mutex::const_new(None);

/// `TULOU_POSTGRES` names another installation: the tests run on Debian's 15 as well.
async fn cluster() -> &'static Cluster {
    let start = || async {
        cluster::temporary(Binaries::for_tests())
            .await
            .unwrap_or_else(|error| panic!("the database for tests: {error}"))
    };
    CLUSTER.get_or_init(start).await
}

pub(crate) async fn fresh(modules: &[Module]) -> Database {
    let cluster = cluster().await;
    let template = template(cluster, modules).await;
    open(&clone(cluster, &template).await).await
}

/// The database as it is now, under another name.
pub(crate) async fn copied(app: &PgPool, owner: &PgPool) -> String {
    let name: String = sqlx::query_scalar("select current_database()").fetch_one(owner).await.expect("a name");
    // A database is copied while nobody is connected with it. Pools connect again by themselves.
    for pool in [app, owner] {
        let mut last = pool.acquire().await.expect("a connection");
        const END: &str = "select pg_terminate_backend(pid, 5000) from pg_stat_activity
             where datname = current_database() and usename = current_user and pid <> pg_backend_pid()";
        sqlx::query(END).execute(&mut *last).await.expect("other connections end");
        last.close().await.expect("the connection closes");
    }
    clone(cluster().await, &name).await
}

/// Another one out of this template; its name.
async fn clone(cluster: &Cluster, template: &str) -> String {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    let name = format!("t{}", NEXT.fetch_add(1, Ordering::Relaxed));
    create(cluster, &name, template).await;
    name
}

pub(crate) async fn open(name: &str) -> Database {
    let cluster = cluster().await;
    Database {
        app: pool(cluster.app().database(name), 8).await,
        owner: pool(cluster.owner().database(name), 2).await,
        cluster_dir: cluster.directory().to_owned(),
    }
}

async fn pool(options: PgConnectOptions, most: u32) -> PgPool {
    PgPoolOptions::new().max_connections(most).connect_with(options).await.expect("a connection")
}

/// The lock is held while migrating: the second test that wants the same modules waits and clones.
async fn template(cluster: &Cluster, modules: &[Module]) -> String {
    let key = modules.iter().map(|m| m.name).collect::<Vec<_>>().join("_");
    let mut known = TEMPLATES.lock().await;
    let known = known.get_or_insert_default();
    if let Some(name) = known.get(&key) {
        return name.clone();
    }
    let name = format!("migrated{}", known.len());
    create(cluster, &name, "template0").await;
    let mut db = PgConnection::connect_with(&cluster.owner().database(&name)).await.expect("a connection");
    kernel::migrator(modules).run(&mut db).await.expect("migrations run");
    db.close().await.expect("the connection closes");
    known.insert(key, name.clone());
    name
}

async fn create(cluster: &Cluster, name: &str, template: &str) {
    static ONE_AT_A_TIME: Mutex<()> = Mutex::const_new(());
    let _turn = ONE_AT_A_TIME.lock().await;
    let mut db = PgConnection::connect_with(&cluster.owner()).await.expect("a connection");
    let statement = format!("create database {name} template {template}");
    db.execute(AssertSqlSafe(statement)).await.expect("a new database");
    db.close().await.expect("the connection closes");
}
