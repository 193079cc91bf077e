//! Processes of a run: started in groups of their own, what they say kept in files, ended by their number, gone with us.

use std::fs::{File, OpenOptions};
use std::net::TcpListener;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use rustix::process::{Pid, Signal, kill_process};
use tokio::process::Child;
use tokio::time::{sleep, timeout};

/// How long anything may take to start, or to stop when it is asked to.
pub const PATIENCE: Duration = Duration::from_secs(60);
const LOOK: Duration = Duration::from_millis(20);
const FIRST_PORT: u16 = 20_000;
const LENT_PORTS: u16 = 32_768;

pub struct Program {
    child: Child,
    log: PathBuf,
}

impl Program {
    /// Starts it; what it says is put behind what is in the file already.
    pub fn start(mut command: Command, log: &Path) -> Result<Self> {
        let file = OpenOptions::new().create(true).append(true).open(log)?;
        command.stdin(Stdio::null()).stdout(file.try_clone()?).stderr(file).process_group(0);
        let name = command.get_program().to_string_lossy().into_owned();
        let child = tokio::process::Command::from(command).kill_on_drop(true).spawn().context(name)?;
        Ok(Self { child, log: log.to_owned() })
    }

    pub fn signal(&self, signal: Signal) -> Result<()> {
        let id = self.child.id().context("it has ended already")?;
        kill_process(Pid::from_raw(i32::try_from(id)?).context("a process id")?, signal)?;
        Ok(())
    }

    /// Ends it without a word.
    pub async fn kill(mut self) -> Result<()> {
        Ok(self.child.kill().await?)
    }

    /// Asks it to stop; fails when it does not, or not cleanly.
    pub async fn stop(mut self, signal: Signal) -> Result<()> {
        self.signal(signal)?;
        let ended = timeout(PATIENCE, self.child.wait()).await.context("it did not stop")??;
        ensure!(ended.success(), "it ended with {ended}: {}", tail(&self.log));
        Ok(())
    }

    /// Waits until somebody answers on that port, unless the program ends before.
    pub async fn listens(&mut self, port: u16) -> Result<()> {
        let begun = Instant::now();
        while tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_err() {
            self.is_there()?;
            ensure!(begun.elapsed() < PATIENCE, "nothing listens on port {port}: {}", tail(&self.log));
            sleep(LOOK).await;
        }
        Ok(())
    }

    /// Waits until what it has said since `from` contains these words; what stands behind them in the line.
    pub async fn says(&mut self, from: u64, words: &str) -> Result<String> {
        let begun = Instant::now();
        loop {
            let said = std::fs::read(&self.log)?;
            let said = String::from_utf8_lossy(said.get(usize::try_from(from)?..).unwrap_or_default()).into_owned();
            let found =
                said.split_inclusive('\n').filter(|line| line.ends_with('\n')).find_map(|l| l.split_once(words));
            if let Some((_, rest)) = found {
                return Ok(rest.trim().to_owned());
            }
            self.is_there()?;
            ensure!(begun.elapsed() < PATIENCE, "it does not say \"{words}\": {}", tail(&self.log));
            sleep(LOOK).await;
        }
    }

    /// Fails when it has ended, with what it said last.
    pub fn is_there(&mut self) -> Result<()> {
        if let Some(status) = self.child.try_wait()? {
            bail!("it ended with {status}: {}", tail(&self.log));
        }
        Ok(())
    }
}

/// How long a log is now.
pub fn length(log: &Path) -> u64 {
    File::open(log).and_then(|file| file.metadata()).map_or(0, |data| data.len())
}

/// The last lines of a log.
pub fn tail(log: &Path) -> String {
    let text = std::fs::read(log).unwrap_or_default();
    let text = String::from_utf8_lossy(&text).into_owned();
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(12)..].join("\n")
}

/// Ports that nobody has now, below those that the system lends to whoever connects: a node that was away gets its own back.
pub fn free_ports<const N: usize>() -> Result<[u16; N]> {
    static TAKEN: AtomicU16 = AtomicU16::new(0);
    let first = FIRST_PORT + u16::try_from(std::process::id() % 500)? * 20;
    let mut ports = [0; N];
    for port in &mut ports {
        loop {
            *port = first + TAKEN.fetch_add(1, Ordering::Relaxed);
            ensure!(*port < LENT_PORTS, "no port is free");
            if TcpListener::bind(("127.0.0.1", *port)).is_ok() {
                break;
            }
        }
    }
    Ok(ports)
}
