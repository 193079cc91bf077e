//! Who was mentioned: a row for each, from which unread mentions are counted, and a notification in the inbox.

use chrono::{DateTime, Utc};
use kernel::{Actor, App, Error, MemberId, OrgId, Result, Tx};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::body::Body;
use crate::messages::rows::MessageRow;
use crate::model::ConversationId;
use crate::notices;
use crate::settings::Windows;

/// Stands for everybody in the conversation.
pub const EVERYBODY: MemberId = MemberId(Uuid::nil());
/// Messages whose mentions are made notifications in one transaction.
const BATCH: i64 = 20;

/// A message that mentions people.
pub struct Mentioned {
    pub conversation: ConversationId,
    pub seq: i64,
    pub author: MemberId,
    pub sent_at: DateTime<Utc>,
    pub members: Vec<MemberId>,
}

/// Refuses a message that names nobody's id, or that of somebody whom its author neither sees nor meets in the
/// conversation. A colleague who is not in it may be named, and learns nothing of it.
pub async fn check(tx: &mut Tx, conversation: ConversationId, mentions: &[MemberId]) -> Result<()> {
    if mentions.is_empty() {
        return Ok(());
    }
    let names = directory::names(tx, mentions).await?;
    let seen = directory::seen_members(tx, mentions.to_vec()).await?;
    let unseen: Vec<MemberId> = mentions.iter().copied().filter(|member| !seen.contains(member)).collect();
    if mentions.iter().all(|member| names.contains_key(member)) && are_met(tx, conversation, &unseen).await? {
        Ok(())
    } else {
        Err(Error::Invalid { field: "mentions", why: "unknown" })
    }
}

/// Whether all of them are in the conversation, and the caller too.
async fn are_met(tx: &mut Tx, conversation: ConversationId, members: &[MemberId]) -> Result<bool> {
    if members.is_empty() {
        return Ok(true);
    }
    let me = tx.member()?;
    Ok(sqlx::query_scalar(
        "select not exists (select from unnest($2::uuid[]) as asked (id) where not exists (
             select from chat.member m where m.conversation_id = $1 and m.member_id = asked.id))
             and exists (select from chat.member m where m.conversation_id = $1 and m.member_id = $3)",
    )
    .bind(conversation)
    .bind(members)
    .bind(me)
    .fetch_one(tx.db())
    .await?)
}

/// Remembers who was mentioned, as far as they are in the conversation, and that they are to be notified. In the
/// transaction that writes the message: a crash afterwards loses no notification.
pub async fn insert(db: &mut PgConnection, mentioned: &[Mentioned]) -> sqlx::Result<()> {
    if mentioned.is_empty() {
        return Ok(());
    }
    let (mut conversations, mut seqs, mut authors, mut times, mut members) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for message in mentioned {
        for member in &message.members {
            conversations.push(message.conversation);
            seqs.push(message.seq);
            authors.push(message.author);
            times.push(message.sent_at);
            members.push(*member);
        }
    }
    sqlx::query(
        "with given as materialized (
             select * from unnest($1::uuid[], $2::bigint[], $3::uuid[], $4::timestamptz[], $5::uuid[])
                 as t(conversation, seq, author, sent_at, member)),
         mention as (
             insert into chat.mention (conversation_id, seq, author_id, sent_at, member_id)
             select conversation, seq, author, sent_at, member from given g
             where member = '00000000-0000-0000-0000-000000000000'
                or exists (select from chat.member m where m.conversation_id = g.conversation and m.member_id = g.member)
             on conflict on constraint mention_pkey do nothing)
         insert into chat.mention_due (conversation_id, seq) select distinct conversation, seq from given
         on conflict on constraint mention_due_pkey do nothing",
    )
    .bind(conversations)
    .bind(seqs)
    .bind(authors)
    .bind(times)
    .bind(members)
    .execute(db)
    .await?;
    Ok(())
}

/// Forgets who was mentioned in a message, and the notifications of it, which carry its words.
pub async fn forget(tx: &mut Tx, conversation: ConversationId, seq: i64) -> Result<()> {
    sqlx::query("delete from chat.mention where conversation_id = $1 and seq = $2")
        .bind(conversation)
        .bind(seq)
        .execute(tx.db())
        .await?;
    sqlx::query("delete from chat.mention_due where conversation_id = $1 and seq = $2")
        .bind(conversation)
        .bind(seq)
        .execute(tx.db())
        .await?;
    notices::retract(tx, conversation, seq).await
}

/// Has the mentions of a message that was just committed made notifications.
pub fn wake(app: &App, org: OrgId, body: &Body) {
    let Body::Text(text) = body else { return };
    if text.mentions.is_empty() && !text.mentions_all {
        return;
    }
    let task = app.clone();
    app.follow_up("chat.mentions", async move {
        if let Err(error) = deliver(&task, org).await {
            // The job `chat.notify_mentions` tries again.
            tracing::warn!(code = error.code(), "mentions were not made notifications");
        }
    });
}

/// Makes notifications of all mentions that are due in the organisation, each message in a transaction of its own.
pub async fn deliver(app: &App, org: OrgId) -> Result<()> {
    loop {
        let mut tx = app.begin(org, Actor::System).await?;
        let due: Vec<(ConversationId, i64)> =
            sqlx::query_as("select conversation_id, seq from chat.mention_due order by conversation_id, seq limit $1")
                .bind(BATCH)
                .fetch_all(tx.db())
                .await?;
        tx.commit().await?;
        if due.is_empty() {
            return Ok(());
        }
        for (conversation, seq) in due {
            let mut tx = app.begin(org, Actor::System).await?;
            notify(&mut tx, conversation, seq).await?;
            tx.commit().await?;
        }
    }
}

/// Whoever is mentioned by name is told even where they have muted the conversation; "everybody" spares those. Whoever has
/// read it already is not told, and nobody reads it meanwhile: reading marks what was told.
/// The message is locked first, as editing and recalling do: words that are being taken back are not told after that.
async fn notify(tx: &mut Tx, conversation: ConversationId, seq: i64) -> Result<()> {
    let windows = Windows::load(tx).await?;
    let (hidden, org) = (windows.hidden_before(tx.now()), tx.org());
    let row = MessageRow::lock(tx, conversation, seq, hidden).await?;
    let claimed = sqlx::query("delete from chat.mention_due where conversation_id = $1 and seq = $2")
        .bind(conversation)
        .bind(seq)
        .execute(tx.db())
        .await?;
    let Some(row) = row.filter(|_| claimed.rows_affected() > 0) else { return Ok(()) };
    let Some(message) = row.open(tx.app(), org, &windows)? else { return Ok(()) };
    let Some(excerpt) = message.body.as_ref().and_then(Body::excerpt) else { return Ok(()) };
    let members: Vec<MemberId> = sqlx::query_scalar(
        "select m.member_id from chat.member m
         where m.conversation_id = $1 and m.member_id <> $3 and m.start_seq < $2 and m.read_seq < $2 and (
             exists (select from chat.mention x where x.conversation_id = $1 and x.seq = $2 and x.member_id = m.member_id)
             or not m.is_muted and exists (
                 select from chat.mention x where x.conversation_id = $1 and x.seq = $2 and x.member_id = $4))
         order by m.member_id for share of m",
    )
    .bind(conversation)
    .bind(seq)
    .bind(message.author_id)
    .bind(EVERYBODY)
    .fetch_all(tx.db())
    .await?;
    notices::mentioned(tx, &message, &members, &excerpt).await
}
