//! Where backups lie: a folder with what is sealed in it, and the key it is sealed under, which only the master key opens.

use std::fs::{self, DirBuilder, File, OpenOptions, TryLockError};
use std::io::ErrorKind;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result, bail, ensure};
use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use vault::BackupKey;

/// How old a backup may become. Logs, receipts and what else has a period of its own come back with it; none of those is longer.
pub const KEPT_AT_MOST: TimeDelta = TimeDelta::days(180);

const HEAD: &str = "tulou-backup.json";
const FORMAT: u32 = 1;

/// A folder of backups. Whoever writes holds it alone.
pub struct Depot {
    dir: PathBuf,
    key: Arc<BackupKey>,
    _lock: Option<File>,
}

#[derive(Serialize, Deserialize)]
struct Head {
    format: u32,
    /// The key, wrapped by the master key, in hexadecimal digits.
    key: String,
}

impl Depot {
    /// Opens one to look into it.
    pub fn open(dir: &Path, master_key: &Path) -> Result<Self> {
        ensure!(dir.join(HEAD).is_file(), "there is no backup in {}", dir.display());
        Ok(Self { dir: dir.to_owned(), key: Arc::new(key(dir, master_key)?), _lock: None })
    }

    /// Opens one to write into it, and makes it in a folder that is empty or not there.
    pub fn open_or_make(dir: &Path, master_key: &Path) -> Result<Self> {
        DirBuilder::new().recursive(true).mode(0o700).create(dir).with_context(|| dir.display().to_string())?;
        if !dir.join(HEAD).is_file() {
            make(dir, master_key)?;
        }
        let lock = OpenOptions::new().write(true).create(true).truncate(false).open(dir.join("lock"))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => bail!("another backup is being made in {}", dir.display()),
            Err(TryLockError::Error(error)) => return Err(error.into()),
        }
        for name in ["generations", "blobs"] {
            fs::create_dir_all(dir.join(name))?;
        }
        Ok(Self { dir: dir.to_owned(), key: Arc::new(key(dir, master_key)?), _lock: Some(lock) })
    }

    /// What everything in it is sealed under.
    pub fn key(&self) -> &Arc<BackupKey> {
        &self.key
    }

    /// Where a thing of that name lies.
    pub fn at(&self, name: &str) -> PathBuf {
        self.dir.join(name)
    }

    /// The names of what lies in a folder of it, in order.
    pub fn names(&self, folder: &str) -> Result<Vec<String>> {
        let entries = match fs::read_dir(self.at(folder)) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries?,
        };
        let names: std::io::Result<Vec<_>> = entries.map(|entry| Ok(entry?.file_name().into_string())).collect();
        let mut names: Vec<String> = names?.into_iter().flatten().collect();
        names.sort_unstable();
        Ok(names)
    }
}

fn make(dir: &Path, master_key: &Path) -> Result<()> {
    let is_empty = fs::read_dir(dir)?.next().is_none();
    ensure!(is_empty, "{} is not empty, and no folder of backups: name another one", dir.display());
    let (_, wrapped) = BackupKey::make(master_key).context("the master key")?;
    let key = wrapped.iter().map(|byte| format!("{byte:02x}")).collect();
    let draft = dir.join("head.new");
    fs::write(&draft, format!("{}\n", serde_json::to_string(&Head { format: FORMAT, key })?))?;
    File::open(&draft)?.sync_all()?;
    fs::rename(&draft, dir.join(HEAD))?;
    Ok(File::open(dir)?.sync_all()?)
}

fn key(dir: &Path, master_key: &Path) -> Result<BackupKey> {
    let path = dir.join(HEAD);
    let unread = || format!("{} is not what was written", path.display());
    let head: Head = serde_json::from_slice(&fs::read(&path)?).with_context(unread)?;
    ensure!(head.format == FORMAT, "{} is of another version of Tulou", path.display());
    let wrapped = wrapped(&head.key).with_context(unread)?;
    BackupKey::open(master_key, &wrapped)?.with_context(|| {
        format!(
            "{} is not the master key of the backups in {}: put the copy of the one there that the server had",
            master_key.display(),
            dir.display()
        )
    })
}

fn wrapped(digits: &str) -> Option<[u8; 40]> {
    let mut wrapped = [0; 40];
    if digits.len() != 2 * wrapped.len() || !digits.is_ascii() {
        return None;
    }
    for (at, byte) in wrapped.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&digits[2 * at..2 * at + 2], 16).ok()?;
    }
    Some(wrapped)
}
