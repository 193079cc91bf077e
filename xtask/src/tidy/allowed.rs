//! The lists of exceptions in `xtask/allowed.toml`: who may cross a boundary, and why. An entry nobody needs is an error too.

use std::collections::BTreeSet;

use anyhow::{Context, Result};
use serde::Deserialize;

use super::Finding;
use crate::tree::Tree;

pub const PATH: &str = "xtask/allowed.toml";

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Allowed {
    /// Files that may say `SystemTx`.
    system_tx: Vec<Entry>,
    /// Files that may say `set_config`.
    set_config: Vec<Entry>,
    /// Files that may put SQL together.
    built_sql: Vec<Entry>,
    /// Functions that may run with the rights of their owner.
    security_definer: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    why: String,
    #[serde(alias = "functions")]
    files: Vec<String>,
}

#[derive(Clone, Copy, Debug)]
pub enum Group {
    SystemTx,
    SetConfig,
    BuiltSql,
    SecurityDefiner,
}

impl Allowed {
    pub fn read(tree: &Tree) -> Result<Self> {
        toml::from_str(tree.text(PATH).unwrap_or_default()).context(PATH)
    }

    /// Compares who does it with who may.
    pub fn judge(&self, group: Group, users: impl IntoIterator<Item = (String, usize)>) -> Vec<Finding> {
        let (name, entries) = match group {
            Group::SystemTx => ("system_tx", &self.system_tx),
            Group::SetConfig => ("set_config", &self.set_config),
            Group::BuiltSql => ("built_sql", &self.built_sql),
            Group::SecurityDefiner => ("security_definer", &self.security_definer),
        };
        let listed: BTreeSet<&String> = entries.iter().flat_map(|entry| &entry.files).collect();
        let mut findings = Vec::new();
        let mut seen = BTreeSet::new();
        for (user, line) in users {
            if !listed.contains(&user) && seen.insert(user.clone()) {
                let what = format!("is not listed under {name} in {PATH}: do it another way, or say there why not");
                findings.push(Finding::new(&user, line, what));
            }
            seen.insert(user);
        }
        let idle = listed.into_iter().filter(|user| !seen.contains(*user));
        findings.extend(idle.map(|user| Finding::new(PATH, 0, format!("{name} lists {user}, which does not need it"))));
        let unexplained = entries.iter().filter(|entry| entry.why.trim().is_empty());
        findings.extend(unexplained.map(|_| Finding::new(PATH, 0, format!("an entry of {name} gives no reason"))));
        findings
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_unlisted_and_the_idle_are_found() {
        let text = "[[system_tx]]\nwhy = \"b\"\nfiles = [\"a.rs\", \"b.rs\"]";
        let allowed = Allowed::read(&Tree::of(&[(PATH, text)])).unwrap();
        let judge =
            |users: &[&str]| allowed.judge(Group::SystemTx, users.iter().map(|user| ((*user).to_owned(), 3))).len();
        assert_eq!(judge(&["a.rs", "b.rs"]), 0);
        assert_eq!(judge(&["a.rs"]), 1, "b.rs is idle");
        assert_eq!(judge(&["a.rs", "b.rs", "c.rs", "c.rs"]), 1, "c.rs is not listed");
    }
}
