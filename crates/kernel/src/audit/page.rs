//! Reading the log, the newest first, narrowed by who, to whom, what and when.

use std::collections::{BTreeMap, HashMap, HashSet};

use ::audit::{Line, PEOPLE, Trace};
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use uuid::Uuid;
use vault::Bucket;

use super::trace;
use crate::{MemberId, Result, Tx};

/// A line that was found: people in it are members again, as long as their keys live.
pub struct Found {
    /// Its number in the organisation: gapless, in the order of commits. Pages go by it.
    pub line: i64,
    /// What is stored.
    pub stored: Line,
    /// Its data, read.
    pub data: BTreeMap<String, Value>,
    /// Where from and with what, if that was kept.
    pub trace: Option<Trace>,
}

/// Which lines; all that is absent does not matter.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Done by this member.
    pub actor: Option<MemberId>,
    /// Done to this: a member, or a thing.
    pub target: Option<Uuid>,
    /// Event or operation.
    pub name: Option<String>,
    /// Not before.
    pub from: Option<DateTime<Utc>>,
    /// Before.
    pub until: Option<DateTime<Utc>>,
    /// Only what was refused.
    pub is_refused: bool,
    /// Only lines with lower numbers.
    pub before: Option<i64>,
}

#[derive(sqlx::FromRow)]
struct Row {
    line: i64,
    #[sqlx(flatten)]
    stored: Line,
}

/// The newest `limit` lines that are wanted.
pub async fn page(tx: &mut Tx, wanted: &Wanted, limit: usize) -> Result<Vec<Found>> {
    let asked: Vec<MemberId> = wanted.actor.into_iter().chain(wanted.target.map(MemberId)).collect();
    let known = pseudonyms(tx, &asked).await?;
    let actor = match wanted.actor {
        None => None,
        // Who has never done anything has no pseudonym yet.
        Some(member) => match known.get(&member) {
            Some(pseudonym) => Some(*pseudonym),
            None => return Ok(Vec::new()),
        },
    };
    let target = wanted.target.map(|target| known.get(&MemberId(target)).copied().unwrap_or(target));
    let rows = rows(tx, wanted, (actor, target), limit).await?;
    let people = members(tx, &rows).await?;
    rows.into_iter().map(|row| resolved(tx, &people, row)).collect()
}

/// Planned anew for the filters that are there: the statement is not kept. Bounds are plain numbers, since row security keeps
/// anything more from the index.
async fn rows(tx: &mut Tx, wanted: &Wanted, who: (Option<Uuid>, Option<Uuid>), limit: usize) -> Result<Vec<Row>> {
    let (org, (first, last)) = (tx.org(), bounds(tx, wanted).await?);
    let query = sqlx::query_as(
        "select line, id, at, actor_kind, actor, name, target_kind, target, data, code, rule, request_id, trace
         from kernel.audit_entry
         where org_id = $1 and line >= $2 and line <= $3
           and ($4::uuid is null or actor = $4) and ($5::uuid is null or target = $5) and ($6::text is null or name = $6)
           and ($7::timestamptz is null or at >= $7) and ($8::timestamptz is null or at < $8)
           and (not $9 or code is not null)
         order by line desc limit $10",
    );
    let query = query.bind(org).bind(first).bind(last).bind(who.0).bind(who.1).bind(&wanted.name);
    let query = query.bind(wanted.from).bind(wanted.until).bind(wanted.is_refused);
    Ok(query.bind(i64::try_from(limit).unwrap_or(i64::MAX)).persistent(false).fetch_all(tx.db()).await?)
}

/// Between which numbers lines of the period can stand: time follows the numbers but for the length of a transaction.
async fn bounds(tx: &mut Tx, wanted: &Wanted) -> Result<(i64, i64)> {
    let (org, hour) = (tx.org(), TimeDelta::hours(1));
    let (mut first, mut last) = (0, wanted.before.map_or(i64::MAX, |before| before.saturating_sub(1)));
    if let Some(from) = wanted.from.and_then(|from| from.checked_sub_signed(hour)) {
        let found: Option<i64> = sqlx::query_scalar(
            "select line from kernel.audit_entry where org_id = $1 and at >= $2 order by at limit 1",
        )
        .bind(org)
        .bind(from)
        .fetch_optional(tx.db())
        .await?;
        first = found.unwrap_or(i64::MAX);
    }
    if let Some(until) = wanted.until.and_then(|until| until.checked_add_signed(hour)) {
        let found: Option<i64> = sqlx::query_scalar(
            "select line from kernel.audit_entry where org_id = $1 and at < $2 order by at desc limit 1",
        )
        .bind(org)
        .bind(until)
        .fetch_optional(tx.db())
        .await?;
        last = last.min(found.unwrap_or(0));
    }
    Ok((first, last))
}

async fn pseudonyms(tx: &mut Tx, members: &[MemberId]) -> Result<HashMap<MemberId, Uuid>> {
    let org = tx.org();
    let found: Vec<(MemberId, Uuid)> =
        sqlx::query_as("select member_id, pseudonym from kernel.pseudonym where org_id = $1 and member_id = any($2)")
            .bind(org)
            .bind(members)
            .fetch_all(tx.db())
            .await?;
    Ok(found.into_iter().collect())
}

/// Who stands behind the pseudonyms of these lines.
async fn members(tx: &mut Tx, rows: &[Row]) -> Result<HashMap<Uuid, MemberId>> {
    let named: HashSet<Uuid> =
        rows.iter().flat_map(|row| row.stored.actor.into_iter().chain(row.stored.target).chain(others(row))).collect();
    let org = tx.org();
    let found: Vec<(Uuid, MemberId)> =
        sqlx::query_as("select pseudonym, member_id from kernel.pseudonym where org_id = $1 and pseudonym = any($2)")
            .bind(org)
            .bind(named.into_iter().collect::<Vec<_>>())
            .fetch_all(tx.db())
            .await?;
    Ok(found.into_iter().collect())
}

fn data(row: &Row) -> BTreeMap<String, Value> {
    serde_json::from_str(&row.stored.data).unwrap_or_default()
}

fn others(row: &Row) -> Vec<Uuid> {
    let data = data(row);
    PEOPLE.iter().filter_map(|field| data.get(*field)?.as_str()?.parse().ok()).collect()
}

fn resolved(tx: &Tx, people: &HashMap<Uuid, MemberId>, row: Row) -> Result<Found> {
    let member = |id: Uuid| people.get(&id).map_or(id, |member| member.0);
    let mut data = data(&row);
    for field in PEOPLE {
        if let Some(Ok(id)) = data.get(field).and_then(Value::as_str).map(str::parse::<Uuid>) {
            data.insert(field.to_owned(), json!(member(id)));
        }
    }
    let Row { line, mut stored } = row;
    let person = stored.actor.or(stored.target).and_then(|holder| people.get(&holder));
    let is_program = stored.actor_kind == "application";
    let holder = if is_program { Some(Bucket::Organisation) } else { person.map(|one| Bucket::Member(one.0)) };
    let trace = match (holder, &stored.trace) {
        (Some(holder), Some(sealed)) => trace::open(tx, holder, stored.id, sealed)?,
        _ => None,
    };
    (stored.actor, stored.target) = (stored.actor.map(member), stored.target.map(member));
    Ok(Found { line, stored, data, trace })
}
