//! A folder for one measurement, gone with it.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use anyhow::{Context, ensure};

/// `TMPFS_MAGIC` of Linux.
const RAM_DISK: i64 = 0x0102_1994;

pub struct Folder {
    pub path: PathBuf,
}

impl Folder {
    /// On a disk: on one in memory a sync does nothing, and every durable figure would be a lie.
    pub fn new(name: &str) -> anyhow::Result<Self> {
        let folder = Self::anywhere(name)?;
        let kind = rustix::fs::statfs(&folder.path).context("a file system")?.f_type;
        ensure!(kind != RAM_DISK, "{} is in memory: set TMPDIR to a folder on a disk", folder.path.display());
        Ok(folder)
    }

    /// Wherever temporary files are kept.
    pub fn anywhere(name: &str) -> anyhow::Result<Self> {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("tulou-bench-{name}-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&path)?;
        Ok(Self { path })
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // Nothing depends on it: the system clears its temporary files too.
        let _ = std::fs::remove_dir_all(&self.path);
    }
}
