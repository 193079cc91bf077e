//! The first start: an empty cluster with two roles and one database, complete or not there.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Output, Stdio};

use crate::binaries::Installation;
use crate::error::says_no_space;
use crate::os_user::OsUser;
use crate::places::{Places, private_dir};
use crate::settings::Profile;
use crate::{Error, Result};

/// Nobody can sign in as the superuser; it exists inside this file and in PostgreSQL's single-user mode.
const SUPERUSER: &str = "tulou_superuser";

/// One statement a line, as the single-user mode wants it.
const ROLES: &str = "\
create role tulou_owner login nosuperuser nocreaterole nobypassrls
create role tulou_app login nosuperuser nocreaterole nocreatedb nobypassrls
";
const DATABASE: &str = "\
create database tulou owner tulou_owner
revoke all on database tulou from public
grant connect on database tulou to tulou_app
";
/// What came later, for clusters that were there before; each can be run again. The role that copies files reads no table, and the
/// functions that look whether tables and indexes are whole may be called.
const LATER: &str = "\
do $$ begin if not exists (select from pg_roles where rolname = 'tulou_backup') then create role tulou_backup login replication nosuperuser nocreaterole nocreatedb nobypassrls; end if; end $$
do $$ begin if exists (select from pg_available_extensions where name = 'amcheck') then create schema if not exists amcheck; create extension if not exists amcheck schema amcheck; grant usage on schema amcheck to tulou_owner, tulou_app; grant execute on all functions in schema amcheck to tulou_owner, tulou_app; end if; end $$
";
/// How far that is.
const LATEST: &str = "1\n";
const MAY_CREATE_DATABASES: &str = "alter role tulou_owner createdb\n";

/// Makes the cluster where there is none, and refuses one of another major version.
pub fn ensure(places: &Places, installation: &Installation, user: &OsUser, profile: Profile) -> Result<()> {
    if let Some(found) = major_of(&places.cluster) {
        if found != installation.major {
            return Err(Error::OtherMajor { found, ours: installation.major, cluster: places.cluster.clone() });
        }
        return complete(places, installation, user);
    }
    let partial = places.cluster.with_extension("partial");
    if partial.exists() {
        fs::remove_dir_all(&partial).map_err(|error| Error::at(&partial, error))?;
    }
    private_dir(&partial, user)?;
    let made = make(&partial, installation, user, profile);
    if made.is_err() {
        let _ = fs::remove_dir_all(&partial);
        return made;
    }
    fs::rename(&partial, &places.cluster).map_err(|error| Error::at(&places.cluster, error))?;
    let data_dir = fs::File::open(&places.data_dir).and_then(|folder| folder.sync_all());
    data_dir.map_err(|error| Error::at(&places.data_dir, error))?;
    let told = places.configuration.join("complete");
    fs::write(&told, LATEST).map_err(|error| Error::at(&told, error))
}

/// Adds what this version expects of a cluster and an older one did not make. It is told by a file beside the cluster, so that
/// it costs a start nothing.
fn complete(places: &Places, installation: &Installation, user: &OsUser) -> Result<()> {
    let told = places.configuration.join("complete");
    if fs::read_to_string(&told).is_ok_and(|known| known == LATEST) {
        return Ok(());
    }
    run_alone(&places.cluster, installation, user, ("tulou", LATER))?;
    fs::write(&told, LATEST).map_err(|error| Error::at(&told, error))
}

fn major_of(cluster: &Path) -> Option<u32> {
    fs::read_to_string(cluster.join("PG_VERSION")).ok()?.trim().parse().ok()
}

fn make(dir: &Path, installation: &Installation, user: &OsUser, profile: Profile) -> Result<()> {
    let mut initdb = user.command(&installation.program("initdb"));
    initdb.arg("--pgdata").arg(dir).args(["--username", SUPERUSER, "--encoding", "UTF8", "--auth", "reject"]);
    initdb.args(["--data-checksums", "--no-instructions"]);
    if installation.major >= 17 {
        // The same order of text on every machine, whatever its C library.
        initdb.args(["--locale-provider", "builtin", "--builtin-locale", "C.UTF-8", "--locale", "C"]);
    } else {
        initdb.args(["--locale", "C.UTF-8"]);
    }
    if profile == Profile::Testing {
        initdb.arg("--no-sync");
    }
    let output = initdb.output().map_err(|error| Error::at(&installation.program("initdb"), error))?;
    accept(dir, &output)?;
    let mut statements = format!("{ROLES}{LATER}{DATABASE}");
    if profile == Profile::Testing {
        statements.push_str(MAY_CREATE_DATABASES);
    }
    // What is made there is in every database that comes after.
    run_alone(dir, installation, user, ("template1", &statements))
}

/// Runs statements as superuser in PostgreSQL's single-user mode, in a database; the first refusal ends it.
fn run_alone(
    dir: &Path,
    installation: &Installation,
    user: &OsUser,
    (database, statements): (&str, &str),
) -> Result<()> {
    let program = installation.program("postgres");
    let failed = |error| Error::at(&program, error);
    let mut command = user.command(&program);
    command.arg("--single").arg("-D").arg(dir).args(["-c", "exit_on_error=on", "-c", "log_checkpoints=off", database]);
    let streams = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = streams.spawn().map_err(failed)?;
    if let Some(mut input) = child.stdin.take() {
        // A child that has ended closes its end; what it said is read below.
        let _ = input.write_all(statements.as_bytes());
    }
    accept(dir, &child.wait_with_output().map_err(failed)?)
}

fn accept(dir: &Path, output: &Output) -> Result<()> {
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    if says_no_space(&said) {
        return Err(Error::NoSpace { path: dir.to_path_buf() });
    }
    Err(Error::Initialise { output: said })
}
