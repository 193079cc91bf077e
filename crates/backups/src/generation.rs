//! One backup: a folder with the database, the list of the bytes of files, and at last what it is. Without the last it is not
//! whole, and is gone on with.

use std::fs;
use std::io::ErrorKind;

use anyhow::{Context, Result, ensure};
use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::depot::{Depot, KEPT_AT_MOST};
use crate::pieces;

const NAMED: &str = "%Y%m%dT%H%M%SZ";
/// So long the database of a backup that was cut is still good enough to go on with.
const GOES_ON_FOR: TimeDelta = TimeDelta::hours(24);

/// What a backup says of itself, once it is whole.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Manifest {
    /// What it is called: when it was begun.
    pub id: String,
    /// The version of Tulou that made it.
    pub version: String,
    /// The version of PostgreSQL that reads it.
    pub postgres: String,
    /// The number of the ring that was written with it.
    pub ring: u64,
    /// When it was whole.
    pub ended_at: DateTime<Utc>,
    /// Bytes of the database, as they were read.
    pub database_bytes: u64,
    /// Segments of files.
    pub segments: u64,
    /// And their bytes.
    pub segment_bytes: u64,
    /// Keys in the ring that was written with it.
    pub keys: u64,
}

/// What is known of one that is being made.
#[derive(Serialize, Deserialize)]
pub struct Begun {
    /// The version of PostgreSQL.
    pub postgres: String,
    /// Bytes of the database.
    pub database_bytes: u64,
}

/// What a backup that begins at this instant is called.
pub fn named(at: DateTime<Utc>) -> String {
    at.format(NAMED).to_string()
}

/// When a backup was begun.
pub fn begun_at(id: &str) -> Option<DateTime<Utc>> {
    NaiveDateTime::parse_from_str(id, NAMED).ok().map(|at| at.and_utc())
}

/// The place of a part of it.
pub fn part(id: &str, name: &str) -> String {
    format!("generations/{id}/{name}")
}

/// Writes down a small part.
pub fn write<T: Serialize>(depot: &Depot, id: &str, (name, value): (&str, &T)) -> Result<()> {
    let place = part(id, name);
    pieces::write(&depot.at(&place), depot.key(), &place, &serde_json::to_vec(value)?)?;
    Ok(())
}

/// Reads a small part; `None` when it is not there.
pub fn read<T: for<'de> Deserialize<'de>>(depot: &Depot, id: &str, name: &str) -> Result<Option<T>> {
    let place = part(id, name);
    match pieces::read(&depot.at(&place), depot.key(), &place) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        bytes => Ok(Some(serde_json::from_slice(&bytes?)?)),
    }
}

/// All that are whole, the oldest first.
pub fn all(depot: &Depot) -> Result<Vec<Manifest>> {
    let mut whole = Vec::new();
    for id in depot.names("generations")? {
        whole.extend(read::<Manifest>(depot, &id, "manifest")?);
    }
    Ok(whole)
}

/// The newest that is whole, or the one of that name; one that is too old is refused.
pub fn chosen(depot: &Depot, id: Option<&str>, now: DateTime<Utc>) -> Result<Manifest> {
    let whole = all(depot)?;
    let known: Vec<&str> = whole.iter().map(|manifest| manifest.id.as_str()).collect();
    let (known, cut) = (known.join(", "), "no backup in it is whole: one was cut, and `tulou backup` goes on with it");
    let found = match id {
        None => whole.last().context(cut)?,
        Some(id) => whole
            .iter()
            .find(|manifest| manifest.id == id)
            .with_context(|| format!("there is no whole backup {id}; there are {known}"))?,
    };
    let age = now - begun_at(&found.id).context("a backup with a strange name")?;
    ensure!(
        age <= KEPT_AT_MOST,
        "backup {} is older than {} days. What had a period of its own would come back after it: it is not restored",
        found.id,
        KEPT_AT_MOST.num_days()
    );
    Ok(found.clone())
}

