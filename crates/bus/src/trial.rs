//! Tries whether what is told reaches a line: for whoever looks before a start.

use std::time::Duration;

use kernel::Result;
use sqlx::postgres::PgConnectOptions;
use sqlx::{Connection, PgConnection};
use tokio::time::timeout;

use crate::line;

/// Not that of letters: nodes that run hear nothing of it.
const CHANNEL: &str = "tulou_trial";
/// Longer than any `NOTIFY` takes to come.
const PATIENCE: Duration = Duration::from_secs(5);

/// Whether what is told on a connection with the options `telling` is heard on one with `listening`. Behind a pooler
/// between transactions it is not, and nothing else says so.
pub async fn is_heard(listening: &PgConnectOptions, telling: &PgConnectOptions) -> Result<bool> {
    let mut teller = PgConnection::connect_with(telling).await?;
    let mut line = line::open(listening, CHANNEL).await?;
    sqlx::query("select pg_notify('tulou_trial', '')").execute(&mut teller).await?;
    let heard = timeout(PATIENCE, line.try_recv()).await;
    teller.close().await?;
    Ok(matches!(heard, Ok(Ok(Some(_)))))
}
