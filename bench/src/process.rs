//! The server under measurement: started on a fresh data directory on core 0, its memory read, stopped.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

/// A running server.
pub struct Server {
    child: Child,
    /// Where it answers.
    pub url: String,
    /// Printed when nobody has set it up yet.
    pub code: Option<String>,
    /// From the start of the process until it said that it answers.
    pub started_in: Duration,
}

pub fn program() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| PathBuf::from("target"), PathBuf::from).join("release/tulou")
}

impl Server {
    pub async fn start(data: &Path, port: u16) -> anyhow::Result<Self> {
        let mut command = Command::new("taskset");
        command.args(["-c", "0"]).arg(program()).args(["--data"]).arg(data);
        command.args(["--listen", &format!("127.0.0.1:{port}"), "serve"]);
        command.env("TULOU_LIMITS_RATES", "false").env("TULOU_LOG_LEVEL", "warn");
        let begun = Instant::now();
        let mut child =
            command.stdout(Stdio::piped()).kill_on_drop(true).spawn().context("the program is not built")?;
        let output = child.stdout.take().context("no output")?;
        let mut lines = BufReader::new(output).lines();
        let mut code = None;
        let started_in = loop {
            let line = lines.next_line().await?.context("the server ended at once")?;
            if line.contains(" answers on ") {
                break begun.elapsed();
            }
        };
        // A line with the code follows at once on a fresh directory, and never otherwise.
        if let Ok(Ok(Some(line))) = tokio::time::timeout(Duration::from_millis(500), lines.next_line()).await {
            code = line.rsplit(' ').next().map(ToOwned::to_owned);
        }
        Ok(Self { child, url: format!("http://127.0.0.1:{port}"), code, started_in })
    }

    pub async fn stop(mut self) -> anyhow::Result<()> {
        let id = self.child.id().context("it has ended already")?;
        let pid = rustix::process::Pid::from_raw(i32::try_from(id)?).context("a process id")?;
        rustix::process::kill_process(pid, rustix::process::Signal::TERM)?;
        ensure!(self.child.wait().await?.success(), "the server did not stop cleanly");
        Ok(())
    }

    /// Proportional set size of the server and its database, in KiB.
    pub fn memory(&self) -> anyhow::Result<(u64, u64)> {
        let server = self.child.id().context("it has ended")?;
        let database: u64 = descendants(server).into_iter().map(pss).sum();
        Ok((pss(server), database))
    }
}

/// The whole tree below a process.
fn descendants(root: u32) -> Vec<u32> {
    let parents: Vec<(u32, u32)> = std::fs::read_dir("/proc")
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse::<u32>().ok())
        .filter_map(|pid| Some((pid, parent(pid)?)))
        .collect();
    let mut found = Vec::new();
    let mut open = vec![root];
    while let Some(above) = open.pop() {
        for (pid, _) in parents.iter().filter(|(_, parent)| *parent == above) {
            found.push(*pid);
            open.push(*pid);
        }
    }
    found
}

fn parent(pid: u32) -> Option<u32> {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    stat.rsplit_once(')')?.1.split_whitespace().nth(1)?.parse().ok()
}

fn pss(pid: u32) -> u64 {
    let rollup = std::fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).unwrap_or_default();
    let line = rollup.lines().find_map(|line| line.strip_prefix("Pss:"));
    line.and_then(|rest| rest.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}
