//! The PostgreSQL of a peer that brings none: Debian's, with what decides on durability left as it is (`fsync` and
//! `synchronous_commit` on).

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, ensure};
use rustix::process::Signal;

use super::{Process, give, listens, run_as};

pub const PORT: u16 = 18113;
const USER: &str = "postgres";
const SETTINGS: &str = "listen_addresses = '127.0.0.1'\nunix_socket_directories = ''\nshared_buffers = 512MB\n\
                        max_wal_size = 4GB\njit = off\n";

pub struct Postgres(Process);

/// The newest that is installed.
pub fn programs() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").ok()?;
    let mut found: Vec<PathBuf> = versions.filter_map(|v| Some(v.ok()?.path().join("bin"))).collect();
    found.retain(|bin| bin.join("initdb").exists());
    found.sort();
    found.pop()
}

impl Postgres {
    pub fn prepare(folder: &Path, password: &str) -> anyhow::Result<()> {
        let data = folder.join("postgres");
        std::fs::create_dir_all(&data)?;
        let secret = folder.join("password");
        std::fs::write(&secret, password)?;
        give(folder, USER)?;
        let bin = programs().context("no PostgreSQL: run bench/peers/install")?;
        let initdb = bin.join("initdb");
        let text = |path: &Path| path.to_str().map(ToOwned::to_owned).context("a plain path");
        let secret = format!("--pwfile={}", text(&secret)?);
        let arguments =
            ["-D", &text(&data)?, "-U", "bench", "-A", "scram-sha-256", &secret, "-E", "UTF8", "--locale=C"];
        run_as(USER, &text(&initdb)?, &arguments)?;
        let configuration = data.join("postgresql.conf");
        let mut settings = std::fs::read_to_string(&configuration)?;
        settings.push_str(&format!("port = {PORT}\n{SETTINGS}"));
        std::fs::write(configuration, settings)?;
        Ok(())
    }

    pub async fn start(folder: &Path) -> anyhow::Result<Self> {
        let bin = programs().context("no PostgreSQL: run bench/peers/install")?;
        let mut command = Command::new(bin.join("postgres"));
        command.arg("-D").arg(folder.join("postgres")).current_dir("/");
        let process = Process::start(&mut command, Some(USER), &folder.join("postgres.output"))?;
        listens(PORT).await?;
        Ok(Self(process))
    }

    pub fn process(&self) -> &Process {
        &self.0
    }

    pub async fn stop(self) -> anyhow::Result<()> {
        self.0.stop(Signal::INT).await
    }
}

/// What a text of SQL answers, tab and newline between.
pub fn ask(folder: &Path, database: &str, sql: &str) -> anyhow::Result<String> {
    let password = std::fs::read_to_string(folder.join("password"))?;
    let port = PORT.to_string();
    let begun = std::time::Instant::now();
    loop {
        let mut psql = Command::new("psql");
        psql.args(["-X", "-q", "-At", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1", "-p", &port]);
        let output = psql.args(["-U", "bench", "-d", database, "-c", sql]).env("PGPASSWORD", &password).output()?;
        if output.status.success() {
            return Ok(String::from_utf8(output.stdout)?.trim().to_owned());
        }
        // It listens a moment before it lets anybody in.
        let why = String::from_utf8_lossy(&output.stderr).into_owned();
        ensure!(why.contains("starting up") && begun.elapsed().as_secs() < 20, "{why}");
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
}
