//! From a configuration to a program that can answer. Warm, this is the time between `tulou` and the first sign-in:
//! nothing expensive is done twice.

pub mod data_dir;
pub mod database;
mod keys;
mod migrations;
mod pool;
pub mod port;

use std::sync::Arc;
use std::time::Instant;

use anyhow::Context;
use kernel::{App, Clock, Composed, Parts, Random, Settings, SystemClock, SystemRandom};

use crate::config::{Bus, Config};
use database::Database;
pub use keys::share as share_keys;

/// A program that is composed and migrated but does nothing yet.
pub struct Prepared {
    pub app: App,
    pub composed: Composed,
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
    data_dir::prepare(&config.data)?;
    phase.end("data directory");
    let database = Database::open(config).await?;
    phase.end("database");
    match compose(config, public_url, &database, fate, &mut phase).await {
        Ok((app, composed)) => Ok(Prepared { app, composed, database }),
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
) -> anyhow::Result<(App, Composed)> {
    let modules = crate::modules::all();
    let vault = keys::open(config, &modules, database)?;
    phase.end("key ring");
    migrations::apply(database.owner_connection().await?, &kernel::migrator(&modules)).await?;
    phase.end("migrations");
    let app = App::new(Parts {
        pool: database.pool(config).await?,
        direct: database.direct(),
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
        },
    });
    let composed = kernel::compose(&app, modules).map_err(anyhow::Error::new)?;
    if let Some(s3) = config.files_s3() {
        files::keep_in(&app, s3).map_err(anyhow::Error::new)?;
    }
    crate::api::started(&app, matches!(database, Database::Private(_)));
    phase.end("modules");
    Ok((app, composed))
}

/// Has the node take its part among others, when there can be any.
pub async fn join_others(app: &App, config: &Config) -> anyhow::Result<()> {
    let way = match config.bus() {
        Bus::None => return Ok(()),
        Bus::Database => nodes::Way::Database(Box::new(app.direct_options())),
        Bus::Nats(url) => nodes::Way::Nats { url, subject: config.bus_subject.clone() },
    };
    nodes::join(app, way).await?;
    if config.keys_shared {
        keys::follow(app);
    }
    Ok(())
}

/// `tulou migrate`: the database is brought to this version and left as it was found, running or not.
pub async fn migrate(config: &Config) -> anyhow::Result<()> {
    data_dir::prepare(&config.data)?;
    let database = Database::open(config).await?;
    let outcome = async {
        let modules = crate::modules::all();
        migrations::apply(database.owner_connection().await?, &kernel::migrator(&modules)).await
    };
    let outcome = outcome.await;
    database.stop().await?;
    outcome?;
    println!("The database is up to date.");
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
