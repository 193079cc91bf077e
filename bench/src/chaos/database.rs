//! The PostgreSQL of a run, as docs/scaling.md has it: two roles, one database, on loopback, durable.

use std::fs;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};
use rustix::process::Signal;
use tokio::time::sleep;

use super::program::{PATIENCE, Program, free_ports, tail};

const SETTINGS: &str = "listen_addresses = '127.0.0.1'\nunix_socket_directories = ''\nmax_connections = 100\n\
                        shared_buffers = '64MB'\nmax_wal_size = '256MB'\nmin_wal_size = '32MB'\nwal_recycle = off\n\
                        jit = off\nfsync = on\nfull_page_writes = on\nsynchronous_commit = on\n";

/// A running database, or one between two lives.
pub struct Database {
    program: Option<Program>,
    binaries: PathBuf,
    folder: PathBuf,
    pub port: u16,
    secret: String,
}

impl Database {
    /// Makes one in the folder.
    pub async fn create(folder: &Path, binaries: &Path) -> Result<Self> {
        let [port] = free_ports()?;
        let secret = uuid::Uuid::from_u128(chance()?).simple().to_string();
        let mut database =
            Self { program: None, binaries: binaries.to_owned(), folder: folder.to_owned(), port, secret };
        database.initialise()?;
        database.start().await?;
        Ok(database)
    }

    /// Where the role finds it, through the port of a line.
    pub fn url(&self, role: &str, port: u16) -> String {
        format!("postgres://{role}:{}@127.0.0.1:{port}/tulou?sslmode=disable", self.secret)
    }

    fn cluster(&self) -> PathBuf {
        self.folder.join("cluster")
    }

    fn log(&self) -> PathBuf {
        self.folder.with_extension("log")
    }

    /// PostgreSQL does not run as root.
    fn command(&self, name: &str) -> Command {
        let mut command = Command::new(self.binaries.join("bin").join(name));
        command.env_clear().env("PATH", "/usr/bin:/bin").env("LC_ALL", "C").current_dir("/");
        if rustix::process::geteuid().is_root() {
            command.uid(NOBODY).gid(NOBODY);
        }
        command
    }

    fn initialise(&self) -> Result<()> {
        fs::create_dir_all(&self.folder)?;
        if rustix::process::geteuid().is_root() {
            std::os::unix::fs::chown(&self.folder, Some(NOBODY), Some(NOBODY))?;
        }
        let mut initdb = self.command("initdb");
        initdb.arg("--pgdata").arg(self.cluster()).args([
            "--username",
            "postgres",
            "--encoding",
            "UTF8",
            "--locale",
            "C",
        ]);
        initdb.args(["--auth-host", "scram-sha-256", "--auth-local", "reject", "--no-sync", "--no-instructions"]);
        let output = initdb.output().context("initdb")?;
        ensure!(output.status.success(), "initdb: {}", String::from_utf8_lossy(&output.stderr));
        let configuration = self.cluster().join("postgresql.conf");
        let text = fs::read_to_string(&configuration)? + &format!("port = {}\n{SETTINGS}", self.port);
        fs::write(configuration, text)?;
        let mut single = self.command("postgres");
        single.arg("--single").arg("-D").arg(self.cluster()).args(["-c", "exit_on_error=on", "postgres"]);
        let mut child = single.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn()?;
        let secret = &self.secret;
        let statements = format!(
            "create role tulou_owner login nosuperuser nobypassrls password '{secret}'\n\
             create role tulou_app login nosuperuser nobypassrls password '{secret}'\n\
             create database tulou owner tulou_owner\nrevoke all on database tulou from public\n\
             grant connect on database tulou to tulou_app\n"
        );
        let mut input = child.stdin.take().context("its input")?;
        std::io::Write::write_all(&mut input, statements.as_bytes())?;
        drop(input);
        let output = child.wait_with_output()?;
        ensure!(output.status.success(), "the roles: {}", String::from_utf8_lossy(&output.stderr));
        Ok(())
    }

    /// Starts it, also after a crash: what is left of the last one goes first, and until then it refuses.
    pub async fn start(&mut self) -> Result<()> {
        let begun = std::time::Instant::now();
        loop {
            let mut command = self.command("postgres");
            command.arg("-D").arg(self.cluster());
            let mut program = Program::start(command, &self.log())?;
            if program.listens(self.port).await.is_ok() && self.lets_in().await {
                self.program = Some(program);
                return Ok(());
            }
            ensure!(begun.elapsed() < PATIENCE, "the database does not start: {}", tail(&self.log()));
            sleep(std::time::Duration::from_millis(300)).await;
        }
    }

    /// It listens a while before it lets anybody in: after a crash it replays its log first.
    async fn lets_in(&self) -> bool {
        let port = self.port.to_string();
        let begun = std::time::Instant::now();
        while begun.elapsed() < PATIENCE {
            let mut ready = self.command("pg_isready");
            ready.args(["--quiet", "--host", "127.0.0.1", "--port", &port]);
            if ready.status().is_ok_and(|status| status.success()) {
                return true;
            }
            sleep(std::time::Duration::from_millis(50)).await;
        }
        false
    }

    /// Ends it without a word; its processes see that it is gone and go too.
    pub async fn kill(&mut self) -> Result<()> {
        self.program.take().context("it runs")?.kill().await
    }

    /// Without a word to those who are connected, and cleanly.
    pub async fn stop(&mut self) -> Result<()> {
        match self.program.take() {
            Some(program) => program.stop(Signal::INT).await,
            None => Ok(()),
        }
    }

    /// Whether it has not ended by itself.
    pub fn is_there(&mut self) -> bool {
        let is_there = self.program.as_mut().is_some_and(|program| program.is_there().is_ok());
        if !is_there {
            self.program = None;
        }
        is_there
    }

    /// The folder in which its data lie.
    pub fn folder(&self) -> &Path {
        &self.folder
    }
}

/// Who owns nothing.
const NOBODY: u32 = 65_534;

/// Chance from the system.
fn chance() -> Result<u128> {
    let mut bytes = [0; 16];
    std::io::Read::read_exact(&mut fs::File::open("/dev/urandom")?, &mut bytes)?;
    Ok(u128::from_ne_bytes(bytes))
}
