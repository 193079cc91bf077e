//! What was written on another node, for the windows of this one. Nodes tell each other numbers, never words: whoever has
//! a window in the conversation reads the message from the database, once for all its windows.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, OnceLock, PoisonError};

use kernel::{Actor, App, Frame, Hear, OrgId, Result, Tx};
use serde::{Deserialize, Serialize};
use tokio::sync::Notify;

use super::frames::MessageFrame;
use crate::messages::rows::{self, MessageRow};
use crate::model::ConversationId;
use crate::settings::Windows;

/// Messages that are read in one statement.
const BATCH: usize = 500;

/// What a node tells the others after its commit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum News {
    /// There is a message.
    Said { conversation: ConversationId, seq: i64 },
    /// A message is not what it was.
    Changed { conversation: ConversationId, seq: i64 },
}

impl News {
    fn place(self) -> (ConversationId, i64) {
        match self {
            Self::Said { conversation, seq } | Self::Changed { conversation, seq } => (conversation, seq),
        }
    }
}

/// What the module registers.
pub const HEARS: (&str, Hear) = (KIND, |app, heard| {
    let Some(news) = heard.read::<News>() else { return };
    if app.hub().is_followed(heard.org, &news.place().0.0) {
        wake(app, heard.org, news);
    }
});
const KIND: &str = "chat.message";

/// Tells the other nodes.
pub fn tell(app: &App, org: OrgId, news: News) {
    app.tell_nodes(KIND, org, &news);
}

/// What is still to be read for the windows of this node.
#[derive(Default)]
struct Waiting {
    orgs: Mutex<BTreeMap<OrgId, BTreeSet<News>>>,
    bell: Notify,
    task: OnceLock<()>,
}

fn wake(app: &App, org: OrgId, news: News) {
    let waiting = app.state::<Waiting>();
    waiting.orgs.lock().unwrap_or_else(PoisonError::into_inner).entry(org).or_default().insert(news);
    waiting.bell.notify_one();
    waiting.task.get_or_init(|| {
        let task = app.clone();
        app.spawn("chat.relay", async move { run(task).await });
    });
}

async fn run(app: App) {
    let waiting = app.state::<Waiting>();
    loop {
        tokio::select! {
            () = app.stopped() => return,
            () = waiting.bell.notified() => {}
        }
        let orgs = std::mem::take(&mut *waiting.orgs.lock().unwrap_or_else(PoisonError::into_inner));
        for (org, news) in orgs {
            if let Err(error) = pass_on(&app, org, news).await {
                tracing::warn!(code = error.code(), "messages of other nodes cannot be read");
                app.missed();
            }
        }
    }
}

async fn pass_on(app: &App, org: OrgId, news: BTreeSet<News>) -> Result<()> {
    let news: Vec<News> = news.into_iter().collect();
    for news in news.chunks(BATCH) {
        let mut tx = app.begin(org, Actor::System).await?;
        let windows = Windows::load(&mut tx).await?;
        let rows = read(&mut tx, news, &windows).await?;
        let messages = rows::open_all(&mut tx, rows, &windows).await?;
        tx.commit().await?;
        for message in &messages {
            let (conversation, seq) = (message.conversation_id, message.seq);
            let is_new = news.binary_search(&News::Said { conversation, seq }).is_ok();
            let frame = Frame::new(&MessageFrame::new(if is_new { "message" } else { "changed" }, message));
            app.hub().to_topic(org, conversation.0, &frame, None);
        }
    }
    Ok(())
}

/// In the order of their numbers. What has been said is of the last days, and its partitions are few; what is changed
/// may be older, as far as an organisation lets its people change it.
async fn read(tx: &mut Tx, news: &[News], windows: &Windows) -> Result<Vec<MessageRow>> {
    let hidden = windows.hidden_before(tx.now());
    let (conversations, seqs): (Vec<_>, Vec<_>) = news.iter().map(|news| news.place()).unzip();
    Ok(sqlx::query_as(
        "select m.conversation_id, m.seq, m.sent_at, m.n, m.id, m.author_id, m.state, m.edited_at, m.body
         from (select distinct conversation, seq from unnest($1::uuid[], $2::bigint[]) as p(conversation, seq)) p
         join chat.conversation c on c.id = p.conversation
         cross join lateral chat.messages_after(p.conversation, p.seq - 1, $3, c.last_at, 1) m
         where m.seq = p.seq order by m.conversation_id, m.seq",
    )
    .bind(conversations)
    .bind(seqs)
    .bind(hidden)
    .fetch_all(tx.db())
    .await?)
}
