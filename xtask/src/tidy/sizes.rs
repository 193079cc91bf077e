//! What fits on a few screens stays readable: files, crates, the kernel.

use std::collections::BTreeMap;

use super::Finding;
use crate::tree::{Tree, crate_of, is_test};

const RUST_FILE: usize = 400;
const TEST_FILE: usize = 600;
const CLIENT_FILE: usize = 250;
const CRATE: usize = 10_000;
const KERNEL: usize = 4_000;
const README: usize = 80;

pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut crates: BTreeMap<&str, usize> = BTreeMap::new();
    for (path, text) in tree.files() {
        let lines = text.lines().count();
        if let Some(limit) = limit(path).filter(|limit| lines > *limit) {
            findings.push(Finding::new(
                path,
                0,
                format!("{lines} lines, the limit is {limit}: split it by what it does"),
            ));
        }
        if path.starts_with("crates/") && path.ends_with(".rs") && !is_test(path) {
            *crates.entry(crate_of(path)).or_default() += lines;
        }
    }
    for (name, lines) in crates {
        let limit = if name == "kernel" { KERNEL } else { CRATE };
        if lines > limit {
            findings.push(Finding::new(
                format!("crates/{name}"),
                0,
                format!("{lines} lines, the limit is {limit}: split the domain"),
            ));
        }
    }
    findings
}

fn limit(path: &str) -> Option<usize> {
    let (_, extension) = path.rsplit_once('.')?;
    match extension {
        "rs" if is_test(path) => Some(TEST_FILE),
        "rs" => Some(RUST_FILE),
        // Written by a program.
        _ if path.ends_with("schema.d.ts") => None,
        "ts" | "tsx" | "css" | "mjs" | "js" if path.starts_with("web/") || path.starts_with("e2e/") => {
            Some(if is_test(path) { RUST_FILE } else { CLIENT_FILE })
        }
        "md" if path.starts_with("crates/") && path.ends_with("/README.md") => Some(README),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, lines: usize) -> bool {
        !check(&Tree::of(&[(path, &"x\n".repeat(lines))])).is_empty()
    }

    #[test]
    fn a_file_has_a_limit_by_its_kind() {
        for (path, limit) in [
            ("crates/chat/src/send.rs", 400),
            ("crates/chat/tests/it/send.rs", 600),
            ("web/src/ui/Button.tsx", 250),
            ("crates/chat/README.md", 80),
        ] {
            assert!(!found(path, limit), "{path}");
            assert!(found(path, limit + 1), "{path}");
        }
        assert!(!found("web/src/api/schema.d.ts", 5000));
    }

    #[test]
    fn the_kernel_and_a_crate_have_a_limit() {
        let many = |name: &str, files: usize| {
            let text = "x\n".repeat(400);
            let paths: Vec<_> = (0..files).map(|n| format!("crates/{name}/src/a{n}.rs")).collect();
            let files: Vec<_> = paths.iter().map(|path| (path.as_str(), text.as_str())).collect();
            check(&Tree::of(&files)).len()
        };
        assert_eq!((many("kernel", 10), many("kernel", 11)), (0, 1));
        assert_eq!((many("chat", 25), many("chat", 26)), (0, 1));
    }
}
