//! What became of messages reaches the windows of this node: one transaction after the other, so that what a message said
//! before never comes after what it says now, and a message that changes often is read once for many changes.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use kernel::{Actor, App, OrgId, Result};
use serde::Deserialize;
use serde_json::Value;

use super::show::show;
use crate::messages::rows::MessageRow;
use crate::model::ConversationId;
use crate::settings::Windows;

/// As much of an event as is needed here.
#[derive(Deserialize)]
struct Changed {
    conversation: ConversationId,
    seq: i64,
}

/// Messages that are to be shown anew.
#[derive(Default)]
struct Changes(Mutex<Waiting>);

#[derive(Default)]
struct Waiting {
    orgs: BTreeMap<OrgId, BTreeSet<(ConversationId, i64)>>,
    /// Somebody is at it, until nothing waits.
    is_worked_off: bool,
}

impl Changes {
    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take(&self) -> Option<(OrgId, BTreeSet<(ConversationId, i64)>)> {
        let mut waiting = self.lock();
        let next = waiting.orgs.pop_first();
        waiting.is_worked_off = next.is_some();
        next
    }
}

/// Shows the windows of this node what became of a message.
pub fn changed(app: &App, org: OrgId, event: &Value) {
    let Ok(Changed { conversation, seq }) = Changed::deserialize(event) else { return };
    let changes = app.state::<Changes>();
    let mut waiting = changes.lock();
    waiting.orgs.entry(org).or_default().insert((conversation, seq));
    if !std::mem::replace(&mut waiting.is_worked_off, true) {
        app.follow_up("chat.changed", show_all(app.clone()));
    }
}

async fn show_all(app: App) {
    let changes = app.state::<Changes>();
    while let Some((org, messages)) = changes.take() {
        if let Err(error) = show_changed(&app, org, messages).await {
            // A window that was not told sees it with its next synchronisation.
            tracing::warn!(code = error.code(), "a change of a message was not shown");
        }
    }
}

async fn show_changed(app: &App, org: OrgId, messages: BTreeSet<(ConversationId, i64)>) -> Result<()> {
    let (conversations, seqs): (Vec<ConversationId>, Vec<i64>) = messages.into_iter().unzip();
    let mut tx = app.begin(org, Actor::System).await?;
    let windows = Windows::load(&mut tx).await?;
    let hidden = windows.hidden_before(tx.now());
    let rows: Vec<MessageRow> = sqlx::query_as(
        "select m.conversation_id, m.seq, m.sent_at, m.n, m.id, m.author_id, m.state, m.edited_at, m.body
         from unnest($1::uuid[], $2::bigint[]) as p(conversation, seq)
         join chat.message m on m.conversation_id = p.conversation and m.seq = p.seq where m.sent_at > $3",
    )
    .bind(conversations)
    .bind(seqs)
    .bind(hidden)
    .fetch_all(tx.db())
    .await?;
    show(tx, rows, "changed", &windows).await
}
