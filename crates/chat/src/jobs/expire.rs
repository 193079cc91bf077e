//! Messages go when their time is over (`IM-18`, `RET-09`). At the second of expiry they are hidden (every reader asks
//! for `sent_at` after it); the key of a day that is wholly past is destroyed within the hour, which is the promise;
//! the rows follow in small batches. Every step can be cut and begun again. Each day whose key is destroyed leaves a
//! receipt, with all that went since the one before.

use std::time::Duration;

use chrono::{DateTime, Utc};
use kernel::{Actor, App, Bucket, KeyName, OrgId, Result, VaultError};
use receipts::Run;

use crate::days;
use crate::index;
use crate::messages::versions;
use crate::model::ConversationId;
use crate::settings::Windows;

/// Rows that are deleted in one transaction, and the pause after it: more would be felt by whoever is writing.
const BATCH: i64 = 200;
const PAUSE: Duration = Duration::from_millis(20);
/// Days a job that did not run for long looks back for keys.
const LOOK_BACK: i32 = 1000;

/// Every organisation in turn. What one of them cannot do now keeps no other waiting; it is said at the end, so that the job is tried
/// again.
pub async fn expire_all(app: &App) -> Result<()> {
    let mut outcome = Ok(());
    for org in directory::every_organisation(app).await? {
        outcome = outcome.and(expire(app, org).await);
    }
    outcome
}

/// What is past its time in one organisation, by the setting in force now.
pub async fn expire(app: &App, org: OrgId) -> Result<()> {
    let mut tx = app.begin(org, Actor::System).await?;
    let windows = Windows::load(&mut tx).await?;
    let until = windows.hidden_before(tx.now());
    tx.commit().await?;
    let is_day_gone = destroy_keys(app, org, until).await?;
    let files = files::expire(app, org, crate::FEATURE, until).await?;
    if !windows.keeps_edits {
        forget_versions(app, org).await?;
    }
    for conversation in due(app, org, until).await? {
        while delete_some(app, org, conversation, until).await? == BATCH {
            tokio::time::sleep(PAUSE).await;
        }
    }
    let mut tx = app.begin(org, Actor::System).await?;
    if files > 0 {
        receipts::note(&mut tx, Run::Messages, &[("files.file", files)], &[]).await?;
    }
    if is_day_gone {
        receipts::close(&mut tx, Run::Messages).await?;
    }
    tx.commit().await
}

/// The keys of the days before the one that is expiring just now, noted before they go; `true` when there were any.
async fn destroy_keys(app: &App, org: OrgId, until: DateTime<Utc>) -> Result<bool> {
    let last = days::of(until);
    let days: Vec<Bucket> = (last - LOOK_BACK..last).map(Bucket::Day).collect();
    let past = app.vault().present(org.0, &days)?;
    if past.is_empty() {
        return Ok(false);
    }
    let names: Result<Vec<KeyName>, VaultError> = past.iter().map(|day| app.vault().name(org.0, *day)).collect();
    let mut tx = app.begin(org, Actor::System).await?;
    receipts::note(&mut tx, Run::Messages, &[], &names?).await?;
    tx.commit().await?;
    app.vault().destroy(org.0, &past)?;
    Ok(true)
}

/// Edits are not kept, or not any more.
async fn forget_versions(app: &App, org: OrgId) -> Result<()> {
    loop {
        let mut tx = app.begin(org, Actor::System).await?;
        let gone = versions::forget_some(&mut tx, BATCH).await?;
        tx.commit().await?;
        if i64::try_from(gone).unwrap_or(0) < BATCH {
            return Ok(());
        }
        tokio::time::sleep(PAUSE).await;
    }
}

/// Conversations whose first message that is still there is past its time. Numbers and times rise together, so that
/// what has to go is always the beginning.
async fn due(app: &App, org: OrgId, until: DateTime<Utc>) -> Result<Vec<ConversationId>> {
    let mut tx = app.begin(org, Actor::System).await?;
    let due = sqlx::query_scalar(
        "select c.id from chat.conversation c
         where c.last_seq > c.expired_seq and exists (
             select from chat.message m where m.conversation_id = c.id and m.seq > c.expired_seq and m.sent_at <= $1)
         order by c.id",
    )
    .bind(until)
    .fetch_all(tx.db())
    .await?;
    tx.commit().await?;
    Ok(due)
}

/// Deletes up to a batch of rows and moves the conversation's beginning. Emits nothing: that something was said must not
/// outlive it; readers see by `kept_until`.
async fn delete_some(app: &App, org: OrgId, conversation: ConversationId, until: DateTime<Utc>) -> Result<i64> {
    let mut tx = app.begin(org, Actor::System).await?;
    let deleted: Option<Deleted> = sqlx::query_as(
        "with place as (select expired_seq from chat.conversation where id = $1 for update),
         old as materialized (
             select m.seq, m.sent_at, m.n from chat.message m, place
             where m.conversation_id = $1 and m.seq > place.expired_seq and m.sent_at <= $2 order by m.seq limit $3),
         message as (
             delete from chat.message m using old
             where m.conversation_id = $1 and m.seq = old.seq and m.sent_at = old.sent_at),
         version as (
             delete from chat.message_version where conversation_id = $1 and seq <= (select max(seq) from old)
             returning 1),
         mention as (
             delete from chat.mention where conversation_id = $1 and seq <= (select max(seq) from old) returning 1),
         recalled as (
             delete from chat.recalled where conversation_id = $1 and seq <= (select max(seq) from old) returning 1),
         due as (
             delete from chat.mention_due where conversation_id = $1 and seq <= (select max(seq) from old) returning 1)
         update chat.conversation c
         set expired_seq = greatest(c.expired_seq, x.seq), expired_n = greatest(c.expired_n, x.n)
         from (select max(seq) as seq, max(n) as n, count(*) as messages, (select count(*) from version) as versions,
                   (select count(*) from mention) as mentions, (select count(*) from recalled) as recalled,
                   (select count(*) from due) as due
               from old) x
         where c.id = $1 and x.messages > 0
         returning x.seq, x.messages, x.versions, x.mentions, x.recalled, x.due",
    )
    .bind(conversation)
    .bind(until)
    .bind(BATCH)
    .fetch_optional(tx.db())
    .await?;
    if let Some(deleted) = &deleted {
        let entries = index::forget_through(&mut tx, conversation, deleted.seq, until).await?;
        receipts::note(&mut tx, Run::Messages, &deleted.rows(entries), &[]).await?;
    }
    tx.commit().await?;
    Ok(deleted.map_or(0, |deleted| deleted.messages))
}

/// How much went in one batch, and up to where.
#[derive(sqlx::FromRow)]
struct Deleted {
    seq: i64,
    messages: i64,
    versions: i64,
    mentions: i64,
    recalled: i64,
    due: i64,
}

impl Deleted {
    /// By table, for the receipt.
    fn rows(&self, entries: u64) -> [(&'static str, u64); 6] {
        [
            ("chat.message", self.messages.cast_unsigned()),
            ("chat.message_version", self.versions.cast_unsigned()),
            ("chat.mention", self.mentions.cast_unsigned()),
            ("chat.recalled", self.recalled.cast_unsigned()),
            ("chat.mention_due", self.due.cast_unsigned()),
            ("search.entry", entries),
        ]
    }
}
