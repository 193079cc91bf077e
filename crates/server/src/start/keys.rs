//! The key ring: in the data directory, or for several nodes in the bucket of their files.

use std::fs;
use std::future::Future;
use std::io;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, bail};
use cluster::Claim;
use files::Objects;
use kernel::{App, Module};
use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions, Connection};
use tokio::runtime::Handle;
use vault::{Shelf, Vault};

use super::data_dir;
use super::database::Database;
use crate::config::Config;

/// How soon a key that another node destroyed is forgotten here.
const LOOK: Duration = Duration::from_secs(10);
/// The folder in the bucket.
const FOLDER: &str = "keys";
/// Stands in the data directory in place of a ring that was moved.
const SHARED: &str = "shared";
/// Names the lease of whoever writes: "keys" in ASCII.
const LEASE: i64 = 0x6b65_7973;

/// Opens the ring that the configuration names.
pub fn open(config: &Config, modules: &[Module], database: &Database) -> anyhow::Result<Vault> {
    let (own, master_key) = (config.data.join("keys"), config.master_key());
    if !config.keys_shared {
        if own.join(SHARED).exists() {
            bail!("the key ring is in the bucket: set keys.shared; a new ring in its place would open nothing");
        }
        return Vault::open_dir(&own, &master_key).context("the keys cannot be opened");
    }
    if own.join("000000.keys").exists() {
        bail!("{} holds a key ring: `tulou keys share` moves it into the bucket", own.display());
    }
    let lease = database.direct().unwrap_or_else(|| database.app());
    let shelf = Bucket { objects: objects(config, modules)?, lease, runtime: Handle::current() };
    Vault::open_shared(Box::new(shelf), &master_key).context("the keys cannot be opened")
}

fn objects(config: &Config, modules: &[Module]) -> anyhow::Result<Objects> {
    let s3 = config.files_s3().context("files.s3 is not set")?;
    let map = kernel::data_map(modules).map_err(anyhow::Error::new)?;
    Objects::open(&map, s3).map_err(anyhow::Error::new)
}

/// Learns every few seconds what other nodes have destroyed.
pub fn follow(app: &App) {
    let program = app.clone();
    app.spawn("keys.follow", async move {
        loop {
            tokio::select! {
                () = program.stopped() => return,
                () = tokio::time::sleep(LOOK) => {}
            }
            if let Err(error) = program.vault().refresh() {
                tracing::warn!(%error, "the key ring cannot be read");
            }
        }
    });
}

/// `tulou keys share`: the ring of the data directory goes into the bucket. What one node destroys from then on must be
/// gone for all of them, so nothing of it stays here.
pub async fn share(config: &Config) -> anyhow::Result<()> {
    data_dir::prepare(&config.data)?;
    let _claim = Claim::take(&config.data)?;
    let own = config.data.join("keys");
    if !own.join("000000.keys").exists() {
        bail!("{} holds no key ring", own.display());
    }
    let lease: PgConnectOptions = config
        .database_direct_url
        .as_ref()
        .or(config.database_url.as_ref())
        .context("database.url is not set: only nodes on one database share a key ring")?
        .parse()?;
    let modules = crate::modules::all();
    let shelf = Bucket { objects: objects(config, &modules)?, lease, runtime: Handle::current() };
    let facts = Vault::share(&own, &shelf)?;
    leave(&own).with_context(|| format!("{} must be removed by hand", own.display()))?;
    println!("{} keys are in the bucket. Set keys.shared, and give every node the same master key.", facts.keys);
    Ok(())
}

/// Removes the ring and leaves a note, so that nobody begins a new one in its place.
fn leave(own: &Path) -> io::Result<()> {
    fs::write(own.join(SHARED), "The key ring is in the bucket of files.s3 (keys.shared).\n")?;
    for entry in fs::read_dir(own)? {
        let path = entry?.path();
        if path.extension().is_some_and(|ending| ending == "keys") {
            fs::remove_file(path)?;
        }
    }
    fs::File::open(own)?.sync_all()
}

/// The bucket as the vault sees it. One node at a time writes: it holds a lease in the database while it does, and puts a
/// segment only over the version it has read, should the lease have been lost on the way.
struct Bucket {
    objects: Objects,
    lease: PgConnectOptions,
    runtime: Handle,
}

impl Bucket {
    /// The vault waits; other tasks of this thread go on elsewhere.
    fn wait<T>(&self, work: impl Future<Output = anyhow::Result<T>>) -> io::Result<T> {
        tokio::task::block_in_place(|| self.runtime.block_on(work)).map_err(io::Error::other)
    }

    async fn put_alone(&self, name: &str, bytes: Vec<u8>, over: Option<&str>) -> anyhow::Result<Option<String>> {
        let mut connection = self.lease.connect().await.context("the lease of the key ring")?;
        let mut lease = connection.begin().await?;
        sqlx::query("select pg_advisory_xact_lock($1)").bind(LEASE).execute(&mut *lease).await?;
        let version = self.objects.put_over(name, bytes, over).await.map_err(anyhow::Error::new)?;
        lease.commit().await?;
        connection.close().await?;
        Ok(version)
    }
}

impl Shelf for Bucket {
    fn versions(&self) -> io::Result<Vec<String>> {
        let found = self.wait(async { Ok(self.objects.versions(FOLDER).await.map_err(anyhow::Error::new)?) })?;
        for (place, (name, _)) in found.iter().enumerate() {
            if *name != self::name(place) {
                return Err(io::Error::other(format!("{name} in the bucket is no segment of the key ring")));
            }
        }
        Ok(found.into_iter().map(|(_, version)| version).collect())
    }

    fn load(&self, segment: u32) -> io::Result<(Vec<u8>, String)> {
        let name = name(segment as usize);
        self.wait(async { self.objects.get(&name).await.map_err(anyhow::Error::new) })
    }

    fn put(&self, segment: u32, bytes: Vec<u8>, over: Option<&str>) -> io::Result<Option<String>> {
        let name = name(segment as usize);
        self.wait(self.put_alone(&name, bytes, over))
    }
}

fn name(segment: usize) -> String {
    format!("{FOLDER}/{segment:06}.keys")
}
