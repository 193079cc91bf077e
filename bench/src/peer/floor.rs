//! The floor, which is built beside us.

use std::path::Path;
use std::process::Command;

use rustix::process::Signal;

use super::{Process, listens};
use crate::process::Watched;

pub const PORT: u16 = 18110;

pub struct Floor(Process);

impl Floor {
    pub async fn start(folder: &Path) -> anyhow::Result<Self> {
        let program = std::env::current_exe()?.with_file_name("floor");
        let mut command = Command::new(program);
        command.arg(format!("127.0.0.1:{PORT}")).arg(folder.join("log"));
        let process = Process::start(&mut command, None, &folder.join("output"))?;
        listens(PORT).await?;
        Ok(Self(process))
    }

    pub fn watched(&self) -> anyhow::Result<Watched> {
        Ok(Watched { server: self.0.id()?, database: None })
    }

    pub fn begun(&self) -> std::time::Instant {
        self.0.begun
    }

    pub async fn stop(self) -> anyhow::Result<()> {
        self.0.stop(Signal::TERM).await
    }
}
