//! Tries whether what is told reaches a line: for whoever looks before a start.

use std::time::Duration;

use futures_util::StreamExt;
use kernel::data_map::DataMap;
use kernel::{Outbound, Result};
use sqlx::postgres::PgConnectOptions;
use sqlx::{Connection, PgConnection};
use tokio::sync::watch;
use tokio::time::timeout;

use crate::HOST;
use crate::nats::Nats;
use crate::way;

/// Not that of letters: nodes that run hear nothing of it.
const CHANNEL: &str = "tulou_trial";
/// The same for NATS, below what an operator grants.
const SUBJECT: &str = "tulou.trial";
/// Longer than anything told takes to come.
const PATIENCE: Duration = Duration::from_secs(5);

/// Whether what is told on a connection with the options `telling` is heard on one with `listening`. Behind a pooler
/// between transactions it is not, and nothing else says so.
pub async fn is_heard(listening: &PgConnectOptions, telling: &PgConnectOptions) -> Result<bool> {
    let mut teller = PgConnection::connect_with(telling).await?;
    let mut line = way::listener(listening, CHANNEL).await?;
    sqlx::raw_sql("select pg_notify('tulou_trial', '')").execute(&mut teller).await?;
    let heard = timeout(PATIENCE, line.try_recv()).await;
    teller.close().await?;
    Ok(matches!(heard, Ok(Ok(Some(_)))))
}

/// Whether what is published on NATS is heard there, by who may only do so below `tulou.`. Why it cannot be tried, in a word.
pub async fn is_heard_by(map: &DataMap, nats: &Nats) -> std::result::Result<bool, &'static str> {
    Outbound::demand(map, HOST).map_err(|_| "undeclared")?;
    let (ended, _) = watch::channel(false);
    let client = nats.connect(ended).await?;
    let mut line = client.subscribe(SUBJECT).await.map_err(|_| "cut")?;
    client.publish(SUBJECT, "".into()).await.map_err(|_| "cut")?;
    Ok(matches!(timeout(PATIENCE, line.next()).await, Ok(Some(_))))
}
