//! DATA_MAP.md: the composed data map for people to read.

use std::fmt::Write;

use anyhow::{Result, anyhow};
use kernel::data_map::{Column, DataMap, Personal, Table, compose};
use serde::Serialize;

use crate::tree::Tree;

/// The map out of the parts of all crates.
pub fn map_of(tree: &Tree) -> Result<DataMap> {
    let part = |(path, text): (&'_ str, &'_ str)| {
        let name = path.strip_prefix("crates/")?.strip_suffix("/data_map.toml")?;
        Some((name.to_owned(), text.to_owned()))
    };
    let parts: Vec<(String, String)> = tree.files().filter_map(part).collect();
    let borrowed: Vec<(&str, &str)> = parts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    compose(&borrowed).map_err(|error| anyhow!("the data map: {error:?}"))
}

pub fn document(tree: &Tree) -> Result<String> {
    let map = map_of(tree)?;
    let mut page = "# Data map\n\nEvery place where data stands, what for, on what ground and until when. Generated from the `data_map.toml` of the crates by `cargo xtask gen`; a test compares it with the database.\n".to_owned();
    functions_and_purposes(&mut page, &map)?;
    tables(&mut page, &map)?;
    other_places(&mut page, &map)?;
    Ok(page)
}

fn functions_and_purposes(page: &mut String, map: &DataMap) -> Result<()> {
    write!(
        page,
        "\n## Functions\n\n| id | name | kind | on at first | switched by |\n| --- | --- | --- | --- | --- |\n"
    )?;
    for (id, function) in &map.function {
        let switched_by = or_dash(function.switched_by.join(", "));
        let on = if function.default_on { "yes" } else { "no" };
        writeln!(page, "| {id} | {} | {} | {on} | {switched_by} |", function.names.en, word(&function.kind)?)?;
    }
    write!(
        page,
        "\n## Purposes\n\n| id | what for | function | role | ground (cn) | ground (eu) | asked first | while frozen |\n| --- | --- | --- | --- | --- | --- | --- | --- |\n"
    )?;
    for (id, purpose) in &map.purpose {
        let (cn, eu) = (word(&purpose.ground.cn)?, word(&purpose.ground.eu)?);
        let (role, asked) = (word(&purpose.role)?, if purpose.needs_consent() { "yes" } else { "no" });
        let (what, function, frozen) = (&purpose.sentence.en, &purpose.function, word(&purpose.restricted)?);
        writeln!(page, "| {id} | {what} | {function} | {role} | {cn} | {eu} | {asked} | {frozen} |")?;
    }
    Ok(())
}

fn tables(page: &mut String, map: &DataMap) -> Result<()> {
    page.push_str("\n## Tables\n");
    for (id, table) in &map.table {
        write!(page, "\n### {id}\n\n{}\n", described(table)?)?;
        let technical: Vec<_> = table.columns.iter().filter(|(_, column)| matches!(column, Column::About(_))).collect();
        if technical.len() < table.columns.len() {
            page.push_str("\n| column | category | purpose | sealed |\n| --- | --- | --- | --- |\n");
        }
        for (name, column) in &table.columns {
            if let Column::Personal(personal) = column {
                page.push_str(&personal_line(name, personal)?);
            }
        }
        if !technical.is_empty() {
            let names: Vec<_> = technical.iter().map(|(name, _)| name.as_str()).collect();
            write!(page, "\nTechnical, about nobody: {}\n", names.join(", "))?;
        }
    }
    Ok(())
}

fn personal_line(name: &str, personal: &Personal) -> Result<String> {
    let star = if personal.category.is_sensitive() { " ★" } else { "" };
    let sealed = if personal.sealed { "yes" } else { "no" };
    Ok(format!("| {name} | {}{star} | {} | {sealed} |\n", word(&personal.category)?, personal.purpose))
}

fn described(table: &Table) -> Result<String> {
    let mut facts = vec![format!("scope {}", word(&table.scope)?), format!("goes by {}", table.rule)];
    facts.push(format!("on erasure {}", word(&table.erasure)?));
    facts.extend(table.function.iter().map(|function| format!("function {function}")));
    facts.extend(table.subject.iter().chain(&table.also).map(|subject| format!("about {subject}")));
    facts.extend(table.bucket.iter().map(|bucket| format!("sealed by {bucket}")));
    facts.push(format!("export {}", word(&table.export)?));
    Ok(facts.join(" · "))
}

/// Everything that is not a row, in one line each.
fn other_places(page: &mut String, map: &DataMap) -> Result<()> {
    let stored = [
        ("Blobs", &map.blob),
        ("Indexes", &map.index),
        ("Job payloads", &map.queue),
        ("Log fields", &map.log),
        ("Exports", &map.export),
        ("Backups", &map.backup),
    ];
    for (title, places) in stored {
        let lines = places.iter().map(|(id, place)| format!("{id}: {}, goes by {}", place.of, place.rule));
        section(page, title, lines.collect())?;
    }
    let technical: Vec<&str> = map.technical_log.iter().map(String::as_str).collect();
    section(page, "Log fields about nobody", technical.into_iter().map(str::to_owned).collect())?;
    let mut cookies = Vec::new();
    for (id, cookie) in &map.cookie {
        cookies.push(format!("{id}: {}, {}, {} s", word(&cookie.kind)?, cookie.purpose, cookie.kept_for_s));
    }
    section(page, "Cookies", cookies)?;
    let mut browser = Vec::new();
    for (id, place) in &map.browser {
        browser.push(format!(
            "{id}: {}, {}, {}, goes by {}",
            place.kind,
            word(&place.category)?,
            place.purpose,
            place.rule
        ));
    }
    section(page, "In the browser", browser)?;
    let hosts = map.host.iter().map(|(id, host)| format!("{id}: {} gets {}", host.recipient, host.sends.join(", ")));
    section(page, "Hosts that are called", hosts.collect())?;
    let recipients = map.recipient.iter();
    let lines = recipients
        .map(|(id, to)| format!("{id}: {} ({}), {}, {}", to.name.en, to.contact.en, to.region.en, to.purpose));
    section(page, "Recipients", lines.collect())?;
    let permissions = map.permission.iter();
    let permissions =
        permissions.map(|(id, asked)| format!("{id}: {}, {}, {}", asked.names.en, asked.function, asked.purpose));
    section(page, "Permissions of the browser or device", permissions.collect())?;
    let mut memory = Vec::new();
    for (id, place) in &map.memory {
        memory.push(format!("{id}: {}, {}, goes by {}", place.of, word(&place.category)?, place.rule));
    }
    section(page, "Only in memory", memory)
}

fn section(page: &mut String, title: &str, lines: Vec<String>) -> Result<()> {
    write!(page, "\n## {title}\n\n")?;
    if lines.is_empty() {
        page.push_str("None.\n");
    }
    for line in lines {
        writeln!(page, "* {line}")?;
    }
    Ok(())
}

/// The word by which the file calls it.
pub fn word<T: Serialize>(value: &T) -> Result<String> {
    Ok(serde_json::to_value(value)?.as_str().unwrap_or_default().to_owned())
}

fn or_dash(text: String) -> String {
    if text.is_empty() { "–".to_owned() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_of_all_crates_make_one_page() {
        let map = include_str!("../../../crates/kernel/data_map.toml");
        let page = document(&Tree::of(&[("crates/kernel/data_map.toml", map)])).unwrap();
        assert!(page.contains("### kernel.outbox"));
        assert!(page.contains("| actor | activity | kernel.audit | no |"));
    }
}
