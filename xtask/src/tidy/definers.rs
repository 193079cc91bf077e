//! A `security definer` function walks around row security: each one is listed, and its search path is fixed.

use anyhow::Result;

use super::{
    Finding,
    allowed::{Allowed, Group},
    tokens::{Token, tokens},
};
use crate::tree::Tree;

pub fn check(tree: &Tree) -> Result<Vec<Finding>> {
    let allowed = Allowed::read(tree)?;
    let (mut findings, mut names) = (Vec::new(), Vec::new());
    for (path, sql) in tree.files().filter(|(path, _)| path.starts_with("crates/") && path.ends_with(".sql")) {
        for definer in definers(sql) {
            if !definer.has_search_path {
                findings.push(Finding::new(path, definer.line, format!("{} sets no search_path", definer.name)));
            }
            names.push((definer.name, 0));
        }
    }
    findings.extend(allowed.judge(Group::SecurityDefiner, names));
    Ok(findings)
}

struct Definer {
    name: String,
    line: usize,
    has_search_path: bool,
}

fn definers(sql: &str) -> Vec<Definer> {
    let tokens = tokens(sql);
    let word = |at: usize| match tokens.get(at) {
        Some((_, Token::Word(word))) => word.as_str(),
        _ => "",
    };
    let mut found: Vec<Definer> = Vec::new();
    let mut function = String::new();
    for (at, (line, _)) in tokens.iter().enumerate() {
        match word(at) {
            "function" | "procedure" if !word(at + 3).is_empty() => {
                function = format!("{}.{}", word(at + 1), word(at + 3));
            }
            "security" if word(at + 1) == "definer" => {
                found.push(Definer { name: function.clone(), line: *line, has_search_path: false });
            }
            "search_path" => {
                found.iter_mut().filter(|definer| definer.name == function).for_each(|d| d.has_search_path = true)
            }
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(sql: &str) -> usize {
        let allowed = "[[security_definer]]\nwhy = \"partitions\"\nfunctions = [\"chat.listed\"]";
        check(&Tree::of(&[("crates/chat/migrations/1.sql", sql), ("xtask/allowed.toml", allowed)])).unwrap().len()
    }

    #[test]
    fn only_a_listed_function_with_a_search_path_passes() {
        let function = |name: &str, path: &str| {
            format!(
                "create function chat.{name}(a date) returns void language sql security definer {path} as $$ select 1 $$;"
            )
        };
        assert_eq!(found(&function("listed", "set search_path = pg_catalog")), 0);
        assert_eq!(found(&function("listed", "")), 1, "no search path");
        assert_eq!(found(&function("other", "set search_path = pg_catalog")), 2, "not listed, and the list is idle");
    }
}
