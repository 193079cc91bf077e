//! What other nodes said, and what was said while they were not heard, is looked up for the windows of this one.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use kernel::{Actor, App, BoxFuture, MemberId, OrgId, Result, Tx};
use serde_json::Value;

use super::News;
use super::show::{seats, show_new};
use crate::index::follow;
use crate::live::frames;
use crate::messages::rows::MessageRow;
use crate::model::ConversationId;
use crate::read::TOLD_TO_ALL;
use crate::settings::Windows;

/// What is told was said a moment ago. The time bounds the partitions that are looked at; clocks may differ by a day.
const JUST_NOW: TimeDelta = TimeDelta::days(2);
/// More than any batch has: nobody said so much at once.
const LONGEST: i64 = 10_000;
/// Messages of one conversation that are looked up after a time without hearing, the newest: a window that lacks others
/// sees by the numbers that it does, and asks.
const MISSED: i64 = 200;
/// Messages of one organisation that are looked up then; where more were missed, windows come anew.
const ALL_MISSED: i64 = 2000;

/// Numbers of one conversation, from and to.
type Range = (ConversationId, i64, i64);

/// Takes what other nodes said. What cannot be read is of another version of the program.
pub fn hear(app: App, org: OrgId, words: Vec<Value>) -> BoxFuture<'static, Result<()>> {
    Box::pin(async move {
        let (mut said, mut unindexed, mut read) = (Vec::new(), Vec::new(), BTreeSet::new());
        for news in words.into_iter().filter_map(|word| serde_json::from_value::<News>(word).ok()) {
            match news {
                News::Said(conversation, first, last, is_indexed) => {
                    said.push((conversation, first, last));
                    unindexed.extend((!is_indexed).then_some(conversation));
                }
                News::Read(conversation, member) => {
                    read.insert((conversation, member));
                }
            }
        }
        unindexed.into_iter().for_each(|conversation| follow::wake(&app, org, conversation));
        said.retain(|(_, first, last)| (0..LONGEST).contains(&last.saturating_sub(*first)));
        if app.hub().online(org).is_empty() {
            return Ok(());
        }
        show_said(&app, org, said).await?;
        show_read(&app, org, read).await
    })
}

/// Shows the windows of this node what was said since then, and was not told here. One organisation that fails keeps
/// nothing from the others.
pub fn catch_up(app: App, since: DateTime<Utc>) -> BoxFuture<'static, Result<()>> {
    Box::pin(async move {
        let mut outcome = Ok(());
        for org in app.hub().orgs() {
            outcome = outcome.and(show_missed(&app, org, since).await);
        }
        outcome
    })
}

async fn show_said(app: &App, org: OrgId, said: Vec<Range>) -> Result<()> {
    if said.is_empty() {
        return Ok(());
    }
    let mut tx = app.begin(org, Actor::System).await?;
    let windows = Windows::load(&mut tx).await?;
    let rows = rows_of(&mut tx, &said, &windows).await?;
    // Looking in the database may have been faster.
    show_new(tx, rows, &windows).await
}

/// Of conversations whose people have windows here.
async fn rows_of(tx: &mut Tx, said: &[Range], windows: &Windows) -> Result<Vec<MessageRow>> {
    let (now, online) = (tx.now(), tx.app().hub().online(tx.org()));
    Ok(sqlx::query_as(
        "select m.conversation_id, m.seq, m.sent_at, m.n, m.id, m.author_id, m.state, m.edited_at, m.body
         from unnest($1::uuid[], $2::bigint[], $3::bigint[]) as p(conversation, first, last)
         cross join lateral chat.messages_after(p.conversation, p.first - 1, $4, $5, p.last - p.first + 1) m
         where m.seq <= p.last and exists (
             select from chat.member x where x.conversation_id = p.conversation and x.member_id = any($6))
         order by m.conversation_id, m.seq",
    )
    .bind(said.iter().map(|(conversation, _, _)| *conversation).collect::<Vec<_>>())
    .bind(said.iter().map(|(_, first, _)| *first).collect::<Vec<_>>())
    .bind(said.iter().map(|(_, _, last)| *last).collect::<Vec<_>>())
    .bind(windows.hidden_before(now).max(now - JUST_NOW))
    .bind(now + JUST_NOW)
    .bind(online)
    .fetch_all(tx.db())
    .await?)
}

