//! The key ring: opened where the configuration says, and only when it is the one the database belongs to.

use anyhow::{Context, bail, ensure};
use kernel::{Module, Random, SystemRandom};
use key_ring::{Mark, Share};
use sqlx::{AssertSqlSafe, PgConnection};
use uuid::{Builder, Uuid};
use vault::{Error, Place, Start, Vault};

use super::database::Database;
use crate::config::{Config, KeyRing};

/// What to do about a ring that is not the one.
const ADVICE: &str = "what is sealed in the database opens only with its own: put back the key ring and the master key that \
                      belong to it, or name another database. Nothing was made or changed";
/// Whose keys are in the ring. The domain that owns them cannot be asked: it stands on the keys.
const ORGANISATIONS: &str = "directory.organisation";
/// Not there yet: the table, or the schema around it.
const ABSENT: [&str; 2] = ["42P01", "3F000"];

/// What the database says of its ring, before it is migrated.
struct Found {
    /// None: the database was never served, or by a version that marked none.
    mark: Option<Mark>,
    /// One whose key is in the ring, whatever else is: it is not being dissolved.
    organisation: Option<Uuid>,
}

/// The keys, before the database is known to be marked with them.
pub struct Opened {
    vault: Vault,
    found: Found,
    place: KeyRing,
    named: String,
}

/// Opens the ring. A database that is marked, or in use, is served with its own one; only for one that is neither may a ring
/// be made.
pub async fn open(
    config: &Config,
    database: &Database,
    modules: &[Module],
    owner: &mut PgConnection,
) -> anyhow::Result<Opened> {
    let found = Found::read(owner).await?;
    found.demand_place(config.key_ring)?;
    database.hold(share(config.key_ring)).await?;
    let start = if found.is_used() { Start::Again } else { Start::First };
    found.open(config, database, modules, start)
}

/// For `tulou doctor`: what is found, and nothing made.
pub async fn look(config: &Config, database: &Database) -> anyhow::Result<String> {
    let mut owner = database.owner_connection().await?;
    let found = Found::read(&mut owner).await?;
    if !found.is_used() {
        return Ok("the database belongs to none yet: that is decided at the first start".to_owned());
    }
    found.demand_place(config.key_ring)?;
    database.hold(share(config.key_ring)).await?;
    let opened = found.open(config, database, &crate::modules::all(), Start::Look)?;
    let facts = opened.vault.facts();
    Ok(format!("{} is the one of the database, {} keys in it", opened.named, facts.keys))
}

/// For `tulou key-ring moved`: the ring stands where the configuration says from now on.
pub async fn moved(config: &Config, database: &Database) -> anyhow::Result<String> {
    let mut owner = database.owner_connection().await?;
    let found = Found::read(&mut owner).await?;
    ensure!(
        found.mark.is_some(),
        "the database belongs to no key ring yet: `tulou serve` marks it with the one it finds"
    );
    // Whoever still runs would go on with the other one.
    database.hold(Share::Alone).await?;
    let opened = found.open(config, database, &crate::modules::all(), Start::Look)?;
    key_ring::moved(&mut owner, config.key_ring.name())
        .await
        .context("the database does not take down where its key ring is")?;
    let facts = opened.vault.facts();
    Ok(format!("From now on {} is the key ring of the database, {} keys in it.", opened.named, facts.keys))
}

impl Found {
    async fn read(owner: &mut PgConnection) -> anyhow::Result<Self> {
        let mark = read(owner).await?;
        let organisations =
            format!("select id from {ORGANISATIONS} where state = 'active' order by created_at limit 1");
        let found = sqlx::query_scalar(AssertSqlSafe(organisations)).fetch_optional(owner).await;
        let organisation = match found {
            Err(sqlx::Error::Database(error)) if error.code().is_some_and(|code| ABSENT.contains(&&*code)) => None,
            found => found.context("the database does not say who uses it (database.owner_url)")?,
        };
        Ok(Self { mark, organisation })
    }

    fn is_used(&self) -> bool {
        self.mark.is_some() || self.organisation.is_some()
    }

    fn demand_place(&self, place: KeyRing) -> anyhow::Result<()> {
        let (Some(mark), said) = (&self.mark, place.name()) else { return Ok(()) };
        let was = &mark.place;
        ensure!(
            was == said,
            "the key ring of this database was used as key_ring = \"{was}\", and the configuration says \"{said}\". Say \"{was}\" again; \
             or, when all servers are stopped and its files have been moved, run `tulou key-ring moved`"
        );
        Ok(())
    }

    fn open(self, config: &Config, database: &Database, modules: &[Module], start: Start) -> anyhow::Result<Opened> {
        let (place, named) = place(config, database, modules)?;
        let vault = match Vault::open_at(place, &config.master_key(), start) {
            Err(Error::NoRing) => bail!("there is no key ring in {named}, and this database belongs to one; {ADVICE}"),
            opened => opened.context("the keys cannot be opened")?,
        };
        let opened = Opened { vault, found: self, place: config.key_ring, named };
        opened.check()?;
        Ok(opened)
    }
}

impl Opened {
    /// Once the database is migrated. Of nodes that start for the first time at once one marks it.
    pub async fn marked(mut self, owner: &mut PgConnection) -> anyhow::Result<Vault> {
        if self.found.mark.is_none() {
            let mut random = [0; 16];
            SystemRandom.fill(&mut random);
            let id = Builder::from_random_bytes(random).into_uuid();
            key_ring::write(owner, &self.vault, id, self.place.name())
                .await
                .context("the database could not be marked with its key ring")?;
            self.found.mark = read(owner).await?;
            self.check()?;
        }
        Ok(self.vault)
    }

    fn check(&self) -> anyhow::Result<()> {
        let is_it = match (&self.found.mark, self.found.organisation) {
            (Some(mark), _) => mark.is_of(&self.vault),
            (None, Some(organisation)) => {
                self.vault.opens_organisation(organisation).context("the keys cannot be opened")?
            }
            (None, None) => true,
        };
        ensure!(is_it, "the key ring in {} is not the one this database belongs to; {ADVICE}", self.named);
        Ok(())
    }
}

async fn read(owner: &mut PgConnection) -> anyhow::Result<Option<Mark>> {
    key_ring::read(owner).await.context("the database does not say which key ring it belongs to (database.owner_url)")
}

fn share(place: KeyRing) -> Share {
    match place {
        KeyRing::Folder => Share::Alone,
        KeyRing::Bucket => Share::WithOthers,
    }
}

/// Where the ring stands, and what that is called.
fn place(config: &Config, database: &Database, modules: &[Module]) -> anyhow::Result<(Place, String)> {
    if config.key_ring == KeyRing::Folder {
        let folder = config.data.join("keys");
        let named = folder.display().to_string();
        return Ok((Place::Folder(folder), named));
    }
    let (Some(s3), Some(line)) = (config.files_s3(), database.line()) else {
        bail!("a key ring in the bucket needs database.url and files.s3 beside it");
    };
    let map = kernel::data_map(modules).map_err(anyhow::Error::new)?;
    let store = files::bucket(&map, files::HOST, s3).map_err(anyhow::Error::new)?;
    let place = Place::Shared { store, board: key_ring::board(line) };
    Ok((place, format!("the bucket {}", s3.bucket)))
}
