//! Every SQL literal prepares on each PostgreSQL that is at hand.

use std::path::Path;

use anyhow::Result;

use super::Finding;
use crate::{sql, tree::Tree};

pub fn run(root: &Path, tree: &Tree) -> Result<Vec<Finding>> {
    sql::check(root, tree, sql::installations())
}
