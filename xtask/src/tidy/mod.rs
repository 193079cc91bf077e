//! The rules of the house, checked. Each check is one file that says the rule and knows a bad sample of it.

mod allowed;
mod catalogues;
mod constants;
mod definers;
mod dependencies;
mod directions;
mod domains;
mod foreign;
mod functions;
mod generated;
mod licences;
mod log_fields;
mod names;
mod prepared;
mod queries;
mod requirements;
mod reserved;
mod schemas;
mod sizes;
mod spdx;
mod todos;
mod tokens;
mod unit_tests;

pub use schemas::of_domains as statements_of_domains;

use std::{fmt, path::Path, time::Instant};

use anyhow::{Result, bail};

use crate::tree::Tree;

/// Something that breaks a rule: where, and what to do instead.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    pub path: String,
    /// 0 when it is about the whole file.
    pub line: usize,
    pub what: String,
}

impl Finding {
    pub fn new(path: impl Into<String>, line: usize, what: impl Into<String>) -> Self {
        Self { path: path.into(), line, what: what.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(formatter, "{}: {}", self.path, self.what),
            line => write!(formatter, "{}:{line}: {}", self.path, self.what),
        }
    }
}

type Check = fn(&Path, &Tree) -> Result<Vec<Finding>>;

/// Quick ones first: what can be said in a second is not held up by what starts a database.
const CHECKS: [(&str, Check); 19] = [
    ("names", |_, tree| Ok(names::check(tree))),
    ("sizes", |_, tree| Ok(sizes::check(tree))),
    ("functions", |_, tree| functions::check(tree)),
    ("domains", |_, tree| Ok(domains::check(tree))),
    ("schemas", |_, tree| schemas::check(tree)),
    ("constants", |_, tree| constants::check(tree)),
    ("reserved", |_, tree| reserved::check(tree)),
    ("definers", |_, tree| definers::check(tree)),
    ("queries", |_, tree| queries::check(tree)),
    ("log-fields", |_, tree| log_fields::check(tree)),
    ("catalogues", |_, tree| Ok(catalogues::check(tree))),
    ("todos", |_, tree| Ok(todos::check(tree))),
    ("requirements", |_, tree| Ok(requirements::check(tree))),
    ("unit-tests", |_, tree| Ok(unit_tests::check(tree))),
    ("foreign", |_, tree| Ok(foreign::check(tree))),
    ("directions", directions::run),
    ("licences", licences::run),
    ("sql", prepared::run),
    ("generated", generated::run),
];

pub fn list() -> Result<()> {
    for (name, _) in CHECKS {
        println!("{name}");
    }
    Ok(())
}

/// Runs the named checks, or all of them, and says everything that is wrong at once.
pub fn run(root: &Path, names: &[&str]) -> Result<()> {
    if let Some(unknown) = names.iter().find(|name| CHECKS.iter().all(|(known, _)| known != *name)) {
        bail!("there is no check {unknown}; `cargo xtask tidy list` names them");
    }
    let tree = Tree::read(root)?;
    let mut count = 0;
    for (name, check) in CHECKS {
        if !names.is_empty() && !names.contains(&name) {
            continue;
        }
        let start = Instant::now();
        let mut findings = check(root, &tree).unwrap_or_else(|error| vec![Finding::new(name, 0, format!("{error:#}"))]);
        findings.sort();
        for finding in &findings {
            println!("{finding}");
        }
        count += findings.len();
        let verdict = if findings.is_empty() { "ok" } else { "not ok" };
        eprintln!("tidy {name:<12} {verdict:<7} {:>6.2} s", start.elapsed().as_secs_f32());
    }
    if count > 0 {
        bail!("tidy: {count} findings");
    }
    Ok(())
}
