//! The tables and columns that there are, as far as the program may read them.

use std::collections::BTreeMap;

use kernel::Result;
use sqlx::PgConnection;

/// A table, as it stands in the database.
#[derive(Debug, Default)]
pub struct RealTable {
    /// Its columns with their types.
    pub columns: BTreeMap<String, String>,
    /// What its rows are in the order of.
    pub key: Vec<String>,
    /// Whether an organisation sees its own rows only.
    pub is_guarded: bool,
    /// About how many rows it has.
    pub rows: f64,
}

#[derive(sqlx::FromRow)]
struct Row {
    place: String,
    name: String,
    type_name: String,
    key: Vec<String>,
    is_guarded: bool,
    rows: f64,
}

/// Every table by `schema.table`; partitions belong to their parent.
pub async fn read(db: &mut PgConnection) -> Result<BTreeMap<String, RealTable>> {
    let rows: Vec<Row> = sqlx::query_as(
        "select n.nspname || '.' || c.relname as place, a.attname::text as name, format_type(a.atttypid, null) as type_name,
             c.relrowsecurity as is_guarded,
             coalesce((select array_agg(k.attname::text order by o.place) from pg_index i
                 cross join unnest(i.indkey) with ordinality as o (number, place)
                 join pg_attribute k on k.attrelid = c.oid and k.attnum = o.number
                 where i.indrelid = c.oid and i.indisprimary), '{}') as key,
             (select sum(greatest(p.reltuples, 0))::float8 from pg_class p
              where p.oid = c.oid or p.oid in (select inhrelid from pg_inherits where inhparent = c.oid)) as rows
         from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
         where c.relkind in ('r', 'p') and not c.relispartition and a.attnum > 0 and not a.attisdropped
           and n.nspname not in ('pg_catalog', 'information_schema', 'public') and n.nspname !~ '^pg_'
           and has_schema_privilege(n.oid, 'usage') and has_column_privilege(c.oid, a.attnum, 'select')",
    )
    .fetch_all(db)
    .await?;
    let mut tables = BTreeMap::new();
    for Row { place, name, type_name, key, is_guarded, rows } in rows {
        let table: &mut RealTable = tables.entry(place).or_default();
        table.columns.insert(name, type_name);
        (table.key, table.is_guarded, table.rows) = (key, is_guarded, rows);
    }
    Ok(tables)
}