async fn show_missed(app: &App, org: OrgId, since: DateTime<Utc>) -> Result<()> {
    let online = app.hub().online(org);
    let mut tx = app.begin(org, Actor::System).await?;
    let windows = Windows::load(&mut tx).await?;
    let rows = rows_since(&mut tx, &online, since, &windows).await?;
    if i64::try_from(rows.len()).unwrap_or(i64::MAX) > ALL_MISSED {
        // With a new connection they ask, by number, for what they lack.
        online.into_iter().for_each(|member| app.hub().cut_member(org, member, "restart"));
        return tx.commit().await;
    }
    show_own_cursors(&mut tx, &online, since).await?;
    show_new(tx, rows, &windows).await
}

async fn rows_since(
    tx: &mut Tx,
    online: &[MemberId],
    since: DateTime<Utc>,
    windows: &Windows,
) -> Result<Vec<MessageRow>> {
    let lately: Vec<(ConversationId, i64)> = sqlx::query_as(
        "select distinct c.id, c.last_seq from chat.member m join chat.conversation c on c.id = m.conversation_id
         where m.member_id = any($1) and c.last_at > $2",
    )
    .bind(online)
    .bind(since)
    .fetch_all(tx.db())
    .await?;
    let (conversations, lasts): (Vec<ConversationId>, Vec<i64>) = lately.into_iter().unzip();
    let now = tx.now();
    Ok(sqlx::query_as(
        "select m.conversation_id, m.seq, m.sent_at, m.n, m.id, m.author_id, m.state, m.edited_at, m.body
         from unnest($1::uuid[], $2::bigint[]) as p(conversation, last)
         cross join lateral chat.messages_after(p.conversation, p.last - $3, $4, $5, $3) m
         order by m.conversation_id, m.seq limit $6",
    )
    .bind(conversations)
    .bind(lasts)
    .bind(MISSED)
    .bind(since.max(windows.hidden_before(now)))
    .bind(now + JUST_NOW)
    .bind(ALL_MISSED + 1)
    .fetch_all(tx.db())
    .await?)
}

/// How far they have read themselves, elsewhere.
async fn show_own_cursors(tx: &mut Tx, online: &[MemberId], since: DateTime<Utc>) -> Result<()> {
    let cursors: Vec<(ConversationId, MemberId, i64, i64)> = sqlx::query_as(
        "select conversation_id, member_id, read_seq, read_n from chat.member
         where member_id = any($1) and changed_at > $2",
    )
    .bind(online)
    .bind(since)
    .fetch_all(tx.db())
    .await?;
    let org = tx.org();
    for (conversation, member, seq, n) in cursors {
        tx.app().hub().to_members(org, &[member], &frames::read(conversation, member, seq, n));
    }
    Ok(())
}

/// To everybody in the conversation where it is small and their data is used, else to their own windows, as on the node where they
/// read.
async fn show_read(app: &App, org: OrgId, read: BTreeSet<(ConversationId, MemberId)>) -> Result<()> {
    if read.is_empty() {
        return Ok(());
    }
    let (conversations, members): (Vec<ConversationId>, Vec<MemberId>) = read.into_iter().unzip();
    let mut tx = app.begin(org, Actor::System).await?;
    let cursors: Vec<(ConversationId, MemberId, i64, i64, i32)> = sqlx::query_as(
        "select m.conversation_id, m.member_id, m.read_seq, m.read_n, c.member_count
         from unnest($1::uuid[], $2::uuid[]) as r(conversation, member)
         join chat.member m on m.conversation_id = r.conversation and m.member_id = r.member
         join chat.conversation c on c.id = r.conversation",
    )
    .bind(&conversations)
    .bind(members)
    .fetch_all(tx.db())
    .await?;
    let here = seats(&mut tx, &conversations.into_iter().collect()).await?;
    let restricted = directory::restricted(&mut tx).await?;
    tx.commit().await?;
    for (conversation, member, seq, n, member_count) in cursors {
        let frame = frames::read(conversation, member, seq, n);
        if member_count > TOLD_TO_ALL || restricted.contains(&member) {
            app.hub().to_members(org, &[member], &frame);
            continue;
        }
        let seats = here.get(&conversation).into_iter().flatten();
        let members: Vec<MemberId> = seats.map(|(member, _)| *member).collect();
        app.hub().to_members(org, &members, &frame);
    }
    Ok(())
}
