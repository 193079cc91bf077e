//! The noun: that something stands otherwise than the data map says. What stands there is not told.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};
use kernel::{OrgId, Result, SystemTx};
use serde::Serialize;
use sqlx::PgConnection;
use utoipa::ToSchema;
use uuid::Uuid;

/// A look that is older was missed at least once.
const OVERDUE: TimeDelta = TimeDelta::hours(36);
/// More are not kept: whoever sees so many mends the first.
const MOST: usize = 500;

/// What is otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, sqlx::Type, ToSchema)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum DriftKind {
    /// A column is in the database and not in the data map.
    Undeclared,
    /// A column is in the data map and not in the database.
    Absent,
    /// A table is not behind the boundary that is declared.
    Unguarded,
    /// Values are not sealed, and declared so.
    NotSealed,
    /// Values look like an e-mail address or a phone number where none may stand.
    ContactInClear,
    /// Words of people who do not exist stand there in clear.
    Canary,
}

impl DriftKind {
    /// Whether it is about a place and not about what stands there.
    fn is_of_the_catalogue(self) -> bool {
        matches!(self, Self::Undeclared | Self::Absent | Self::Unguarded)
    }
}

/// Whose rows they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = DriftOwner)]
pub enum Owner {
    /// Of the installation, of all, or of people who do not exist.
    Installation,
    /// Of one organisation.
    Organisation,
}

/// One of them.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Drift {
    /// What is otherwise.
    pub kind: DriftKind,
    /// Where: `schema.table.column`, of a boundary `schema.table`.
    pub place: String,
    /// The table, as the data map calls it.
    pub table: String,
    /// Whose rows they are.
    pub of: Owner,
    /// How many values among those that were looked at; 1 where it is about the place itself.
    pub found: i64,
    /// Since which look.
    pub first_at: DateTime<Utc>,
    /// By which look.
    pub last_at: DateTime<Utc>,
}

/// What the last look found.
#[derive(Debug, Default, Serialize, ToSchema)]
#[schema(as = Drifts)]
pub struct Standing {
    /// When that was; none before the first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub looked_at: Option<DateTime<Utc>>,
    /// Whether that is more than 36 hours ago, or never was.
    pub is_overdue: bool,
    /// How many columns were looked into.
    pub places: i32,
    /// How many rows.
    pub rows: i64,
    /// How many tables took too long and will be tried again.
    pub skipped: i32,
    /// What is otherwise than the data map says, by place.
    pub drifts: Vec<Drift>,
}

#[derive(sqlx::FromRow)]
struct Row {
    place: String,
    kind: DriftKind,
    found: i64,
    first_at: DateTime<Utc>,
    last_at: DateTime<Utc>,
    is_nobodys: bool,
}

impl Drift {
    fn of(row: Row) -> Self {
        let Row { place, kind, found, first_at, last_at, is_nobodys } = row;
        let table = table_of(&place).to_owned();
        let of = if is_nobodys { Owner::Installation } else { Owner::Organisation };
        Self { kind, place, table, of, found, first_at, last_at }
    }
}

fn table_of(place: &str) -> &str {
    let column = place.match_indices('.').nth(1).map_or(place.len(), |(at, _)| at);
    &place[..column]
}

/// What the last look found of the installation, and of this organisation; of all of them when none is named.
pub async fn standing(db: &mut PgConnection, (of, now): (Option<OrgId>, DateTime<Utc>)) -> Result<Standing> {
    let look: Option<(DateTime<Utc>, i32, i64, i32)> =
        sqlx::query_as("select at, places, rows, skipped from reality.look").fetch_optional(&mut *db).await?;
    let rows: Vec<Row> = sqlx::query_as(
        "select d.place, d.kind, d.found, d.first_at, d.last_at, w.is_nobodys
         from reality.drift d cross join lateral (
             select d.org_id = $2 or exists (select from reality.canary c where c.org_id = d.org_id) as is_nobodys) w
         where $1::uuid is null or d.org_id = $1 or w.is_nobodys
         order by d.place, d.kind, d.org_id",
    )
    .bind(of)
    .bind(Uuid::nil())
    .fetch_all(db)
    .await?;
    let drifts = rows.into_iter().map(Drift::of).collect();
    let Some((at, places, rows, skipped)) = look else {
        return Ok(Standing { is_overdue: true, drifts, ..Standing::default() });
    };
    Ok(Standing { looked_at: Some(at), is_overdue: now - at > OVERDUE, places, rows, skipped, drifts })
}

/// What a look finds while it goes on.
#[derive(Default)]
pub struct Found {
    pub drifts: BTreeMap<(Uuid, String, DriftKind), i64>,
    /// Whose rows of which table were looked at: what was found there before and is not any more, is over.
    pub seen: BTreeSet<(Uuid, String)>,
    pub places: i32,
    pub rows: i64,
    pub skipped: i32,
}

impl Found {
    pub fn add(&mut self, whose: Uuid, place: &str, (kind, found): (DriftKind, i64)) {
        if found > 0 {
            self.drifts.insert((whose, place.to_owned(), kind), found);
        }
    }
}

/// Organisations in which something was found: they are looked at again.
pub async fn suspects(tx: &mut SystemTx) -> Result<Vec<OrgId>> {
    Ok(sqlx::query_scalar("select distinct org_id from reality.drift").fetch_all(tx.db()).await?)
}

/// Writes down what was found, and takes away what is over: also of organisations that are gone.
pub async fn settle(tx: &mut SystemTx, found: &Found, organisations: &[OrgId]) -> Result<()> {
    let now = tx.now();
    let before: Vec<(Uuid, String, DriftKind)> =
        sqlx::query_as("select org_id, place, kind from reality.drift for update").fetch_all(tx.db()).await?;
    for (org_id, place, kind) in before {
        let is_gone = !org_id.is_nil() && !organisations.contains(&OrgId(org_id));
        let is_seen = kind.is_of_the_catalogue() || found.seen.contains(&(org_id, table_of(&place).to_owned()));
        let key = (org_id, place, kind);
        if is_gone || (is_seen && !found.drifts.contains_key(&key)) {
            sqlx::query("delete from reality.drift where org_id = $1 and place = $2 and kind = $3")
                .bind(key.0)
                .bind(key.1)
                .bind(key.2)
                .execute(tx.db())
                .await?;
        }
    }
    for ((org, place, kind), number) in found.drifts.iter().take(MOST) {
        sqlx::query(
            "insert into reality.drift (org_id, place, kind, found, first_at, last_at) values ($1, $2, $3, $4, $5, $5)
             on conflict on constraint drift_pkey do update set found = excluded.found, last_at = excluded.last_at",
        )
        .bind(org)
        .bind(place)
        .bind(kind)
        .bind(number)
        .bind(now)
        .execute(tx.db())
        .await?;
    }
    sqlx::query(
        "insert into reality.look (at, places, rows, skipped) values ($1, $2, $3, $4)
         on conflict on constraint look_pkey do update
         set at = excluded.at, places = excluded.places, rows = excluded.rows, skipped = excluded.skipped",
    )
    .bind(now)
    .bind(found.places)
    .bind(found.rows)
    .bind(found.skipped)
    .execute(tx.db())
    .await?;
    Ok(())
}
