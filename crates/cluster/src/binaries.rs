//! The programs of PostgreSQL: found, copied where the database's user can run them, asked for their version.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::os_user::OsUser;
use crate::places::{Places, closed_to_others, open_dir};
use crate::settings::Binaries;
use crate::{Error, Result};

const OLDEST: u32 = 15;

/// An installation that runs.
#[derive(Clone, Debug)]
pub struct Installation {
    dir: PathBuf,
    /// As it says itself: `18.6`.
    pub version: String,
    pub major: u32,
}

impl Installation {
    /// Finds and prepares the programs, and asks them what they are.
    pub fn prepare(binaries: &Binaries, places: &Places, user: &OsUser) -> Result<Self> {
        let dir = match binaries {
            Binaries::Bundled => {
                let Some(bundled) = bundled().or_else(|| newest_copy(&places.data_dir)) else {
                    return Err(Error::BinariesMissing { program: PathBuf::from("bin/postgres") });
                };
                copied(&bundled, &places.data_dir)?
            }
            Binaries::At(dir) => {
                let program = dir.join("bin/postgres");
                let missing = |_| Error::BinariesMissing { program: program.clone() };
                let real = program.canonicalize().map_err(missing)?;
                let is_closed = user.is_other() && closed_to_others(&real).is_some();
                if is_closed { copied(dir, &places.data_dir)? } else { dir.clone() }
            }
        };
        let version = ask_version(&dir.join("bin/postgres"), user)?;
        let major = version.split(|letter: char| !letter.is_ascii_digit()).next().and_then(|n| n.parse().ok());
        match major {
            Some(found) if found < OLDEST => Err(Error::TooOld { found }),
            Some(major) => Ok(Self { dir, version, major }),
            None => Err(Error::BinariesUnusable { program: dir.join("bin/postgres"), reason: version }),
        }
    }

    /// Those that a running database was started from: nothing is copied beside it or taken away.
    pub fn in_use(binaries: &Binaries, places: &Places, user: &OsUser) -> Result<Self> {
        let copy = match binaries {
            Binaries::Bundled => newest_copy(&places.data_dir),
            Binaries::At(_) => None,
        };
        Self::prepare(&copy.map_or_else(|| binaries.clone(), Binaries::At), places, user)
    }

    pub fn program(&self, name: &str) -> PathBuf {
        self.dir.join("bin").join(name)
    }
}

impl Binaries {
    /// What tests run on: the installation that TULOU_POSTGRES names, else the one scripts/postgres fetched.
    pub fn for_tests() -> Self {
        match std::env::var_os("TULOU_POSTGRES") {
            Some(named) if !named.is_empty() => Self::At(named.into()),
            _ => std::env::current_dir().ok().and_then(|folder| checkout_of(&folder)).map_or(Self::Bundled, Self::At),
        }
    }
}

/// The PostgreSQL beside the program: where packages put it, or the cache of the checkout it was built in.
fn bundled() -> Option<PathBuf> {
    let program = std::env::current_exe().ok()?;
    let beside = program.parent()?;
    let installed = [beside.to_path_buf(), beside.join("../lib/tulou")];
    installed.iter().find_map(|place| newest_copy(place)).or_else(|| checkout_of(beside))
}

/// What scripts/postgres fetched for the checkout that a folder lies in.
fn checkout_of(folder: &Path) -> Option<PathBuf> {
    let checkout = folder.ancestors().find(|folder| folder.join("scripts/postgres").is_file())?;
    newest_copy(&checkout.join(".cache"))
}

/// The newest `postgres-<version>` in a folder.
fn newest_copy(folder: &Path) -> Option<PathBuf> {
    let entries = fs::read_dir(folder).ok()?.flatten();
    let versions = entries.filter_map(|entry| {
        let name = entry.file_name();
        let numbers: Option<Vec<u32>> =
            name.to_str()?.strip_prefix("postgres-")?.split('.').map(|part| part.parse().ok()).collect();
        entry.path().join("bin/postgres").is_file().then_some((numbers?, entry.path()))
    });
    versions.max().map(|(_, path)| path)
}

/// Copies an installation into the data directory once: complete, or not at all.
fn copied(from: &Path, data_dir: &Path) -> Result<PathBuf> {
    let name = from.file_name().unwrap_or(OsStr::new("postgres"));
    let target = data_dir.join(name);
    if from == target || target.join("bin/postgres").is_file() {
        return Ok(target);
    }
    let partial = data_dir.join("postgres.partial");
    let failed = |error: io::Error| Error::at(&target, error);
    if partial.exists() {
        fs::remove_dir_all(&partial).map_err(failed)?;
    }
    copy_dir(from, &partial).inspect_err(|_| {
        let _ = fs::remove_dir_all(&partial);
    })?;
    fs::rename(&partial, &target).map_err(failed)?;
    forget_older(&target);
    Ok(target)
}

/// An older copy of the same major version is of no use any more; one of another major would be, for moving on from it.
fn forget_older(copy: &Path) {
    let major =
        |path: &Path| path.file_name()?.to_str()?.strip_prefix("postgres-")?.split('.').next().map(str::to_owned);
    let Some(own) = major(copy) else { return };
    let siblings = copy.parent().and_then(|folder| fs::read_dir(folder).ok()).into_iter().flatten().flatten();
    for sibling in siblings.map(|entry| entry.path()).filter(|path| path != copy) {
        if major(&sibling).as_ref() == Some(&own) {
            let _ = fs::remove_dir_all(&sibling);
        }
    }
}

fn copy_dir(from: &Path, to: &Path) -> Result<()> {
    open_dir(to)?;
    for entry in fs::read_dir(from).map_err(|error| Error::at(from, error))? {
        let entry = entry.map_err(|error| Error::at(from, error))?;
        let (source, target) = (entry.path(), to.join(entry.file_name()));
        if source.is_dir() {
            copy_dir(&source, &target)?;
        } else {
            fs::copy(&source, &target).map_err(|error| Error::at(&target, error))?;
        }
    }
    Ok(())
}

/// `postgres --version` prints `postgres (PostgreSQL) 18.6`, and some distributions add a word of theirs.
fn ask_version(program: &Path, user: &OsUser) -> Result<String> {
    let unusable = |reason: String| Error::BinariesUnusable { program: program.to_path_buf(), reason };
    let output = match user.command(program).arg("--version").output() {
        Ok(output) => output,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Err(Error::BinariesMissing { program: program.to_path_buf() });
        }
        Err(error) => return Err(unusable(error.to_string())),
    };
    if !output.status.success() {
        return Err(unusable(String::from_utf8_lossy(&output.stderr).trim().to_owned()));
    }
    let text = String::from_utf8_lossy(&output.stdout);
    let version = text.split(' ').nth(2).map(str::trim);
    version.map(str::to_owned).ok_or_else(|| unusable(text.trim().to_owned()))
}
