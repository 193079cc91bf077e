//! The four lists that know every domain.

use std::{fs, path::Path};

use anyhow::{Context, Result};

/// Cargo.toml, deps.toml, and the server's Cargo.toml and modules.rs.
pub fn everywhere(root: &Path, name: &str) -> Result<()> {
    change(root, "Cargo.toml", |text| {
        insert_sorted(text, " = { path = \"crates/", &format!("{name} = {{ path = \"crates/{name}\" }}"))
    })?;
    change(root, "deps.toml", |text| allow(text, name))?;
    change(root, "crates/server/Cargo.toml", |text| {
        insert_after(text, "kernel.workspace = true", &format!("{name}.workspace = true"))
    })?;
    change(root, "crates/server/src/modules.rs", |text| {
        insert_sorted(text, "::module(),", &format!("        {name}::module(),"))
    })
}

fn change(root: &Path, path: &str, change: impl FnOnce(&str) -> Option<String>) -> Result<()> {
    let text = fs::read_to_string(root.join(path)).with_context(|| path.to_owned())?;
    let changed = change(&text).with_context(|| format!("{path} does not look as expected: add the domain by hand"))?;
    Ok(fs::write(root.join(path), changed)?)
}

/// Puts the line before the first line of its kind that sorts after it, or after the last one.
fn insert_sorted(text: &str, kind: &str, line: &str) -> Option<String> {
    let mut lines: Vec<&str> = text.lines().collect();
    let is_ours = |other: &&str| other.contains(kind) && !other.contains("crate::");
    let after = lines.iter().position(|other| is_ours(other) && *other > line);
    let at = after.or_else(|| lines.iter().rposition(is_ours).map(|last| last + 1))?;
    lines.insert(at, line);
    Some(lines.join("\n") + "\n")
}

fn insert_after(text: &str, anchor: &str, line: &str) -> Option<String> {
    text.contains(anchor).then(|| text.replacen(anchor, &format!("{anchor}\n{line}"), 1))
}

/// A feature knows the kernel and the directory; the server knows every domain.
fn allow(text: &str, name: &str) -> Option<String> {
    let mut lines: Vec<String> = text.lines().map(ToOwned::to_owned).collect();
    let server = lines.iter_mut().find(|line| line.starts_with("server"))?;
    *server = format!("{}, \"{name}\"]", server.trim_end().strip_suffix(']')?);
    let testkit = lines.iter().position(|line| line.starts_with("testkit"))?;
    lines.insert(testkit, format!("{name:<9} = [\"kernel\", \"directory\"]"));
    Some(lines.join("\n") + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_finds_its_place_in_a_sorted_list() {
        let list = "vec![\n        chat::module(),\n        privacy::module(),\n        crate::api::module(),\n]\n";
        for (name, before) in [("errands", "        privacy"), ("zoo", "        crate::api")] {
            let text = insert_sorted(list, "::module(),", &format!("        {name}::module(),")).unwrap();
            let at = text.find(&format!("{name}::")).unwrap();
            assert!(text[at..].split_once('\n').unwrap().1.starts_with(before), "{text}");
        }
    }

    #[test]
    fn deps_toml_learns_the_domain_and_its_user() {
        let text = allow("kernel    = []\ntestkit   = [\"kernel\"]\nserver    = [\"kernel\"]\n", "errands").unwrap();
        assert!(text.contains("errands   = [\"kernel\", \"directory\"]\ntestkit"));
        assert!(text.contains("server    = [\"kernel\", \"errands\"]"));
    }
}