/// One that was cut and can be gone on with; what else is not whole is taken away.
pub fn unfinished(depot: &Depot, now: DateTime<Utc>) -> Result<Option<(String, Begun)>> {
    let mut goes_on = None;
    for id in depot.names("generations")? {
        if depot.at(&part(&id, "manifest")).exists() {
            continue;
        }
        let is_young = begun_at(&id).is_some_and(|at| now - at < GOES_ON_FOR);
        match read::<Begun>(depot, &id, "begun")? {
            Some(begun) if is_young => goes_on = Some((id, begun)),
            _ => fs::remove_dir_all(depot.at(&format!("generations/{id}")))?,
        }
    }
    Ok(goes_on)
}

/// Takes away those that were begun before, but never the newest that is whole; says how many.
pub fn forget_before(depot: &Depot, before: DateTime<Utc>) -> Result<usize> {
    let mut whole = all(depot)?;
    whole.pop();
    whole.retain(|manifest| begun_at(&manifest.id).is_none_or(|at| at < before));
    for manifest in &whole {
        // What says that it is whole goes first: half of one is none.
        fs::remove_file(depot.at(&part(&manifest.id, "manifest")))?;
        fs::remove_dir_all(depot.at(&format!("generations/{}", manifest.id)))?;
    }
    Ok(whole.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(depot: &Depot, at: DateTime<Utc>) -> String {
        let id = named(at);
        fs::create_dir(depot.at(&format!("generations/{id}"))).unwrap();
        let manifest = Manifest {
            id: id.clone(),
            version: "0.1.0".to_owned(),
            postgres: "18.6".to_owned(),
            ring: 1,
            ended_at: at,
            database_bytes: 0,
            segments: 0,
            segment_bytes: 0,
            keys: 0,
        };
        write(depot, &id, ("manifest", &manifest)).unwrap();
        id
    }

    #[test]
    fn the_newest_is_taken_none_that_is_too_old_and_all_go_in_time_but_the_newest() {
        let dir = tempfile::tempdir().unwrap();
        let master = dir.path().join("master.key");
        vault::Vault::open_dir(&dir.path().join("keys"), &master).unwrap();
        let depot = Depot::open_or_make(&dir.path().join("depot"), &master).unwrap();
        assert!(Depot::open_or_make(&dir.path().join("depot"), &master).is_err(), "one at a time");
        let now = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        let days = |days| now + TimeDelta::days(days);
        let [first, second, third] = [0, 100, 190].map(|at| whole(&depot, days(at)));
        assert_eq!(chosen(&depot, None, days(191)).unwrap().id, third);
        assert_eq!(chosen(&depot, Some(&first), days(180)).unwrap().id, first);
        let said = chosen(&depot, Some(&first), days(181)).unwrap_err().to_string();
        assert!(said.contains("older than 180 days"), "{said}");
        let said = chosen(&depot, Some("x"), days(181)).unwrap_err().to_string();
        assert!(said.contains(&format!("there are {first}, {second}, {third}")), "{said}");
        assert_eq!(forget_before(&depot, days(100)).unwrap(), 1);
        assert_eq!(forget_before(&depot, days(1000)).unwrap(), 1);
        assert_eq!(depot.names("generations").unwrap(), [third]);
    }

    #[test]
    fn one_that_was_cut_is_gone_on_with_for_a_day_when_its_database_is_whole() {
        let dir = tempfile::tempdir().unwrap();
        let master = dir.path().join("master.key");
        vault::Vault::open_dir(&dir.path().join("keys"), &master).unwrap();
        let depot = Depot::open_or_make(&dir.path().join("depot"), &master).unwrap();
        let now = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        let [with, without] = [now, now + TimeDelta::seconds(1)].map(named);
        for id in [&with, &without] {
            fs::create_dir(depot.at(&format!("generations/{id}"))).unwrap();
        }
        write(&depot, &with, ("begun", &Begun { postgres: "18.6".to_owned(), database_bytes: 7 })).unwrap();
        assert!(chosen(&depot, None, now).is_err());
        let (id, begun) = unfinished(&depot, now + TimeDelta::hours(23)).unwrap().unwrap();
        assert_eq!((&id, begun.database_bytes), (&with, 7));
        assert_eq!(depot.names("generations").unwrap(), [with], "that of the other was not");
        assert!(unfinished(&depot, now + TimeDelta::hours(24)).unwrap().is_none());
        assert_eq!(depot.names("generations").unwrap(), Vec::<String>::new());
    }
}
