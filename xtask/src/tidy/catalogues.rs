//! Every text exists in every language: the client's catalogues, and the server's texts beside their languages' names.

use std::collections::{BTreeMap, BTreeSet};

use super::Finding;
use crate::tree::Tree;

const LANGUAGES: [&str; 3] = ["en", "zh-CN", "zh-TW"];

pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for folder in folders(tree) {
        for extension in ["po", "md", "toml"] {
            findings.extend(compare(tree, &folder, extension));
        }
    }
    findings
}

/// Folders in which some file is named after a language.
fn folders(tree: &Tree) -> BTreeSet<String> {
    let of_language = |path: &str| {
        let (folder, file) = path.rsplit_once('/')?;
        let (language, _) = file.rsplit_once('.')?;
        LANGUAGES.contains(&language).then(|| folder.to_owned())
    };
    tree.files().filter_map(|(path, _)| of_language(path)).collect()
}

fn compare(tree: &Tree, folder: &str, extension: &str) -> Vec<Finding> {
    let texts: Vec<_> = LANGUAGES
        .iter()
        .map(|language| format!("{folder}/{language}.{extension}"))
        .map(|path| (tree.text(&path).map(|text| entries(extension, text)), path))
        .collect();
    if texts.iter().all(|(entries, _)| entries.is_none()) {
        return Vec::new();
    }
    let all: BTreeSet<&String> =
        texts.iter().flat_map(|(entries, _)| entries.iter().flat_map(BTreeMap::keys)).collect();
    let english = texts.first().and_then(|(entries, _)| entries.as_ref());
    let mut findings = Vec::new();
    for (entries, path) in &texts {
        let Some(entries) = entries else {
            findings.push(Finding::new(path, 0, "is missing: every text exists in every language"));
            continue;
        };
        for id in &all {
            let what = match entries.get(*id) {
                None => "is missing",
                Some(text) if text.is_empty() => "is not translated",
                Some(text) if english.and_then(|all| all.get(*id)).is_some_and(|en| fields(en) != fields(text)) => {
                    "has other {fields} than in English"
                }
                Some(_) => continue,
            };
            findings.push(Finding::new(path, 0, format!("“{id}” {what}")));
        }
    }
    findings
}

/// Id to text.
fn entries(extension: &str, text: &str) -> BTreeMap<String, String> {
    match extension {
        "po" => of_catalogue(text),
        "md" => of_document(text),
        _ => of_table(text),
    }
}

/// gettext: `msgid` and `msgstr`, each over one or more quoted lines. Obsolete entries (`#~`) are nobody's.
fn of_catalogue(text: &str) -> BTreeMap<String, String> {
    let (mut entries, mut context, mut id, mut field) = (BTreeMap::new(), String::new(), String::new(), "");
    for line in text.lines() {
        let (key, quoted) = match line.split_once('"') {
            Some((key, rest)) if !line.starts_with('#') => (key.trim(), rest.strip_suffix('"').unwrap_or(rest)),
            _ => continue,
        };
        match key {
            "msgctxt" => (context, field) = (format!("{quoted} / "), "context"),
            "msgid" => (id, field) = (quoted.to_owned(), "id"),
            "msgstr" => {
                field = "text";
                entries.insert(format!("{context}{id}"), quoted.to_owned());
            }
            _ if field == "id" => id.push_str(quoted),
            _ if field == "text" => entries.entry(format!("{context}{id}")).or_default().push_str(quoted),
            _ => {}
        }
        if key == "msgstr" && !context.is_empty() && field == "text" {
            // The context belongs to this entry alone; the text may go on.
            id = format!("{context}{id}");
            context.clear();
        }
    }
    entries.remove("");
    entries
}

/// A document: its head lines (`version: 0.1`) and its headings by id (`## account | Your account`).
fn of_document(text: &str) -> BTreeMap<String, String> {
    let mut entries = BTreeMap::new();
    for line in text.lines() {
        if let Some((id, title)) = line.strip_prefix("## ").and_then(|heading| heading.split_once('|')) {
            entries.insert(id.trim().to_owned(), title.trim().to_owned());
        } else if let Some(version) = line.strip_prefix("version:") {
            entries.insert(format!("version {}", version.trim()), "-".to_owned());
        }
    }
    entries
}

