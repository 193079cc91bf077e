//! The hold: who may use the ring of a database beside this program. Two folders with the same keys would soon hold
//! different ones, so that a ring in a folder is used by one program only, wherever it runs.

use std::time::Duration;

use sqlx::postgres::PgConnectOptions;
use sqlx::{Connection, PgConnection};
use tokio::sync::Mutex;
use tokio::time::{Instant, sleep, timeout};

/// How long a program that has just ended may still seem to hold it.
const LINGERS: Duration = Duration::from_secs(3);
const AGAIN: Duration = Duration::from_millis(250);
/// How often it is seen to.
const SEEN_TO: Duration = Duration::from_secs(5);
/// A database that takes longer does not answer.
const PATIENCE: Duration = Duration::from_secs(5);

/// Who else may use the ring.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Share {
    /// Nobody.
    Alone,
    /// Others who say the same.
    WithOthers,
}

/// The ring is this program's to use, for as long as this lives.
pub struct Hold {
    options: PgConnectOptions,
    share: Share,
    /// None after the connection was lost.
    open: Mutex<Option<PgConnection>>,
}

impl Hold {
    /// Takes it on a connection of its own, which must lead to the database itself; none when another program has it.
    pub async fn take(options: PgConnectOptions, share: Share) -> sqlx::Result<Option<Self>> {
        let options = options.application_name("tulou-ring");
        let mut db = PgConnection::connect_with(&options).await?;
        let until = Instant::now() + LINGERS;
        while !lock(&mut db, share).await? {
            if Instant::now() >= until {
                return Ok(None);
            }
            sleep(AGAIN).await;
        }
        Ok(Some(Self { options, share, open: Mutex::new(Some(db)) }))
    }

    /// Returns when another program has taken it, while the database could not be reached from here.
    pub async fn lost(&self) {
        loop {
            sleep(SEEN_TO).await;
            // What fails or is cut is made anew at the next turn.
            if let Ok(Ok(false)) = timeout(PATIENCE, self.see_to()).await {
                return;
            }
        }
    }

    async fn see_to(&self) -> sqlx::Result<bool> {
        let mut open = self.open.lock().await;
        if let Some(mut db) = open.take() {
            db.ping().await?;
            *open = Some(db);
            return Ok(true);
        }
        let mut db = PgConnection::connect_with(&self.options).await?;
        let is_ours = lock(&mut db, self.share).await?;
        if is_ours {
            *open = Some(db);
        }
        Ok(is_ours)
    }
}

async fn lock(db: &mut PgConnection, share: Share) -> sqlx::Result<bool> {
    let lock = match share {
        Share::Alone => sqlx::query_scalar("select pg_try_advisory_lock(hashtextextended('key_ring.ring', 0))"),
        Share::WithOthers => {
            sqlx::query_scalar("select pg_try_advisory_lock_shared(hashtextextended('key_ring.ring', 0))")
        }
    };
    lock.fetch_one(db).await
}
