//! What may be a hit, newest first: out of the index, or, for single characters, simply what was said last.

use std::cmp::Ordering;

use chrono::{DateTime, TimeDelta, Utc};
use kernel::{Result, Tx};
use search::{Cursor, Question};
use uuid::Uuid;

use super::hit::{HitKind, Wish};
use super::rows::MessageRow;
use crate::index;
use crate::model::ConversationId;
use crate::policy::{Reach, SearchableConversations};

/// Candidates that are fetched first, and how many times as many each time after that.
const FIRST: usize = 64;
const GROWTH: usize = 4;
const MOST: usize = 4096;
/// The first stretch of time that is looked through without the index; each one is longer.
const STRETCH: TimeDelta = TimeDelta::days(1);

/// The time one looks at.
pub struct Range {
    /// Sent at this instant or before: past the time it is kept.
    pub hidden: DateTime<Utc>,
    pub since: Option<DateTime<Utc>>,
    pub until: Option<DateTime<Utc>>,
}

/// Candidates, batch by batch.
pub struct Candidates<'a> {
    wish: &'a Wish,
    reaches: &'a [Reach],
    scopes: Vec<Uuid>,
    marks: Vec<i32>,
    /// After this instant, before that one.
    after: DateTime<Utc>,
    until: DateTime<Utc>,
    place: Option<Cursor>,
    size: usize,
    /// Where the stretch begins that is looked through without the index, and how long the next one is.
    stretch: Option<(DateTime<Utc>, TimeDelta)>,
    is_over: bool,
}

impl<'a> Candidates<'a> {
    /// From `place` on.
    pub fn new(
        conversations: &'a SearchableConversations,
        wish: &'a Wish,
        within: Option<ConversationId>,
        range: Range,
        place: Option<Cursor>,
    ) -> Self {
        let reaches = conversations.reaches();
        let mut marks: Vec<i32> = wish.from.iter().map(|from| search::mark(from.0)).collect();
        marks.extend(match wish.kind {
            Some(HitKind::File) => Some(index::HAS_FILE),
            Some(HitKind::Picture) => Some(index::HAS_PICTURE),
            _ => None,
        });
        let is_indexed = wish.query.is_indexed() || !marks.is_empty();
        if is_indexed {
            marks.extend(within.map(|within| search::mark(within.0)));
        }
        let newest = reaches.first().map_or(range.hidden, |reach| reach.last_at + TimeDelta::milliseconds(1));
        let until = range.until.map_or(newest, |until| until.min(newest));
        let after = range.since.map_or(range.hidden, |since| range.hidden.max(since - TimeDelta::microseconds(1)));
        let from = place.map_or(until, |place| until.min(place.at + TimeDelta::microseconds(1)));
        Self {
            wish,
            reaches,
            scopes: reaches.iter().map(|reach| reach.id.0).collect(),
            marks,
            after,
            until,
            place,
            size: FIRST,
            stretch: (!is_indexed).then_some((from - STRETCH, STRETCH)),
            is_over: from <= after,
        }
    }

    /// Where the last batch ended.
    pub fn place(&self) -> Option<Cursor> {
        self.place
    }

    /// The next batch, which may be empty; `None` after the last one.
    pub async fn next(&mut self, tx: &mut Tx) -> Result<Option<Vec<MessageRow>>> {
        if self.is_over {
            return Ok(None);
        }
        let rows = match self.stretch {
            None => self.indexed(tx).await?,
            Some((from, length)) => self.recent(tx, from, length).await?,
        };
        self.size = (self.size * GROWTH).min(MOST);
        Ok(Some(rows))
    }

