//! The statements of a batch. Each is for one organisation: the one the transaction is in.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use kernel::{Error, MemberId, OrgId};
use sqlx::PgConnection;
use uuid::Uuid;

use super::Job;
use super::batch::KnownAt;
use crate::body::Body;
use crate::messages::rows::MessageRow;
use crate::model::{ConversationId, MessageId};

/// A batch, turned by ninety degrees.
pub struct Columns {
    now: DateTime<Utc>,
    day: NaiveDate,
    /// Where the job stands in the batch.
    pub place: Vec<usize>,
    pub id: Vec<MessageId>,
    conversation: Vec<ConversationId>,
    author: Vec<MemberId>,
    client_id: Vec<Uuid>,
    client_day: Vec<NaiveDate>,
    sealed: Vec<Vec<u8>>,
    is_for_all: Vec<bool>,
}

/// What the statement says to one row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Verdict {
    Written,
    /// Under this client id there is a message already.
    Known,
    /// The author is not in the conversation.
    Stranger,
    /// Nobody writes here any more.
    Dissolved,
    /// The author may not mention everybody.
    Everybody,
    /// The conversation's last message is of a later day than the key it was sealed with: seal it anew.
    Day,
}

impl Verdict {
    /// What the sender is told.
    pub fn refusal(self) -> Error {
        match self {
            Self::Stranger => Error::NotFound("conversation"),
            Self::Dissolved => Error::Conflict("chat.conversation_dissolved"),
            Self::Everybody => Error::Forbidden,
            Self::Written | Self::Known | Self::Day => Error::Unavailable("chat.slow_down"),
        }
    }
}

/// One row of the answer.
#[derive(sqlx::FromRow)]
pub struct Answer {
    pub ord: i64,
    pub verdict: Verdict,
    pub seq: i64,
    pub n: i64,
    pub at: DateTime<Utc>,
    pub known_conversation: Option<Uuid>,
}

impl Columns {
    /// No rows yet, for a batch taken at `now` and sealed for `day`.
    pub fn new(now: DateTime<Utc>, day: NaiveDate, capacity: usize) -> Self {
        Self {
            now,
            day,
            place: Vec::with_capacity(capacity),
            id: Vec::with_capacity(capacity),
            conversation: Vec::with_capacity(capacity),
            author: Vec::with_capacity(capacity),
            client_id: Vec::with_capacity(capacity),
            client_day: Vec::with_capacity(capacity),
            sealed: Vec::with_capacity(capacity),
            is_for_all: Vec::with_capacity(capacity),
        }
    }

    /// Adds a row.
    pub fn push(&mut self, place: usize, job: &Job, id: MessageId, sealed: Vec<u8>) {
        self.place.push(place);
        self.id.push(id);
        self.conversation.push(job.conversation);
        self.author.push(job.author);
        self.client_id.push(job.client_id);
        self.client_day.push(job.client_day);
        self.sealed.push(sealed);
        self.is_for_all.push(matches!(&job.body, Body::Text(text) if text.mentions_all));
    }
}

/// Where the messages of a batch came to stand, in the order of its columns.
#[derive(sqlx::FromRow)]
pub struct Taken {
    pub seq: Vec<i64>,
    pub n: Vec<i64>,
    pub sent_at: Vec<DateTime<Utc>>,
}

/// Writes all of it, in one round trip, or nothing: `TU001` when one of it has to be looked into, a unique violation when
/// one is known. A transaction of its own where there is none yet; that it was durable is known only when the answer has
/// been read to its end, as `fetch_one` does.
pub async fn take_all(db: &mut PgConnection, org: OrgId, columns: &Columns) -> sqlx::Result<Taken> {
    let mut counts: BTreeMap<ConversationId, i32> = BTreeMap::new();
    let mut back = vec![0; columns.conversation.len()];
    for (back, conversation) in back.iter_mut().zip(&columns.conversation).rev() {
        let later = counts.entry(*conversation).or_default();
        *back = *later;
        *later += 1;
    }
    let places: BTreeMap<ConversationId, i32> = counts.keys().copied().zip(1..).collect();
    let place: Vec<i32> = columns.conversation.iter().map(|conversation| places[conversation]).collect();
    let cursors: BTreeSet<_> = columns.conversation.iter().zip(&columns.author).collect();
    let (conversations, counts): (Vec<ConversationId>, Vec<i32>) = counts.into_iter().unzip();
    sqlx::query_as(
        "select seq, n, sent_at from chat.take_messages($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
    )
    .bind(org)
    .bind(columns.now)
    .bind(columns.day)
    .bind(conversations)
    .bind(counts)
    .bind(i64::try_from(cursors.len()).unwrap_or(i64::MAX))
    .bind(&columns.conversation)
    .bind(&columns.author)
    .bind(&columns.client_id)
    .bind(&columns.client_day)
    .bind(&columns.id)
    .bind(&columns.sealed)
    .bind(place)
    .bind(back)
    .fetch_one(db)
    .await
}

