//! Everything that proves the repository: the steps stand in scripts/test and nowhere else.

use std::path::Path;

use anyhow::Result;

use crate::run;

pub fn run(root: &Path) -> Result<()> {
    run::show(root, &["./scripts/test"])
}
