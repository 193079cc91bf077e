//! Make things findable.

use std::collections::{BTreeMap, HashMap};

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

/// Entries whose words are hidden without a break: other tasks have the processor in between.
const AT_ONCE: usize = 8;

/// The codes of the words that were met, by day: hiding a word costs more than finding it here, and most are said again.
#[derive(Default)]
struct Known<'a>(BTreeMap<i32, HashMap<&'a str, i32>>);

impl<'a> Known<'a> {
    /// Of the words of an entry; `None` when the key of its day is gone.
    fn codes(&mut self, tx: &Tx, entry: &'a Entry) -> Result<Option<Vec<i32>>> {
        let day = day(entry.at);
        let known = self.0.entry(day).or_default();
        let words = || entry.terms.words.iter().map(String::as_str);
        let new: Vec<&str> = words().filter(|word| !known.contains_key(word)).collect();
        match tx.app().vault().codes(tx.org().0, bucket(day), &new) {
            Ok(codes) => known.extend(new.into_iter().zip(codes)),
            Err(VaultError::Missing | VaultError::Destroyed) => return Ok(None),
            Err(error) => return Err(error.into()),
        }
        Ok(Some(words().filter_map(|word| known.get(word).copied()).collect()))
    }
}

/// Puts entries of one kind into the index; what is there already stays as it is. What is of a day whose key is gone, or
/// has nothing to be found by, is left out. No error says more than that the database or the key ring failed.
pub async fn put(tx: &mut Tx, kind: &'static str, entries: &[Entry]) -> Result<()> {
    let (mut scopes, mut places, mut times, mut references, mut terms) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut ends: Vec<i32> = Vec::new();
    let mut known = Known::default();
    for (place, entry) in entries.iter().filter(|entry| !entry.terms.is_empty()).enumerate() {
        if place % AT_ONCE == AT_ONCE - 1 {
            tokio::task::yield_now().await;
        }
        let Some(mut codes) = known.codes(tx, entry)? else { continue };
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