    async fn indexed(&mut self, tx: &mut Tx) -> Result<Vec<MessageRow>> {
        let question = Question {
            kind: index::KIND,
            scopes: &self.scopes,
            query: &self.wish.query,
            marks: &self.marks,
            since: self.after,
            until: self.until,
            before: self.place,
            most: self.size,
        };
        let found = search::find(tx, &question).await?;
        self.is_over = found.len() < self.size;
        if let Some(last) = found.last() {
            self.place = Some(Cursor { at: last.at, scope: last.scope, place: last.place });
        }
        Ok(sqlx::query_as(
            "select m.conversation_id, m.seq, m.sent_at, m.n, m.id, m.author_id, m.state, m.edited_at, m.body
             from unnest($1::uuid[], $2::bigint[], $3::timestamptz[]) with ordinality as p(conversation, seq, at, ord)
             cross join lateral (
                 select * from chat.message x
                 where x.conversation_id = p.conversation and x.seq = p.seq and x.sent_at = p.at and x.sent_at > $4 offset 0) m
             order by p.ord",
        )
        .bind(found.iter().map(|one| one.scope).collect::<Vec<_>>())
        .bind(found.iter().map(|one| one.place).collect::<Vec<_>>())
        .bind(found.iter().map(|one| one.at).collect::<Vec<_>>())
        .bind(self.after)
        .fetch_all(tx.db())
        .await?)
    }

    /// What was said last, stretch by stretch of growing length.
    async fn recent(&mut self, tx: &mut Tx, from: DateTime<Utc>, length: TimeDelta) -> Result<Vec<MessageRow>> {
        let from = from.max(self.after);
        let rows = self.said(tx, from).await?;
        if let Some(last) = rows.last() {
            self.place = Some(Cursor { at: last.sent_at, scope: last.conversation_id.0, place: last.seq });
        }
        if rows.len() < self.size {
            self.is_over = from <= self.after;
            // What is left lies before the stretch; no id is greater than this one.
            self.place = Some(Cursor { at: from, scope: Uuid::max(), place: i64::MAX });
            self.stretch = Some((from - length * 2, length * 2));
        }
        Ok(rows)
    }

    /// The next messages after this instant, newest first; of the same instant in the order of conversation and number.
    async fn said(&self, tx: &mut Tx, from: DateTime<Utc>) -> Result<Vec<MessageRow>> {
        let open: Vec<&Reach> = self.reaches.iter().filter(|reach| reach.last_at > from).collect();
        let ends: Vec<(i64, DateTime<Utc>)> = open.iter().map(|reach| self.end(reach.id)).collect();
        Ok(sqlx::query_as(
            "select m.conversation_id, m.seq, m.sent_at, m.n, m.id, m.author_id, m.state, m.edited_at, m.body
             from unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::timestamptz[]) as p(conversation, after, before, until)
             cross join lateral chat.messages_before(p.conversation, p.before, p.after, $5, p.until, $6) m
             order by m.sent_at desc, m.conversation_id desc, m.seq desc limit $6",
        )
        .bind(open.iter().map(|reach| reach.id).collect::<Vec<_>>())
        .bind(open.iter().map(|reach| reach.after_seq).collect::<Vec<_>>())
        .bind(ends.iter().map(|end| end.0).collect::<Vec<_>>())
        .bind(ends.iter().map(|end| end.1).collect::<Vec<_>>())
        .bind(from)
        .bind(i64::try_from(self.size).unwrap_or(i64::MAX))
        .fetch_all(tx.db())
        .await?)
    }

    /// Before which number and until when the rest of a conversation is.
    fn end(&self, conversation: ConversationId) -> (i64, DateTime<Utc>) {
        let just_before = |at: DateTime<Utc>| at - TimeDelta::microseconds(1);
        match self.place {
            None => (i64::MAX, just_before(self.until)),
            Some(place) if place.at >= self.until => (i64::MAX, just_before(self.until)),
            Some(place) => match conversation.0.cmp(&place.scope) {
                Ordering::Less => (i64::MAX, place.at),
                Ordering::Equal => (place.place, place.at),
                Ordering::Greater => (i64::MAX, just_before(place.at)),
            },
        }
    }
}
