//! `tulou.toml` as a flat list of dotted names, each with the line it stands on.

use std::path::Path;

use toml::de::{DeTable, DeValue};

#[derive(Debug, PartialEq, Eq)]
pub struct Entry {
    pub name: String,
    pub value: String,
    pub line: usize,
}

/// The entries in the order of their lines; on failure the line (0: the file as a whole) and what is wrong.
pub fn read(path: &Path) -> Result<Vec<Entry>, (usize, String)> {
    let text = std::fs::read_to_string(path).map_err(|error| (0, format!("cannot be read: {error}")))?;
    parse(&text)
}

fn parse(text: &str) -> Result<Vec<Entry>, (usize, String)> {
    let table = DeTable::parse(text).map_err(|error| {
        let line = error.span().map_or(0, |span| line_of(text, span.start));
        (line, error.message().to_owned())
    })?;
    let mut entries = Vec::new();
    flatten(text, "", table.get_ref(), &mut entries)?;
    entries.sort_by_key(|entry| entry.line);
    Ok(entries)
}

fn flatten(text: &str, prefix: &str, table: &DeTable<'_>, entries: &mut Vec<Entry>) -> Result<(), (usize, String)> {
    for (key, value) in table {
        let name = if prefix.is_empty() { key.get_ref().to_string() } else { format!("{prefix}.{}", key.get_ref()) };
        let line = line_of(text, key.span().start);
        match value.get_ref() {
            DeValue::Table(inner) => flatten(text, &name, inner, entries)?,
            value => match scalar(value) {
                Some(value) => entries.push(Entry { name, value, line }),
                None => {
                    return Err((
                        line,
                        format!("{name}: expected a text, a number, true or false, or a list of texts"),
                    ));
                }
            },
        }
    }
    Ok(())
}

/// One value as text; a list is joined by commas, as in a variable.
fn scalar(value: &DeValue<'_>) -> Option<String> {
    match value {
        DeValue::String(text) => Some(text.to_string()),
        DeValue::Integer(number) => Some(number.as_str().to_owned()),
        DeValue::Boolean(flag) => Some(flag.to_string()),
        DeValue::Array(items) => {
            let items: Option<Vec<String>> =
                items.iter().map(|item| item.get_ref().as_str().map(str::to_owned)).collect();
            Some(items?.join(","))
        }
        _ => None,
    }
}

fn line_of(text: &str, at: usize) -> usize {
    text[..at.min(text.len())].matches('\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn every_entry_knows_its_line() {
        let entries = parse("listen = \"127.0.0.1:1\"\n\n[database]\nprepared = false\nurl = \"x\"\n").unwrap();
        let seen: Vec<_> = entries.iter().map(|e| (e.name.as_str(), e.value.as_str(), e.line)).collect();
        assert_eq!(seen, [("listen", "127.0.0.1:1", 1), ("database.prepared", "false", 4), ("database.url", "x", 5)]);
    }

    #[test]
    fn broken_toml_is_refused_with_its_line() {
        assert_eq!(parse("listen = \"a\"\nlog = [\n").unwrap_err().0, 2);
    }
}
