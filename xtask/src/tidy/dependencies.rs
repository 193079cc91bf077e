//! What cargo says about the crates of the workspace and of others.

use std::{collections::BTreeSet, path::Path};

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::run;

#[derive(Deserialize)]
pub struct Metadata {
    pub packages: Vec<Package>,
}

/// `serde v1.0.0 (proc-macro)`
fn name_and_version(line: &str) -> Option<(&str, &str)> {
    let mut words = line.split_whitespace();
    Some((words.next()?, words.next()?.strip_prefix('v')?))
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
    /// The versions that would do: `^1.2`.
    pub req: String,
}

impl Metadata {
    /// The crates that are compiled on this machine.
    pub fn read(root: &Path) -> Result<Self> {
        let version = run::output(root, &["rustc", "-vV"])?;
        let host = version.lines().find_map(|line| line.strip_prefix("host: ")).context("rustc names no host")?;
        let line = ["cargo", "metadata", "--format-version", "1", "--locked", "--filter-platform", host];
        let mut all: Self = serde_json::from_str(&run::output(root, &line)?).context("reading cargo metadata")?;
        // The metadata also lists what only a feature nobody uses would bring.
        let line =
            ["cargo", "tree", "--workspace", "--locked", "--target", host, "--prefix", "none", "--format", "{p}"];
        let tree = run::output(root, &line)?;
        let used: BTreeSet<(&str, &str)> = tree.lines().filter_map(name_and_version).collect();
        all.packages.retain(|package| package.source.is_none() || used.contains(&(&package.name, &package.version)));
        Ok(all)
    }

    pub fn own(&self) -> impl Iterator<Item = &Package> {
        self.packages.iter().filter(|package| package.source.is_none())
    }
}
