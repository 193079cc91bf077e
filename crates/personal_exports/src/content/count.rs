//! How much of a place is about somebody, for whoever waits for the answer: so many rows are looked at and no more.

use chrono::{DateTime, TimeDelta, Utc};
use kernel::{Result, Tx};
use serde::Serialize;
use sqlx::AssertSqlSafe;
use utoipa::ToSchema;

use super::about::Owner;
use super::plan::Place;
use super::read::{Statement, shape};

/// Rows that one count looks at. Reading them takes a tenth of a second.
const LOOKED_AT: i64 = 100_000;
/// Thousandths of a per cent in all there is.
const WHOLE: i64 = 100_000;
/// What is past its time by then leaves soon.
const SOON: TimeDelta = TimeDelta::days(14);

/// How much of a place is about somebody.
pub struct Count {
    /// Rows that are kept.
    pub records: i64,
    /// How sure that is.
    pub certainty: Certainty,
    /// Of them, those whose time is over within 14 days.
    pub soon: i64,
}

/// How sure a number is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = OwnCertainty)]
pub enum Certainty {
    /// All rows were counted.
    Exact,
    /// So many were found before the counting stopped.
    AtLeast,
    /// Reckoned from a part of the rows.
    About,
}

/// What was found among the rows that were looked at.
#[derive(sqlx::FromRow)]
struct Found {
    theirs: i64,
    soon: i64,
    looked_at: i64,
}

impl Count {
    const NONE: Self = Self { records: 0, certainty: Certainty::Exact, soon: 0 };

    /// Of one place, by the same rules by which a copy of it is written.
    pub async fn of(tx: &mut Tx, place: &Place<'_>, owner: &Owner) -> Result<Self> {
        let shape = shape(tx, place).await?;
        let subject = place.table.subject.as_deref().unwrap_or_default();
        let kind = shape.iter().find(|one| one.name == subject).map_or("uuid", |one| one.kind.as_str());
        let Some(stands_as) = owner.about.stands_as(place.whose(), kind)? else { return Ok(Self::NONE) };
        let beginning: &[String] = &[];
        let statement = Statement::of(place, &shape, (kind, beginning))?;
        let counted = Counted { statement, place, stands_as, hidden: owner.hidden };
        let found = counted.read(tx, None).await?;
        if found.looked_at < LOOKED_AT {
            return Ok(Self { records: found.theirs, certainty: Certainty::Exact, soon: found.soon });
        }
        let rows = if counted.statement.is_led_to { 0 } else { rows_of(tx, place).await? };
        if rows <= LOOKED_AT {
            return Ok(Self { records: found.theirs, certainty: Certainty::AtLeast, soon: found.soon });
        }
        // Half of what is looked at, so that no more are sampled than that.
        let part = (LOOKED_AT / 2 * WHOLE / rows).max(1);
        let sampled = counted.read(tx, Some(part)).await?;
        // A few among very many are in no sample: what was seen is there.
        let reckoned = |sampled: i64, seen: i64| (sampled.saturating_mul(WHOLE) / part).max(seen);
        let (records, soon) = (reckoned(sampled.theirs, found.theirs), reckoned(sampled.soon, found.soon));
        Ok(Self { records, certainty: Certainty::About, soon })
    }
}

/// What a count is made of.
struct Counted<'a> {
    statement: Statement<'a>,
    place: &'a Place<'a>,
    stands_as: String,
    hidden: DateTime<Utc>,
}

impl Counted<'_> {
    /// The first rows there are, or those of so many thousandths of a per cent of the pages. `$1` is what stands for somebody, `$2` the
    /// organisation, `$3` how many rows are looked at, `$4` up to when messages are hidden, `$5` up to when they will be soon.
    async fn read(&self, tx: &mut Tx, part: Option<i64>) -> Result<Found> {
        let Statement { table, all, whose, kept, within, is_led_to, .. } = &self.statement;
        let some = part.map(|part| format!("tablesample system ({}.{:03})", part / 1_000, part % 1_000));
        let some = some.unwrap_or_default();
        let narrowed = if *is_led_to { format!("{whose} and {kept}") } else { "true".to_owned() };
        let soon = match &self.place.table.kept_from {
            Some(column) => format!("t.\"{column}\" <= $5::timestamptz"),
            None => "$5::timestamptz is null".to_owned(),
        };
        let statement = format!(
            "select count(*) filter (where is_theirs) as theirs, count(*) filter (where is_theirs and is_soon) as soon,
                    count(*) as looked_at
             from (select ({whose} and {kept}) as is_theirs, {soon} as is_soon
                   from (select {all} from {table} t {some} where {within} and {narrowed} limit $3::bigint) t) c"
        );
        let org = tx.org();
        let query = sqlx::query_as(AssertSqlSafe(statement)).bind(&self.stands_as).bind(org).bind(LOOKED_AT);
        let query = query.bind(self.hidden).bind(self.hidden + SOON).persistent(false);
        Ok(query.fetch_one(tx.db()).await?)
    }
}

/// How many rows a table has, whoever they are about, as the database reckoned last. One that has no parts is in no tree.
async fn rows_of(tx: &mut Tx, place: &Place<'_>) -> Result<i64> {
    Ok(sqlx::query_scalar(
        "select coalesce(sum(c.reltuples) filter (where c.reltuples > 0), 0)::bigint
         from pg_class c
         where c.relkind = 'r'
           and (c.oid = $1::text::regclass or c.oid in (select p.relid from pg_partition_tree($1::text::regclass) p))",
    )
    .bind(place.id)
    .fetch_one(tx.db())
    .await?)
}
