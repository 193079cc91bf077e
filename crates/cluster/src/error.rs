//! What can go wrong with the private cluster: each case says what is wrong, and `advice` what to do.

use std::io;
use std::path::{Path, PathBuf};

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("{} is in use by another Tulou (process {pid})", data_dir.display())]
    AlreadyRunning { pid: u32, data_dir: PathBuf },
    #[error("the database in {} was made by PostgreSQL {found}, and this is PostgreSQL {ours}", cluster.display())]
    OtherMajor { found: u32, ours: u32, cluster: PathBuf },
    #[error("PostgreSQL's program {} is missing", program.display())]
    BinariesMissing { program: PathBuf },
    #[error("PostgreSQL's program {} does not run: {reason}", program.display())]
    BinariesUnusable { program: PathBuf, reason: String },
    #[error("PostgreSQL {found} is too old")]
    TooOld { found: u32 },
    #[error("{} cannot be written", path.display())]
    NoPermission { path: PathBuf },
    #[error("the user {user}, as whom the database runs, cannot enter {}", path.display())]
    Unreachable { path: PathBuf, user: String },
    #[error("no space is left for {}", path.display())]
    NoSpace { path: PathBuf },
    #[error("the user tulou, as whom the database runs, cannot be made: {reason}")]
    NoUser { reason: String },
    #[error("the user id {uid} has no name on this machine, and PostgreSQL wants one")]
    NamelessUser { uid: u32 },
    #[error("the database could not be made: {output}")]
    Initialise { output: String },
    #[error("the database did not start: {output}")]
    DidNotStart { output: String },
    #[error("the database could not be copied: {output}")]
    NotCopied { output: String },
    #[error("{}: {source}", path.display())]
    Io { path: PathBuf, source: io::Error },
}

impl Error {
    /// What the operator can do about it, as one or two sentences.
    pub fn advice(&self) -> String {
        match self {
            Self::AlreadyRunning { pid, .. } => {
                format!("Stop process {pid}, or give this one a data directory of its own (TULOU_DATA).")
            }
            Self::OtherMajor { found, .. } => format!(
                "Nothing was changed. Start it with PostgreSQL {found} (`database.binaries` in tulou.toml names its \
                 folder), take a backup there and restore that into a new data directory; or run `pg_upgrade`."
            ),
            Self::BinariesMissing { .. } => {
                "Run scripts/postgres, which fetches it, or let `database.binaries` name the \
                 folder of an installation (the one that has bin/)."
                    .into()
            }
            Self::BinariesUnusable { .. } => {
                "The bundled PostgreSQL needs Linux with glibc 2.28 or newer and zlib. Let \
                 `database.binaries` name another installation."
                    .into()
            }
            Self::TooOld { .. } => "Tulou needs PostgreSQL 15 or newer.".into(),
            Self::NoPermission { path } => {
                format!(
                    "Give yourself the right to write {}, or choose another data directory (TULOU_DATA).",
                    path.display()
                )
            }
            Self::Unreachable { path, .. } => format!(
                "Choose a data directory that is not inside a private folder (TULOU_DATA), or allow others to pass: chmod \
                 o+x {}.",
                path.display()
            ),
            Self::NoSpace { path } => format!(
                "Free some space on the disk of {} (200 MB for a first start) and start again. Nothing that was saved is lost.",
                path.display()
            ),
            Self::NoUser { .. } => "Make it by hand: useradd --system --no-create-home tulou. Or start Tulou as an \
                 ordinary user."
                .into(),
            Self::NamelessUser { uid } => format!("Add a line for {uid} to /etc/passwd, or run as another user."),
            Self::Initialise { .. } | Self::DidNotStart { .. } => {
                "Read PostgreSQL's own words above. The files of the database were not removed.".into()
            }
            Self::NotCopied { .. } => {
                "A backup is made while Tulou runs on this data directory, started by this version or a \
                 newer one; and there must be room for the log that is written meanwhile."
                    .into()
            }
            Self::Io { path, .. } => format!("Look at {} and start again.", path.display()),
        }
    }

    /// The case an operating system error stands for.
    pub(crate) fn at(path: &Path, source: io::Error) -> Self {
        let path = path.to_path_buf();
        match source.kind() {
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => Self::NoPermission { path },
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::NoSpace { path },
            _ => Self::Io { path, source },
        }
    }
}

/// PostgreSQL says a full disk in these words, whatever it was doing.
pub(crate) fn says_no_space(output: &str) -> bool {
    output.contains("No space left on device") || output.contains("Disk quota exceeded")
}
