//! What goes with an organisation, read from the data map: every table whose rows say that they are its own. There is no
//! second list, so that a new table cannot be forgotten.

use std::collections::BTreeMap;

use kernel::data_map::DataMap;
use kernel::{AccountId, Actor, App, MemberId, OrgId, Result, SystemTx, Tx};
use receipts::Run;
use sqlx::AssertSqlSafe;

use crate::budget::Budget;

/// Which organisations there are; its `id` is what everybody else calls `org_id`.
pub const ORGANISATION: &str = "directory.organisation";
/// Which account is who in it.
pub const MEMBERSHIP: &str = "directory.membership";
/// That its time is over: goes last, so that whatever was cut is gone on with.
const DECISION: &str = "hosting.decision";
/// Its row goes with its bytes, which crate `files` takes away.
const BLOB: &str = "files.blob";
/// Work that waits to be done in it.
const JOB: &str = "kernel.job";
/// What people did stays for the six months of `RET-01`, under pseudonyms that lead to nobody any more, and the chain with it.
const AUDIT: &str = "kernel.audit_entry";
const CLOCK: &str = "kernel.org_clock";
/// What proves that all this went stays for the 180 days of `RET-03`.
const RECEIPTS: [&str; 3] = ["receipts.log", "receipts.receipt", "receipts.tally"];
/// Rows of a statement.
const BATCH: u16 = 5000;

/// The tables out of which the rows of an organisation go, those that point at others before them. The names are those of the
/// data map, which the tests compare with the database: no text of anybody's reaches a statement.
pub struct Plan(Vec<Table>);

struct Table {
    name: String,
    /// The columns of its primary key, by which its rows go in batches. None where rows of it point at others of it, or the
    /// program may not read the key: all go in one statement.
    key: Vec<String>,
}

/// Which table points at which.
type Points = [(String, String)];
/// The primary key of each table that the program may read.
type Keys = BTreeMap<String, Vec<String>>;

impl Plan {
    /// Everything with an `org_id` but what outlives the organisation and what goes last.
    pub async fn of(app: &App) -> Result<Self> {
        let mut tx = SystemTx::begin(app).await?;
        let points: Vec<(String, String)> = sqlx::query_as(
            "select f.nspname::text || '.' || a.relname::text, t.nspname::text || '.' || b.relname::text
             from pg_constraint c
             join pg_class a on a.oid = c.conrelid join pg_namespace f on f.oid = a.relnamespace
             join pg_class b on b.oid = c.confrelid join pg_namespace t on t.oid = b.relnamespace
             where c.contype = 'f'",
        )
        .fetch_all(tx.db())
        .await?;
        let keys: Vec<(String, Vec<String>)> = sqlx::query_as(
            "select n.nspname::text || '.' || c.relname::text, array_agg(quote_ident(a.attname::text) order by k.at)
             from pg_index i
             join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace
             cross join lateral unnest(i.indkey) with ordinality as k (number, at)
             join pg_attribute a on a.attrelid = c.oid and a.attnum = k.number
             where i.indisprimary
             group by n.nspname, c.relname
             having bool_and(has_column_privilege(c.oid, a.attnum, 'select'))",
        )
        .fetch_all(tx.db())
        .await?;
        tx.commit().await?;
        Ok(Self::ordered(app.data_map(), &points, &keys.into_iter().collect()))
    }

    fn ordered(map: &DataMap, points: &Points, keys: &Keys) -> Self {
        let stays = [&[DECISION, AUDIT, CLOCK, BLOB][..], &RECEIPTS].concat();
        let of_organisation = map.table.iter().filter(|(_, table)| table.columns.contains_key("org_id"));
        let mut left: Vec<Table> = of_organisation
            .filter(|(name, _)| !stays.contains(&name.as_str()))
            .map(|(name, _)| {
                let points_at_itself = points.iter().any(|(from, to)| from == name && to == name);
                let key = keys.get(name).filter(|_| !points_at_itself).cloned().unwrap_or_default();
                Table { name: name.clone(), key }
            })
            .collect();
        let mut order = Vec::with_capacity(left.len());
        while !left.is_empty() {
            let is_left = |name: &String| left.iter().any(|other| other.name == *name);
            let points_at = |(from, to): &(String, String), name: &String| to == name && from != name && is_left(from);
            let is_pointed_at = |table: &Table| points.iter().any(|pair| points_at(pair, &table.name));
            let free: Vec<bool> = left.iter().map(|table| !is_pointed_at(table)).collect();
            // Tables that point at each other in a circle have no order; the database would say so.
            let has_order = free.contains(&true);
            let (now, later): (Vec<_>, Vec<_>) =
                left.into_iter().zip(free).partition(|(_, is_free)| *is_free || !has_order);
            order.extend(now.into_iter().map(|(table, _)| table));
            left = later.into_iter().map(|(table, _)| table).collect();
        }
        Self(order)
    }

    /// Deletes what there is of the organisation in all of them, as far as the time of the turn goes; `true` when it went through
    /// all of them and found nothing.
    pub async fn clear(&self, app: &App, org: OrgId, budget: Budget) -> Result<bool> {
        let mut rows = 0;
        for table in &self.0 {
            rows += table.clear(app, org, budget).await?;
            if budget.is_over() {
                return Ok(false);
            }
        }
        Ok(rows == 0)
    }
}

impl Table {
    async fn clear(&self, app: &App, org: OrgId, budget: Budget) -> Result<u64> {
        let mut rows = 0;
        loop {
            let mut tx = app.begin(org, Actor::System).await?;
            let gone = self.delete(&mut tx).await?;
            if gone > 0 {
                receipts::note(&mut tx, Run::Organisation, &[(self.name.as_str(), gone)], &[]).await?;
            }
            tx.commit().await?;
            rows += gone;
            if self.key.is_empty() || gone == 0 || budget.is_over() {
                return Ok(rows);
            }
        }
    }

