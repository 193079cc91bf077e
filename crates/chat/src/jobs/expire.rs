//! Messages go when their time is over (`IM-18`, `RET-09`). At the second of expiry they are hidden (every reader asks
//! for `sent_at` after it); the key of a day that is wholly past is destroyed within the hour, which is the promise;
//! the rows follow in small batches. Every step can be cut and begun again.

use std::time::Duration;

use chrono::{DateTime, Utc};
use kernel::{Actor, App, Bucket, OrgId, Result};

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

/// Every organisation in turn.
pub async fn expire_all(app: &App) -> Result<()> {
    for org in directory::every_organisation(app).await? {
        expire(app, org).await?;
    }
    Ok(())
}

/// What is past its time in one organisation, by the setting in force now.
pub async fn expire(app: &App, org: OrgId) -> Result<()> {
    let mut tx = app.begin(org, Actor::System).await?;
    let windows = Windows::load(&mut tx).await?;
    let until = windows.hidden_before(tx.now());
    tx.commit().await?;
    destroy_keys(app, org, until)?;
    files::expire(app, org, crate::FEATURE, until).await?;
    if !windows.keeps_edits {
        forget_versions(app, org).await?;
    }
    for conversation in due(app, org, until).await? {
        while delete_some(app, org, conversation, until).await? == BATCH {
            tokio::time::sleep(PAUSE).await;
        }
    }
    Ok(())
}

/// The keys of the days before the one that is expiring just now.
fn destroy_keys(app: &App, org: OrgId, until: DateTime<Utc>) -> Result<()> {
    let last = days::of(until);
    let mut past = Vec::new();
    for day in last - LOOK_BACK..last {
        if app.vault().has(org.0, &Bucket::Day(day))? {
            past.push(Bucket::Day(day));
        }
    }
    if past.is_empty() { Ok(()) } else { Ok(app.vault().destroy(org.0, &past)?) }
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
    let deleted: Option<(i64, i64)> = sqlx::query_as(
        "with place as (select expired_seq from chat.conversation where id = $1 for update),
         old as materialized (
             select m.seq, m.sent_at, m.n from chat.message m, place
             where m.conversation_id = $1 and m.seq > place.expired_seq and m.sent_at <= $2 order by m.seq limit $3),
         message as (
             delete from chat.message m using old
             where m.conversation_id = $1 and m.seq = old.seq and m.sent_at = old.sent_at),
         version as (
             delete from chat.message_version where conversation_id = $1 and seq <= (select max(seq) from old)),
         mention as (
             delete from chat.mention where conversation_id = $1 and seq <= (select max(seq) from old)),
         recalled as (
             delete from chat.recalled where conversation_id = $1 and seq <= (select max(seq) from old)),
         due as (
             delete from chat.mention_due where conversation_id = $1 and seq <= (select max(seq) from old))
         update chat.conversation c
         set expired_seq = greatest(c.expired_seq, x.seq), expired_n = greatest(c.expired_n, x.n)
         from (select max(seq) as seq, max(n) as n, count(*) as count from old) x
         where c.id = $1 and x.count > 0 returning x.count, x.seq",
    )
    .bind(conversation)
    .bind(until)
    .bind(BATCH)
    .fetch_optional(tx.db())
    .await?;
    if let Some((_, seq)) = deleted {
        index::forget_through(&mut tx, conversation, seq, until).await?;
    }
    tx.commit().await?;
    Ok(deleted.map_or(0, |(count, _)| count))
}
