//! Find candidates: entries with all the terms, newest first. Whoever asks opens them, checks who may see them, and
//! compares them with the query; codes of different words may be equal.

use chrono::{DateTime, Utc};
use kernel::{Result, Tx, VaultError};
use uuid::Uuid;

use super::{bucket, day};
use crate::query::Query;

/// Days that are asked about in one statement.
const DAYS: usize = 31;

/// What to look for.
pub struct Question<'a> {
    /// Whose things.
    pub kind: &'static str,
    /// Where: what the reader may look into.
    pub scopes: &'a [Uuid],
    /// The words.
    pub query: &'a Query,
    /// The marks. Words or marks there must be, or nothing is found.
    pub marks: &'a [i32],
    /// From this instant on.
    pub since: DateTime<Utc>,
    /// Before this instant.
    pub until: DateTime<Utc>,
    /// Older than this one.
    pub before: Option<Cursor>,
    /// How many at most.
    pub most: usize,
}

/// A place in the order of what is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cursor {
    /// When it was.
    pub at: DateTime<Utc>,
    /// Where, of the same instant.
    pub scope: Uuid,
    /// Its number there.
    pub place: i64,
}

/// A candidate.
#[derive(Debug, Clone, Copy, sqlx::FromRow)]
pub struct Found {
    /// Where.
    pub scope: Uuid,
    /// Its number there.
    pub place: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// What.
    #[sqlx(rename = "ref")]
    pub reference: Uuid,
}

/// The newest candidates, day by day and no further back than it takes; fewer than `most` means that there are no more
/// (`SRCH-01`). A day whose key is gone has none.
pub async fn find(tx: &mut Tx, question: &Question<'_>) -> Result<Vec<Found>> {
    let words = question.query.terms();
    let newest = question.before.map_or(question.until, |before| before.at.min(question.until));
    let mut found = Vec::new();
    if question.scopes.is_empty() || (words.is_empty() && question.marks.is_empty()) {
        return Ok(found);
    }
    let (mut next, last) = (day(newest), day(question.since));
    while next >= last && found.len() < question.most {
        let (mut days, mut terms) = (Vec::with_capacity(DAYS), Vec::new());
        while next >= last && days.len() < DAYS {
            match tx.app().vault().codes(tx.org().0, bucket(next), &words) {
                Ok(codes) => {
                    days.push(next);
                    terms.extend(codes);
                }
                Err(VaultError::Missing | VaultError::Destroyed) => {}
                Err(error) => return Err(error.into()),
            }
            next -= 1;
        }
        found.extend(ask(tx, question, Days { days, terms, width: words.len() }, found.len()).await?);
    }
    Ok(found)
}

/// The terms of some days: `width` for each.
struct Days {
    days: Vec<i32>,
    terms: Vec<i32>,
    width: usize,
}

async fn ask(tx: &mut Tx, question: &Question<'_>, asked: Days, found: usize) -> Result<Vec<Found>> {
    if asked.days.is_empty() {
        return Ok(Vec::new());
    }
    Ok(sqlx::query_as(
        "select scope, place, at, ref from search.find($1, $2, $3, $4, $5::integer, $6, $7, $8, $9, $10, $11, $12::integer)",
    )
    .bind(question.kind)
    .bind(question.scopes)
    .bind(asked.days)
    .bind(asked.terms)
    .bind(i32::try_from(asked.width).unwrap_or(i32::MAX))
    .bind(question.marks)
    .bind(question.since)
    .bind(question.until)
    .bind(question.before.map(|before| before.at))
    .bind(question.before.map(|before| before.scope))
    .bind(question.before.map(|before| before.place))
    .bind(i32::try_from(question.most - found).unwrap_or(i32::MAX))
    .fetch_all(tx.db())
    .await?)
}
