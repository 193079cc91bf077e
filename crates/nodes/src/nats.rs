//! The link over NATS, by its own client: it connects again by itself.

use std::time::Duration;

use anyhow::Context;
use async_nats::connection::State;
use async_nats::{Client, ConnectOptions, Subscriber};
use futures_util::StreamExt;

/// How soon a server is missed that took its leave without a word.
const PING: Duration = Duration::from_secs(2);

pub struct Nats {
    client: Client,
    heard: Subscriber,
    subject: String,
}

impl Nats {
    pub async fn connect(url: &str, subject: String) -> anyhow::Result<Self> {
        let options = ConnectOptions::new()
            .name("tulou")
            .ping_interval(PING)
            .retry_on_initial_connect()
            .max_reconnects(None::<usize>)
            .reconnect_delay_callback(|attempts| Duration::from_millis((50 << attempts.min(5)) as u64));
        let client = options.connect(url).await.context("bus.url cannot be used")?;
        let heard = client.subscribe(subject.clone()).await.context("bus.subject cannot be used")?;
        Ok(Self { client, heard, subject })
    }

    /// What cannot leave now is lost, not kept: the client would wait with it, and with everything after it.
    pub async fn send(&mut self, text: String) {
        if self.client.connection_state() == State::Connected {
            // An error means the same.
            let _ = self.client.publish(self.subject.clone(), text.into()).await;
        }
    }

    pub async fn next(&mut self) -> Option<String> {
        let message = self.heard.next().await?;
        String::from_utf8(message.payload.into()).ok()
    }

    pub async fn close(self) {
        // A server that takes nothing any more misses only the goodbye.
        let _ = tokio::time::timeout(PING, self.client.flush()).await;
    }
}
