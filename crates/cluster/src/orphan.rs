//! A database that outlived its Tulou: found by its pid file and ended before a new one starts.

use std::fs;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::Signal;

use crate::places::Places;
use crate::postmaster::send;
use crate::{Error, Result};

/// How gently, and for how long each: finish and write down; stop at once; end.
const WAYS: [(Signal, Duration); 3] = [
    (Signal::INT, Duration::from_secs(5)),
    (Signal::QUIT, Duration::from_secs(3)),
    (Signal::KILL, Duration::from_secs(2)),
];

/// Ends what is left of an earlier life of this cluster. The caller holds the claim, so nobody else is using it.
pub fn end(places: &Places) -> Result<()> {
    let pid_file = places.cluster.join("postmaster.pid");
    let Ok(text) = fs::read_to_string(&pid_file) else { return Ok(()) };
    let pid = text.lines().next().and_then(|line| line.trim().parse().ok());
    let Some(pid) = pid.filter(|pid| is_database_of(*pid, &places.cluster)) else {
        // A crash left the file, and its number may by now be somebody else's: PostgreSQL would refuse to start.
        return fs::remove_file(&pid_file).map_err(|error| Error::at(&pid_file, error));
    };
    tracing::warn!(pid, "a database of an earlier run is still there; ending it");
    for (signal, patience) in WAYS {
        send(pid, signal);
        let begun = Instant::now();
        while begun.elapsed() < patience {
            if !is_database_of(pid, &places.cluster) {
                return Ok(());
            }
            thread::sleep(Duration::from_millis(5));
        }
    }
    Err(Error::DidNotStart { output: format!("process {pid}, a database of an earlier run, does not end") })
}

/// A database works inside its cluster's folder; a process that has ended has no folder any more.
fn is_database_of(pid: u32, cluster: &Path) -> bool {
    fs::read_link(format!("/proc/{pid}/cwd")).is_ok_and(|folder| folder == cluster)
}
