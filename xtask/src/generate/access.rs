//! Who may do what: the access table of the manual, from the document of the API.

use std::{collections::BTreeMap, fmt::Write};

use anyhow::{Context, Result};
use serde_json::Value;

pub fn table(document: &str) -> Result<String> {
    let document: Value = serde_json::from_str(document).context("the API document")?;
    let mut tags: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (path, methods) in document["paths"].as_object().into_iter().flatten() {
        for (method, operation) in methods.as_object().into_iter().flatten() {
            let Some(id) = operation["operationId"].as_str() else { continue };
            let text = |name: &str| operation[name].as_str().unwrap_or("–").to_owned();
            let tag = operation["tags"][0].as_str().unwrap_or("other");
            let line =
                format!("| {} | `{} {path}` | {id} | {} |\n", text("summary"), method.to_uppercase(), text("x-access"));
            tags.entry(tag).or_default().push(line);
        }
    }
    let mut table = "# Who may do what\n\nGenerated from the document of the API by `cargo xtask gen`; a test asks every operation without the right.\n".to_owned();
    for (tag, lines) in tags {
        write!(table, "\n## {tag}\n\n| act | request | operation | who |\n| --- | --- | --- | --- |\n")?;
        lines.iter().for_each(|line| table.push_str(line));
    }
    Ok(table)
}

/// What each permission opens: the operations whose `x-access` names it.
pub fn permissions(document: &str) -> Result<String> {
    let document: Value = serde_json::from_str(document).context("the API document")?;
    let names = document["components"]["schemas"]["Permission"]["enum"].as_array().into_iter().flatten();
    let mut page = "# What each permission opens\n\nGenerated from the document of the API by `cargo xtask gen`. Roles are made of \
                    these: [administration.md](administration.md).\n\n| permission | opens |\n| --- | --- |\n"
        .to_owned();
    for name in names.filter_map(Value::as_str) {
        let mut opened = Vec::new();
        for operation in
            document["paths"].as_object().into_iter().flatten().flat_map(|(_, item)| item.as_object()).flatten()
        {
            let (_, facts) = operation;
            let access = facts["x-access"].as_str().unwrap_or_default();
            if access.split(|c: char| c != '.' && c != '_' && !c.is_alphanumeric()).any(|word| word == name) {
                opened.push(facts["summary"].as_str().unwrap_or("–"));
            }
        }
        anyhow::ensure!(!opened.is_empty(), "the permission {name} opens nothing: no x-access names it");
        opened.sort_unstable();
        writeln!(page, "| `{name}` | {} |", opened.join(" · "))?;
    }
    Ok(page)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_permission_opens_what_names_it_and_one_that_opens_nothing_is_found() {
        let document = |access: &str| {
            format!(
                r#"{{"components": {{"schemas": {{"Permission": {{"enum": ["people.add"]}}}}}},
                     "paths": {{"/v1/a": {{"post": {{"summary": "Make one", "x-access": "{access}"}}}}}}}}"#
            )
        };
        assert!(permissions(&document("holder of people.add, there")).unwrap().contains("| `people.add` | Make one |"));
        assert!(permissions(&document("holder of people.add_more")).is_err());
    }

    #[test]
    fn each_operation_is_a_line_under_its_tag() {
        let document = r#"{"paths": {"/v1/a": {"post": {"operationId": "makeA", "summary": "Make one", "tags": ["chat"], "x-access": "member"}}}}"#;
        let table = table(document).unwrap();
        assert!(table.contains("## chat"));
        assert!(table.contains("| Make one | `POST /v1/a` | makeA | member |"));
    }
}
