//! An erasure notes what it does in the transactions that do it; its last one makes the receipt of all that.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, anyhow};
use chrono::{DateTime, SubsecRound, Utc};
use kernel::{KeyName, Result, Tx};
use sqlx::types::Json;
use uuid::Uuid;

use crate::log::Log;
use crate::merkle::leaf;
use crate::receipt::{Class, Receipt, VERSION};

/// One erasure, as long as it is under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Run {
    /// Of a member: this run of crate `erasure`.
    Member(Uuid),
    /// Of messages of the organisation that are past their time.
    Messages,
    /// Of the whole organisation. Its receipt takes along what others had begun.
    Organisation,
}

impl Run {
    fn class(self) -> Class {
        match self {
            Self::Member(_) => Class::Member,
            Self::Messages => Class::Messages,
            Self::Organisation => Class::Organisation,
        }
    }

    fn id(self) -> Uuid {
        if let Self::Member(run) = self { run } else { Uuid::nil() }
    }
}

/// Notes how many rows go out of which table, and which keys are destroyed: a key before it is, rows where they are deleted, so
/// that what is cut is noted once. It counts what is told again of a table, and a key only once.
pub async fn note(tx: &mut Tx, run: Run, rows: &[(&str, u64)], keys: &[KeyName]) -> Result<()> {
    let mut tables: BTreeMap<&str, u64> = BTreeMap::new();
    for &(table, count) in rows {
        *tables.entry(table).or_default() += count;
    }
    let (names, now): (BTreeSet<String>, _) = (keys.iter().map(digits).collect(), tx.now());
    let (mut kinds, mut all, mut counts) = (Vec::new(), Vec::new(), Vec::new());
    for (table, count) in tables {
        kinds.push("table".to_owned());
        all.push(table.to_owned());
        counts.push(count.cast_signed());
    }
    for name in names {
        kinds.push("key".to_owned());
        all.push(name);
        counts.push(0);
    }
    sqlx::query(
        "insert into receipts.tally as t (class, run_id, kind, name, deleted, at)
         select $1, $2, d.kind, d.name, d.deleted, $6
         from unnest($3::text[], $4::text[], $5::bigint[]) as d (kind, name, deleted)
         on conflict on constraint tally_pkey do update set deleted = t.deleted + excluded.deleted, at = excluded.at",
    )
    .bind(run.class())
    .bind(run.id())
    .bind(kinds)
    .bind(all)
    .bind(counts)
    .bind(now)
    .execute(tx.db())
    .await?;
    Ok(())
}

/// Makes the receipt of what was noted, in the transaction of the last step; none when nothing was. Keys of a member or an organisation
/// that are still there are destroyed now; it fails when that does: then the erasure is not done.
pub async fn close(tx: &mut Tx, run: Run) -> Result<()> {
    let (rows, noted) = take(tx, run).await?;
    let names: Option<Vec<KeyName>> = noted.iter().map(|key| name(key)).collect();
    let names = names.context("a key was noted under a name that is none")?;
    // Where an older key ring was put back they are there again. Of messages one stays when they are kept longer since a run was cut.
    if run != Run::Messages {
        tx.app().vault().destroy_named(&names)?;
    }
    let mut keys = Vec::with_capacity(noted.len());
    for (key, is_gone) in noted.into_iter().zip(tx.app().vault().are_gone(&names)) {
        if is_gone {
            keys.push(key);
        } else if run != Run::Messages {
            return Err(anyhow!("a key that was to be destroyed is still there").into());
        }
    }
    if rows.is_empty() && keys.is_empty() {
        return Ok(());
    }
    let mut log = Log::lock(tx).await?;
    let (class, at) = (run.class(), log.next_at(tx.now().trunc_subsecs(3)));
    let (position, rule) = (log.size(), class.rule().to_owned());
    let receipt = Receipt { v: VERSION, log: log.key.log, position, at, class, rule, rows, keys };
    let said = serde_json::to_string(&receipt).map_err(anyhow::Error::from)?;
    let leaf = leaf(said.as_bytes());
    let keys = i32::try_from(receipt.keys.len()).map_err(anyhow::Error::from)?;
    sqlx::query(
        "insert into receipts.receipt (position, at, class, rule, rows, keys, said, leaf)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(position.cast_signed())
    .bind(at)
    .bind(class)
    .bind(&receipt.rule)
    .bind(Json(&receipt.rows))
    .bind(keys)
    .bind(&said)
    .bind(&leaf[..])
    .execute(tx.db())
    .await?;
    log.push(tx, leaf, at).await
}

/// The same for what was found of an organisation after its end. Once its log is gone there is nothing a receipt would stand in: it
/// makes none then, and no new log.
pub async fn close_late(tx: &mut Tx) -> Result<()> {
    let org = tx.org();
    let log: Option<i64> = sqlx::query_scalar("select size from receipts.log where org_id = $1 for update")
        .bind(org)
        .fetch_optional(tx.db())
        .await?;
    if log.is_some() { close(tx, Run::Organisation).await } else { take(tx, Run::Organisation).await.map(drop) }
}

/// Forgets what was noted of erasures that have not gone on since `until`.
pub async fn forget_left(tx: &mut Tx, until: DateTime<Utc>) -> Result<()> {
    let org = tx.org();
    let left = sqlx::query(
        "delete from receipts.tally t where t.org_id = $1 and not exists (
             select from receipts.tally o
             where o.org_id = t.org_id and o.class = t.class and o.run_id = t.run_id and o.at > $2)",
    );
    left.bind(org).bind(until).execute(tx.db()).await?;
    Ok(())
}

/// What was noted, which is noted no longer: of an organisation that ends whatever there is.
async fn take(tx: &mut Tx, run: Run) -> Result<(BTreeMap<String, u64>, Vec<String>)> {
    let (org, class) = (tx.org(), if run == Run::Organisation { None } else { Some(run.class()) });
    let noted: Vec<(String, String, i64)> = sqlx::query_as(
        "with noted as (
             delete from receipts.tally
             where org_id = $1 and ($2::text is null or (class = $2 and run_id = $3))
             returning kind, name, deleted)
         select kind, name, sum(deleted)::bigint from noted group by kind, name order by kind, name",
    )
    .bind(org)
    .bind(class)
    .bind(run.id())
    .fetch_all(tx.db())
    .await?;
    let (tables, keys): (Vec<_>, Vec<_>) = noted.into_iter().partition(|(kind, ..)| kind == "table");
    let rows = tables.into_iter().map(|(_, table, count)| (table, count.cast_unsigned())).collect();
    Ok((rows, keys.into_iter().map(|(_, name, _)| name).collect()))
}

fn digits(name: &KeyName) -> String {
    name.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn name(digits: &str) -> Option<KeyName> {
    let mut name = KeyName::default();
    if digits.len() != 2 * name.len() || !digits.is_ascii() {
        return None;
    }
    for (at, byte) in name.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&digits[2 * at..2 * at + 2], 16).ok()?;
    }
    Some(name)
}
