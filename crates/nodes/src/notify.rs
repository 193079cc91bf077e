//! The link over the database: `NOTIFY` after the commit, in a transaction of its own and never in that of whoever has
//! something to say, since it makes commits wait for each other.

use std::time::Duration;

use kernel::App;
use sqlx::postgres::{PgConnectOptions, PgListener, PgPoolOptions};
use sqlx::{ConnectOptions, PgConnection};
use tokio::sync::mpsc;
use tokio::time::{sleep, timeout};

const CHANNEL: &str = "tulou_nodes";
/// What waits in either direction; more is lost.
const QUEUE: usize = 1024;
/// A database that takes longer is away.
const PATIENCE: Duration = Duration::from_secs(3);
const AGAIN: Duration = Duration::from_millis(500);

pub struct Database {
    out: mpsc::Sender<String>,
    heard: mpsc::Receiver<String>,
}

impl Database {
    /// Two connections of its own: one says, one listens. Both are made again when they are lost.
    pub fn connect(app: &App, options: PgConnectOptions) -> Self {
        // A hint that is lost with a crash is found missing by its number: no disk need be waited for.
        let options = options.application_name("tulou-nodes").options([("synchronous_commit", "off")]);
        let (out, to_say) = mpsc::channel(QUEUE);
        let (hearing, heard) = mpsc::channel(QUEUE);
        let speaker = options.clone();
        app.spawn("nodes.notify", async move { speak(speaker, to_say).await });
        let program = app.clone();
        app.spawn("nodes.listen", async move {
            tokio::select! {
                () = program.stopped() => {}
                () = listen(options, hearing) => {}
            }
        });
        Self { out, heard }
    }

    pub fn send(&self, text: String) {
        // A full queue loses it, and the numbers say so.
        let _ = self.out.try_send(text);
    }

    pub async fn next(&mut self) -> Option<String> {
        self.heard.recv().await
    }
}

/// Until the link is dropped: after the last word.
async fn speak(options: PgConnectOptions, mut texts: mpsc::Receiver<String>) {
    let mut connection: Option<PgConnection> = None;
    while let Some(text) = texts.recv().await {
        let said = timeout(PATIENCE, say(&options, &mut connection, text)).await;
        if !matches!(said, Ok(Ok(()))) {
            connection = None;
        }
    }
}

async fn say(options: &PgConnectOptions, connection: &mut Option<PgConnection>, text: String) -> sqlx::Result<()> {
    let open = match connection.take() {
        Some(open) => open,
        None => options.connect().await?,
    };
    let open = connection.insert(open);
    sqlx::query("select pg_notify($1, $2)").bind(CHANNEL).bind(text).execute(open).await?;
    Ok(())
}

async fn listen(options: PgConnectOptions, heard: mpsc::Sender<String>) {
    let pool = PgPoolOptions::new().max_connections(1).acquire_timeout(PATIENCE).connect_lazy_with(options);
    loop {
        if let Err(error) = hear(&pool, &heard).await {
            tracing::debug!(%error, "the database does not say what other nodes say");
        }
        sleep(AGAIN).await;
    }
}

/// Until the connection is lost.
async fn hear(pool: &sqlx::PgPool, heard: &mpsc::Sender<String>) -> sqlx::Result<()> {
    let mut listener = PgListener::connect_with(pool).await?;
    listener.listen(CHANNEL).await?;
    while let Some(notification) = listener.try_recv().await? {
        // As above.
        let _ = heard.try_send(notification.payload().to_owned());
    }
    Ok(())
}
