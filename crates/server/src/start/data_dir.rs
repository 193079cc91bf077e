//! The data directory: there, ours, writable, with room. What is wrong is said before anything is made in it.

use std::fs::{self, DirBuilder, OpenOptions};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::DirBuilderExt;
use std::path::Path;

use anyhow::{Context, bail};

use crate::checks;
use crate::config::Config;

const MIB: u64 = 1024 * 1024;
/// A first start writes the cluster and its first log segments.
const FIRST_START: u64 = 200 * MIB;

pub fn prepare(config: &Config) -> anyhow::Result<()> {
    let data = config.data.as_path();
    // Others may pass through but not look: the database runs as its own user when the program is started as root.
    DirBuilder::new().recursive(true).mode(0o711).create(data).with_context(|| {
        format!("the data directory {} cannot be made. Choose another one with --data or TULOU_DATA", data.display())
    })?;
    try_writing(data)?;
    let free = checks::disk_of(data).free_bytes;
    let is_first = config.database_url.is_none() && !data.join("keys").exists();
    if is_first && free < FIRST_START {
        bail!(
            "the disk of {} has {} MiB free; the first start needs {} MiB",
            data.display(),
            free / MIB,
            FIRST_START / MIB
        );
    }
    Ok(())
}

fn try_writing(data: &Path) -> anyhow::Result<()> {
    let path = data.join(".writable");
    let written = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .open(&path)
        .and_then(|mut file| file.write_all(b"x"));
    match written {
        Ok(()) => {
            fs::remove_file(&path).with_context(|| format!("{} cannot be removed", path.display()))?;
            Ok(())
        }
        // Reading goes on when the disk is full; the database says the rest.
        Err(error) if matches!(error.kind(), ErrorKind::StorageFull | ErrorKind::QuotaExceeded) => {
            tracing::warn!("no space is left in the data directory");
            Ok(())
        }
        Err(error) => Err(error).with_context(|| {
            format!("the data directory {} may not be written by this user. Give it to the user, or choose another one with --data or TULOU_DATA", data.display())
        }),
    }
}
