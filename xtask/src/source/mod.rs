//! Rust sources as the checks read them.

mod calls;
mod constants;

pub use calls::{Statement, statements};

use anyhow::{Context, Result};

/// A parsed file.
pub struct Source<'a> {
    pub path: &'a str,
    pub syntax: syn::File,
}

pub fn parse<'a>(path: &'a str, text: &str) -> Result<Source<'a>> {
    let syntax = syn::parse_file(text).with_context(|| format!("{path} is not Rust"))?;
    Ok(Source { path, syntax })
}

/// Whether an item is compiled for tests only.
pub fn is_for_tests(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| match &attribute.meta {
        syn::Meta::List(list) => list.path.is_ident("cfg") && list.tokens.to_string() == "test",
        meta => meta.path().segments.last().is_some_and(|segment| segment.ident == "test"),
    })
}
