//! One link, whichever it is.

use crate::nats::Nats;
use crate::notify::Database;

/// Carries texts to every node, this one among them.
pub enum Link {
    Nats(Nats),
    Database(Database),
}

impl Link {
    /// Bytes that one text may have.
    pub fn most(&self) -> usize {
        match self {
            Self::Nats(_) => 512 * 1024,
            // 8,000 less one.
            Self::Database(_) => 7_900,
        }
    }

    /// Sends, or does not: whoever misses it finds out by the numbers.
    pub async fn send(&mut self, text: String) {
        match self {
            Self::Nats(nats) => nats.send(text).await,
            Self::Database(database) => database.send(text),
        }
    }

    /// Waits for the next text. May be dropped at any time without losing one.
    pub async fn next(&mut self) -> Option<String> {
        match self {
            Self::Nats(nats) => nats.next().await,
            Self::Database(database) => database.next().await,
        }
    }

    /// Returns when what was sent has left, or cannot.
    pub async fn close(self) {
        match self {
            Self::Nats(nats) => nats.close().await,
            // Its own task says what waits and ends then.
            Self::Database(_) => {}
        }
    }
}