/// Locks the conversations in the order of their ids. A statement of its own, so that the next one sees everything
/// earlier holders of these locks have committed, on other nodes too.
pub async fn lock(db: &mut PgConnection, columns: &Columns) -> sqlx::Result<()> {
    let mut conversations = columns.conversation.clone();
    conversations.sort_unstable();
    conversations.dedup();
    sqlx::query("select from chat.conversation where id = any ($1) order by id for update")
        .bind(conversations)
        .execute(db)
        .await?;
    Ok(())
}

/// Numbers, remembers and stores what may be written and says why the rest may not. `offset 0` keeps the look-ups
/// probes, row by row: as joins they read the whole organisation.
pub async fn write(db: &mut PgConnection, columns: &Columns) -> sqlx::Result<Vec<Answer>> {
    sqlx::query_as(
        "with given as materialized (
             select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::date[], $5::uuid[], $6::bytea[], $7::boolean[])
                 with ordinality as t(conversation, author, client_id, client_day, id, body, is_for_all, ord)),
         judged as materialized (
             select g.*, c.last_seq, c.last_n, c.at, c.known_seq, c.known_conversation,
                 case when c.known_seq is not null then 'known'
                      when c.role is null then 'stranger'
                      when c.dissolved_at is not null then 'dissolved'
                      when g.is_for_all and (c.kind = 'direct' or c.role = 'member') then 'everybody'
                      when (c.at at time zone 'utc')::date <> $9::date then 'day'
                      else 'written' end as verdict
             from given g cross join lateral (
                 select c.kind, c.dissolved_at, c.last_seq, c.last_n, greatest(c.last_at, $8::timestamptz) as at,
                     (select m.role from chat.member m
                      where m.conversation_id = g.conversation and m.member_id = g.author) as role,
                     (select s.seq from chat.sent s
                      where s.author_id = g.author and s.client_id = g.client_id and s.day = g.client_day) as known_seq,
                     (select s.conversation_id from chat.sent s
                      where s.author_id = g.author and s.client_id = g.client_id and s.day = g.client_day) as known_conversation
                 from chat.conversation c where c.id = g.conversation offset 0) c),
         numbered as materialized (
             select *, last_seq + count(*) filter (where verdict = 'written') over w as seq,
                       last_n + count(*) filter (where verdict = 'written') over w as n
             from judged window w as (partition by conversation order by ord)),
         advanced as (
             update chat.conversation c set last_seq = x.seq, last_n = x.n, last_at = x.at
             from (select conversation, max(seq) as seq, max(n) as n, max(at) as at
                   from numbered where verdict = 'written' group by conversation) x
             where c.id = x.conversation),
         own_cursor as (
             update chat.member m set read_seq = greatest(m.read_seq, x.seq), read_n = greatest(m.read_n, x.n), is_marked_unread = false
             from (select conversation, author, max(seq) as seq, max(n) as n
                   from numbered where verdict = 'written' group by conversation, author) x
             where m.conversation_id = x.conversation and m.member_id = x.author),
         remembered as (
             insert into chat.sent (author_id, client_id, day, conversation_id, seq)
             select author, client_id, client_day, conversation, seq from numbered where verdict = 'written'),
         stored as (
             insert into chat.message (conversation_id, seq, sent_at, n, id, author_id, body)
             select conversation, seq, at, n, id, author, body from numbered where verdict = 'written')
         select ord, verdict, case verdict when 'known' then known_seq else seq end as seq, n, at, known_conversation from numbered",
    )
    .bind(&columns.conversation)
    .bind(&columns.author)
    .bind(&columns.client_id)
    .bind(&columns.client_day)
    .bind(&columns.id)
    .bind(&columns.sealed)
    .bind(&columns.is_for_all)
    .bind(columns.now)
    .bind(columns.day)
    .fetch_all(db)
    .await
}

/// The messages that were there already.
pub async fn known(
    db: &mut PgConnection,
    known: &[KnownAt],
    now: DateTime<Utc>,
) -> sqlx::Result<Vec<(usize, MessageRow)>> {
    let mut found = Vec::with_capacity(known.len());
    for (place, conversation, seq) in known {
        // Client ids are a week old at most, so their messages are too; a day more for clocks that differ.
        let row: Option<MessageRow> = sqlx::query_as(
            "select conversation_id, seq, sent_at, n, id, author_id, state, edited_at, body from chat.message
             where conversation_id = $1 and seq = $2 and sent_at > $3",
        )
        .bind(conversation)
        .bind(seq)
        .bind(now - TimeDelta::days(9))
        .fetch_optional(&mut *db)
        .await?;
        found.extend(row.map(|row| (*place, row)));
    }
    Ok(found)
}
