//! What an import did, kept for a day, each thing sealed in its place.

use directory::imports::{DeedKind, Done};
use kernel::{Bucket, Result, Tx};

use crate::model::ImportId;

const KIND: &str = "identity.import.deed";
/// Rows a statement.
const STEP: usize = 2_000;

/// A thing that was done, and whether it was taken back.
pub struct KeptDeed {
    pub n: i32,
    pub code: Option<String>,
    pub done: Done,
}

/// Remembers what was done, in the order in which it was.
pub async fn keep(tx: &mut Tx, import: ImportId, done: &[Done]) -> Result<()> {
    for (step, some) in (0_i32..).zip(done.chunks(STEP)) {
        let first = step * i32::try_from(STEP).map_err(anyhow::Error::from)?;
        let ns: Vec<i32> = (first..).take(some.len()).collect();
        let names: Vec<&str> = some.iter().map(|one| one.deed.kind().name()).collect();
        let counted: Vec<bool> = some.iter().map(|one| one.deed.is_counted()).collect();
        let sealed = some.iter().zip(&ns).map(|(one, n)| {
            let plain = serde_json::to_vec(one).map_err(anyhow::Error::from)?;
            tx.seal(Bucket::Object(import.0), &kind(*n), import.0, &plain)
        });
        let sealed: Vec<Vec<u8>> = sealed.collect::<Result<_>>()?;
        sqlx::query(
            "insert into identity.import_deed (import_id, n, kind, is_counted, state, deed)
             select $1, d.n, d.kind, d.is_counted, 'done', d.deed
             from unnest($2::integer[], $3::text[], $4::boolean[], $5::bytea[]) as d (n, kind, is_counted, deed)",
        )
        .bind(import)
        .bind(&ns)
        .bind(&names)
        .bind(&counted)
        .bind(&sealed)
        .execute(tx.db())
        .await?;
    }
    Ok(())
}

/// A thing opens only in its place.
fn kind(n: i32) -> String {
    format!("{KIND} {n}")
}

/// Everything of these kinds that is not taken back yet.
pub async fn open(tx: &mut Tx, import: ImportId, kinds: &[DeedKind]) -> Result<Vec<KeptDeed>> {
    let rows: Vec<(i32, Option<String>, Vec<u8>)> = sqlx::query_as(
        "select n, code, deed from identity.import_deed
         where import_id = $1 and kind = any($2) and state <> 'undone' order by n",
    )
    .bind(import)
    .bind(kinds.iter().map(|kind| kind.name()).collect::<Vec<_>>())
    .fetch_all(tx.db())
    .await?;
    rows.into_iter().map(|row| opened(tx, import, row)).collect()
}

/// Those that could not be taken back, from a place on.
pub async fn kept(tx: &mut Tx, import: ImportId, after: Option<i32>, limit: usize) -> Result<Vec<KeptDeed>> {
    let rows: Vec<(i32, Option<String>, Vec<u8>)> = sqlx::query_as(
        "select n, code, deed from identity.import_deed
         where import_id = $1 and state = 'kept' and ($2::integer is null or n > $2) order by n limit $3",
    )
    .bind(import)
    .bind(after)
    .bind(i64::try_from(limit).unwrap_or(i64::MAX))
    .fetch_all(tx.db())
    .await?;
    rows.into_iter().map(|row| opened(tx, import, row)).collect()
}

fn opened(tx: &Tx, import: ImportId, (n, code, sealed): (i32, Option<String>, Vec<u8>)) -> Result<KeptDeed> {
    let plain = tx.open(Bucket::Object(import.0), &kind(n), import.0, &sealed)?;
    Ok(KeptDeed { n, code, done: serde_json::from_slice(&plain).map_err(anyhow::Error::from)? })
}

/// Says of each what became of it: taken back, or kept and why.
pub async fn settle(tx: &mut Tx, import: ImportId, fates: &[(i32, Option<&'static str>)]) -> Result<()> {
    let (places, codes): (Vec<i32>, Vec<Option<&str>>) = fates.iter().copied().unzip();
    sqlx::query(
        "update identity.import_deed d
         set state = case when f.code is null then 'undone' else 'kept' end, code = f.code
         from unnest($2::integer[], $3::text[]) as f (n, code) where d.import_id = $1 and d.n = f.n",
    )
    .bind(import)
    .bind(&places)
    .bind(&codes)
    .execute(tx.db())
    .await?;
    Ok(())
}
