//! The board: how often keys were destroyed, on one connection of its own.

use std::io;
use std::sync::Arc;

use sqlx::postgres::PgConnectOptions;
use sqlx::{Connection, PgConnection};
use tokio::sync::Mutex;
use vault::Board;

use crate::if_there;

/// The board of a database. Nothing is connected before it is looked at.
pub fn board(options: PgConnectOptions) -> Board {
    let line = Arc::new(Line { options: options.application_name("tulou-keys"), open: Mutex::new(None) });
    let other = Arc::clone(&line);
    Board {
        look: Box::new(move || {
            let line = Arc::clone(&line);
            Box::pin(async move { line.look().await.map_err(io::Error::other) })
        }),
        add: Box::new(move || {
            let line = Arc::clone(&other);
            Box::pin(async move { line.add().await.map_err(io::Error::other) })
        }),
    }
}

struct Line {
    options: PgConnectOptions,
    /// None while somebody uses it: what fails or is cut is made anew.
    open: Mutex<Option<PgConnection>>,
}

impl Line {
    async fn look(&self) -> sqlx::Result<i64> {
        let mut open = self.open.lock().await;
        let mut db = self.connection(open.take()).await?;
        let found = sqlx::query_scalar("select gone from key_ring.ring").fetch_optional(&mut db).await;
        let found: Option<i64> = if_there(found)?;
        *open = Some(db);
        Ok(found.unwrap_or_default())
    }

    /// A database without its mark has no other node yet.
    async fn add(&self) -> sqlx::Result<()> {
        let mut open = self.open.lock().await;
        let mut db = self.connection(open.take()).await?;
        if_there(sqlx::query("update key_ring.ring set gone = gone + 1").execute(&mut db).await)?;
        *open = Some(db);
        Ok(())
    }

    async fn connection(&self, open: Option<PgConnection>) -> sqlx::Result<PgConnection> {
        match open {
            Some(db) => Ok(db),
            None => PgConnection::connect_with(&self.options).await,
        }
    }
}
