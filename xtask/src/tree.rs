//! The texts of the repository: what git tracks or would track.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

use crate::run;

/// Larger files are data, not text that somebody wrote.
const LARGEST: u64 = 2 << 20;

/// Path from the root to text.
pub struct Tree(pub BTreeMap<String, String>);

/// The folder with the workspace that the caller stands in.
pub fn root() -> Result<PathBuf> {
    let here = std::env::current_dir()?;
    let found = here.ancestors().find(|folder| folder.join("deps.toml").is_file());
    found.map(Path::to_owned).context("this is not inside the repository: there is no deps.toml above")
}

impl Tree {
    pub fn read(root: &Path) -> Result<Self> {
        let list = run::output(root, &["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"])?;
        let mut files = BTreeMap::new();
        for path in list.split('\0').filter(|path| !path.is_empty()) {
            let file = root.join(path);
            // Deleted but still known to git, a link, or data.
            let Ok(metadata) = fs::symlink_metadata(&file) else { continue };
            if !metadata.is_file() || metadata.len() > LARGEST {
                continue;
            }
            if let Ok(text) = String::from_utf8(fs::read(&file)?) {
                files.insert(path.to_owned(), text);
            }
        }
        Ok(Self(files))
    }

    #[cfg(test)]
    pub fn of(files: &[(&str, &str)]) -> Self {
        Self(files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect())
    }

    pub fn files(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }

    pub fn text(&self, path: &str) -> Option<&str> {
        self.0.get(path).map(String::as_str)
    }

    /// Rust sources of the crates, of xtask and of the bench.
    pub fn rust(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files()
            .filter(|(path, _)| path.ends_with(".rs") && (path.starts_with("crates/") || path.starts_with("xtask/")))
    }

    /// Crates under `crates/` by name.
    pub fn crates(&self) -> Vec<&str> {
        self.0.keys().filter_map(|path| path.strip_prefix("crates/")?.strip_suffix("/Cargo.toml")).collect()
    }

    /// Crates that own a schema: those with migrations.
    pub fn schemas(&self) -> Vec<&str> {
        let has_migrations = |name: &&str| {
            let folder = format!("crates/{name}/migrations/");
            self.0.keys().any(|path| path.starts_with(&folder) && path.ends_with(".sql"))
        };
        self.crates().into_iter().filter(has_migrations).collect()
    }
}

/// The crate a file belongs to.
pub fn crate_of(path: &str) -> &str {
    path.strip_prefix("crates/").unwrap_or(path).split('/').next().unwrap_or_default()
}

/// Whether a file is only compiled for tests.
pub fn is_test(path: &str) -> bool {
    path.contains("/tests/") || path.ends_with("/tests.rs") || path.ends_with("_tests.rs") || path.contains(".test.")
}
