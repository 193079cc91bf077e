//! What backups lie in: a place with what is sealed in it, and the key it is sealed under, which only the master key opens.

use std::ops::Deref;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result, ensure};
use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use vault::{BackupKey, hexadecimal};

use crate::place::{Address, LOCK, Place};

/// How old a backup may become. Logs, receipts and what else has a period of its own come back with it; none of those is longer.
pub const KEPT_AT_MOST: TimeDelta = TimeDelta::days(180);

const HEAD: &str = "tulou-backup.json";
const FORMAT: u32 = 1;

/// Backups, and what is beside them. Whoever writes holds it alone.
pub struct Depot {
    place: Place,
    key: Arc<BackupKey>,
}

#[derive(Serialize, Deserialize)]
struct Head {
    format: u32,
    /// The key, wrapped by the master key, in hexadecimal digits.
    key: String,
}

impl Depot {
    /// Opens one to look into it.
    pub fn open(at: &Address, master_key: &Path) -> Result<Self> {
        let place = Place::open(at);
        let head = place.get(HEAD)?.with_context(|| format!("there is no backup in {at}"))?;
        let key = key(&place, &head, master_key)?;
        Ok(Self { place, key: Arc::new(key) })
    }

    /// Opens one to write into it for the installation of a data directory, and makes it where nothing is yet.
    pub fn open_or_make(at: &Address, master_key: &Path, data_dir: &Path) -> Result<Self> {
        // In somebody else's folder nothing is left.
        demand_ours(&Place::open(at), at)?;
        let place = Place::hold(at, data_dir)?;
        let head = match place.get(HEAD)? {
            Some(head) => head,
            None => make(&place, master_key)?,
        };
        let key = key(&place, &head, master_key)?;
        Ok(Self { place, key: Arc::new(key) })
    }

    /// What everything in it is sealed under.
    pub fn key(&self) -> &Arc<BackupKey> {
        &self.key
    }
}

impl Deref for Depot {
    type Target = Place;

    fn deref(&self) -> &Place {
        &self.place
    }
}

fn demand_ours(place: &Place, at: &Address) -> Result<()> {
    let is_new = || Ok::<_, std::io::Error>(place.names("")?.iter().all(|name| name == LOCK));
    ensure!(place.has(HEAD)? || is_new()?, "{at} is not empty, and has no backups: name another one");
    Ok(())
}

fn make(place: &Place, master_key: &Path) -> Result<Vec<u8>> {
    let (_, wrapped) = BackupKey::make(master_key).context("the master key")?;
    let head = format!("{}\n", serde_json::to_string(&Head { format: FORMAT, key: hexadecimal::text(&wrapped) })?);
    place.put(HEAD, head.as_bytes())?;
    Ok(head.into_bytes())
}

fn key(place: &Place, head: &[u8], master_key: &Path) -> Result<BackupKey> {
    let path = place.path(HEAD);
    let unread = || format!("{path} is not what was written");
    let head: Head = serde_json::from_slice(head).with_context(unread)?;
    ensure!(head.format == FORMAT, "{path} is of another version of Tulou");
    let mut wrapped = [0; 40];
    hexadecimal::read(&head.key, &mut wrapped).with_context(unread)?;
    BackupKey::open(master_key, &wrapped)?.with_context(|| {
        format!(
            "{} is not the master key of the backups of {path}: put the copy of the one there that the server had",
            master_key.display()
        )
    })
}

#[cfg(test)]
pub mod tests {
    use tempfile::TempDir;

    use super::*;

    /// A new one in a folder, beside a key ring and its master key.
    pub fn new() -> (TempDir, Depot) {
        let dir = tempfile::tempdir().unwrap();
        let master = dir.path().join("master.key");
        vault::Vault::open_dir(&dir.path().join("keys"), &master).unwrap();
        let depot = Depot::open_or_make(&address(&dir), &master, dir.path()).unwrap();
        (dir, depot)
    }

    pub fn address(dir: &TempDir) -> Address {
        Address::Folder(dir.path().join("depot"))
    }

    #[test]
    fn one_at_a_time_writes_and_anybody_with_the_master_key_looks() {
        let (dir, depot) = new();
        let master = dir.path().join("master.key");
        let second = Depot::open_or_make(&address(&dir), &master, dir.path());
        assert!(second.is_err_and(|error| error.to_string().contains("another backup is being made")));
        Depot::open(&address(&dir), &master).unwrap();
        drop(depot);
        Depot::open_or_make(&address(&dir), &master, dir.path()).unwrap();
        std::fs::create_dir(dir.path().join("other")).unwrap();
        std::fs::write(dir.path().join("other/something"), b"").unwrap();
        let other = Depot::open_or_make(&Address::Folder(dir.path().join("other")), &master, dir.path());
        assert!(other.is_err_and(|error| error.to_string().contains("is not empty, and has no backups")));
    }
}
