//! Tulou as its people run it: release build, private database, durable, sealed. Only the limits of rates are off.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

use crate::process::Watched;

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

    pub fn watched(&self) -> anyhow::Result<Watched> {
        Ok(Watched { server: self.child.id().context("it has ended already")?, database: None })
    }

    pub async fn stop(mut self) -> anyhow::Result<()> {
        let id = self.child.id().context("it has ended already")?;
        let pid = rustix::process::Pid::from_raw(i32::try_from(id)?).context("a process id")?;
        rustix::process::kill_process(pid, rustix::process::Signal::TERM)?;
        ensure!(self.child.wait().await?.success(), "the server did not stop cleanly");
        Ok(())
    }
}
