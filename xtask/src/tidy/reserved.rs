//! `SystemTx` and `set_config` cross the organisation boundary: outside the kernel only listed files may say them.

use anyhow::Result;

use super::{
    Finding,
    allowed::{Allowed, Group},
};
use crate::tree::{Tree, is_test};

pub fn check(tree: &Tree) -> Result<Vec<Finding>> {
    let allowed = Allowed::read(tree)?;
    let mut findings = allowed.judge(Group::SystemTx, users(tree, "SystemTx"));
    findings.extend(allowed.judge(Group::SetConfig, users(tree, "set_config")));
    Ok(findings)
}

fn users(tree: &Tree, word: &str) -> Vec<(String, usize)> {
    let outside = tree.rust().filter(|(path, _)| !is_exempt(path));
    outside.filter_map(|(path, text)| Some((path.to_owned(), line_of(text, word)?))).collect()
}

/// The first line of code, not of comment, with the word.
fn line_of(text: &str, word: &str) -> Option<usize> {
    text.lines().position(|line| line.contains(word) && !line.trim_start().starts_with("//")).map(|line| line + 1)
}

/// The kernel makes the boundary; tests look behind it.
pub fn is_exempt(path: &str) -> bool {
    let free = ["crates/kernel/", "crates/testkit/", "crates/cluster/", "xtask/"];
    is_test(path) || free.iter().any(|start| path.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_of_the_boundary_is_found_outside_the_list() {
        let tree = Tree::of(&[
            ("crates/kernel/src/tx.rs", "SystemTx"),
            ("crates/chat/src/a.rs", "\nlet tx = SystemTx::begin();"),
            ("crates/chat/src/b.rs", "// not SystemTx\n\"select set_config('a', 'b', true)\""),
            ("crates/identity/src/c.rs", "SystemTx"),
            ("xtask/allowed.toml", "[[system_tx]]\nwhy = \"accounts\"\nfiles = [\"crates/identity/src/c.rs\"]"),
        ]);
        let found: Vec<_> = check(&tree).unwrap().into_iter().map(|finding| (finding.path, finding.line)).collect();
        assert_eq!(found, [("crates/chat/src/a.rs".to_owned(), 2), ("crates/chat/src/b.rs".to_owned(), 2)]);
    }
}
