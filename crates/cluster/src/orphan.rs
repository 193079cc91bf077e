//! A database that outlived its Tulou: found by its pid file and ended before a new one starts.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::Signal;

use crate::places::Places;
use crate::postmaster::send;
use crate::{Error, Result};

const SOCKET: &str = ".s.PGSQL.5432";
/// How gently, and for how long each: finish and write down; stop at once; end.
const WAYS: [(Signal, Duration); 3] = [
    (Signal::INT, Duration::from_secs(5)),
    (Signal::QUIT, Duration::from_secs(3)),
    (Signal::KILL, Duration::from_secs(2)),
];

/// Ends what is left of an earlier life of this cluster. The caller holds the claim, so nobody else is using it.
pub fn end(places: &Places) -> Result<()> {
    let pid_file = places.cluster.join("postmaster.pid");
    let text = fs::read_to_string(&pid_file).unwrap_or_default();
    let pid = text.lines().next().and_then(|line| line.trim().parse().ok());
    if let Some(pid) = pid.filter(|pid| is_database_of(*pid, &places.cluster)) {
        tracing::warn!(pid, "a database of an earlier run is still there; ending it");
        end_process(pid, &places.cluster)?;
    }
    // After a crash these files stay, and where their number is somebody else's by now PostgreSQL would not start.
    for left in [&pid_file, &places.socket.join(SOCKET), &places.socket.join(format!("{SOCKET}.lock"))] {
        match fs::remove_file(left) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(Error::at(left, error)),
            _ => {}
        }
    }
    Ok(())
}

fn end_process(pid: u32, cluster: &Path) -> Result<()> {
    for (signal, patience) in WAYS {
        send(pid, signal);
        let begun = Instant::now();
        while begun.elapsed() < patience {
            if !is_database_of(pid, cluster) {
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
