//! The rows of a place about somebody, a page at a time, opened. What is read is what the data map declares; its names are compared
//! with the database by every contract test, and no text of anybody's reaches a statement.

use chrono::{DateTime, Utc};
use kernel::{Error, OrgId, Result, Tx};
use serde_json::{Map, Value};
use sqlx::AssertSqlSafe;

use super::about::Owner;
use super::plan::Place;
use super::{masked, named, opened};

/// Rows of a page.
const STEP: usize = 500;
/// Rows that are looked at for a page where no index leads to somebody's own: so many a step, whoever wrote them.
const LOOKED_AT: usize = 10_000;

/// Some rows of a place.
pub struct Records {
    /// Which columns they have.
    pub columns: Vec<String>,
    /// Each with `names`, of whom and what it names and the owner of the copy sees.
    pub rows: Vec<Map<String, Value>>,
    /// Where the next page begins; none after the last one. A page in between may be empty.
    pub next: Option<Vec<String>>,
}

/// A column as the database has it.
#[derive(sqlx::FromRow)]
pub(super) struct Shaped {
    pub(super) name: String,
    /// `uuid`, `timestamp with time zone`, …
    pub(super) kind: String,
    /// Its place in the primary key.
    at: Option<i64>,
    /// Whether an index begins with it, in the organisation.
    is_led_to: bool,
}

/// Whose rows, and where they begin.
struct Sought<'a> {
    /// What stands for them.
    stands_as: &'a str,
    org: OrgId,
    cursor: &'a [String],
    /// What the organisation keeps as long as messages is past its time up to this instant.
    hidden: DateTime<Utc>,
}

impl Records {
    /// The rows of `place` after `cursor`, of which an empty one is the beginning.
    pub async fn read(tx: &mut Tx, place: &Place<'_>, owner: &Owner, cursor: &[String]) -> Result<Self> {
        let about = &owner.about;
        let shape = shape(tx, place).await?;
        let columns: Vec<String> = shape.iter().filter(|one| leaves(place, one)).map(|one| one.name.clone()).collect();
        let subject = place.table.subject.as_deref().unwrap_or_default();
        let kind = shape.iter().find(|one| one.name == subject).map_or("uuid", |one| one.kind.as_str());
        let Some(stands_as) = about.stands_as(place.whose(), kind)? else {
            return Ok(Self { columns, rows: Vec::new(), next: None });
        };
        let sought = Sought { stands_as: &stands_as, org: tx.org(), cursor, hidden: owner.hidden };
        let statement = Statement::of(place, &shape, (kind, cursor))?;
        let (found, next) = statement.read(tx, &shape, &sought).await?;
        let mut rows = Vec::with_capacity(found.len());
        for row in found {
            let Value::Object(row) = row else { continue };
            let mut row = opened::open(tx, place, about, &stands_as, row)?;
            masked::mask(place, about, &stands_as, &mut row);
            rows.push(row);
        }
        named::name(tx, owner, &mut rows).await?;
        // Columns that are read for their key or to open others, and are not in it, do not leave.
        for row in &mut rows {
            row.retain(|name, _| name == "names" || columns.contains(name));
        }
        Ok(Self { columns, rows, next })
    }
}

/// Bytes that no entry of the map opens are codes and hashes.
fn leaves(place: &Place<'_>, column: &Shaped) -> bool {
    place.leaves(&column.name) && (column.kind != "bytea" || place.opens(&column.name).is_some())
}

pub(super) async fn shape(tx: &mut Tx, place: &Place<'_>) -> Result<Vec<Shaped>> {
    Ok(sqlx::query_as(
        "select a.attname::text as name, format_type(a.atttypid, null) as kind, k.at,
                exists (select from pg_index o
                        left join pg_attribute f on f.attrelid = o.indrelid and f.attnum = o.indkey[0]
                        where o.indrelid = a.attrelid
                          and (o.indkey[0] = a.attnum or (o.indkey[1] = a.attnum and f.attname = 'org_id'))
                          and (o.indpred is null
                               or pg_get_expr(o.indpred, o.indrelid) = format('(%I IS NOT NULL)', a.attname))) as is_led_to
         from pg_attribute a
         left join pg_index i on i.indrelid = a.attrelid and i.indisprimary
         left join lateral unnest(i.indkey) with ordinality as k (number, at) on k.number = a.attnum
         where a.attrelid = $1::text::regclass and a.attnum > 0 and not a.attisdropped
           and has_column_privilege(a.attrelid, a.attnum, 'select')
         order by a.attnum",
    )
    .bind(place.id)
    .fetch_all(tx.db())
    .await?)
}

/// The columns of the primary key besides the organisation, in their order.
fn key(shape: &[Shaped]) -> Vec<&Shaped> {
    let mut key: Vec<&Shaped> = shape.iter().filter(|one| one.at.is_some() && one.name != "org_id").collect();
    key.sort_by_key(|one| one.at);
    key
}

