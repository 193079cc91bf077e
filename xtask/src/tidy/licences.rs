//! What others wrote: only under licences that deny.toml accepts, only from the sources it names, never what it bans.

use std::path::Path;

use anyhow::{Context, Result};
use serde::Deserialize;

use super::{
    Finding,
    dependencies::{Metadata, Package},
    spdx,
};
use crate::tree::Tree;

const POLICY: &str = "deny.toml";

/// The part of the file of `cargo deny` that needs no network.
#[derive(Deserialize)]
struct Policy {
    licenses: Licences,
    sources: Sources,
    #[serde(default)]
    bans: Bans,
}

#[derive(Deserialize)]
struct Licences {
    allow: Vec<String>,
    #[serde(default)]
    exceptions: Vec<Exception>,
}

#[derive(Deserialize)]
struct Exception {
    #[serde(rename = "crate")]
    of: String,
    allow: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Sources {
    allow_registry: Vec<String>,
}

#[derive(Default, Deserialize)]
struct Bans {
    #[serde(default)]
    deny: Vec<Ban>,
}

#[derive(Deserialize)]
struct Ban {
    #[serde(rename = "crate")]
    name: String,
    reason: Option<String>,
}

pub fn run(root: &Path, tree: &Tree) -> Result<Vec<Finding>> {
    let policy: Policy = toml::from_str(tree.text(POLICY).with_context(|| format!("there is no {POLICY}"))?)?;
    Ok(judge(&policy, &Metadata::read(root)?))
}

fn judge(policy: &Policy, metadata: &Metadata) -> Vec<Finding> {
    let mut findings = wildcards(metadata);
    for package in &metadata.packages {
        let mut refuse = |what: String| {
            findings.push(Finding::new("Cargo.lock", 0, format!("{} {}: {what}", package.name, package.version)));
        };
        let Some(source) = &package.source else { continue };
        let registry = source.strip_prefix("registry+").or_else(|| source.strip_prefix("sparse+")).unwrap_or(source);
        if !policy.sources.allow_registry.iter().any(|allowed| allowed == registry) {
            refuse(format!("comes from {registry}, which {POLICY} does not allow"));
        }
        match &package.license {
            None => refuse("says no licence".to_owned()),
            Some(licence) => match spdx::is_accepted(licence, &|name| policy.accepts(package, name)) {
                Ok(true) => {}
                Ok(false) => refuse(format!("its licence {licence} is not accepted by {POLICY}")),
                Err(error) => refuse(error.to_string()),
            },
        }
        if let Some(ban) = policy.bans.deny.iter().find(|ban| ban.name == package.name) {
            refuse(format!("is banned: {}", ban.reason.as_deref().unwrap_or("see deny.toml")));
        }
    }
    findings
}

/// Of what others wrote we say which version we mean.
fn wildcards(metadata: &Metadata) -> Vec<Finding> {
    let any = metadata.own().flat_map(|package| {
        let others = package.dependencies.iter().filter(|other| other.path.is_none() && other.req == "*");
        others.map(|other| {
            Finding::new("Cargo.toml", 0, format!("{}: say which version of {}", package.name, other.name))
        })
    });
    any.collect()
}

impl Policy {
    fn accepts(&self, package: &Package, licence: &str) -> bool {
        let exceptions = self.licenses.exceptions.iter();
        let mut own = exceptions.filter(|exception| exception.of == package.name);
        self.licenses.allow.iter().any(|allowed| allowed == licence)
            || own.any(|exception| exception.allow.iter().any(|allowed| allowed == licence))
    }
}

#[cfg(test)]
mod tests {
    use super::super::dependencies::Dependency;
    use super::*;

    fn found(name: &str, licence: Option<&str>, source: Option<&str>) -> usize {
        with("^1", name, licence, source)
    }

    fn with(req: &str, name: &str, licence: Option<&str>, source: Option<&str>) -> usize {
        let policy = "[licenses]\nallow = [\"MIT\"]\nexceptions = [{ crate = \"odd\", allow = [\"Zlib\"] }]\n\
                      [sources]\nallow-registry = [\"here\"]\n[bans]\ndeny = [{ crate = \"bad\" }]";
        let package = Package {
            name: name.to_owned(),
            version: "1.0.0".to_owned(),
            license: licence.map(ToOwned::to_owned),
            source: source.map(ToOwned::to_owned),
            dependencies: vec![Dependency { name: "x".to_owned(), kind: None, path: None, req: req.to_owned() }],
        };
        judge(&toml::from_str(policy).unwrap(), &Metadata { packages: vec![package] }).len()
    }

    #[test]
    fn licence_source_and_ban_are_judged() {
        assert_eq!(found("good", Some("MIT OR GPL-3.0"), Some("registry+here")), 0);
        assert_eq!(found("odd", Some("Zlib"), Some("registry+here")), 0);
        assert_eq!(found("good", Some("Zlib"), Some("registry+here")), 1);
        assert_eq!(found("good", None, Some("registry+here")), 1);
        assert_eq!(found("good", Some("MIT"), Some("git+elsewhere")), 1);
        assert_eq!(found("bad", Some("MIT"), Some("registry+here")), 1);
        assert_eq!(found("ours", None, None), 0);
        assert_eq!(with("*", "ours", None, None), 1);
    }
}
