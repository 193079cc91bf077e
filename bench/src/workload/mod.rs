//! What is measured; the names and the ways are those of docs/performance.md.

pub mod client;
pub mod direct;
pub mod history;
pub mod idle;
pub mod import;
pub mod search;
pub mod size;
pub mod start;

use std::path::PathBuf;

/// A folder for one run, gone with it.
pub struct Folder(pub PathBuf);

impl Folder {
    pub fn new(name: &str) -> anyhow::Result<Self> {
        let path = std::env::temp_dir().join(format!("tulou-bench-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path)?;
        Ok(Self(path))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // Nothing depends on it: the system clears its temporary files too.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A UUIDv7 of now, as a device makes it.
#[expect(clippy::disallowed_methods, reason = "the load client is a device with a clock of its own")]
pub fn client_id() -> String {
    uuid::Uuid::now_v7().to_string()
}
