//! The database: the private one of the data directory, or the one the operator names. Both are met with the same demands.

use std::future;
use std::sync::OnceLock;

use anyhow::{Context, anyhow, bail};
use cluster::{Binaries, Claim, Cluster};
use key_ring::{Hold, Share};
use sqlx::postgres::PgConnectOptions;
use sqlx::{Connection, FromRow, PgConnection, PgPool};

use super::pool;
use crate::config::Config;

/// Oldest PostgreSQL whose SQL we speak.
const OLDEST: i32 = 150_000;

/// What to do about a second program.
const HELD: &str = "another Tulou uses the key ring of this database: a key ring in a data directory, or a copy of one, is \
                    for one server. Stop that one, or see docs/scaling.md for several";

pub enum Database {
    Private(Cluster),
    External {
        app: Box<PgConnectOptions>,
        owner: Box<PgConnectOptions>,
        /// Without a pooler between.
        direct: Box<PgConnectOptions>,
        /// Who else may use its key ring, once that is known.
        hold: OnceLock<Box<Hold>>,
        /// One program at a time in the data directory.
        _claim: Claim,
    },
}

/// What the serving role is, as the database says.
#[derive(FromRow, Debug)]
pub struct Facts {
    pub version: i32,
    pub version_name: String,
    pub role: String,
    pub is_superuser: bool,
    pub bypasses_row_security: bool,
    /// Whether what is said to it is encrypted on the way.
    pub is_tls: bool,
}

impl Database {
    pub async fn open(config: &Config) -> anyhow::Result<Self> {
        if let (Some(app), Some(owner)) = (&config.database_url, &config.database_owner_url) {
            let claim = Claim::take(&config.data).map_err(advised)?;
            let direct = config.database_direct_url.as_ref().unwrap_or(app);
            let (app, owner, direct) = (app.parse()?, owner.parse()?, direct.parse()?);
            let (app, owner, direct) = (Box::new(app), Box::new(owner), Box::new(direct));
            return Ok(Self::External { app, owner, direct, hold: OnceLock::new(), _claim: claim });
        }
        let mut settings = cluster::Settings::new(&config.data);
        if let Some(binaries) = &config.database_binaries {
            settings.binaries = Binaries::At(binaries.clone());
        }
        Ok(Self::Private(cluster::start(settings).await.map_err(advised)?))
    }

    pub fn app(&self) -> PgConnectOptions {
        match self {
            Self::Private(cluster) => cluster.app(),
            Self::External { app, .. } => (**app).clone(),
        }
    }

    pub fn owner(&self) -> PgConnectOptions {
        match self {
            Self::Private(cluster) => cluster.owner(),
            Self::External { owner, .. } => (**owner).clone(),
        }
    }

    /// Where nodes that share the database hear each other; a private one has a single node.
    pub fn line(&self) -> Option<PgConnectOptions> {
        match self {
            Self::Private(_) => None,
            Self::External { direct, .. } => Some((**direct).clone()),
        }
    }

    /// Keeps others from the key ring of the database until the end, as far as they may not share it. A private one has no others.
    pub async fn hold(&self, share: Share) -> anyhow::Result<()> {
        let Self::External { direct, hold, .. } = self else { return Ok(()) };
        // A pooler in between would keep it for whoever comes next.
        let held = Hold::take((**direct).clone(), share)
            .await
            .context("the database does not let the serving role in (database.url, database.direct_url)")?;
        let Some(held) = held else { bail!(HELD) };
        let _ = hold.set(Box::new(held));
        Ok(())
    }

    /// Returns when the key ring has become another program's, while the database could not be reached.
    pub async fn lost(&self) -> anyhow::Error {
        let hold = match self {
            Self::External { hold, .. } => hold.get(),
            Self::Private(_) => None,
        };
        match hold {
            Some(hold) => hold.lost().await,
            None => future::pending().await,
        }
        anyhow!(HELD)
    }

    /// The connections the program serves with; it is asked once whether they may be used at all.
    pub async fn pool(&self, config: &Config) -> anyhow::Result<PgPool> {
        let mut options = self.app().application_name("tulou");
        if !config.database_prepared {
            options = options.statement_cache_capacity(0);
        }
        let pool = pool::connect(options, config.database_connections)
            .await
            .context("the database does not let the serving role in (database.url)")?;
        facts(&mut *pool.acquire().await?).await?.demand()?;
        Ok(pool)
    }

    pub async fn owner_connection(&self) -> anyhow::Result<PgConnection> {
        PgConnection::connect_with(&self.owner().application_name("tulou-owner"))
            .await
            .context("the database does not let the owner in (database.owner_url)")
    }

    /// Checkpoints and stops the private database; somebody else's runs on.
    pub async fn stop(&self) -> anyhow::Result<()> {
        match self {
            Self::Private(cluster) => Ok(cluster.stop().await?),
            Self::External { .. } => Ok(()),
        }
    }
}

/// The error, and what to do about it.
fn advised(error: cluster::Error) -> anyhow::Error {
    let advice = error.advice();
    anyhow!("{error}. {advice}")
}

pub async fn facts(connection: &mut PgConnection) -> anyhow::Result<Facts> {
    // Not prepared: it is asked outside of a transaction, where a pooler could run it elsewhere than it was prepared.
    let facts = sqlx::raw_sql(
        "select current_setting('server_version_num')::int as version, current_setting('server_version') as version_name,
                rolname::text as role, rolsuper as is_superuser, rolbypassrls as bypasses_row_security,
                coalesce((select ssl from pg_stat_ssl where pid = pg_backend_pid()), false) as is_tls
         from pg_roles where rolname = current_user",
    );
    let row = facts.fetch_one(connection).await.context("the database does not say what it is")?;
    Ok(Facts::from_row(&row)?)
}

impl Facts {
    /// Refuses a role that row security does not bind: one organisation could read another.
    pub fn demand(&self) -> anyhow::Result<()> {
        let Self { version_name, role, .. } = self;
        if self.version < OLDEST {
            bail!("PostgreSQL {version_name} is too old: 15 or newer is needed");
        }
        if self.is_superuser {
            bail!(
                "the role {role} of database.url is a superuser, whom row security does not bind. Use tulou_app: alter role {role} nosuperuser"
            );
        }
        if self.bypasses_row_security {
            bail!(
                "the role {role} of database.url may bypass row security. Take that away: alter role {role} nobypassrls"
            );
        }
        if role != "tulou_app" {
            bail!(
                "database.url signs in as {role}; the serving role is called tulou_app, because the tables are granted to it"
            );
        }
        Ok(())
    }
}
