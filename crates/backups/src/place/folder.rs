//! A depot in a folder of a disk.

use std::collections::HashMap;
use std::fs::{self, DirBuilder, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind, Read, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::Draft;

/// The folder. Whoever writes holds it alone.
pub struct Folder {
    dir: PathBuf,
    lock: Option<File>,
}

impl Folder {
    pub fn at(dir: &Path) -> Self {
        Self { dir: dir.to_owned(), lock: None }
    }

    /// Makes it where there is none, and keeps others from writing.
    pub fn hold(&mut self) -> Result<()> {
        private(&self.dir).with_context(|| self.dir.display().to_string())?;
        let lock = OpenOptions::new().write(true).create(true).truncate(false).open(self.dir.join(super::LOCK))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => bail!("another backup is being made in {}", self.dir.display()),
            Err(TryLockError::Error(error)) => return Err(error.into()),
        }
        self.lock = Some(lock);
        Ok(())
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.join(name)
    }

    pub fn names(&self, folder: &str) -> io::Result<Vec<String>> {
        let entries = match fs::read_dir(self.path(folder)) {
            Err(error) if is_absent(&error) => return Ok(Vec::new()),
            entries => entries?,
        };
        let names: io::Result<Vec<_>> = entries.map(|entry| Ok(entry?.file_name().into_string())).collect();
        Ok(names?.into_iter().flatten().collect())
    }

    pub fn sizes(&self, folder: &str) -> io::Result<HashMap<String, u64>> {
        let (mut found, mut folders) = (HashMap::new(), vec![folder.to_owned()]);
        while let Some(folder) = folders.pop() {
            for file in self.names(&folder)? {
                let name = format!("{folder}/{file}");
                match fs::metadata(self.path(&name))? {
                    facts if facts.is_dir() => folders.push(name),
                    facts => drop(found.insert(name, facts.len())),
                }
            }
        }
        Ok(found)
    }

    pub fn has(&self, name: &str) -> bool {
        self.path(name).exists()
    }

    pub fn read(&self, name: &str) -> io::Result<(Box<dyn Read + Send>, u64)> {
        let file = File::open(self.path(name)).map_err(|error| match is_absent(&error) {
            true => io::Error::new(ErrorKind::NotFound, error),
            false => error,
        })?;
        let length = file.metadata()?.len();
        Ok((Box::new(file), length))
    }

    pub fn write(&self, name: &str) -> io::Result<Box<dyn Draft>> {
        let path = self.path(name);
        private(path.parent().unwrap_or(&path))?;
        let draft = path.with_extension("new");
        let file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&draft)?;
        Ok(Box::new(New { file, draft, path }))
    }

    pub fn remove(&self, name: &str) -> io::Result<()> {
        absent_is_fine(fs::remove_file(self.path(name)))
    }

    pub fn remove_all(&self, folder: &str) -> io::Result<()> {
        let path = self.path(folder);
        absent_is_fine(if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) })
    }
}

/// A file beside the one that it will be.
struct New {
    file: File,
    draft: PathBuf,
    path: PathBuf,
}

impl Write for New {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Draft for New {
    fn end(self: Box<Self>) -> io::Result<()> {
        self.file.sync_all()?;
        fs::rename(&self.draft, &self.path)?;
        File::open(self.path.parent().unwrap_or(&self.path))?.sync_all()
    }
}

fn private(dir: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(dir)
}

/// Something on the way there that is no folder is none either.
fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory)
}

fn absent_is_fine(outcome: io::Result<()>) -> io::Result<()> {
    match outcome {
        Err(error) if !is_absent(&error) => Err(error),
        _ => Ok(()),
    }
}
