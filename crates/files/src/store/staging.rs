//! Files that grow, and what is left of them.

use std::path::Path;

use chrono::{DateTime, TimeDelta, Utc};
use kernel::{App, Result};
use tokio::fs;
use uuid::Uuid;

use super::{Store, absent_is_fine, refused};

/// No upload lives so long: what is older was left behind when its upload went on at another node.
const STALE: TimeDelta = TimeDelta::days(2);

/// Takes away what grows of a blob.
pub async fn remove(folder: &Path, blob: Uuid) -> Result<()> {
    let prefix = format!("{blob}.");
    sweep(folder, |name, _| name.starts_with(&prefix)).await
}

/// With the start of a node: what it left behind long ago. The sweep of dropped files runs on one node, and reaches the
/// staging folder of that one only.
pub fn start(app: &App) {
    let (store, before) = (Store::of(app), app.now() - STALE);
    app.spawn("files.staging", async move {
        if let Err(error) = sweep(&store.staging, |_, changed_at| changed_at < before).await {
            tracing::warn!(%error, "what uploads left behind could not be swept");
        }
    });
}

async fn sweep(folder: &Path, is_gone: impl Fn(&str, DateTime<Utc>) -> bool) -> Result<()> {
    let mut entries = match fs::read_dir(folder).await {
        Ok(entries) => entries,
        // Nothing was ever uploaded.
        Err(error) => return absent_is_fine(Err(error)),
    };
    while let Some(entry) = entries.next_entry().await.map_err(refused)? {
        // Gone in the meantime: its upload was finished or given up.
        let Ok(facts) = entry.metadata().await else { continue };
        let changed_at = facts.modified().map_err(refused)?.into();
        if is_gone(&entry.file_name().to_string_lossy(), changed_at) {
            absent_is_fine(fs::remove_file(entry.path()).await)?;
        }
    }
    Ok(())
}
