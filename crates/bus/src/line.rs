//! Listening by one way: what comes on it, and whether there is a line.

use std::time::Duration;

use kernel::App;
use tokio::sync::mpsc::Sender;
use tokio::time::{sleep, timeout};

use crate::post::BEAT;
use crate::way::Way;

/// Our own beats come back by every way; a line on which nothing does is deaf.
const DEAF: Duration = BEAT.saturating_mul(3);
/// A lost line is made anew so often.
const AGAIN: Duration = Duration::from_millis(500);

/// What is known by listening.
pub struct Heard {
    /// By which way: where it stands among those of the installation.
    pub way: usize,
    pub what: What,
}

pub enum What {
    /// There is a line from here on.
    Line,
    /// There is none any more.
    NoLine,
    /// Somebody sent this.
    Payload(String),
}

/// One way to be listened by.
pub struct Ear {
    pub number: usize,
    pub way: Way,
    pub heard: Sender<Heard>,
}

impl Ear {
    /// Listens for as long as the program runs. That there is no line is said once.
    pub async fn hold(self, app: App) {
        let mut was_heard = true;
        loop {
            let outcome = tokio::select! {
                () = app.stopped() => return,
                outcome = self.listen(was_heard) => outcome,
            };
            let way = self.way.name();
            match outcome {
                Ok(why) => tracing::warn!(way, why, "other nodes are not heard any more; trying again"),
                Err(code) if was_heard => tracing::warn!(way, code, "other nodes cannot be heard; trying again"),
                Err(_) => {}
            }
            was_heard = outcome.is_ok();
            tokio::select! {
                () = app.stopped() => return,
                // Whoever works it off is gone only when the program stops.
                () = self.tell(What::NoLine) => {}
            }
            tokio::select! {
                () = app.stopped() => return,
                () = sleep(AGAIN) => {}
            }
        }
    }

    /// One connection, for as long as it lasts; says why it ended. Nothing is worked off here: it would keep the next letters
    /// waiting, and a line that waits looks deaf.
    async fn listen(&self, was_heard: bool) -> Result<&'static str, &'static str> {
        let mut line = self.way.open().await?;
        if !was_heard {
            tracing::info!(way = self.way.name(), "other nodes can be heard again");
        }
        self.tell(What::Line).await;
        loop {
            let Ok(said) = timeout(DEAF, line.next()).await else { return Ok("deaf") };
            let Some(payload) = said else { return Ok("cut") };
            // Where too many wait already this one is missed, as one that is lost.
            let _ = self.heard.try_send(Heard { way: self.number, what: What::Payload(payload) });
        }
    }

    async fn tell(&self, what: What) {
        let _ = self.heard.send(Heard { way: self.number, what }).await;
    }
}
