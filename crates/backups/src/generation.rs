//! One backup: a folder with the database, the list of the bytes of files, and at last what it is. Without the last it is not
//! whole, and is gone on with.

use std::io::ErrorKind;

use anyhow::{Context, Result, bail, ensure};
use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::depot::{Depot, KEPT_AT_MOST};
use crate::make::Tell;
use crate::pieces;

/// Where they are.
const FOLDER: &str = "generations";
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
    format!("{FOLDER}/{id}/{name}")
}

/// Writes down a small part.
pub fn write<T: Serialize>(depot: &Depot, id: &str, (name, value): (&str, &T)) -> Result<()> {
    pieces::write(depot, &part(id, name), &serde_json::to_vec(value)?)?;
    Ok(())
}

/// A small part, as it was found.
enum Part<T> {
    Is(T),
    Absent,
    /// It cannot be read, and this is why.
    Damaged(String),
}

fn read<T: for<'de> Deserialize<'de>>(depot: &Depot, id: &str, name: &str) -> Result<Part<T>> {
    let place = part(id, name);
    Ok(match pieces::read(depot, &place) {
        Ok(bytes) => match serde_json::from_slice(&bytes) {
            Ok(value) => Part::Is(value),
            Err(error) => Part::Damaged(format!("{} is of another version of Tulou: {error}", depot.path(&place))),
        },
        Err(error) if error.kind() == ErrorKind::NotFound => Part::Absent,
        Err(error) if pieces::is_damage(&error) => Part::Damaged(error.to_string()),
        Err(error) => return Err(error.into()),
    })
}

/// One that is passed over: it says that it is whole, and that cannot be read.
#[derive(Debug, PartialEq, Eq)]
pub struct Damaged {
    /// What it is called.
    pub id: String,
    /// What is wrong, with the name of the file.
    pub why: String,
}

/// All there are.
#[derive(Default)]
pub struct Generations {
    /// Those that are whole as far as they say, the oldest first.
    pub whole: Vec<Manifest>,
    /// Those that are passed over.
    pub damaged: Vec<Damaged>,
}

/// All that were made to their end. What is called otherwise than a backup is none of ours.
pub fn all(depot: &Depot) -> Result<Generations> {
    let mut all = Generations::default();
    for id in names(depot)? {
        match read(depot, &id, "manifest")? {
            Part::Is(manifest) => all.whole.push(manifest),
            Part::Damaged(why) => all.damaged.push(Damaged { id, why }),
            Part::Absent => {}
        }
    }
    Ok(all)
}

fn names(depot: &Depot) -> Result<Vec<String>> {
    let mut names = depot.names(FOLDER)?;
    names.retain(|id| begun_at(id).is_some());
    Ok(names)
}

/// Whether it is still there as one that is whole.
pub fn is_there(depot: &Depot, id: &str) -> Result<bool> {
    Ok(depot.has(&part(id, "manifest"))?)
}

/// The newest, or the one of that name; one that is damaged or too old is refused.
pub fn chosen(depot: &Depot, id: Option<&str>, now: DateTime<Utc>) -> Result<Manifest> {
    let Generations { mut whole, damaged } = all(depot)?;
    let known: Vec<&str> = whole.iter().map(|manifest| manifest.id.as_str()).collect();
    let known = known.join(", ");
    let newest = whole.last().map(|manifest| manifest.id.clone());
    let wanted = id.or(damaged.last().map(|one| one.id.as_str()).max(newest.as_deref()));
    let wanted = wanted.context("no backup in it is whole: one was cut, and `tulou backup` goes on with it")?;
    if let Some(Damaged { id, why }) = damaged.iter().find(|one| one.id == wanted) {
        bail!("backup {id} is damaged and cannot be put back: {why}. Name another one with --at; there are: {known}");
    }
    whole.retain(|manifest| manifest.id == wanted);
    let found = whole.pop().with_context(|| format!("there is no whole backup {wanted}; there are {known}"))?;
    let age = now - begun_at(&found.id).context("a backup with a strange name")?;
    ensure!(
        age <= KEPT_AT_MOST,
        "backup {} is older than {} days. What had a period of its own would come back after it: it is not restored",
        found.id,
        KEPT_AT_MOST.num_days()
    );
    Ok(found)
}

/// One that was cut and can be gone on with; what else was not made to its end is taken away.
pub fn unfinished(depot: &Depot, now: DateTime<Utc>, tell: Tell) -> Result<Option<(String, Begun)>> {
    let mut goes_on = None;
    for id in names(depot)? {
        if is_there(depot, &id)? {
            continue;
        }
        let is_young = begun_at(&id).is_some_and(|at| now - at < GOES_ON_FOR);
        match read::<Begun>(depot, &id, "begun")? {
            Part::Is(begun) if is_young => goes_on = Some((id, begun)),
            Part::Damaged(why) => {
                tell(&format!("backup {id}, which was cut, is taken away: {why}"));
                remove(depot, &id)?;
            }
            Part::Is(_) | Part::Absent => remove(depot, &id)?,
        }
    }
    Ok(goes_on)
}