    /// A batch of it, or all of it.
    async fn delete(&self, tx: &mut Tx) -> Result<u64> {
        let (org, name) = (tx.org(), &self.name);
        let delete = if self.key.is_empty() {
            format!("delete from {name} where org_id = $1")
        } else {
            let key = self.key.join(", ");
            let same: Vec<String> = self.key.iter().map(|column| format!("t.{column} = few.{column}")).collect();
            format!(
                "with few as materialized (select {key} from {name} where org_id = $1 order by {key} limit {BATCH})
                 delete from {name} t using few where t.org_id = $1 and {}",
                same.join(" and ")
            )
        };
        Ok(sqlx::query(AssertSqlSafe(delete)).bind(org).execute(tx.db()).await?.rows_affected())
    }
}

/// From here on no list, no sign-in and no job leads into the organisation.
pub async fn leave_lists(tx: &mut SystemTx, org: OrgId) -> Result<()> {
    let now = tx.now();
    let leave = "set state = 'erased', state_at = $2 where id = $1 and state <> 'erased'";
    sqlx::query(AssertSqlSafe(format!("update {ORGANISATION} {leave}"))).bind(org).bind(now).execute(tx.db()).await?;
    let drop_jobs = format!("delete from {JOB} where org_id = $1");
    sqlx::query(AssertSqlSafe(drop_jobs)).bind(org).execute(tx.db()).await?;
    Ok(())
}

/// Some of those who belong to it, with the accounts behind.
pub async fn some_people(tx: &mut Tx, most: i64) -> Result<Vec<(MemberId, AccountId)>> {
    let org = tx.org();
    let people =
        format!("select member_id, account_id from {MEMBERSHIP} where org_id = $1 order by account_id limit $2");
    Ok(sqlx::query_as(AssertSqlSafe(people)).bind(org).bind(most).fetch_all(tx.db()).await?)
}

/// They belong to it no longer; says how many rows that were.
pub async fn forget_people(tx: &mut Tx, members: &[MemberId]) -> Result<u64> {
    let org = tx.org();
    let forget = format!("delete from {MEMBERSHIP} where org_id = $1 and member_id = any($2)");
    Ok(sqlx::query(AssertSqlSafe(forget)).bind(org).bind(members).execute(tx.db()).await?.rows_affected())
}

/// The last of it: whether it was still there.
pub async fn forget(tx: &mut SystemTx, org: OrgId) -> Result<bool> {
    for statement in [
        format!("delete from {ORGANISATION} where id = $1"),
        // Of the clock only what the log is chained by is left: there is no event any more for anybody to catch up with.
        format!("update {CLOCK} set pos = 0 where org_id = $1"),
    ] {
        sqlx::query(AssertSqlSafe(statement)).bind(org).execute(tx.db()).await?;
    }
    hosting::forget(tx, org).await
}

/// Organisations that are gone, and whose log is not or was not long ago.
pub async fn with_a_log(tx: &mut SystemTx) -> Result<Vec<OrgId>> {
    let gone = format!(
        "select c.org_id from {CLOCK} c where not exists (select from {ORGANISATION} o where o.id = c.org_id)
         order by c.org_id"
    );
    Ok(sqlx::query_scalar(AssertSqlSafe(gone)).fetch_all(tx.db()).await?)
}

/// Forgets by what the log was chained once the last line is over.
pub async fn forget_chain(tx: &mut Tx) -> Result<()> {
    let org = tx.org();
    let forget =
        format!("delete from {CLOCK} where org_id = $1 and not exists (select from {AUDIT} where org_id = $1)");
    sqlx::query(AssertSqlSafe(forget)).bind(org).execute(tx.db()).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Keys, Plan};

    const MAP: &str = r#"
[table.audit_entry]
rule = "P184D"
erasure = "keep"
[table.audit_entry.columns]
org_id = "technical"

[table.part]
rule = "organisation"
erasure = "keep"
[table.part.columns]
org_id = "technical"

[table.place]
rule = "organisation"
erasure = "keep"
[table.place.columns]
org_id = "technical"

[table.shared]
subject = "conversation"
rule = "RET-09"
erasure = "delete"
[table.shared.columns]
org_id = "technical"

[table.whole]
rule = "organisation"
erasure = "keep"
[table.whole.columns]
org_id = "technical"

[table.device]
scope = "installation"
subject = "account_id"
rule = "P1D"
erasure = "delete"
[table.device.columns]
account_id = "technical"
"#;

    #[test]
    fn whatever_points_at_something_goes_before_it_and_what_is_nobodys_stays() {
        let map = kernel::data_map::parse("kernel", MAP).unwrap();
        let points =
            [("kernel.whole", "kernel.part"), ("kernel.part", "kernel.place"), ("kernel.place", "kernel.place")];
        let points = points.map(|(from, to)| (from.to_owned(), to.to_owned()));
        let key = vec!["org_id".to_owned(), "id".to_owned()];
        let keys: Keys = ["whole", "part", "place"].map(|name| (format!("kernel.{name}"), key.clone())).into();
        let plan = Plan::ordered(&map, &points, &keys);
        let said: Vec<_> = plan.0.iter().map(|table| (table.name.as_str(), table.key.len())).collect();
        // What has no key, and what points at itself, goes at once.
        let expected = [("kernel.shared", 0), ("kernel.whole", 2), ("kernel.part", 2), ("kernel.place", 0)];
        assert_eq!(said, expected);
    }
}
