//! Make things findable.

use chrono::{DateTime, Utc};
use kernel::{Result, Tx, VaultError};
use uuid::Uuid;

use super::{bucket, day};
use crate::text::terms::Terms;

/// Something that can be found.
pub struct Entry {
    /// Whose readers may find it.
    pub scope: Uuid,
    /// Its number there.
    pub place: i64,
    /// When it was said or made: its day's key hides the words, and newer ones are found first.
    pub at: DateTime<Utc>,
    /// What it is.
    pub reference: Uuid,
    /// What it can be found by.
    pub terms: Terms,
}

/// Puts entries of one kind into the index; what is there already stays as it is. What is of a day whose key is gone, or
/// has nothing to be found by, is left out. No error says more than that the database or the key ring failed.
pub async fn put(tx: &mut Tx, kind: &'static str, entries: &[Entry]) -> Result<()> {
    let (mut scopes, mut places, mut times, mut references, mut terms) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut ends: Vec<i32> = Vec::new();
    for entry in entries.iter().filter(|entry| !entry.terms.is_empty()) {
        let words: Vec<&String> = entry.terms.words.iter().collect();
        let mut codes = match tx.app().vault().codes(tx.org().0, bucket(day(entry.at)), &words) {
            Ok(codes) => codes,
            Err(VaultError::Missing | VaultError::Destroyed) => continue,
            Err(error) => return Err(error.into()),
        };
        codes.extend(&entry.terms.marks);
        codes.sort_unstable();
        codes.dedup();
        scopes.push(entry.scope);
        places.push(entry.place);
        times.push(entry.at);
        references.push(entry.reference);
        terms.extend(codes);
        ends.push(i32::try_from(terms.len()).map_err(anyhow::Error::from)?);
    }
    if scopes.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "insert into search.entry (scope, kind, place, at, ref, terms)
         select e.scope, $1, e.place, e.at, e.ref, ($6::integer[])[coalesce(lag(e.last) over (order by e.ord), 0) + 1 : e.last]
         from unnest($2::uuid[], $3::bigint[], $4::timestamptz[], $5::uuid[], $7::integer[])
              with ordinality as e (scope, place, at, ref, last, ord)
         on conflict on constraint entry_pkey do nothing",
    )
    .bind(kind)
    .bind(scopes)
    .bind(places)
    .bind(times)
    .bind(references)
    .bind(terms)
    .bind(ends)
    .execute(tx.db())
    .await?;
    Ok(())
}
