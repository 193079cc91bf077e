//! The indexer: follows every conversation by number, a moment behind what is said. How far it got is written with what
//! it indexed, in one transaction, so that a crash loses nothing and doubles nothing; the job `chat.index_messages`
//! finds what a crash, or another node's, has left behind, and what was said while search in messages was off.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use kernel::{Actor, App, OrgId, Result, Tx};
use search::Entry;
use tokio::sync::Notify;

use super::{KIND, entry};
use crate::messages::rows::MessageRow;
use crate::model::ConversationId;
use crate::settings::Windows;
use crate::writer;

/// How far the index may lag behind what is said, in ordinary use (`SRCH-01`).
const MOST_LAG: Duration = Duration::from_secs(2);
/// What is said within this time is indexed together; the greater part of the lag.
const PAUSE: Duration = Duration::from_millis(300);
const _: () = assert!(PAUSE.as_millis() <= MOST_LAG.as_millis() / 4, "the rest is for the work itself");
/// Conversations, and messages of each, that are indexed in one transaction: few enough that nobody who sends meanwhile
/// waits long for the processor.
const CONVERSATIONS: usize = 16;
const MESSAGES: i64 = 32;
/// Messages whose words are made ready without a break.
const AT_ONCE: usize = 4;
/// Between two transactions the processor is left to others for this long …
const MOMENT: Duration = Duration::from_millis(1);
/// … and, while messages wait to be written, for so many times as long as was worked, up to a limit: the index is the
/// one that can wait.
const SHARE: u32 = 3;
const MOST_REST: Duration = Duration::from_millis(250);

/// Conversations in which something was said and not indexed yet, as far as this node knows.
#[derive(Default)]
struct Waiting {
    orgs: Mutex<BTreeMap<OrgId, BTreeSet<ConversationId>>>,
    bell: Notify,
    task: OnceLock<()>,
    /// Other nodes do it.
    is_elsewhere: AtomicBool,
}

impl Waiting {
    fn add(&self, org: OrgId, conversation: ConversationId) {
        let mut orgs = self.orgs.lock().unwrap_or_else(PoisonError::into_inner);
        orgs.entry(org).or_default().insert(conversation);
        self.bell.notify_one();
    }

    fn take(&self) -> BTreeMap<OrgId, BTreeSet<ConversationId>> {
        std::mem::take(&mut *self.orgs.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Has what is said on this node be indexed by those that do jobs, which hear of it.
pub fn index_elsewhere(app: &App) {
    app.state::<Waiting>().is_elsewhere.store(true, Ordering::Release);
}

/// Whether this node indexes.
pub fn is_here(app: &App) -> bool {
    !app.state::<Waiting>().is_elsewhere.load(Ordering::Acquire)
}

/// Says that something was said and committed. Costs a place in a set.
pub fn wake(app: &App, org: OrgId, conversation: ConversationId) {
    let waiting = app.state::<Waiting>();
    if waiting.is_elsewhere.load(Ordering::Acquire) {
        return;
    }
    waiting.add(org, conversation);
    waiting.task.get_or_init(|| {
        let task = app.clone();
        app.spawn("chat.indexer", async move { run(task).await });
    });
}

async fn run(app: App) {
    let waiting = app.state::<Waiting>();
    loop {
        tokio::select! {
            () = app.stopped() => return,
            () = waiting.bell.notified() => {}
        }
        tokio::select! {
            () = app.stopped() => return,
            () = tokio::time::sleep(PAUSE) => {}
        }
        for (org, conversations) in waiting.take() {
            if let Err(error) = follow(&app, org, conversations).await {
                // The job tries again.
                tracing::warn!(code = error.code(), "messages were not indexed");
            }
        }
    }
}

/// Indexes what these conversations have that is not indexed, a little at a time; whoever sends goes before.
async fn follow(app: &App, org: OrgId, conversations: BTreeSet<ConversationId>) -> Result<()> {
    let mut behind: Vec<ConversationId> = conversations.into_iter().collect();
    while !behind.is_empty() && !app.is_stopping() {
        let begun = Instant::now();
        let rest = behind.split_off(behind.len().min(CONVERSATIONS));
        let mut tx = app.begin(org, Actor::System).await?;
        let still_behind = advance(&mut tx, &behind).await?;
        tx.commit().await?;
        behind = [rest, still_behind].concat();
        let pause = if writer::is_busy(app) { begun.elapsed() * SHARE } else { MOMENT };
        tokio::time::sleep(pause.clamp(MOMENT, MOST_REST)).await;
    }
    Ok(())
}

/// Indexes everything of an organisation that is not indexed; nothing while the index is not collected for.
pub async fn catch_up(app: &App, org: OrgId) -> Result<()> {
    loop {
        let mut tx = app.begin(org, Actor::System).await?;
        if !search::is_collecting(&mut tx).await? {
            return Ok(());
        }
        let behind: Vec<ConversationId> = sqlx::query_scalar(
            "select c.id from chat.conversation c left join chat.indexed i on i.conversation_id = c.id
             where c.last_seq > greatest(coalesce(i.seq, 0), c.expired_seq) order by c.id limit $1",
        )
        .bind(i64::try_from(CONVERSATIONS).unwrap_or(i64::MAX))
        .fetch_all(tx.db())
        .await?;
        tx.commit().await?;
        if behind.is_empty() || app.is_stopping() {
            return Ok(());
        }
        follow(app, org, behind.into_iter().collect()).await?;
    }
}

/// Indexes the next messages of these conversations and moves their places; those that are not at their end come back.
async fn advance(tx: &mut Tx, conversations: &[ConversationId]) -> Result<Vec<ConversationId>> {
    if !search::is_collecting(tx).await? {
        return Ok(Vec::new());
    }
    let windows = Windows::load(tx).await?;
    let hidden = windows.hidden_before(tx.now());
    let rows: Vec<MessageRow> = sqlx::query_as(
        "select conversation_id, seq, sent_at, n, id, author_id, state, edited_at, body
         from chat.next_unindexed($1, $2, $3)",
    )
    .bind(conversations)
    .bind(hidden)
    .bind(MESSAGES)
    .fetch_all(tx.db())
    .await?;
    let full = usize::try_from(MESSAGES).unwrap_or_default();
    let of_each = rows.chunk_by(|a, b| a.conversation_id == b.conversation_id).filter(|rows| rows.len() == full);
    let behind = of_each.filter_map(|rows| Some(rows.first()?.conversation_id)).collect();
    let entries = entries(tx, rows, &windows).await?;
    search::put(tx, KIND, &entries).await?;
    Ok(behind)
}

/// What words are found by takes longer to make than the message took to be written: whoever waits for the processor has
/// it in between.
async fn entries(tx: &mut Tx, rows: Vec<MessageRow>, windows: &Windows) -> Result<Vec<Entry>> {
    let mut entries = Vec::with_capacity(rows.len());
    for (place, row) in rows.into_iter().enumerate() {
        let message = row.open(tx.app(), tx.org(), windows)?;
        entries.extend(message.as_ref().and_then(entry));
        if place % AT_ONCE == AT_ONCE - 1 {
            tokio::task::yield_now().await;
        }
    }
    Ok(entries)
}
