//! A copy of all files of a running cluster, as one stream, from which a cluster can be made again elsewhere.

use std::fs;
use std::io::Read;
use std::os::unix::fs::chown;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Stdio};
use std::thread::{self, JoinHandle};

use sqlx::postgres::{PgConnectOptions, PgSslMode};
use sqlx::{Connection, PgConnection};

use crate::binaries::Installation;
use crate::os_user::OsUser;
use crate::places::{Places, private_dir};
use crate::settings::Settings;
use crate::{Binaries, Error, Result, off_the_runtime};

/// The role that copies: it may read all files, and no table.
const ROLE: &str = "tulou_backup";

/// A copy on its way: a tar archive, with the part of the log that makes it whole at its end.
pub struct BaseBackup {
    child: Child,
    stream: Option<ChildStdout>,
    said: JoinHandle<String>,
    /// As long as it is open no part of the log goes that the copy needs.
    slot: PgConnection,
    /// The version of PostgreSQL that wrote the files and can read them.
    pub version: String,
}

/// Begins a copy of the cluster that another process runs on the data directory.
pub async fn base_backup(settings: Settings) -> Result<BaseBackup> {
    let (places, user, installation) = off_the_runtime(move || {
        let (user, places) = (OsUser::find()?, Places::new(&settings.data_dir)?);
        let installation = Installation::in_use(&settings.binaries, &places, &user)?;
        Ok((places, user, installation))
    })
    .await?;
    let slot = hold_log(&places).await?;
    off_the_runtime(move || {
        let program = installation.program("pg_basebackup");
        let mut command = user.command(&program);
        command.args(["--pgdata=-", "--format=tar", "--wal-method=fetch", "--checkpoint=fast", "--no-password"]);
        command.arg("--host").arg(&places.socket).args(["--port=5432", "--username", ROLE]);
        let streams = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = streams.spawn().map_err(|error| Error::at(&program, error))?;
        let (stream, mut errors) = (child.stdout.take(), child.stderr.take());
        let said = thread::spawn(move || {
            let mut said = String::new();
            if let Some(errors) = &mut errors {
                // What cannot be read is not said.
                let _ = errors.read_to_string(&mut said);
            }
            said.trim().to_owned()
        });
        Ok(BaseBackup { child, stream, said, slot, version: installation.version })
    })
    .await
}

impl BaseBackup {
    /// The bytes, once.
    pub fn stream(&mut self) -> impl Read + Send + use<> {
        self.stream.take().map_or_else(|| Box::new(std::io::empty()) as Box<dyn Read + Send>, |stream| Box::new(stream))
    }

    /// Says whether what was read is the whole.
    pub async fn finish(self) -> Result<()> {
        let Self { mut child, stream, said, slot, .. } = self;
        drop(stream);
        let outcome = off_the_runtime(move || {
            let ended = child.wait().map_err(|error| Error::at(Path::new("pg_basebackup"), error))?;
            let said = said.join().unwrap_or_default();
            if ended.success() { Ok(()) } else { Err(Error::NotCopied { output: said }) }
        });
        let outcome = outcome.await;
        // The slot ends with its connection, however that ends.
        let _ = slot.close().await;
        outcome
    }
}

async fn hold_log(places: &Places) -> Result<PgConnection> {
    let refused = |error: sqlx::Error| Error::NotCopied { output: error.to_string() };
    let options = PgConnectOptions::new_without_pgpass().socket(&places.socket).port(5432).username(ROLE);
    let options = options.database("postgres").ssl_mode(PgSslMode::Disable).application_name("tulou-backup");
    let mut connection = PgConnection::connect_with(&options).await.map_err(refused)?;
    sqlx::query("select pg_create_physical_replication_slot($1, true, true)")
        .bind(format!("tulou_backup_{}", std::process::id()))
        .execute(&mut connection)
        .await
        .map_err(refused)?;
    Ok(connection)
}

/// The folder into which the files of a copy are put, until they are all there.
pub struct Restoring {
    places: Places,
    partial: PathBuf,
    user: OsUser,
}

impl Restoring {
    /// Begins to make the cluster of a data directory that has none, for the PostgreSQL of that major version.
    pub fn begin(data_dir: &Path, binaries: &Binaries, major: u32) -> Result<Self> {
        let (user, places) = (OsUser::find()?, Places::new(data_dir)?);
        places.open_for(&user)?;
        let installation = Installation::prepare(binaries, &places, &user)?;
        if installation.major != major {
            return Err(Error::OtherMajor { found: major, ours: installation.major, cluster: places.cluster.clone() });
        }
        let partial = places.cluster.with_extension("partial");
        private_dir(&partial, &user)?;
        Ok(Self { places, partial, user })
    }

    /// Where the files go.
    pub fn folder(&self) -> &Path {
        &self.partial
    }

    /// They are all there: the next start finds a cluster.
    pub fn finish(self) -> Result<()> {
        give(&self.partial, &self.user)?;
        fs::rename(&self.partial, &self.places.cluster).map_err(|error| Error::at(&self.places.cluster, error))?;
        let folder = fs::File::open(&self.places.data_dir).and_then(|folder| folder.sync_all());
        folder.map_err(|error| Error::at(&self.places.data_dir, error))
    }
}

/// Gives a folder and all in it to the user of the database.
fn give(path: &Path, user: &OsUser) -> Result<()> {
    let failed = |error| Error::at(path, error);
    if user.is_other() {
        chown(path, Some(user.uid), Some(user.gid)).map_err(failed)?;
    }
    if path.is_dir() {
        for entry in fs::read_dir(path).map_err(failed)? {
            give(&entry.map_err(failed)?.path(), user)?;
        }
    }
    fs::File::open(path).and_then(|file| file.sync_all()).map_err(failed)
}
