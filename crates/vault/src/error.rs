//! Why the vault refuses.

use std::{io, path::PathBuf};

/// Every refusal says what to do when there is something to do.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The key was destroyed on purpose: nothing sealed under it will ever open, and no key can take its place.
    #[error("the key was destroyed")]
    Destroyed,
    /// There has never been a key for this bucket.
    #[error("there is no such key")]
    Missing,
    /// The bytes are not what was sealed, or they belong to another object, kind, organisation or key.
    #[error("the sealed value was changed or belongs to something else")]
    Tampered,
    /// The organisation was never made known with `create_organisation`, or the ring is not the one of this installation.
    #[error("the key ring does not know this organisation")]
    UnknownOrganisation,
    /// Only one process may use a ring.
    #[error("the key ring {} is in use by process {pid}: stop that process first", path.display())]
    InUse { path: PathBuf, pid: String },
    /// The master key file cannot be used.
    #[error("the master key {}: {why}", path.display())]
    MasterKey { path: PathBuf, why: &'static str },
    /// The ring on disk is not what the vault wrote.
    #[error("the key ring at {} is damaged ({why}): restore it from the latest backup", path.display())]
    Damaged { path: PathBuf, why: &'static str },
    /// A write failed before; the ring takes no further changes until it is opened again. Reading still works.
    #[error("the key ring could not be written: make room or repair the disk, then start again")]
    ReadOnly,
    /// An installation that was here before, and not its ring.
    #[error("there is no key ring here")]
    NoRing,
    /// The store of a shared ring, or what tells that it has changed.
    #[error("the shared key ring cannot be used: {0}")]
    Unreachable(String),
    /// A store in which nodes would lose each other's keys, or keys would not be lost.
    #[error("the bucket cannot hold a key ring: {0}")]
    Unfit(&'static str),
    #[error("the key ring: {0}")]
    Io(#[from] io::Error),
}

impl From<aws_lc_rs::error::Unspecified> for Error {
    fn from(_: aws_lc_rs::error::Unspecified) -> Self {
        Self::Io(io::Error::other("a cryptographic operation failed"))
    }
}
