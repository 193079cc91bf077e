//! How much was said within a span of time, in numbers and never in words: what another period of retention would take or keep (C3).

use std::time::Duration;

use chrono::{DateTime, NaiveDate, Utc};
use kernel::{Actor, App, OrgId, Result, Tx};

/// Messages sent after one instant and no later than another.
#[derive(Debug, Clone, Copy)]
pub struct Span {
    /// The instant after which they were sent.
    pub after: DateTime<Utc>,
    /// The last instant that counts.
    pub until: DateTime<Utc>,
}

/// How hard is looked.
#[derive(Debug, Clone, Copy)]
pub struct Effort {
    /// Every message is counted as long as that takes no longer; not at all when it is nothing.
    pub exactly_within: Duration,
    /// So many pages of a hundred are read where it takes longer.
    pub else_percent: f32,
    /// No more files than so many are counted.
    pub most_files: i64,
}

impl Default for Effort {
    /// Whoever looks waits less than three seconds, whatever there is.
    fn default() -> Self {
        Self { exactly_within: Duration::from_secs(2), else_percent: 1.0, most_files: 100_000 }
    }
}

/// How much was said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MessageCount {
    /// Only some were counted: the numbers of messages are about right, those of conversations and people are not known.
    pub is_estimate: bool,
    /// By kind of conversation, `direct` or `group`: the messages and, unless it is an estimate, the conversations.
    pub by_kind: Vec<(String, i64, Option<i64>)>,
    /// By the month in which they were sent, by its first day, in UTC; the oldest first.
    pub months: Vec<(NaiveDate, i64)>,
    /// Who is in these conversations now; not of an estimate.
    pub people: Option<i64>,
    /// When the first of them was sent.
    pub oldest_at: Option<DateTime<Utc>>,
}

/// One kind of conversation in one month, or in all of them.
#[derive(sqlx::FromRow)]
struct Row {
    kind: String,
    month: Option<NaiveDate>,
    messages: i64,
    conversations: i64,
    oldest: DateTime<Utc>,
    people: i64,
}

/// Counts what is there of the organisation. What was sent within the span and is gone already is not counted.
pub async fn count_messages(app: &App, org: OrgId, span: Span, effort: Effort) -> Result<MessageCount> {
    if !effort.exactly_within.is_zero() {
        let mut tx = app.begin(org, Actor::System).await?;
        if let Some(rows) = every_one(&mut tx, span, effort.exactly_within).await? {
            return Ok(MessageCount::of(&rows, None));
        }
    }
    let mut tx = app.begin(org, Actor::System).await?;
    let rows = some(&mut tx, span, effort.else_percent).await?;
    Ok(MessageCount::of(&rows, Some(effort.else_percent)))
}

/// None when it takes too long; `tx` is of no use then.
async fn every_one(tx: &mut Tx, span: Span, within: Duration) -> Result<Option<Vec<Row>>> {
    sqlx::query("select set_config('statement_timeout', $1, true)")
        .bind(within.as_millis().max(1).to_string())
        .execute(tx.db())
        .await?;
    let found = sqlx::query_as(
        "with found as materialized (
             select m.conversation_id, date_trunc('month', m.sent_at at time zone 'UTC')::date as month,
                    count(*) as messages, min(m.sent_at) as oldest
             from chat.message m where m.sent_at > $1 and m.sent_at <= $2 group by 1, 2)
         select c.kind, f.month, sum(f.messages)::bigint as messages, count(distinct f.conversation_id) as conversations,
                min(f.oldest) as oldest,
                (select count(distinct p.member_id) from chat.member p
                 where p.conversation_id in (select conversation_id from found)) as people
         from found f join chat.conversation c on c.id = f.conversation_id
         group by grouping sets ((c.kind, f.month), (c.kind)) order by c.kind, f.month",
    )
    .bind(span.after)
    .bind(span.until)
    .fetch_all(tx.db())
    .await;
    match found {
        Ok(rows) => Ok(Some(rows)),
        Err(sqlx::Error::Database(error)) if error.code().as_deref() == Some("57014") => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// The same from some of the pages of the table.
async fn some(tx: &mut Tx, span: Span, percent: f32) -> Result<Vec<Row>> {
    Ok(sqlx::query_as(
        "with found as materialized (
             select m.conversation_id, date_trunc('month', m.sent_at at time zone 'UTC')::date as month,
                    count(*) as messages, min(m.sent_at) as oldest
             from chat.message m tablesample system ($3) repeatable (1)
             where m.sent_at > $1 and m.sent_at <= $2 group by 1, 2)
         select c.kind, f.month, sum(f.messages)::bigint as messages, 0::bigint as conversations,
                min(f.oldest) as oldest, 0::bigint as people
         from found f join chat.conversation c on c.id = f.conversation_id
         group by grouping sets ((c.kind, f.month), (c.kind)) order by c.kind, f.month",
    )
    .bind(span.after)
    .bind(span.until)
    .bind(percent)
    .fetch_all(tx.db())
    .await?)
}

/// Files of messages sent within the span. Where there are too many the answer is the same every time.
pub async fn count_files(tx: &mut Tx, span: Span, effort: Effort) -> Result<files::FileCount> {
    files::count_attached(tx, crate::FEATURE, (span.after, span.until), effort.most_files).await
}

impl MessageCount {
    /// All of them, or so many of a hundred.
    fn of(rows: &[Row], percent: Option<f32>) -> Self {
        let share = f64::from(percent.unwrap_or(100.0)) / 100.0;
        let all = |found: i64| if percent.is_some() { (found as f64 / share).round() as i64 } else { found };
        let mut count = Self { is_estimate: percent.is_some(), ..Self::default() };
        for row in rows {
            let Some(month) = row.month else {
                let conversations = percent.is_none().then_some(row.conversations);
                count.by_kind.push((row.kind.clone(), all(row.messages), conversations));
                continue;
            };
            match count.months.iter_mut().find(|(known, _)| *known == month) {
                Some((_, messages)) => *messages += all(row.messages),
                None => count.months.push((month, all(row.messages))),
            }
        }
        count.months.sort_unstable();
        count.people = percent.is_none().then(|| rows.first().map_or(0, |row| row.people));
        count.oldest_at = rows.iter().map(|row| row.oldest).min();
        count
    }

    /// All messages together.
    pub fn messages(&self) -> i64 {
        self.by_kind.iter().map(|(_, messages, _)| messages).sum()
    }

    /// All conversations together; not of an estimate.
    pub fn conversations(&self) -> Option<i64> {
        if self.is_estimate { None } else { Some(self.by_kind.iter().filter_map(|(.., one)| *one).sum()) }
    }
}
