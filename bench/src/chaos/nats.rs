//! The NATS by which nodes hear each other, where a run has one: the server that the tests use too.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use rustix::process::Signal;

use super::program::{Program, free_ports};

/// A running one, or one between two lives.
pub struct Nats {
    program: Option<Program>,
    path: PathBuf,
    log: PathBuf,
    pub port: u16,
}

impl Nats {
    pub async fn create(folder: &Path, path: &Path) -> Result<Self> {
        let [port] = free_ports()?;
        let mut nats = Self { program: None, path: path.to_owned(), log: folder.join("nats.log"), port };
        nats.start().await?;
        Ok(nats)
    }

    pub async fn start(&mut self) -> Result<()> {
        let mut command = Command::new(&self.path);
        command.args(["--addr", "127.0.0.1", "--port", &self.port.to_string()]);
        let mut program = Program::start(command, &self.log)?;
        program.listens(self.port).await?;
        self.program = Some(program);
        Ok(())
    }

    /// Ends it without a word.
    pub async fn kill(&mut self) -> Result<()> {
        self.program.take().context("it runs")?.kill().await
    }

    pub async fn stop(&mut self) -> Result<()> {
        let program = self.program.take().context("it runs")?;
        program.signal(Signal::TERM)?;
        program.kill().await
    }
}
