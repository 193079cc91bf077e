//! What cargo says about the crates of the workspace and of others.

use std::path::Path;

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::run;

#[derive(Deserialize)]
pub struct Metadata {
    pub packages: Vec<Package>,
}

#[derive(Deserialize)]
pub struct Package {
    pub name: String,
    pub version: String,
    pub license: Option<String>,
    /// `None` for the crates of this workspace.
    pub source: Option<String>,
    pub dependencies: Vec<Dependency>,
}

#[derive(Deserialize)]
pub struct Dependency {
    pub name: String,
    /// `dev`, `build` or nothing.
    pub kind: Option<String>,
    pub path: Option<String>,
}

impl Metadata {
    /// The crates that are compiled on this machine.
    pub fn read(root: &Path) -> Result<Self> {
        let version = run::output(root, &["rustc", "-vV"])?;
        let host = version.lines().find_map(|line| line.strip_prefix("host: ")).context("rustc names no host")?;
        let line = ["cargo", "metadata", "--format-version", "1", "--locked", "--filter-platform", host];
        serde_json::from_str(&run::output(root, &line)?).context("reading cargo metadata")
    }

    pub fn own(&self) -> impl Iterator<Item = &Package> {
        self.packages.iter().filter(|package| package.source.is_none())
    }
}
