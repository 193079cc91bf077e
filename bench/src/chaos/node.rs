//! One node: the real program on a data directory of its own, on the database and the bucket of all.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use rustix::process::Signal;

use super::bucket::Bucket;
use super::database::Database;
use super::line::{Cut, Line, To};
use super::nats::Nats;
use super::program::{Program, free_ports, length};

/// Where the machine is very busy the bucket may not answer in time.
const ATTEMPTS: usize = 3;

pub struct Node {
    program: Option<Program>,
    path: PathBuf,
    variables: Vec<(&'static str, String)>,
    data: PathBuf,
    log: PathBuf,
    port: u16,
    /// Its way to the database past any pooler, and to NATS where there is one.
    lines: Vec<Line>,
}

/// What a node stands on.
#[derive(Clone, Copy)]
pub struct Ground<'a> {
    pub database: &'a Database,
    pub bucket: &'a Bucket,
    pub nats: Option<&'a Nats>,
}

impl Node {
    /// Prepares one; nothing runs yet.
    pub async fn prepare(path: &Path, folder: &Path, number: usize, on: Ground<'_>) -> Result<Self> {
        let Ground { database, bucket, nats } = on;
        let [port] = free_ports()?;
        let mut lines = vec![Line::open(To::Database(database.port)).await?];
        let data = folder.join(format!("node-{number}"));
        fs::create_dir_all(&data)?;
        let mut variables = vec![
            ("TULOU_DATA", data.display().to_string()),
            ("TULOU_LISTEN", format!("127.0.0.1:{port}")),
            ("TULOU_LIMITS_RATES", "false".to_owned()),
            ("TULOU_LOG_LEVEL", "info".to_owned()),
            ("TULOU_KEY_RING", "bucket".to_owned()),
            ("TULOU_DATABASE_URL", database.url("tulou_app", database.port)),
            ("TULOU_DATABASE_OWNER_URL", database.url("tulou_owner", database.port)),
            ("TULOU_DATABASE_DIRECT_URL", database.url("tulou_app", lines[0].port)),
        ];
        variables.extend(bucket.settings());
        if let Some(nats) = nats {
            let line = Line::open(To::Nats(nats.port)).await?;
            variables.push(("TULOU_BUS_NATS_URL", format!("nats://127.0.0.1:{}", line.port)));
            lines.push(line);
        }
        let log = folder.join(format!("node-{number}.log"));
        Ok(Self { program: None, path: path.to_owned(), variables, data, log, port, lines })
    }

    /// Cuts its lines, or lets them carry again.
    pub fn cut(&self, how: Cut) {
        self.lines.iter().for_each(|line| line.cut(how));
    }

    /// How many of its connections were ended or silenced, by each line.
    pub fn struck(&self) -> Vec<usize> {
        self.lines.iter().map(|line| line.struck.get()).collect()
    }

    /// Host and port.
    pub fn address(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    pub fn log(&self) -> &Path {
        &self.log
    }

    /// Starts it and waits until it answers; anew where it ends by itself, as a service manager would.
    pub async fn start(&mut self) -> Result<()> {
        let mut outcome = self.attempt().await;
        for _ in 1..ATTEMPTS {
            let Err(error) = &outcome else { break };
            println!("  a node did not start, and is started again: {error:#}");
            outcome = self.attempt().await;
        }
        outcome
    }

    async fn attempt(&mut self) -> Result<()> {
        let from = length(&self.log);
        let mut command = Command::new(&self.path);
        command.arg("serve").current_dir(&self.data);
        for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("TULOU_")) {
            command.env_remove(name);
        }
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        let mut program = Program::start(command, &self.log)?;
        program.says(from, " answers on ").await?;
        self.program = Some(program);
        Ok(())
    }

    /// The code with which a fresh installation is set up.
    pub async fn code(&mut self) -> Result<String> {
        self.program.as_mut().context("it runs")?.says(0, "enter the code ").await
    }

    /// The same master key as this one's, without which it does not start.
    pub fn take_master_key(&self, other: &Self) -> Result<()> {
        fs::copy(other.data.join("master.key"), self.data.join("master.key"))?;
        Ok(())
    }

    /// Ends it without a word.
    pub async fn kill(&mut self) -> Result<()> {
        self.program.take().context("it runs")?.kill().await
    }

    /// As an operator stops it.
    pub async fn stop(&mut self) -> Result<()> {
        self.program.take().context("it runs")?.stop(Signal::TERM).await
    }

    pub fn signal(&self, signal: Signal) -> Result<()> {
        self.program.as_ref().context("it runs")?.signal(signal)
    }
}
