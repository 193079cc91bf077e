//! What is generated is committed as it would be generated now.

use std::path::Path;

use anyhow::Result;

use super::Finding;
use crate::{generate, tree::Tree};

pub fn run(root: &Path, tree: &Tree) -> Result<Vec<Finding>> {
    let mut findings = Vec::new();
    for (path, text) in generate::all(root, tree)? {
        if tree.text(path) != Some(&text) {
            findings.push(Finding::new(path, 0, "is not what the sources say: run `cargo xtask gen` and commit it"));
        }
    }
    Ok(findings)
}
