//! What one may choose about the private cluster.

use std::path::PathBuf;

#[derive(Clone, Debug)]
pub struct Settings {
    /// Holds the cluster, its socket and, for the bundled PostgreSQL, the programs.
    pub data_dir: PathBuf,
    pub binaries: Binaries,
    pub profile: Profile,
}

impl Settings {
    /// The bundled PostgreSQL, durable.
    pub fn new(data_dir: impl Into<PathBuf>) -> Self {
        Self { data_dir: data_dir.into(), binaries: Binaries::Bundled, profile: Profile::Durable }
    }
}

/// Where the programs of PostgreSQL come from.
#[derive(Clone, Debug)]
pub enum Binaries {
    /// The ones that came with the program; they are copied into the data directory.
    Bundled,
    /// An installation (the folder that has `bin/`), used where it is. Copied when the database's user cannot reach it.
    At(PathBuf),
}

/// How much is risked for speed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// An acknowledged commit is on the disk.
    Durable,
    /// For tests: a commit may be lost with the machine, many connections, the owner may create databases.
    Testing,
}
