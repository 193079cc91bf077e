//! The servers under measurement: fresh data, started on core 0, ended by their process id, everything removed.

pub mod ejabberd;
pub mod floor;
mod postgres;
pub mod prosody;
pub mod tulou;

use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, bail, ensure};
use rustix::process::{Pid, Signal, kill_process};
use tokio::process::Child;

/// How long a server may take to come up, and to go.
const PATIENCE: Duration = Duration::from_secs(60);
const LOOK: Duration = Duration::from_millis(5);

/// A process of ours; it does not outlive us.
pub struct Process {
    child: Child,
    /// When it was started.
    pub begun: Instant,
}

impl Process {
    /// Starts it on core 0 as `user`, which only root can choose; what it says goes into the file.
    pub fn start(command: &mut Command, user: Option<&str>, output: &Path) -> anyhow::Result<Self> {
        let mut pinned = Command::new("taskset");
        pinned.args(["-c", "0"]);
        if let Some(user) = user.filter(|_| is_root()) {
            let group = id(user, "-g")?;
            pinned.args(["setpriv", "--reuid", user, "--regid", &group, "--clear-groups"]);
        }
        pinned.arg(command.get_program()).args(command.get_args());
        for (name, value) in command.get_envs() {
            pinned.env(name, value.unwrap_or_default());
        }
        if let Some(folder) = command.get_current_dir() {
            pinned.current_dir(folder);
        }
        let file = std::fs::File::create(output)?;
        pinned.stdin(Stdio::null()).stdout(file.try_clone()?).stderr(file);
        // A group of its own: what is typed at us does not end it before we do.
        pinned.process_group(0);
        let begun = Instant::now();
        let child = tokio::process::Command::from(pinned).kill_on_drop(true).spawn()?;
        Ok(Self { child, begun })
    }

    pub fn id(&self) -> anyhow::Result<u32> {
        self.child.id().context("it has ended")
    }

    /// Asks it to end, and insists when it does not.
    pub async fn stop(mut self, signal: Signal) -> anyhow::Result<()> {
        let pid = Pid::from_raw(i32::try_from(self.id()?)?).context("a process id")?;
        kill_process(pid, signal)?;
        if tokio::time::timeout(PATIENCE, self.child.wait()).await.is_err() {
            self.child.kill().await?;
        }
        Ok(())
    }
}

/// Waits until somebody listens there.
pub async fn listens(port: u16) -> anyhow::Result<()> {
    let begun = Instant::now();
    while tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_err() {
        ensure!(begun.elapsed() < PATIENCE, "nothing listens on port {port}");
        tokio::time::sleep(LOOK).await;
    }
    Ok(())
}

fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

fn id(user: &str, which: &str) -> anyhow::Result<String> {
    let output = Command::new("id").args([which, user]).output()?;
    ensure!(output.status.success(), "there is no user {user}: run bench/peers/install");
    Ok(String::from_utf8(output.stdout)?.trim().to_owned())
}

/// Runs a command as `user` to its end.
fn run_as(user: &str, program: &str, arguments: &[&str]) -> anyhow::Result<String> {
    let mut command = Command::new("setpriv");
    if is_root() {
        command.args(["--reuid", user, "--regid", &id(user, "-g")?, "--clear-groups", program]);
    } else {
        command = Command::new(program);
    }
    let output = command.args(arguments).current_dir("/").output()?;
    if !output.status.success() {
        bail!("{program}: {}", String::from_utf8_lossy(&output.stderr));
    }
    Ok(String::from_utf8(output.stdout)?)
}

/// Gives a folder and all in it to the user a server runs as.
fn give(folder: &Path, user: &str) -> anyhow::Result<()> {
    if is_root() {
        let status = Command::new("chown").arg("-R").arg(user).arg(folder).status()?;
        ensure!(status.success(), "{} cannot be given to {user}", folder.display());
    }
    Ok(())
}
