//! `tulou backup` and `tulou restore`: for whoever runs the installation, on its machine.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use backups::{Address, Again, Damaged, Depot, Depth, Made, Manifest, Source, Target};
use chrono::{DateTime, TimeDelta, Utc};
use clap::Args;
use cluster::{Binaries, Claim};
use files::Segments;
use kernel::{Clock, SystemClock};
use serde::{Deserialize, Serialize};
use tokio::task::block_in_place;

use crate::config::{Config, own_url};
use crate::start::database::Database;
use crate::start::{self, Prepared};
use crate::verify;

/// Says in the data directory when and where the last backup was made.
const LAST: &str = "backup.last";
/// Stands in a data directory until what was put there has forgotten what it must.
const RESTORING: &str = "restoring";
const DRILL: &str = "drill";
/// The bucket of backups, as the data map declares it.
pub const HOST: &str = "server.backups";

#[derive(Args)]
pub struct BackUp {
    /// Where backups lie: a folder on another disk, made at the first one; else the bucket of backup.s3
    #[arg(value_name = "FOLDER")]
    folder: Option<PathBuf>,
    /// How many days a backup is kept; the newest always is
    #[arg(long, value_name = "DAYS", default_value_t = 30, value_parser = clap::value_parser!(i64).range(1..=180))]
    keep: i64,
    /// Put it back into a folder of the data directory afterwards, look whether all of it is whole, and take it away again
    #[arg(long)]
    drill: bool,
}

#[derive(Args)]
pub struct Restore {
    /// Where the backups lie; else in the bucket of backup.s3
    #[arg(value_name = "FOLDER")]
    folder: Option<PathBuf>,
    /// Which, as `tulou backup` named it; else the newest
    #[arg(long, value_name = "BACKUP")]
    at: Option<String>,
    /// The folder `keys` of the server that was lost, if it is left: what was erased there after the last backup stays erased
    #[arg(long, value_name = "FOLDER")]
    ring: Option<PathBuf>,
}

/// What is known of the last one.
#[derive(Serialize, Deserialize)]
pub struct Last {
    pub id: String,
    #[serde(alias = "folder")]
    pub place: String,
    pub at: DateTime<Utc>,
}

/// The last backup of a data directory.
pub fn last(data: &Path) -> Option<Last> {
    serde_json::from_slice(&fs::read(data.join(LAST)).ok()?).ok()
}

/// Refuses a data directory into which a backup was put and not to its end.
pub fn demand_whole(data: &Path) -> Result<()> {
    ensure!(
        !data.join(RESTORING).exists(),
        "a backup was put into {} and not to its end: run the same `tulou restore` once more",
        data.display()
    );
    Ok(())
}

/// `tulou backup`.
pub async fn make(config: &Config, asked: BackUp) -> Result<()> {
    demand_private(config)?;
    demand_whole(&config.data)?;
    let data = config.data.display();
    ensure!(
        config.data.join("keys").exists(),
        "there is no installation in {data}: is that the data directory (--data, TULOU_DATA)?"
    );
    let address = address(config, asked.folder.as_deref())?;
    if let Address::Folder(folder) = &address {
        ensure!(
            !folder.starts_with(std::path::absolute(&config.data)?),
            "{} lies in the data directory: whoever loses that loses the backups too",
            folder.display()
        );
    }
    let depot = block_in_place(|| Depot::open_or_make(&address, &config.master_key(), &config.data))?;
    let database = if is_running(config)? { None } else { Some(Database::open(config).await?) };
    let made = make_from(config, &depot, TimeDelta::days(asked.keep)).await;
    if let Some(database) = database {
        database.stop().await?;
    }
    let made = made?;
    let Made { manifest: Manifest { id, ended_at, .. }, gone, swept, .. } = &made;
    let last = Last { id: id.clone(), place: address.to_string(), at: *ended_at };
    fs::write(config.data.join(LAST), serde_json::to_vec(&last)?)?;
    println!("Backup {id} is whole. {gone} older ones went, and {swept} segments of files with them.");
    if asked.drill { drill(config, &depot, &made.manifest).await } else { Ok(()) }
}

async fn make_from(config: &Config, depot: &Depot, kept: TimeDelta) -> Result<Made> {
    let mut settings = cluster::Settings::new(&config.data);
    settings.binaries = binaries(config);
    let map = kernel::data_map(&crate::modules::all()).map_err(anyhow::Error::new)?;
    let bucket = config.files_s3().map(|settings| (&map, settings));
    let source = Source {
        cluster: settings,
        segments: Segments::open(&config.data, bucket).map_err(anyhow::Error::new)?,
        ring: config.data.join("keys"),
        master_key: config.master_key(),
        version: crate::VERSION,
    };
    backups::make(&source, depot, kept, tell).await
}

