//! File names that say nothing do not exist, nor files that a mistyped command left behind.

use super::Finding;
use crate::tree::Tree;

const NAMELESS: [&str; 9] = ["common", "helper", "helpers", "manager", "misc", "service", "types", "util", "utils"];

/// The files at the root whose names have no ending.
const BARE: [&str; 2] = ["LICENSE", "Makefile"];

pub fn check(tree: &Tree) -> Vec<Finding> {
    let is_nameless = |path: &str| {
        let mut parts = path.strip_suffix(".rs").unwrap_or(path).rsplit('/');
        let last = parts.next().unwrap_or_default();
        let name = if last == "mod" { parts.next().unwrap_or_default() } else { last };
        NAMELESS.contains(&name)
    };
    let nameless = tree.rust().filter(|(path, _)| is_nameless(path));
    let is_left_behind = |path: &&str| !path.contains(['/', '.']) && !BARE.contains(path);
    let left_behind = tree.files().map(|(path, _)| path).filter(is_left_behind);
    let left_behind = left_behind.map(|path| Finding::new(path, 0, "nothing of that name belongs at the root"));
    nameless.map(|(path, _)| Finding::new(path, 0, "name the file after what it does")).chain(left_behind).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nameless_file_is_found_and_a_named_one_passes() {
        let tree = Tree::of(&[
            ("crates/chat/src/messages/send.rs", ""),
            ("crates/chat/src/util.rs", ""),
            ("crates/chat/src/helpers/mod.rs", ""),
            ("web/src/api/types.ts", ""),
            (".gitignore", ""),
            ("Makefile", ""),
            ("cargo", ""),
        ]);
        let found: Vec<_> = check(&tree).into_iter().map(|finding| finding.path).collect();
        assert_eq!(found, ["crates/chat/src/helpers/mod.rs", "crates/chat/src/util.rs", "cargo"]);
    }
}
