//! The vault from outside: what it promises to everything that seals.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod master_key;
mod messages;
mod shared;
mod values;

use std::path::{Path, PathBuf};

use tempfile::TempDir;
use uuid::Uuid;
use vault::Vault;

/// A fresh installation with one organisation.
struct Place {
    dir: TempDir,
    org: Uuid,
}

impl Place {
    fn new() -> Self {
        let place = Self { dir: TempDir::new().unwrap(), org: Uuid::from_u128(1) };
        place.vault().create_organisation(place.org).unwrap();
        place
    }

    fn vault(&self) -> Vault {
        Vault::open_dir(&self.ring(), &self.master_key()).unwrap()
    }

    fn ring(&self) -> PathBuf {
        self.dir.path().join("keys")
    }

    fn master_key(&self) -> PathBuf {
        self.dir.path().join("master.key")
    }
}

fn files_contain(dir: &Path, words: &[u8]) -> bool {
    std::fs::read_dir(dir)
        .unwrap()
        .any(|entry| std::fs::read(entry.unwrap().path()).unwrap().windows(words.len()).any(|window| window == words))
}
