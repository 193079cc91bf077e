//! ejabberd, with archive and accounts in a PostgreSQL of its own: what is durable among the peers.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, ensure};
use rustix::process::Signal;

use super::postgres::{self, Postgres};
use super::{Process, give, listens};
use crate::process::Watched;

pub const PORT: u16 = 18112;
const USER: &str = "ejabberd";
const SCHEMAS: [&str; 2] = ["/usr/share/ejabberd/sql/pg.sql", "/usr/lib/ejabberd/priv/sql/pg.sql"];

pub struct Ejabberd {
    process: Process,
    database: Postgres,
}

impl Ejabberd {
    pub fn is_installed() -> bool {
        programs().is_some() && postgres::programs().is_some()
    }

    /// Configuration, schema and accounts.
    pub async fn prepare(folder: &Path, accounts: u32) -> anyhow::Result<()> {
        let password = crate::target::run().to_string();
        Postgres::prepare(&folder.join("db"), &password)?;
        let database = Postgres::start(&folder.join("db")).await?;
        let db = folder.join("db");
        postgres::ask(&db, "postgres", "create database ejabberd")?;
        let schema = SCHEMAS.iter().find_map(|path| std::fs::read_to_string(path).ok());
        postgres::ask(&db, "ejabberd", &schema.context("ejabberd is not installed: run bench/peers/install")?)?;
        let people = format!(
            "insert into users (username, password) select 'u' || n, 'pw' from generate_series(0, {accounts} - 1) n"
        );
        postgres::ask(&db, "ejabberd", &people)?;
        database.stop().await?;
        let own = folder.join("server");
        std::fs::create_dir_all(own.join("mnesia"))?;
        let text = include_str!("../../peers/ejabberd.yml").replace("@PASSWORD@", &password);
        let text = text.replace("@POSTGRES_PORT@", &postgres::PORT.to_string()).replace("@PORT@", &PORT.to_string());
        std::fs::write(own.join("ejabberd.yml"), text)?;
        give(&own, USER)
    }

    pub async fn start(folder: &Path) -> anyhow::Result<Self> {
        let database = Postgres::start(&folder.join("db")).await?;
        let own = folder.join("server");
        let text = |path: PathBuf| path.to_str().map(ToOwned::to_owned).context("a plain path");
        // Without a name it is no node, and no daemon is started that would stay behind.
        let mut command = Command::new("erl");
        command.args(["-noinput", "-pa"]).arg(programs().context("ejabberd is not installed")?);
        command.args(["+K", "true", "+P", "250000", "+Q", "65536", "-mnesia", "dir"]);
        command.arg(format!("\"{}\"", text(own.join("mnesia"))?)).args(["-ejabberd", "-s", "ejabberd"]);
        command.env("HOME", &own).env("EJABBERD_CONFIG_PATH", own.join("ejabberd.yml"));
        command.env("EJABBERD_LOG_PATH", own.join("ejabberd.log")).env("ERL_CRASH_DUMP", own.join("crash.dump"));
        let process = Process::start(command.current_dir(&own), Some(USER), &folder.join("output"))?;
        listens(PORT).await?;
        Ok(Self { process, database })
    }

    pub fn watched(&self) -> anyhow::Result<Watched> {
        Ok(Watched { server: self.process.id()?, database: Some(self.database.process().id()?) })
    }

    pub fn begun(&self) -> std::time::Instant {
        self.process.begun
    }

    /// A figure of a server that does not sync is not one of ours to compare with.
    pub fn demand_durable(folder: &Path) -> anyhow::Result<()> {
        let settings = "select current_setting('fsync') || current_setting('synchronous_commit')";
        let settings = postgres::ask(&folder.join("db"), "ejabberd", settings)?;
        ensure!(settings == "onon", "fsync and synchronous_commit: {settings}");
        Ok(())
    }

    /// The conversation of u0 and u1 has one message that the server wrote, number 0. Copies of its rows, numbered on and
    /// a microsecond apart, make it `total` long.
    pub fn lengthen(folder: &Path, total: u32) -> anyhow::Result<()> {
        let number = "'.0000.' || lpad(to_hex(n), 8, '0') || '@@'";
        let copies = format!(
            "insert into archive (username, timestamp, peer, bare_peer, xml, txt, kind, nick)
             select username, timestamp + n, peer, bare_peer, replace(xml, '.0000.00000000@@', {number}),
                    replace(txt, '.0000.00000000@@', {number}), kind, nick
             from archive, generate_series(1, {total} - 1) n where username in ('u0', 'u1') order by n, username"
        );
        postgres::ask(&folder.join("db"), "ejabberd", &copies)?;
        postgres::ask(&folder.join("db"), "ejabberd", "vacuum analyze archive")?;
        postgres::ask(&folder.join("db"), "ejabberd", "checkpoint").map(drop)
    }

    pub async fn stop(self) -> anyhow::Result<()> {
        self.process.stop(Signal::TERM).await?;
        self.database.stop().await
    }
}

/// Debian has its version in the folder's name.
fn programs() -> Option<PathBuf> {
    let by_machine = std::fs::read_dir("/usr/lib").ok()?.filter_map(|entry| Some(entry.ok()?.path()));
    let mut folders: Vec<PathBuf> = by_machine.filter(|path| path.is_dir()).collect();
    folders.sort();
    let mut found = folders.iter().filter_map(|folder| std::fs::read_dir(folder).ok()).flatten().flatten();
    let found = found.find(|entry| {
        entry.file_name().to_str().is_some_and(|name| name.starts_with("ejabberd-"))
            && entry.path().join("ebin").exists()
    });
    found.map(|entry| entry.path().join("ebin"))
}
