//! The life of a node among others.

use std::time::Duration;

use kernel::App;
use tokio::time::{Instant, interval, timeout};

use crate::batch::{Batch, Numbering};
use crate::link::Link;
use crate::peers::Peers;

/// How often a node says that it is there.
const BEAT: Duration = Duration::from_secs(1);
/// A node that stops has said everything when nothing came for so long.
const QUIET: Duration = Duration::from_millis(200);

/// Says what this node has to say and hears the others, until the program stops.
pub async fn run(app: App, mut link: Link) {
    let mut numbering = Numbering::of(app.node());
    let mut peers = Peers::new(app.node(), Instant::now());
    let mut beat = interval(BEAT);
    loop {
        tokio::select! {
            () = app.stopped() => break,
            (words, lost) = app.words().take() => {
                numbering.lose(lost);
                let batches = numbering.pack(words, link.most());
                say(&mut link, batches).await;
            }
            text = link.next() => hear(&app, &mut peers, text).await,
            _ = beat.tick() => {
                send(&mut link, &numbering.beat()).await;
                if peers.look(Instant::now()) {
                    tracing::warn!("words of other nodes may be missing");
                    app.missed();
                }
            }
        }
    }
    while let Ok((words, _)) = timeout(QUIET, app.words().take()).await {
        let batches = numbering.pack(words, link.most());
        say(&mut link, batches).await;
    }
    send(&mut link, &Batch { is_last: true, ..numbering.beat() }).await;
    link.close().await;
}

async fn say(link: &mut Link, batches: Vec<Batch>) {
    for batch in batches {
        send(link, &batch).await;
    }
}

async fn send(link: &mut Link, batch: &Batch) {
    // Ids and small facts: they can be written.
    if let Ok(text) = serde_json::to_string(batch) {
        link.send(text).await;
    }
}

async fn hear(app: &App, peers: &mut Peers, text: Option<String>) {
    let Some(text) = text else {
        // The link has ended and does not come back: not in a circle.
        tokio::time::sleep(BEAT).await;
        return;
    };
    // What cannot be read is another version's, and its numbers are missing.
    let Ok(batch) = serde_json::from_str::<Batch>(&text) else { return };
    let is_missing = peers.hear(&batch, Instant::now());
    if batch.node != app.node() {
        for word in &batch.words {
            app.heard(batch.node, word);
        }
    }
    if is_missing {
        tracing::info!(node = %batch.node, "words of another node are missing");
        app.missed();
    }
}
