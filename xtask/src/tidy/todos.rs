//! A reminder has a number, so that somebody will see it again.

use super::Finding;
use crate::tree::Tree;

const WORDS: [&str; 4] = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("XX", "X"), concat!("HA", "CK")];

pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in tree.files().filter(|(path, _)| is_source(path)) {
        for (line, text) in text.lines().enumerate() {
            if WORDS.iter().any(|word| says(text, word) && !has_number(text)) {
                findings.push(Finding::new(path, line + 1, "give the reminder the number of an issue, as in (#12)"));
            }
        }
    }
    findings
}

fn is_source(path: &str) -> bool {
    [".rs", ".ts", ".tsx", ".css", ".sql", ".toml", ".mjs", ".js", ".sh"].iter().any(|end| path.ends_with(end))
}

fn says(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let is_letter = |letter: Option<char>| letter.is_some_and(|letter| letter.is_alphanumeric() || letter == '_');
        !is_letter(line[..at].chars().next_back()) && !is_letter(line[at + word.len()..].chars().next())
    })
}

fn has_number(line: &str) -> bool {
    line.split('#').skip(1).any(|after| after.starts_with(|letter: char| letter.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(line: &str) -> usize {
        check(&Tree::of(&[("crates/chat/src/a.rs", line)])).len()
    }

    #[test]
    fn a_reminder_without_a_number_is_found() {
        assert_eq!(found(concat!("// TO", "DO: later")), 1);
        assert_eq!(found(concat!("// TO", "DO(#12): later")), 0);
        assert_eq!(found(concat!("let TO", "DO_LIST = 1;")), 0);
    }
}
