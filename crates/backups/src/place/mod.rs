//! Where a depot lies: in a folder, or in a bucket that speaks S3. What lies there has a name with `/` in it, and is there whole or
//! not at all.

mod bucket;
mod folder;
mod lease;

use std::collections::HashMap;
use std::fmt;
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Result;
use object_store::ObjectStore;

use bucket::Bucket;
use folder::Folder;

/// What says that somebody writes there.
pub const LOCK: &str = "lock";

/// Where an operator says that backups lie.
#[derive(Clone)]
pub enum Address {
    /// A folder, on another disk or another machine.
    Folder(PathBuf),
    /// A bucket in which nothing else lies.
    Bucket {
        /// Its client.
        store: Arc<dyn ObjectStore>,
        /// What it is called.
        name: String,
        /// What its settings are called, as an operator is told.
        named: &'static str,
    },
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Folder(dir) => write!(f, "{}", dir.display()),
            Self::Bucket { name, .. } => write!(f, "the bucket {name}"),
        }
    }
}

/// The place at an address, and the right to write there for as long as it is held.
pub enum Place {
    Folder(Folder),
    Bucket(Bucket),
}

impl Place {
    /// To look into.
    pub fn open(at: &Address) -> Self {
        match at {
            Address::Folder(dir) => Self::Folder(Folder::at(dir)),
            Address::Bucket { store, name, named } => Self::Bucket(Bucket::of(store, (name, *named))),
        }
    }

    /// To write into, alone. Whoever is killed on this data directory lets go by that.
    pub fn hold(at: &Address, data_dir: &Path) -> Result<Self> {
        let mut place = Self::open(at);
        match &mut place {
            Self::Folder(folder) => folder.hold()?,
            Self::Bucket(bucket) => bucket.hold(data_dir)?,
        }
        Ok(place)
    }

    /// How an operator finds a thing of that name.
    pub fn path(&self, name: &str) -> String {
        match self {
            Self::Folder(folder) => folder.path(name).display().to_string(),
            Self::Bucket(bucket) => bucket.path(name),
        }
    }

    /// The names of what lies in a folder of it, in order; none where there is no such folder.
    pub fn names(&self, folder: &str) -> io::Result<Vec<String>> {
        let mut names = match self {
            Self::Folder(place) => place.names(folder)?,
            Self::Bucket(place) => place.names(folder)?,
        };
        names.sort_unstable();
        Ok(names)
    }

    /// All that lies below a folder, by name, with its bytes.
    pub fn sizes(&self, folder: &str) -> io::Result<HashMap<String, u64>> {
        match self {
            Self::Folder(place) => place.sizes(folder),
            Self::Bucket(place) => place.sizes(folder),
        }
    }

    /// Whether something lies there.
    pub fn has(&self, name: &str) -> io::Result<bool> {
        match self {
            Self::Folder(place) => Ok(place.has(name)),
            Self::Bucket(place) => place.has(name),
        }
    }

    /// Reads from front to back; says how many bytes there are. `NotFound` when there is none.
    pub fn read(&self, name: &str) -> io::Result<(Box<dyn Read + Send>, u64)> {
        match self {
            Self::Folder(place) => place.read(name),
            Self::Bucket(place) => place.read(name),
        }
    }

    /// Begins to write; what had that name before has it until the end.
    pub fn write(&self, name: &str) -> io::Result<Box<dyn Draft>> {
        match self {
            Self::Folder(place) => place.write(name),
            Self::Bucket(place) => place.write(name),
        }
    }

    /// Writes what is not sealed.
    pub fn put(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let mut draft = self.write(name)?;
        draft.write_all(bytes)?;
        draft.end()
    }

    /// Reads what is not sealed; `None` when it is not there.
    pub fn get(&self, name: &str) -> io::Result<Option<Vec<u8>>> {
        let mut bytes = Vec::new();
        match self.read(name) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            found => found?.0.read_to_end(&mut bytes)?,
        };
        Ok(Some(bytes))
    }

    /// Takes away one thing, also where it is not there.
    pub fn remove(&self, name: &str) -> io::Result<()> {
        match self {
            Self::Folder(place) => place.remove(name),
            Self::Bucket(place) => place.remove(name),
        }
    }

    /// Takes away a folder with all in it.
    pub fn remove_all(&self, folder: &str) -> io::Result<()> {
        match self {
            Self::Folder(place) => place.remove_all(folder),
            Self::Bucket(place) => place.remove_all(folder),
        }
    }

    /// What is to be overwritten where it lies, once another has its name. A store does with the bytes of an object what it does.
    pub fn doomed(&self, name: &str) -> Option<File> {
        match self {
            Self::Folder(place) => File::options().write(true).open(place.path(name)).ok(),
            Self::Bucket(_) => None,
        }
    }
}

/// Something that is being written. It has its name once it was ended, and is nowhere when it was not.
pub trait Draft: Write + Send {
    /// It is whole: gives it its name, durably.
    fn end(self: Box<Self>) -> io::Result<()>;
}
