//! Every crate explains itself; every domain declares its data and runs the contract tests.

use super::Finding;
use crate::tree::Tree;

/// The kernel has tables, but its contract is tested by every domain.
const KERNEL: &str = "kernel";

pub fn check(tree: &Tree) -> Vec<Finding> {
    let has_readme = |name: &&str| tree.text(&format!("crates/{name}/README.md")).is_some();
    let unexplained = tree.crates().into_iter().filter(|name| !has_readme(name));
    let what = "has no README.md: what it owns, its rules, what it emits, what it does not do";
    let mut findings: Vec<_> = unexplained.map(|name| Finding::new(format!("crates/{name}"), 0, what)).collect();
    let modules = tree.text("crates/server/src/modules.rs").unwrap_or_default();
    for name in tree.schemas() {
        let folder = format!("crates/{name}");
        let mut demand = |is_there: bool, what: &str| {
            if !is_there {
                findings.push(Finding::new(&folder, 0, what));
            }
        };
        let has = |file: &str| tree.text(&format!("{folder}/{file}")).is_some();
        demand(has("data_map.toml"), "has tables but no data_map.toml");
        if name == "server" {
            continue;
        }
        demand(modules.contains(&format!("{name}::module(")), "is missing in crates/server/src/modules.rs");
        if name != KERNEL {
            let tests = tree.files().filter(|(path, _)| path.starts_with(&format!("{folder}/tests/it/")));
            let is_contracted = tests.into_iter().any(|(_, text)| text.contains("testkit::contract("));
            demand(is_contracted, "has no contract test: `testkit::contract(vec![…::module()])` in tests/it/");
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: [(&str, &str); 6] = [
        ("crates/chat/Cargo.toml", ""),
        ("crates/chat/README.md", ""),
        ("crates/chat/data_map.toml", ""),
        ("crates/chat/migrations/1_a.sql", ""),
        ("crates/chat/tests/it/main.rs", "testkit::contract(vec![chat::module()])"),
        ("crates/server/src/modules.rs", "vec![chat::module()]"),
    ];

    #[test]
    fn a_complete_domain_passes() {
        assert_eq!(check(&Tree::of(&GOOD)), []);
    }

    #[test]
    fn each_missing_part_is_found() {
        for missing in [1, 2, 4, 5] {
            let mut files = GOOD.to_vec();
            files.remove(missing);
            assert_eq!(check(&Tree::of(&files)).len(), 1, "without {}", GOOD[missing].0);
        }
    }
}
