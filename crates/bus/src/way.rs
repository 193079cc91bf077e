//! What letters go by: `NOTIFY` of the database that nodes share, and NATS before it where the operator names one.

use std::sync::Arc;
use std::time::Duration;

use kernel::Result;
use sqlx::postgres::{PgConnectOptions, PgListener, PgPoolOptions};
use sqlx::{Connection, PgConnection};
use tokio::time::timeout;

use crate::letter::CHANNEL;
use crate::nats::{self, Subject};

/// A database that takes longer takes nothing.
const PATIENCE: Duration = Duration::from_secs(5);

/// One of them.
#[derive(Clone)]
pub enum Way {
    /// Past any pooler: what is told on a pooled connection is heard, but nothing is heard there.
    Database(Box<PgConnectOptions>),
    Nats(Arc<Subject>),
}

/// What is heard by it, for as long as it lasts.
pub enum Line {
    Database(Box<PgListener>),
    Nats(nats::Line),
}

/// How it is told.
pub struct Mouth {
    way: Way,
    /// To the database, made anew after an error: requests may have all those of the pool.
    db: Option<PgConnection>,
}

impl Way {
    pub fn name(&self) -> &'static str {
        match self {
            Self::Database(_) => "database",
            Self::Nats(_) => "nats",
        }
    }

    /// Begins to listen. Why not, in a word.
    pub async fn open(&self) -> Result<Line, &'static str> {
        match self {
            Self::Database(options) => {
                let options = options.as_ref().clone().application_name("tulou-bus");
                let line = listener(&options, CHANNEL).await.map_err(|error| error.code())?;
                Ok(Line::Database(Box::new(line)))
            }
            Self::Nats(subject) => subject.open().await.map(Line::Nats),
        }
    }

    pub fn mouth(&self) -> Mouth {
        Mouth { way: self.clone(), db: None }
    }
}

impl Line {
    /// The next letter; none when there is a line no more.
    pub async fn next(&mut self) -> Option<String> {
        match self {
            Self::Database(listener) => Some(listener.try_recv().await.ok()??.payload().to_owned()),
            Self::Nats(line) => line.next().await,
        }
    }
}

impl Mouth {
    /// Says these letters, in this order. Why they may not have been heard, in a word.
    pub async fn say(&mut self, letters: &[String]) -> Result<(), &'static str> {
        match &self.way {
            Way::Nats(subject) => subject.say(letters).await,
            Way::Database(options) => {
                let db = self.db.take();
                let said = timeout(PATIENCE, notify(options, db, letters)).await.map_err(|_| "slow")?;
                self.db = Some(said.map_err(|error| error.code())?);
                Ok(())
            }
        }
    }
}

/// By one statement, which nobody waits for on the disk: it writes nothing.
async fn notify(options: &PgConnectOptions, db: Option<PgConnection>, letters: &[String]) -> Result<PgConnection> {
    let mut db = match db {
        Some(db) => db,
        None => PgConnection::connect_with(&options.clone().application_name("tulou-post")).await?,
    };
    sqlx::query("select pg_notify('tulou', l.letter) from unnest($1::text[]) as l (letter)")
        .bind(letters)
        .execute(&mut db)
        .await?;
    Ok(db)
}

/// A listener on a connection of its own.
pub async fn listener(options: &PgConnectOptions, channel: &str) -> Result<PgListener> {
    let of_one = PgPoolOptions::new().max_connections(1).max_lifetime(None).idle_timeout(None);
    let pool = of_one.acquire_timeout(PATIENCE).connect_with(options.clone()).await?;
    let mut line = PgListener::connect_with(&pool).await?;
    // What is missed is looked for when there is a new line, and that is made outside.
    line.eager_reconnect(false);
    line.listen(channel).await?;
    Ok(line)
}
