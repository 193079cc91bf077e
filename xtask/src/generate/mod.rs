//! What is written by programs and committed: the API document, the client's types, the access table, the data map.

mod access;
pub mod data_map;
mod restriction;

use std::{fs, path::Path};

use anyhow::{Context, Result, bail};

use crate::{run, tree::Tree};

const DOCUMENT: &str = "api/openapi.json";
const CLIENT_TYPES: &str = "web/src/api/schema.d.ts";

/// `cargo xtask gen`
pub fn write(root: &Path) -> Result<()> {
    for (path, text) in all(root, &Tree::read(root)?)? {
        let file = root.join(path);
        if fs::read_to_string(&file).ok().as_ref() == Some(&text) {
            continue;
        }
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(&file, text).with_context(|| format!("writing {path}"))?;
        println!("{path}");
    }
    Ok(())
}

/// `cargo xtask gen --check`
pub fn compare(root: &Path) -> Result<()> {
    crate::tidy::run(root, &["generated"])
}

/// Every generated file with the text it should have.
pub fn all(root: &Path, tree: &Tree) -> Result<Vec<(&'static str, String)>> {
    let document = run::output(root, &["cargo", "run", "--quiet", "--package", "server", "--", "openapi"])?;
    let (access, permissions) = (access::table(&document)?, access::permissions(&document)?);
    let types = client_types(root, &document)?;
    Ok(vec![
        (DOCUMENT, document),
        (CLIENT_TYPES, types),
        ("docs/api/access.md", access),
        ("docs/permissions.md", permissions),
        ("DATA_MAP.md", data_map::document(tree)?),
        ("docs/privacy/restriction.md", restriction::document(tree)?),
    ])
}

/// The types come from the document of now, not from the committed one.
fn client_types(root: &Path, document: &str) -> Result<String> {
    let generator = root.join("web/node_modules/.bin/openapi-typescript");
    if !generator.exists() {
        bail!("the client's tools are missing: run `npm ci` in web/ first");
    }
    let folder = root.join("target/xtask");
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("openapi.json"), document)?;
    let generator = generator.to_str().context("the path of the repository is not text")?;
    run::output(&folder, &[generator, "openapi.json", "-o", "schema.d.ts"])?;
    Ok(fs::read_to_string(folder.join("schema.d.ts"))?)
}
