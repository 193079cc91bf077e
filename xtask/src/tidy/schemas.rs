//! A crate's SQL names only its own schema: what another domain owns is asked for, not read.

use anyhow::Result;

use super::{Finding, tokens};
use crate::{
    source::{self, Statement},
    tree::{Tree, crate_of},
};

/// Functions that migrations of other crates call.
const OPEN: [(&str, &str); 6] = [
    ("kernel", "owned_by_org"),
    ("kernel", "owned_by_installation"),
    ("kernel", "ensure_months"),
    ("kernel", "drop_past_months"),
    // Handed over once, and dropped.
    ("kernel", "past_consents"),
    ("directory", "let_in_by_calls"),
];
/// They work on the database as a whole.
const EXEMPT: [&str; 3] = ["cluster", "testkit", "xtask"];

pub fn check(tree: &Tree) -> Result<Vec<Finding>> {
    let schemas = tree.schemas();
    let mut findings = Vec::new();
    for (path, text) in tree.files().filter(|(path, _)| path.starts_with("crates/") && path.ends_with(".sql")) {
        findings.extend(judge(&schemas, path, 1, text));
    }
    // Tests may look at what came of it elsewhere.
    for statement in of_domains(tree)?.iter().filter(|statement| !statement.is_test) {
        for text in &statement.texts {
            findings.extend(judge(&schemas, &statement.path, statement.line, text));
        }
    }
    Ok(findings)
}

/// The statements of all crates that live inside the boundary.
pub fn of_domains(tree: &Tree) -> Result<Vec<Statement>> {
    let mut all = Vec::new();
    for name in tree.crates().into_iter().filter(|name| !EXEMPT.contains(name)) {
        let sources = tree.rust().filter(|(path, _)| path.starts_with("crates/") && crate_of(path) == name);
        let sources = sources.map(|(path, text)| source::parse(path, text)).collect::<Result<Vec<_>>>()?;
        all.extend(source::statements(&sources));
    }
    Ok(all)
}

fn judge(schemas: &[&str], path: &str, line: usize, sql: &str) -> Vec<Finding> {
    let own = crate_of(path);
    let mut findings = Vec::new();
    for (offset, schema, name) in tokens::qualified(sql) {
        let is_open = OPEN.contains(&(schema.as_str(), name.as_str()));
        if schema != own && schemas.contains(&schema.as_str()) && !is_open {
            let what = format!("names {schema}.{name}: only {schema} may; call it, or keep what its events say");
            findings.push(Finding::new(path, line + offset - 1, what));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, text: &str) -> Vec<usize> {
        let tree = Tree::of(&[
            ("crates/chat/Cargo.toml", ""),
            ("crates/chat/migrations/1_chat.sql", ""),
            ("crates/directory/Cargo.toml", ""),
            ("crates/directory/migrations/1_directory.sql", ""),
            (path, text),
        ]);
        check(&tree).unwrap().into_iter().map(|finding| finding.line).collect()
    }

    #[test]
    fn the_own_schema_and_aliases_pass() {
        let text = "fn a() { sqlx::query(\"select m.id from chat.message m join pg_catalog.pg_class c on true\"); }";
        assert!(found("crates/chat/src/a.rs", text).is_empty());
        assert!(found("crates/chat/migrations/2_a.sql", "select kernel.owned_by_org('chat.message');").is_empty());
    }

    #[test]
    fn another_schema_is_found_in_sources_and_migrations() {
        let text = "fn a() {\n sqlx::query(\"select 1\n from directory.member\"); }";
        assert_eq!(found("crates/chat/src/a.rs", text), [3]);
        assert!(found("crates/chat/tests/it/a.rs", text).is_empty(), "a test looks at what came of it");
        assert_eq!(
            found("crates/chat/migrations/2_a.sql", "\ncreate table chat.a (id uuid references directory.member);"),
            [2]
        );
    }
}
