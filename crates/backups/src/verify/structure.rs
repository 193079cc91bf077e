//! The tables and indexes of the database, as PostgreSQL's own `amcheck` finds them.

use anyhow::{Error, Result};
use kernel::{App, SystemTx};
use sqlx::postgres::types::Oid;

use super::{Depth, Found};

/// Every table and index that is kept, the catalogue's too.
#[derive(sqlx::FromRow)]
struct Relation {
    /// By it the relation is found: names of what belongs to the system lead nowhere for the program.
    id: Oid,
    name: String,
    is_index: bool,
}

/// Looks at each in a transaction of its own, so that nothing waits for all of it.
pub async fn look(app: &App, depth: Depth, found: &mut Found) -> Result<()> {
    let relations = relations(app).await?;
    if relations.is_empty() {
        found.lines.push("tables and indexes: not looked at, this PostgreSQL has no amcheck for Tulou".to_owned());
        return Ok(());
    }
    let (mut tables, mut indexes) = (0, 0);
    for Relation { id, name, is_index } in relations {
        let mut tx = SystemTx::begin(app).await.map_err(Error::new)?;
        let wrong = if is_index {
            indexes += 1;
            index(&mut tx, id, depth).await?
        } else {
            tables += 1;
            table(&mut tx, id).await?
        };
        if let Some(wrong) = wrong {
            found.fault(format!("{name}: {wrong}"));
        }
        tx.commit().await.map_err(Error::new)?;
    }
    found.lines.push(format!("structure: {tables} tables, {indexes} indexes"));
    Ok(())
}

async fn relations(app: &App) -> Result<Vec<Relation>> {
    let mut tx = SystemTx::begin(app).await.map_err(Error::new)?;
    let relations = sqlx::query_as(
        "select c.oid as id, c.oid::regclass::text as name, c.relkind = 'i' as is_index
         from pg_class c
         left join pg_index i on i.indexrelid = c.oid
         left join pg_am a on a.oid = c.relam
         where c.relpersistence = 'p'
           and (c.relkind in ('r', 'm', 't') or (c.relkind = 'i' and a.amname = 'btree' and i.indisvalid))
           and to_regproc('amcheck.verify_heapam') is not null
         order by c.oid",
    )
    .fetch_all(tx.db())
    .await?;
    tx.commit().await.map_err(Error::new)?;
    Ok(relations)
}

/// What is wrong with a table; a table that is gone meanwhile has nothing wrong.
async fn table(tx: &mut SystemTx, id: Oid) -> Result<Option<String>> {
    let wrong = sqlx::query_scalar(
        "select 'block ' || v.blkno || ': ' || v.msg from pg_class c, lateral amcheck.verify_heapam(c.oid::regclass) v
         where c.oid = $1 limit 1",
    );
    told(wrong.bind(id).fetch_optional(tx.db()).await)
}

async fn index(tx: &mut SystemTx, id: Oid, depth: Depth) -> Result<Option<String>> {
    // Looking up every row of the table in it takes as long as making it anew.
    let looks_up_rows = depth == Depth::All;
    let looked =
        sqlx::query("select amcheck.bt_index_check(c.oid::regclass, $2) is null from pg_class c where c.oid = $1");
    told(looked.bind(id).bind(looks_up_rows).execute(tx.db()).await.map(|_| None))
}

/// What the database finds damaged it says as an error.
fn told(outcome: sqlx::Result<Option<String>>) -> Result<Option<String>> {
    match outcome {
        Err(sqlx::Error::Database(error)) => Ok(Some(error.message().to_owned())),
        outcome => Ok(outcome?),
    }
}