/// `tulou restore`.
pub async fn restore(config: &Config, asked: Restore) -> Result<()> {
    demand_private(config)?;
    let marker = config.data.join(RESTORING);
    // What is there already was checked before it was written, and only its end is missing.
    if !(marker.exists() && config.data.join("keys").exists()) {
        let depot = Depot::open(&address(config, asked.folder.as_deref())?, &config.master_key())?;
        let manifest = backups::chosen(&depot, asked.at.as_deref(), SystemClock.now())?;
        put(config, &depot, (&manifest, asked.ring))?;
    }
    finish(config).await?;
    println!(
        "The backup is in {}. `tulou serve` serves it; keep the master key where the next backup finds it.",
        config.data.display()
    );
    Ok(())
}

fn put(config: &Config, depot: &Depot, (manifest, newer_ring): (&Manifest, Option<PathBuf>)) -> Result<()> {
    let target = Target {
        data_dir: config.data.clone(),
        binaries: binaries(config),
        master_key: config.master_key(),
        newer_ring,
        marker: RESTORING,
    };
    block_in_place(|| backups::restore(depot, manifest, &target, tell))
}

/// What was erased since goes again, and all of it is looked at.
async fn finish(config: &Config) -> Result<()> {
    let public_url = if config.public_url.is_empty() { own_url(config.listen) } else { config.public_url.clone() };
    let Prepared { app, database, .. } = start::prepare(config, &public_url).await?;
    let outcome = async {
        let Again { organisations, people, files, segments } = backups::again(&app).await?;
        tell(&format!(
            "erased again: {organisations} organisations, {people} people, {files} files; {segments} segments belong to nothing"
        ));
        verify::installation(&app, Depth::Some).await
    };
    let outcome = outcome.await;
    app.stop().await;
    database.stop().await?;
    println!("{}", outcome?);
    remove(&config.data.join(RESTORING))
}

/// The backup is put back beside everything else, looked at and taken away.
async fn drill(config: &Config, depot: &Depot, manifest: &Manifest) -> Result<()> {
    let data = config.data.join(DRILL);
    remove(&data)?;
    let config = Config {
        data: data.clone(),
        master_key: Some(config.master_key()),
        files_s3: files::S3Settings::default(),
        ..config.clone()
    };
    let outcome = match put(&config, depot, (manifest, None)) {
        Ok(()) => finish(&config).await,
        refused => refused,
    };
    remove(&data)?;
    outcome.context("the drill failed: this backup cannot be put back")?;
    println!("Drill: backup {} was put back, looked at and taken away again.", manifest.id);
    Ok(())
}

/// `tulou verify backup`.
pub fn check(config: &Config, folder: Option<&Path>, at: Option<&str>) -> Result<()> {
    let depot = Depot::open(&address(config, folder)?, &config.master_key())?;
    let damaged = backups::damaged(&depot)?;
    for Damaged { id, why } in &damaged {
        println!("Backup {id} is damaged and passed over: {why}");
    }
    let manifest = backups::chosen(&depot, at, SystemClock.now())?;
    let checked = backups::check(&depot, &manifest)?;
    println!(
        "Backup {} is whole: Tulou {}, PostgreSQL {}, {} MiB of database, {} segments of files. The key ring beside it has {} keys; {} were destroyed.",
        manifest.id,
        manifest.version,
        manifest.postgres,
        checked.database_bytes >> 20,
        checked.segments,
        checked.keys,
        checked.destroyed
    );
    ensure!(damaged.is_empty(), "{} other backups there are damaged, as was said above", damaged.len());
    Ok(())
}

/// Where backups lie: the folder that a command names, else the bucket of the configuration.
fn address(config: &Config, folder: Option<&Path>) -> Result<Address> {
    if let Some(folder) = folder {
        return Ok(Address::Folder(std::path::absolute(folder)?));
    }
    let settings = config.backup_s3();
    let settings =
        settings.context("name the folder of the backups, or a bucket for them in the configuration (backup.s3)")?;
    let map = kernel::data_map(&crate::modules::all()).map_err(anyhow::Error::new)?;
    let store = files::bucket(&map, HOST, settings).map_err(anyhow::Error::new)?;
    Ok(Address::Bucket { store, name: settings.bucket.clone(), named: settings.named })
}

fn demand_private(config: &Config) -> Result<()> {
    if config.database_url.is_some() {
        bail!(
            "the database of this installation is your own (database.url): back it up by its own means, then the bytes of files, and the \
             key ring last. docs/operations.md says how, under Backups"
        );
    }
    Ok(())
}

/// Whether a server, or another command, works on the data directory: then its database is there.
fn is_running(config: &Config) -> Result<bool> {
    match Claim::take(&config.data) {
        Ok(_) => Ok(false),
        Err(cluster::Error::AlreadyRunning { .. }) => Ok(true),
        Err(error) => Err(error.into()),
    }
}

fn binaries(config: &Config) -> Binaries {
    config.database_binaries.clone().map_or(Binaries::Bundled, Binaries::At)
}

fn tell(progress: &str) {
    println!("{progress}");
}

fn remove(path: &Path) -> Result<()> {
    let outcome = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
    match outcome {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error).with_context(|| path.display().to_string()),
        _ => Ok(()),
    }
}
