//! A library is compiled once more for its unit tests, so it says `test = false` when it has none; one that says it has none.

use super::Finding;
use crate::tree::Tree;

pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, manifest) in tree.files() {
        let Some(folder) = path.strip_suffix("/Cargo.toml").filter(|folder| folder.starts_with("crates/")) else {
            continue;
        };
        let source = format!("{folder}/src/");
        if tree.text(&format!("{source}lib.rs")).is_none() {
            continue;
        }
        let has_tests = tree.files().any(|(file, text)| file.starts_with(&source) && tests(text));
        match (has_tests, manifest.lines().any(|line| line == "test = false")) {
            (true, true) => findings.push(Finding::new(path, 0, "its unit tests never run: take `test = false` away")),
            (false, false) => {
                findings.push(Finding::new(path, 0, "it has no unit tests: say `test = false` under [lib]"))
            }
            _ => {}
        }
    }
    findings
}

/// Also what `tokio` runs, and properties.
fn tests(text: &str) -> bool {
    text.lines()
        .map(str::trim_start)
        .any(|line| line.starts_with("#[test]") || line.starts_with("#[tokio::test") || line.starts_with("proptest!"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(manifest: &str, source: &str) -> usize {
        check(&Tree::of(&[("crates/chat/Cargo.toml", manifest), ("crates/chat/src/lib.rs", source)])).len()
    }

    #[test]
    fn tests_that_never_run_and_libraries_compiled_for_nothing_are_found() {
        assert_eq!(found("[lib]\ntest = false\n", "#[test]\nfn one() {}"), 1);
        assert_eq!(found("[lib]\ndoctest = false\n", "fn one() {}"), 1);
        assert_eq!(found("[lib]\ntest = false\n", "fn one() {}"), 0);
        assert_eq!(found("[lib]\ndoctest = false\n", "    #[tokio::test]\n    async fn one() {}"), 0);
    }
}
