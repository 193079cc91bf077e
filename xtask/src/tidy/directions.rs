//! Dependencies point down: each crate uses what deps.toml says, and nothing else of ours.

use std::{collections::BTreeMap, path::Path};

use anyhow::{Context, Result};

use super::{
    Finding,
    dependencies::{Dependency, Metadata, Package},
};
use crate::tree::Tree;

const LIST: &str = "deps.toml";
/// Tests may use it, and what it is made of.
const FOR_TESTS: &str = "testkit";

type Allowed = BTreeMap<String, Vec<String>>;

pub fn run(root: &Path, tree: &Tree) -> Result<Vec<Finding>> {
    let allowed: Allowed = toml::from_str(tree.text(LIST).unwrap_or_default()).context(LIST)?;
    Ok(judge(&allowed, &Metadata::read(root)?))
}

fn judge(allowed: &Allowed, metadata: &Metadata) -> Vec<Finding> {
    let mut findings = Vec::new();
    for package in metadata.own() {
        let manifest = format!("crates/{}/Cargo.toml", package.name);
        let Some(may) = allowed.get(&package.name) else {
            findings.push(Finding::new(LIST, 0, format!("does not say what {} may depend on", package.name)));
            continue;
        };
        for dependency in ours(package) {
            let is_for_tests = dependency.kind.as_deref() == Some("dev");
            let in_testkit = allowed.get(FOR_TESTS).is_some_and(|parts| parts.contains(&dependency.name));
            let may_test_with = is_for_tests && (dependency.name == FOR_TESTS || in_testkit);
            let may_use = may.contains(&dependency.name) || may_test_with;
            if !may_use && dependency.name != package.name {
                findings.push(Finding::new(&manifest, 0, format!("may not depend on {} ({LIST})", dependency.name)));
            }
        }
        for idle in may.iter().filter(|name| !ours(package).any(|dependency| dependency.name == **name)) {
            findings.push(Finding::new(LIST, 0, format!("{} does not use {idle}", package.name)));
        }
    }
    let gone = allowed.keys().filter(|name| metadata.own().all(|package| package.name != **name));
    findings.extend(gone.map(|name| Finding::new(LIST, 0, format!("there is no crate {name}"))));
    findings
}

fn ours(package: &Package) -> impl Iterator<Item = &Dependency> {
    package.dependencies.iter().filter(|dependency| dependency.path.is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(allowed: &str, kind: Option<&str>, uses: &[&str]) -> usize {
        let package = |name: &str, uses: &[&str]| Package {
            name: name.to_owned(),
            version: "0.1.0".to_owned(),
            license: None,
            source: None,
            dependencies: uses
                .iter()
                .map(|name| Dependency {
                    name: (*name).to_owned(),
                    kind: kind.map(ToOwned::to_owned),
                    path: Some("/x".to_owned()),
                    req: "*".to_owned(),
                })
                .collect(),
        };
        let metadata = Metadata { packages: vec![package("kernel", &[]), package("chat", uses)] };
        judge(&toml::from_str(allowed).unwrap(), &metadata).len()
    }

    #[test]
    fn a_listed_dependency_passes_and_any_other_is_found() {
        assert_eq!(found("kernel = []\nchat = [\"kernel\"]", None, &["kernel"]), 0);
        assert_eq!(found("kernel = []\nchat = []", None, &["kernel"]), 1);
        assert_eq!(found("kernel = []", None, &["kernel"]), 1, "chat is not listed");
        assert_eq!(found("kernel = []\nchat = [\"kernel\"]", None, &[]), 1, "the list is longer than the truth");
        assert_eq!(found("kernel = []\nchat = []\ndrive = []", None, &[]), 1, "a crate that is not there");
    }

    #[test]
    fn tests_may_use_the_testkit() {
        assert_eq!(found("kernel = []\nchat = []", Some("dev"), &["testkit"]), 0);
        assert_eq!(found("kernel = []\nchat = []", None, &["testkit"]), 1);
    }
}
