//! A fresh database for every test: one cluster a test binary, one migrated template a set of modules, one clone a test.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
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
    /// Stopped with the last who holds it; none for the one that all tests share.
    pub cluster: Option<Arc<Cluster>>,
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

/// The database of a data directory that has a cluster of its own in it, as the program lays it out.
pub(crate) async fn alone(modules: &[Module]) -> (Database, PathBuf) {
    let data_dir = cluster::temporary_folder().expect("a folder for temporary files");
    let database = within(&data_dir).await;
    migrate(&database.owner.connect_options(), modules).await;
    (database, data_dir)
}

/// The database that lies in a data directory already.
pub(crate) async fn within(data_dir: &Path) -> Database {
    let cluster = cluster::temporary_in(data_dir.to_owned(), Binaries::for_tests()).await;
    let cluster = cluster.unwrap_or_else(|error| panic!("the database of {}: {error}", data_dir.display()));
    Database {
        app: pool(cluster.app(), 8).await,
        owner: pool(cluster.owner(), 2).await,
        cluster_dir: cluster.directory().to_owned(),
        cluster: Some(Arc::new(cluster)),
    }
}

/// Another one out of this template; its name.
async fn clone(cluster: &Cluster, template: &str) -> String {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    let name = format!("t{}", NEXT.fetch_add(1, Ordering::Relaxed));
    create(cluster, &name, template).await;
    name
}

async fn open(name: &str) -> Database {
    let cluster = cluster().await;
    Database {
        app: pool(cluster.app().database(name), 8).await,
        owner: pool(cluster.owner().database(name), 2).await,
        cluster_dir: cluster.directory().to_owned(),
        cluster: None,
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
    migrate(&cluster.owner().database(&name), modules).await;
    known.insert(key, name.clone());
    name
}

async fn migrate(owner: &PgConnectOptions, modules: &[Module]) {
    let mut db = PgConnection::connect_with(owner).await.expect("a connection");
    kernel::migrator(modules).run(&mut db).await.expect("migrations run");
    db.close().await.expect("the connection closes");
}

async fn create(cluster: &Cluster, name: &str, template: &str) {
    static ONE_AT_A_TIME: Mutex<()> = Mutex::const_new(());
    let _turn = ONE_AT_A_TIME.lock().await;
    let mut db = PgConnection::connect_with(&cluster.owner()).await.expect("a connection");
    let statement = format!("create database {name} template {template}");
    db.execute(AssertSqlSafe(statement)).await.expect("a new database");
    db.close().await.expect("the connection closes");
}
