//! Look whether the database is what the data map says. It only reads, some rows of each table, of some organisations each day.

use std::collections::BTreeMap;

use kernel::data_map::undeclared_columns;
use kernel::{Actor, App, Error, OrgId, Result, SystemTx};
use sqlx::{AssertSqlSafe, PgConnection};
use uuid::Uuid;

use crate::canary::{self, Canary};
use crate::catalogue;
use crate::drift::{self, DriftKind, Found};
use crate::sample::{self, CONTACT, Sample};

/// Organisations that are looked at in one day, beside those in which something was found.
const ORGANISATIONS: usize = 8;
const DAY: i64 = 24 * 3600;
/// What belongs to no organisation, or to all.
const NOBODY: Uuid = Uuid::nil();
/// A statement that takes longer is given up, and its table looked at another day.
const BOUNDS: &str = "set local statement_timeout = '2s'; set local transaction_read_only = on";

/// Looks, and writes down what is otherwise than declared.
pub async fn look(app: &App) -> Result<()> {
    let canary = canary::stand(app).await?;
    let mut found = Found::default();
    let organisations = directory::every_organisation(app).await?;
    let mut outside = SystemTx::begin(app).await?;
    let suspects = drift::suspects(&mut outside).await?;
    compare(app, outside.db(), &mut found).await?;
    let samples: Vec<Sample> = catalogue::read(outside.db())
        .await?
        .iter()
        .filter_map(|(name, table)| sample::of(app.data_map(), (name, table)))
        .collect();
    outside.commit().await?;
    found.places = samples.iter().map(|sample| sample.places).sum();
    for sample in samples.iter().filter(|sample| !sample.is_guarded) {
        let mut tx = SystemTx::begin(app).await?;
        ask(tx.db(), (sample, NOBODY, &canary), &mut found).await?;
    }
    for org in chosen(&organisations, &suspects, (&canary, app.now().timestamp() / DAY)) {
        look_inside(app, (org, &canary, &samples), &mut found).await?;
    }
    let mut tx = SystemTx::begin(app).await?;
    drift::settle(&mut tx, &found, &organisations).await?;
    tx.commit().await?;
    if !found.drifts.is_empty() {
        tracing::warn!(drifts = found.drifts.len(), "the database is not what the data map says");
    }
    Ok(())
}

/// The catalogue with the data map.
async fn compare(app: &App, db: &mut PgConnection, found: &mut Found) -> Result<()> {
    let differences = undeclared_columns(app.data_map(), db).await?;
    let kinds = [
        (DriftKind::Undeclared, differences.missing),
        (DriftKind::Absent, differences.surplus),
        (DriftKind::Unguarded, differences.unguarded),
    ];
    for (kind, places) in kinds {
        for place in places {
            found.add(NOBODY, &place, (kind, 1));
        }
    }
    Ok(())
}

/// The canaries, those in which something was found, and some others: another few each day.
fn chosen(all: &[OrgId], suspects: &[OrgId], (canary, day): (&Canary, i64)) -> Vec<OrgId> {
    let start = usize::try_from(day).unwrap_or_default().wrapping_mul(ORGANISATIONS) % all.len().max(1);
    let turn = all.iter().cycle().skip(start).take(ORGANISATIONS.min(all.len()));
    let again = suspects.iter().filter(|org| all.contains(org));
    let once: BTreeMap<Uuid, OrgId> = turn.chain(again).chain([&canary.org]).map(|org| (org.0, *org)).collect();
    once.into_values().collect()
}

async fn look_inside(app: &App, (org, canary, samples): (OrgId, &Canary, &[Sample]), found: &mut Found) -> Result<()> {
    for sample in samples.iter().filter(|sample| sample.is_guarded) {
        let mut tx = app.begin(org, Actor::System).await?;
        ask(tx.db(), (sample, org.0, canary), found).await?;
    }
    Ok(())
}

/// In a transaction of its own, which is worth nothing after a statement that was given up; a look goes on without one table.
async fn ask(
    db: &mut PgConnection,
    (sample, whose, canary): (&Sample, Uuid, &Canary),
    found: &mut Found,
) -> Result<()> {
    sqlx::raw_sql(BOUNDS).execute(&mut *db).await?;
    let asked = sqlx::query_scalar::<_, Vec<i64>>(AssertSqlSafe(sample.statement.clone()))
        .bind(whose)
        .bind(&canary.word)
        .bind(CONTACT)
        .persistent(false)
        .fetch_one(db)
        .await;
    let counts = match asked {
        Ok(counts) => counts,
        Err(sqlx::Error::Database(error)) => {
            let code = error.code().unwrap_or_default().into_owned();
            tracing::warn!(table = sample.table, code, "a table could not be looked at");
            found.skipped += 1;
            return Ok(());
        }
        Err(error) => return Err(Error::from(error)),
    };
    found.seen.insert((whose, sample.table.clone()));
    found.rows += counts.first().copied().unwrap_or_default();
    for ((place, kind), count) in sample.questions.iter().zip(counts.iter().skip(1)) {
        found.add(whose, place, (*kind, *count));
    }
    Ok(())
}
