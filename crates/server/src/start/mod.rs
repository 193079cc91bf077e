//! From a configuration to a program that can answer. Warm, this is the time between `tulou` and the first sign-in:
//! nothing expensive is done twice.

pub mod data_dir;
pub mod database;
mod migrations;
mod pool;
pub mod port;
pub mod ring;

use std::sync::Arc;
use std::time::Instant;

use anyhow::Context;
use axum::Router;
use kernel::{App, Clock, Parts, Random, Settings, SystemClock, SystemRandom};
use sqlx::Connection;

use crate::config::{Config, Role};
use database::Database;

/// A program that is composed and migrated but does nothing yet.
pub struct Prepared {
    pub app: App,
    pub api: Router,
    pub database: Database,
}

/// Opens everything that the program stands on.
pub async fn prepare(config: &Config, public_url: &str) -> anyhow::Result<Prepared> {
    prepare_as(config, public_url, Fate { clock: Arc::new(SystemClock), ids: Arc::new(SystemRandom) }).await
}

/// What the world is to the program: the demo brings its own.
pub struct Fate {
    pub clock: Arc<dyn Clock>,
    pub ids: Arc<dyn Random>,
}

/// The same, at a time and with identifiers of one's own.
pub async fn prepare_as(config: &Config, public_url: &str, fate: Fate) -> anyhow::Result<Prepared> {
    let mut phase = Phase::begin();
    data_dir::prepare(config)?;
    phase.end("data directory");
    let database = Database::open(config).await?;
    phase.end("database");
    match compose(config, public_url, &database, fate, &mut phase).await {
        Ok((app, api)) => Ok(Prepared { app, api, database }),
        Err(error) => {
            // What was started for nothing is stopped again; the first error is the one to tell.
            let _ = database.stop().await;
            Err(error)
        }
    }
}

async fn compose(
    config: &Config,
    public_url: &str,
    database: &Database,
    fate: Fate,
    phase: &mut Phase,
) -> anyhow::Result<(App, Router)> {
    let mut modules = crate::modules::all();
    let mut owner = database.owner_connection().await?;
    let ring = ring::open(config, database, &modules, &mut owner).await?;
    phase.end("key ring");
    migrations::apply(&mut owner, &kernel::migrator(&modules)).await?;
    let vault = ring.marked(&mut owner).await?;
    owner.close().await?;
    phase.end("migrations");
    if config.role == Role::Web {
        // What follows from events follows on the nodes that work.
        modules.iter_mut().for_each(|module| module.subscribers.clear());
    }
    let app = App::new(Parts {
        pool: database.pool(config).await?,
        clock: fate.clock,
        random: Arc::new(SystemRandom),
        ids: fate.ids,
        vault: Arc::new(vault),
        settings: Settings {
            public_url: public_url.to_owned(),
            is_tls: public_url.starts_with("https://"),
            program: std::env::current_exe().context("where this program is")?,
            data_dir: config.data.clone(),
            trusted_proxies: config.trusted_proxies.clone(),
            limits_rates: config.limits_rates,
            hashes_cheaply: false,
            is_pooled: !config.database_prepared,
        },
    });
    // What describes the API has done its part; it takes more memory than what answers.
    let api = kernel::compose(&app, modules).map_err(anyhow::Error::new)?.router;
    if let Some(s3) = config.files_s3() {
        files::keep_in(&app, s3).map_err(anyhow::Error::new)?;
    }
    crate::api::started(&app, matches!(database, Database::Private(_)));
    phase.end("modules");
    Ok((app, api))
}

/// `tulou migrate`: the database is brought to this version and left as it was found, running or not.
pub async fn migrate(config: &Config) -> anyhow::Result<()> {
    data_dir::prepare(config)?;
    let database = Database::open(config).await?;
    let outcome = async {
        let modules = crate::modules::all();
        let mut owner = database.owner_connection().await?;
        migrations::apply(&mut owner, &kernel::migrator(&modules)).await?;
        owner.close().await?;
        anyhow::Ok(())
    };
    let outcome = outcome.await;
    database.stop().await?;
    outcome?;
    println!("The database is up to date.");
    Ok(())
}

/// `tulou key-ring moved`: the database takes down that its ring stands where the configuration says.
pub async fn moved(config: &Config) -> anyhow::Result<()> {
    data_dir::prepare(config)?;
    let database = Database::open(config).await?;
    let outcome = ring::moved(config, &database).await;
    database.stop().await?;
    println!("{}", outcome?);
    Ok(())
}

/// Where the time of a start goes, at the level debug.
struct Phase(Instant);

impl Phase {
    fn begin() -> Self {
        Self(Instant::now())
    }

    fn end(&mut self, phase: &'static str) {
        tracing::debug!(phase, micros = self.0.elapsed().as_micros() as u64, "start");
        self.0 = Instant::now();
    }
}
