//! SQL is made of literals. What is put together at run time may stand only in listed files.

use anyhow::Result;

use super::{
    Finding,
    allowed::{Allowed, Group},
    schemas,
};
use crate::tree::Tree;

pub fn check(tree: &Tree) -> Result<Vec<Finding>> {
    let allowed = Allowed::read(tree)?;
    let statements = schemas::of_domains(tree)?;
    let outside = statements.iter().filter(|statement| !statement.is_test && statement.texts.is_empty());
    let built = outside.clone().filter(|statement| statement.is_asserted);
    let mut findings: Vec<_> = outside
        .filter(|statement| !statement.is_asserted)
        .map(|statement| Finding::new(&statement.path, statement.line, "pass the text of the statement, or a constant"))
        .collect();
    let users: Vec<_> = built.map(|statement| (statement.path.clone(), statement.line)).collect();
    let sources =
        tree.rust().filter(|(path, text)| !super::reserved::is_exempt(path) && text.contains("AssertSqlSafe("));
    let mentions = sources.map(|(path, _)| (path.to_owned(), 0));
    findings.extend(allowed.judge(Group::BuiltSql, users.iter().cloned().chain(mentions)));
    Ok(findings)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(body: &str, allowed: &str) -> usize {
        let tree = Tree::of(&[
            ("crates/chat/Cargo.toml", ""),
            ("crates/chat/src/a.rs", &format!("fn a() {{ {body} }}")),
            ("xtask/allowed.toml", allowed),
        ]);
        check(&tree).unwrap().len()
    }

    #[test]
    fn a_statement_put_together_at_run_time_is_found() {
        assert_eq!(found("sqlx::query(\"select 1\")", ""), 0);
        assert_eq!(found("sqlx::query(&text)", ""), 1);
    }

    #[test]
    fn only_a_listed_file_may_vouch_for_its_sql() {
        assert!(found("sqlx::query(AssertSqlSafe(text))", "") > 0);
        let allowed = "[[built_sql]]\nwhy = \"a\"\nfiles = [\"crates/chat/src/a.rs\"]";
        assert_eq!(found("sqlx::query(AssertSqlSafe(text))", allowed), 0);
    }
}
