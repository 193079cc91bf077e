//! A throw-away cluster for tests: in a folder of its own, gone with the process however that ends.

use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::settings::{Binaries, Profile, Settings};
use crate::{Cluster, Error, Result, supervisor};

/// Waits until its input closes, which is when the process that made the cluster has ended; then ends and removes it.
const AFTERWARDS: &str = r#"read -r _
pid=$(head -n 1 "$0/cluster/postmaster.pid" 2>/dev/null) && kill -QUIT "$pid"
while kill -0 "$pid" 2>/dev/null; do sleep 0.05; done
rm -rf "$0""#;

/// Starts an empty cluster with the testing profile under the machine's folder for temporary files.
pub async fn temporary(binaries: Binaries) -> Result<Cluster> {
    temporary_in(temporary_folder()?, binaries).await
}

/// The same in a data directory that is there, such as one into which a backup was put. The whole folder goes with the process.
pub async fn temporary_in(data_dir: PathBuf, binaries: Binaries) -> Result<Cluster> {
    crate::off_the_runtime(move || {
        let cluster = supervisor::start(&Settings { data_dir: data_dir.clone(), binaries, profile: Profile::Testing });
        watch(&data_dir)?;
        cluster
    })
    .await
}

/// A folder for such a data directory.
pub fn temporary_folder() -> Result<PathBuf> {
    let all = std::env::temp_dir();
    let started = std::time::UNIX_EPOCH.elapsed().unwrap_or_default().as_nanos();
    let data_dir = all.join(format!("tulou-test-{}-{started}", std::process::id()));
    std::fs::create_dir(&data_dir).map_err(|error| Error::at(&data_dir, error))?;
    Ok(data_dir)
}

fn watch(data_dir: &Path) -> Result<()> {
    let mut command = Command::new("/bin/sh");
    command.arg("-c").arg(AFTERWARDS).arg(data_dir).process_group(0);
    let streams = command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = streams.spawn().map_err(|error| Error::at(data_dir, error))?;
    // Held open until the very end of this process.
    std::mem::forget(child.stdin.take());
    Ok(())
}
