//! Nothing in the tree depends on the machine or the network of whoever wrote it.

use super::Finding;
use crate::tree::Tree;

/// What must not be named, in two halves so that this file does not name it either.
const FOREIGN: [(&str, &str, &str); 8] = [
    ("/wor", "k/", "a path of one machine"),
    ("/roo", "t/.", "a path of one machine"),
    ("/hom", "e/", "a path of one machine"),
    ("registry.np", "mjs", "a package registry: leave it to the reader's configuration"),
    ("registry.np", "mmirror", "a package registry: leave it to the reader's configuration"),
    ("files.python", "hosted", "a package registry: leave it to the reader's configuration"),
    ("pypi.", "org", "a package registry: leave it to the reader's configuration"),
    ("static.crates", ".io", "a package registry: leave it to the reader's configuration"),
];

pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in tree.files() {
        for (first, second, what) in FOREIGN {
            let word = format!("{first}{second}");
            let hit = text.lines().position(|line| line.contains(&word));
            findings.extend(hit.map(|line| Finding::new(path, line + 1, format!("names {word}, {what}"))));
        }
        if path.ends_with("package-lock.json") && text.contains("\"resolved\": \"http") {
            findings.push(Finding::new(path, 0, "names a package registry: set omit-lockfile-registry-resolved"));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_machine_and_the_registry_of_the_author_are_found() {
        let path = format!("see {}{}main", FOREIGN[0].0, FOREIGN[0].1);
        let tree = Tree::of(&[
            ("README.md", path.as_str()),
            ("web/package-lock.json", "{\"resolved\": \"https://example/a.tgz\"}"),
            ("docs/work.md", "the work/rest balance"),
        ]);
        let found: Vec<_> = check(&tree).into_iter().map(|finding| finding.path).collect();
        assert_eq!(found, ["README.md", "web/package-lock.json"]);
    }
}