/// The parts of the statement that reads a place: `$1` is what stands for somebody, `$2` the organisation, `$3` the cursor, `$4` up to when
/// messages are hidden, `$5` the last row that is looked at.
pub(super) struct Statement<'a> {
    pub(super) table: &'a str,
    /// The columns that are read, and all there are.
    read: String,
    pub(super) all: String,
    pub(super) whose: String,
    pub(super) kept: String,
    pub(super) within: &'static str,
    order: String,
    after: String,
    up_to: String,
    /// Whether an index leads to every column that points at somebody.
    pub(super) is_led_to: bool,
}

impl<'a> Statement<'a> {
    pub(super) fn of(place: &Place<'a>, shape: &[Shaped], (kind, cursor): (&str, &[String])) -> Result<Self> {
        let key = key(shape);
        if key.is_empty() {
            return Err(Error::Internal(anyhow::anyhow!("{} has no key to be read by", place.id)));
        }
        let pointing = place.pointing();
        let points: Vec<String> = pointing.iter().map(|column| format!("t.\"{column}\" = $1::text::{kind}")).collect();
        let whose = match place.through() {
            Some((table, column)) => {
                let theirs = "x.member_id = $1::text::uuid and x.org_id = $2";
                format!("t.id in (select x.\"{column}\" from {table} x where {theirs})")
            }
            None => format!("({})", points.join(" or ")),
        };
        let kept = match &place.table.kept_from {
            Some(column) => format!("(t.\"{column}\" is null or t.\"{column}\" > $4::timestamptz)"),
            None => "$4::timestamptz is not null".to_owned(),
        };
        let is_of_organisation = place.table.columns.contains_key("org_id");
        let order = listed(key.iter().copied());
        let after = if cursor.is_empty() {
            "$3::text[] is not null".to_owned()
        } else {
            format!("({order}) > ({})", bounds(&key, "$3"))
        };
        let is_read = |one: &&Shaped| leaves(place, one) || (one.at.is_some() && one.name != "org_id");
        Ok(Self {
            table: place.id,
            read: listed(shape.iter().filter(is_read)),
            all: listed(shape.iter()),
            whose,
            kept,
            within: if is_of_organisation { "t.org_id = $2" } else { "$2::uuid is not null" },
            after,
            up_to: format!("(cardinality($5::text[]) = 0 or ({order}) <= ({}))", bounds(&key, "$5")),
            order,
            is_led_to: pointing.iter().all(|column| shape.iter().any(|one| one.name == *column && one.is_led_to)),
        })
    }

    /// The rows of a page, and where the next one begins.
    async fn read(&self, tx: &mut Tx, shape: &[Shaped], by: &Sought<'_>) -> Result<(Vec<Value>, Option<Vec<String>>)> {
        let last = if self.is_led_to { None } else { self.last_looked_at(tx, shape, by).await? };
        let Self { table, read, all, whose, kept, within, order, after, up_to, .. } = self;
        // One who wrote ten of ten million would else have all of them read at once. Twice as many: rows that are added just now take no
        // place from those up to the last one.
        let from = if self.is_led_to {
            format!("{table} t where {within} and {after}")
        } else {
            let most = 2 * LOOKED_AT;
            format!(
                "(select {all} from {table} t where {within} and {after} order by {order} limit {most}) t where true"
            )
        };
        let rows =
            format!("select {read} from {from} and {whose} and {kept} and {up_to} order by {order} limit {STEP}");
        let statement = format!("select to_jsonb(r) from ({rows}) r");
        let query = sqlx::query_scalar(AssertSqlSafe(statement)).bind(by.stands_as).bind(by.org).bind(by.cursor);
        let query = query.bind(by.hidden).bind(last.as_deref().unwrap_or_default()).persistent(false);
        let found: Vec<Value> = query.fetch_all(tx.db()).await?;
        let next = match found.last().filter(|_| found.len() == STEP) {
            Some(row) => Some(key_of(row, shape)),
            None => last,
        };
        Ok((found, next))
    }

    /// The key of the last of so many rows, whoever they are about; none when there are not so many more.
    async fn last_looked_at(&self, tx: &mut Tx, shape: &[Shaped], by: &Sought<'_>) -> Result<Option<Vec<String>>> {
        let Self { table, within, order, after, .. } = self;
        let skipped = LOOKED_AT - 1;
        let statement = format!(
            "select to_jsonb(r) from (select {order} from {table} t where {within} and {after} and $1::text is not null
             order by {order} offset {skipped} limit 1) r"
        );
        let query = sqlx::query_scalar(AssertSqlSafe(statement)).bind(by.stands_as).bind(by.org).bind(by.cursor);
        let last: Option<Value> = query.persistent(false).fetch_optional(tx.db()).await?;
        Ok(last.map(|row| key_of(&row, shape)))
    }
}

fn listed<'a>(columns: impl Iterator<Item = &'a Shaped>) -> String {
    columns.map(|one| format!("t.\"{}\"", one.name)).collect::<Vec<_>>().join(", ")
}

/// The parts of a key that stand in a parameter.
fn bounds(key: &[&Shaped], parameter: &str) -> String {
    let bounds = key.iter().zip(1..).map(|(one, n)| format!("({parameter}::text[])[{n}]::{}", one.kind));
    bounds.collect::<Vec<_>>().join(", ")
}

fn key_of(row: &Value, shape: &[Shaped]) -> Vec<String> {
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned);
    key(shape).iter().map(|one| text(&row[&one.name])).collect()
}
