//! The indexer: follows every conversation by number, a moment behind what is said. How far it got is written with what
//! it indexed, in one transaction, so that a crash loses nothing and doubles nothing; the job `chat.index_messages`
//! finds what a crash, or another node's, has left behind, and what was said while search in messages was off.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::Duration;

use kernel::{Actor, App, OrgId, Result, Tx};
use search::Entry;
use tokio::sync::Notify;

use super::{KIND, entry};
use crate::messages::rows::MessageRow;
use crate::model::ConversationId;
use crate::settings::Windows;

/// How far the index may lag behind what is said, in ordinary use (`SRCH-01`).
const MOST_LAG: Duration = Duration::from_secs(2);
/// What is said within this time is indexed together; the greater part of the lag.
const PAUSE: Duration = Duration::from_millis(300);
const _: () = assert!(PAUSE.as_millis() <= MOST_LAG.as_millis() / 4, "the rest is for the work itself");
/// Conversations, and messages of each, that are indexed in one transaction.
const CONVERSATIONS: usize = 32;
const MESSAGES: i64 = 128;

/// Conversations in which something was said and not indexed yet, as far as this node knows.
#[derive(Default)]
struct Waiting {
    orgs: Mutex<BTreeMap<OrgId, BTreeSet<ConversationId>>>,
    bell: Notify,
    task: OnceLock<()>,
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

/// Says that something was said and committed. Costs a place in a set.
pub fn wake(app: &App, org: OrgId, conversation: ConversationId) {
    let waiting = app.state::<Waiting>();
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

/// Indexes what these conversations have that is not indexed; yields to whoever sends between two transactions.
async fn follow(app: &App, org: OrgId, conversations: BTreeSet<ConversationId>) -> Result<()> {
    let mut behind: Vec<ConversationId> = conversations.into_iter().collect();
    while !behind.is_empty() && !app.is_stopping() {
        let rest = behind.split_off(behind.len().min(CONVERSATIONS));
        let mut tx = app.begin(org, Actor::System).await?;
        let still_behind = advance(&mut tx, &behind).await?;
        tx.commit().await?;
        behind = [rest, still_behind].concat();
        tokio::task::yield_now().await;
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

/// Where a conversation stands, with the indexer's place in it locked.
#[derive(sqlx::FromRow)]
struct Stand {
    id: ConversationId,
    indexed: i64,
    last_seq: i64,
    last_at: chrono::DateTime<chrono::Utc>,
}

/// Indexes the next messages of these conversations and moves their places; those that are not at their end come back.
async fn advance(tx: &mut Tx, conversations: &[ConversationId]) -> Result<Vec<ConversationId>> {
    if !search::is_collecting(tx).await? {
        return Ok(Vec::new());
    }
    // Not waited for on the disk: the place is lost together with what was indexed, and both are made again.
    sqlx::query("set local synchronous_commit = off").execute(tx.db()).await?;
    let stands = stands(tx, conversations).await?;
    let rows = next_rows(tx, &stands).await?;
    let mut reached: BTreeMap<ConversationId, i64> =
        stands.iter().map(|stand| (stand.id, stand.last_seq.max(stand.indexed))).collect();
    let full = usize::try_from(MESSAGES).unwrap_or_default();
    let mut behind = Vec::new();
    for of_one in rows.chunk_by(|a, b| a.conversation_id == b.conversation_id) {
        let Some(last) = of_one.last() else { continue };
        reached.insert(last.conversation_id, last.seq);
        if of_one.len() == full {
            behind.push(last.conversation_id);
        }
    }
    let entries = entries(tx, rows).await?;
    search::put(tx, KIND, &entries).await?;
    sqlx::query(
        "update chat.indexed i set seq = x.seq from unnest($1::uuid[], $2::bigint[]) as x(id, seq)
         where i.conversation_id = x.id and i.seq < x.seq",
    )
    .bind(reached.keys().copied().collect::<Vec<_>>())
    .bind(reached.values().copied().collect::<Vec<_>>())
    .execute(tx.db())
    .await?;
    Ok(behind)
}

async fn stands(tx: &mut Tx, conversations: &[ConversationId]) -> Result<Vec<Stand>> {
    sqlx::query(
        "insert into chat.indexed (conversation_id, seq) select x.id, 0 from unnest($1::uuid[]) as x(id)
         where not exists (select from chat.indexed i where i.conversation_id = x.id) order by x.id
         on conflict on constraint indexed_pkey do nothing",
    )
    .bind(conversations)
    .execute(tx.db())
    .await?;
    sqlx::query("select from chat.indexed where conversation_id = any($1) order by conversation_id for update")
        .bind(conversations)
        .execute(tx.db())
        .await?;
    Ok(sqlx::query_as(
        "select c.id, greatest(i.seq, c.expired_seq) as indexed, c.last_seq, c.last_at
         from chat.indexed i join chat.conversation c on c.id = i.conversation_id where i.conversation_id = any($1)",
    )
    .bind(conversations)
    .fetch_all(tx.db())
    .await?)
}

async fn next_rows(tx: &mut Tx, stands: &[Stand]) -> Result<Vec<MessageRow>> {
    let windows = Windows::load(tx).await?;
    let hidden = windows.hidden_before(tx.now());
    Ok(sqlx::query_as(
        "select m.conversation_id, m.seq, m.sent_at, m.n, m.id, m.author_id, m.state, m.edited_at, m.body
         from unnest($1::uuid[], $2::bigint[], $3::timestamptz[]) as p(conversation, seq, until)
         cross join lateral chat.messages_after(p.conversation, p.seq, $4, p.until, $5) m
         order by m.conversation_id, m.seq",
    )
    .bind(stands.iter().map(|stand| stand.id).collect::<Vec<_>>())
    .bind(stands.iter().map(|stand| stand.indexed).collect::<Vec<_>>())
    .bind(stands.iter().map(|stand| stand.last_at).collect::<Vec<_>>())
    .bind(hidden)
    .bind(MESSAGES)
    .fetch_all(tx.db())
    .await?)
}

async fn entries(tx: &mut Tx, rows: Vec<MessageRow>) -> Result<Vec<Entry>> {
    let (org, windows) = (tx.org(), Windows::load(tx).await?);
    let mut entries = Vec::with_capacity(rows.len());
    for row in rows {
        let message = row.open(tx.app(), org, &windows)?;
        entries.extend(message.as_ref().and_then(entry));
    }
    Ok(entries)
}
