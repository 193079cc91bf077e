//! The connection that listens: what comes on it, and whether it is there.

use std::time::Duration;

use kernel::{App, Result};
use sqlx::postgres::{PgConnectOptions, PgListener, PgPoolOptions};
use tokio::sync::mpsc::Sender;
use tokio::time::{sleep, timeout};

use crate::letter::CHANNEL;
use crate::post::BEAT;

/// Our own letters come back at least so often; a line on which nothing does is deaf.
const DEAF: Duration = BEAT.saturating_mul(3);
/// A lost line is made anew so often.
const AGAIN: Duration = Duration::from_millis(500);

/// What is known by listening.
pub enum Heard {
    /// There is a line from here on.
    Line,
    /// There is none any more.
    NoLine,
    /// Somebody sent this.
    Payload(String),
}

/// Listens for as long as the program runs.
pub async fn hold(app: App, options: PgConnectOptions, heard: Sender<Heard>) {
    loop {
        tokio::select! {
            () = app.stopped() => return,
            outcome = listen(&options, &heard) => match outcome {
                Ok(why) => tracing::warn!(why, "other nodes are not heard any more; trying again"),
                Err(error) => tracing::warn!(code = error.code(), "other nodes cannot be heard; trying again"),
            },
        }
        tokio::select! {
            () = app.stopped() => return,
            // Whoever works it off is gone only when the program stops.
            _ = heard.send(Heard::NoLine) => {}
        }
        tokio::select! {
            () = app.stopped() => return,
            () = sleep(AGAIN) => {}
        }
    }
}

/// A listener on a connection of its own.
pub async fn open(options: &PgConnectOptions, channel: &str) -> Result<PgListener> {
    let of_one = PgPoolOptions::new().max_connections(1).max_lifetime(None).idle_timeout(None);
    let pool = of_one.acquire_timeout(BEAT).connect_with(options.clone()).await?;
    let mut line = PgListener::connect_with(&pool).await?;
    // What is missed is looked for when there is a new line, and that is made outside.
    line.eager_reconnect(false);
    line.listen(channel).await?;
    Ok(line)
}

/// One connection, for as long as it lasts; says why it ended. Nothing is worked off here: it would keep the next letters
/// waiting, and a line that waits looks deaf.
async fn listen(options: &PgConnectOptions, heard: &Sender<Heard>) -> Result<&'static str> {
    let mut line = open(options, CHANNEL).await?;
    let _ = heard.send(Heard::Line).await;
    loop {
        let Ok(said) = timeout(DEAF, line.try_recv()).await else { return Ok("deaf") };
        let Some(said) = said? else { return Ok("cut") };
        // Where too many wait already this one is missed, as one that is lost.
        let _ = heard.try_send(Heard::Payload(said.payload().to_owned()));
    }
}