/// Takes away those that were begun before, but never the newest that is whole; says how many.
pub fn forget_before(depot: &Depot, before: DateTime<Utc>) -> Result<usize> {
    let Generations { mut whole, damaged } = all(depot)?;
    whole.pop();
    let mut old: Vec<String> =
        whole.into_iter().map(|one| one.id).chain(damaged.into_iter().map(|one| one.id)).collect();
    old.retain(|id| begun_at(id).is_none_or(|at| at < before));
    for id in &old {
        remove(depot, id)?;
    }
    Ok(old.len())
}

/// What says that it is whole goes first: half of one is none.
fn remove(depot: &Depot, id: &str) -> Result<()> {
    depot.remove(&part(id, "manifest"))?;
    Ok(depot.remove_all(&format!("{FOLDER}/{id}"))?)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::depot::tests::new;

    const NOBODY: Tell = |_| {};

    /// That a generation of that instant is whole, without the rest of it.
    pub fn whole(depot: &Depot, at: DateTime<Utc>) -> String {
        let id = named(at);
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

    fn at(days: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000, 0).unwrap() + TimeDelta::days(days)
    }

    #[test]
    fn the_newest_is_taken_none_that_is_too_old_and_all_go_in_time_but_the_newest() {
        let (_dir, depot) = new();
        let [first, second, third] = [0, 100, 190].map(|days| whole(&depot, at(days)));
        assert_eq!(chosen(&depot, None, at(191)).unwrap().id, third);
        assert_eq!(chosen(&depot, Some(&first), at(180)).unwrap().id, first);
        let said = chosen(&depot, Some(&first), at(181)).unwrap_err().to_string();
        assert!(said.contains("older than 180 days"), "{said}");
        let said = chosen(&depot, Some("x"), at(181)).unwrap_err().to_string();
        assert!(said.contains(&format!("there are {first}, {second}, {third}")), "{said}");
        assert_eq!(forget_before(&depot, at(100)).unwrap(), 1);
        assert_eq!(forget_before(&depot, at(1000)).unwrap(), 1);
        assert_eq!(depot.names("generations").unwrap(), [third]);
    }

    #[test]
    fn one_that_was_cut_is_gone_on_with_for_a_day_when_its_database_is_whole() {
        let (dir, depot) = new();
        let [with, without] = [at(0), at(0) + TimeDelta::seconds(1)].map(named);
        fs::create_dir_all(dir.path().join("depot/generations").join(&without)).unwrap();
        write(&depot, &with, ("begun", &Begun { postgres: "18.6".to_owned(), database_bytes: 7 })).unwrap();
        assert!(chosen(&depot, None, at(0)).is_err());
        let (id, begun) = unfinished(&depot, at(0) + TimeDelta::hours(23), NOBODY).unwrap().unwrap();
        assert_eq!((&id, begun.database_bytes), (&with, 7));
        assert_eq!(depot.names("generations").unwrap(), [with], "that of the other was not");
        assert!(unfinished(&depot, at(1), NOBODY).unwrap().is_none());
        assert_eq!(depot.names("generations").unwrap(), Vec::<String>::new());
    }

    #[test]
    fn one_that_is_damaged_is_named_and_keeps_nothing_from_the_others() {
        let (dir, depot) = new();
        let [first, second, third] = [0, 10, 20].map(|days| whole(&depot, at(days)));
        let manifest = dir.path().join("depot").join(part(&third, "manifest"));
        let sealed = fs::read(&manifest).unwrap();
        for bytes in [&sealed[1..], b"", b"anything"] {
            fs::write(&manifest, bytes).unwrap();
            let Generations { whole, damaged } = all(&depot).unwrap();
            assert_eq!(whole.iter().map(|one| &one.id).collect::<Vec<_>>(), [&first, &second]);
            assert!(matches!(&damaged[..], [one] if one.id == third && one.why.contains("manifest was changed")));
        }
        for wanted in [None, Some(third.as_str())] {
            let said = chosen(&depot, wanted, at(20)).unwrap_err().to_string();
            assert!(said.contains(&format!("backup {third} is damaged")), "{said}");
            assert!(said.ends_with(&format!("there are: {first}, {second}")), "what else there is: {said}");
        }
        assert_eq!(chosen(&depot, Some(&second), at(20)).unwrap().id, second);
        assert_eq!(forget_before(&depot, at(15)).unwrap(), 1, "the newest that is whole stays, not the newest");
        assert_eq!(depot.names("generations").unwrap(), [second.clone(), third]);
        assert_eq!(forget_before(&depot, at(25)).unwrap(), 1, "and it goes in its time");
        assert_eq!(depot.names("generations").unwrap(), [second]);
    }

    #[test]
    fn what_says_that_one_was_begun_and_cannot_be_read_is_taken_away_and_what_is_none_of_ours_stays() {
        let (dir, depot) = new();
        let id = whole(&depot, at(0));
        let generations = dir.path().join("depot/generations");
        let cut = named(at(1));
        fs::create_dir(generations.join(&cut)).unwrap();
        fs::write(generations.join(&cut).join("begun"), b"half").unwrap();
        fs::write(generations.join("begun"), b"stray").unwrap();
        fs::write(generations.join(named(at(2))), b"a file where a folder should be").unwrap();
        fs::create_dir(generations.join("lost+found")).unwrap();
        assert!(unfinished(&depot, at(1), NOBODY).unwrap().is_none());
        assert_eq!(depot.names("generations").unwrap(), [id.as_str(), "begun", "lost+found"]);
        assert_eq!(chosen(&depot, None, at(1)).unwrap().id, id);
    }
}