fn of_table(text: &str) -> BTreeMap<String, String> {
    let mut entries = BTreeMap::new();
    if let Ok(table) = text.parse::<toml::Table>() {
        flatten("", &table, &mut entries);
    }
    entries
}

fn flatten(start: &str, table: &toml::Table, entries: &mut BTreeMap<String, String>) {
    for (key, value) in table {
        let key = if start.is_empty() { key.clone() } else { format!("{start}.{key}") };
        match value {
            toml::Value::Table(inner) => flatten(&key, inner, entries),
            toml::Value::String(text) => {
                entries.insert(key, text.clone());
            }
            other => {
                entries.insert(key, other.to_string());
            }
        }
    }
}

/// What a text leaves open, `{name}` or `{count, plural, …}`: the same in every language.
fn fields(text: &str) -> BTreeSet<&str> {
    let name =
        |part: &'_ str| part.find(|letter: char| !letter.is_alphanumeric() && letter != '_').filter(|end| *end > 0);
    // Inside a plural stand words, not fields: they come after the name of their case, `one {…}` or `=1 {…}`.
    let is_case = |before: &str| {
        let case = before.split([' ', '}']).rfind(|word| !word.is_empty()).unwrap_or_default();
        before.ends_with(' ')
            && (case.starts_with('=') || ["zero", "one", "two", "few", "many", "other"].contains(&case))
    };
    let parts = text.split('{').zip(text.split('{').skip(1)).filter(|(before, _)| !is_case(before));
    let opened = parts.filter_map(|(_, part)| Some((part, name(part)?)));
    opened.filter(|(part, end)| part[*end..].starts_with(['}', ','])).map(|(part, end)| &part[..end]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(en: &str, cn: &str, tw: &str) -> usize {
        check(&Tree::of(&[("web/locales/en.po", en), ("web/locales/zh-CN.po", cn), ("web/locales/zh-TW.po", tw)])).len()
    }

    const HEAD: &str = "msgid \"\"\nmsgstr \"\"\n\"Language: x\\n\"\n\n";

    #[test]
    fn the_words_of_a_plural_are_no_fields() {
        let one = fields("[{count, plural, one {Picture} other {# pictures}}] {0}");
        assert_eq!(one, fields("[{count, plural, =1 {图片} other {# 张图片}}] {0}"));
        assert_eq!(one.into_iter().collect::<Vec<_>>(), ["0", "count"]);
    }

    #[test]
    fn complete_catalogues_pass() {
        let text = |own: &str| {
            format!("{HEAD}#: a.tsx\nmsgid \"Hello {{name}}\"\nmsgstr \"{own}\"\n\n#~ msgid \"old\"\n#~ msgstr \"\"\n")
        };
        assert_eq!(found(&text("Hello {name}"), &text("{name}，你好"), &text("{name}，您好")), 0);
    }

    #[test]
    fn a_missing_an_empty_and_a_broken_text_are_found() {
        let text = |own: &str| format!("{HEAD}msgid \"Hello {{name}}\"\nmsgstr \"{own}\"\n");
        assert_eq!(found(&text("Hello {name}"), &text(""), HEAD), 2);
        assert_eq!(found(&text("Hello {name}"), &text("你好"), &text("{name}")), 1);
        assert_eq!(check(&Tree::of(&[("web/locales/en.po", HEAD)])).len(), 2, "two languages are not there");
    }

    #[test]
    fn long_texts_and_contexts_are_put_together() {
        let text = |own: &str| format!("msgctxt \"menu\"\nmsgid \"\"\n\"one \"\n\"two\"\nmsgstr \"\"\n\"{own}\"\n");
        assert_eq!(found(&text("a"), &text("b"), &text("c")), 0);
        assert_eq!(found(&text("a"), &text("b"), &text("")), 1);
    }

    #[test]
    fn the_sections_of_a_statement_are_the_same_in_all_languages() {
        let check = |cn: &str| {
            let en = "version: 0.1\n## account | Your account\ntext";
            check(&Tree::of(&[("s/en.md", en), ("s/zh-CN.md", cn), ("s/zh-TW.md", "version: 0.1\n## account | 帳號")]))
                .len()
        };
        assert_eq!(check("version: 0.1\n## account | 账号"), 0);
        assert_eq!(check("version: 0.2\n## accounts | 账号"), 6, "two missing here, two missing in each other one");
    }
}
