//! The skeleton of a domain: one noun with its use cases, rule, event, data map and tests, known to the server.

mod register;

use std::{fs, path::Path};

use anyhow::{Context, Result, bail};

use crate::{run, tree::Tree};

/// Path inside the crate, and text in which `__name__` and `__Name__` stand for the name.
const FILES: [(&str, &str); 13] = [
    ("Cargo.toml", include_str!("../../templates/domain/Cargo.toml.txt")),
    ("README.md", include_str!("../../templates/domain/README.md")),
    ("data_map.toml", include_str!("../../templates/domain/data_map.toml")),
    ("migrations/__version_____name__.sql", include_str!("../../templates/domain/migrations/entries.sql")),
    ("src/lib.rs", include_str!("../../templates/domain/src/lib.rs")),
    ("src/model.rs", include_str!("../../templates/domain/src/model.rs")),
    ("src/policy.rs", include_str!("../../templates/domain/src/policy.rs")),
    ("src/events.rs", include_str!("../../templates/domain/src/events.rs")),
    ("src/entries/mod.rs", include_str!("../../templates/domain/src/entries/mod.rs")),
    ("src/entries/create.rs", include_str!("../../templates/domain/src/entries/create.rs")),
    ("src/entries/list.rs", include_str!("../../templates/domain/src/entries/list.rs")),
    ("tests/it/main.rs", include_str!("../../templates/domain/tests/it/main.rs")),
    ("tests/it/entries.rs", include_str!("../../templates/domain/tests/it/entries.rs")),
];

/// `cargo xtask new-domain NAME`
pub fn run(root: &Path, name: &str) -> Result<()> {
    let is_word = name.starts_with(|letter: char| letter.is_ascii_lowercase())
        && name.chars().all(|letter| letter.is_ascii_lowercase());
    if !is_word {
        bail!("`{name}` is no name for a domain: one word in lower-case letters, the same as schema, tag and folder");
    }
    let folder = root.join("crates").join(name);
    if folder.exists() {
        bail!("there is a crate {name} already");
    }
    let version = next_version(root)?;
    for (path, text) in FILES {
        let file = folder.join(path.replace("__version__", &version).replace("__name__", name));
        fs::create_dir_all(file.parent().context("a file lies in a folder")?)?;
        fs::write(&file, filled(text, name))?;
    }
    register::everywhere(root, name)?;
    run::show(root, &["cargo", "fmt", "--package", name])?;
    println!(
        "crates/{name} is there. Next: `cargo test -p {name}`, `cargo xtask gen`, then its own nouns and a line in ARCHITECTURE.md."
    );
    Ok(())
}

fn filled(text: &str, name: &str) -> String {
    let (first, rest) = name.split_at(1);
    text.replace("__name__", name).replace("__Name__", &format!("{}{rest}", first.to_uppercase()))
}

/// Now, and later than every migration there is: histories are sorted by version.
fn next_version(root: &Path) -> Result<String> {
    let tree = Tree::read(root)?;
    let version = |path: &str| {
        let (folder, file) = path.rsplit_once('/')?;
        let (version, _) = file.split_once('_')?;
        folder.ends_with("/migrations").then(|| version.parse::<u64>().ok())?
    };
    let newest = tree.files().filter_map(|(path, _)| version(path)).max().unwrap_or_default();
    let now: u64 = run::output(root, &["date", "-u", "+%Y%m%d%H%M%S"])?.trim().parse()?;
    Ok(now.max(newest + 1).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_is_put_in_everywhere() {
        for (path, text) in FILES {
            assert!(!filled(text, "errands").contains("__"), "{path}");
        }
    }
}
