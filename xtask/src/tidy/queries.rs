//! What an operation reads from the query stands in the document, and nothing else is let through.

use std::collections::BTreeSet;

use anyhow::Result;
use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};

use super::Finding;
use crate::{source, tree::Tree};

pub fn check(tree: &Tree) -> Result<Vec<Finding>> {
    let mut findings = Vec::new();
    for (path, text) in tree.rust().filter(|(_, text)| text.contains("Query<")) {
        let parsed = source::parse(path, text)?;
        let mut file = Queries { path, asked: BTreeSet::new(), findings: &mut findings };
        file.visit_file(&parsed.syntax);
        let asked = file.asked;
        let lax = parsed.syntax.items.iter().filter_map(|item| match item {
            syn::Item::Struct(item) if asked.contains(&item.ident.to_string()) => Some(item),
            _ => None,
        });
        let lax = lax.filter(|item| !item.attrs.iter().any(|one| words_of(one).contains(STRICT)));
        findings.extend(lax.map(|item| {
            let what = format!("{} is read from a query: #[serde({STRICT})]", item.ident);
            Finding::new(path, item.ident.span().start().line, what)
        }));
    }
    Ok(findings)
}

const STRICT: &str = "deny_unknown_fields";

struct Queries<'a> {
    path: &'a str,
    asked: BTreeSet<String>,
    findings: &'a mut Vec<Finding>,
}

impl Visit<'_> for Queries<'_> {
    fn visit_item_fn(&mut self, item: &syn::ItemFn) {
        let said = item.attrs.iter().find(|attribute| {
            let names: Vec<_> = attribute.path().segments.iter().map(|segment| segment.ident.to_string()).collect();
            names == ["utoipa", "path"]
        });
        let said = said.map(words_of);
        for name in item.sig.inputs.iter().filter_map(query).filter(|_| said.is_some()) {
            if said.as_ref().is_some_and(|said| !said.contains(&name)) {
                let what = format!("{} reads {name} from the query: name it in params(…)", item.sig.ident);
                self.findings.push(Finding::new(self.path, item.sig.ident.span().start().line, what));
            }
            self.asked.insert(name);
        }
        visit::visit_item_fn(self, item);
    }
}

/// The `T` of an argument `Query<T>`.
fn query(argument: &syn::FnArg) -> Option<String> {
    let syn::FnArg::Typed(argument) = argument else { return None };
    let syn::Type::Path(kind) = &*argument.ty else { return None };
    let last = kind.path.segments.last().filter(|last| last.ident == "Query")?;
    let syn::PathArguments::AngleBracketed(inner) = &last.arguments else { return None };
    let Some(syn::GenericArgument::Type(syn::Type::Path(inner))) = inner.args.first() else { return None };
    Some(inner.path.segments.last()?.ident.to_string())
}

fn words_of(attribute: &syn::Attribute) -> BTreeSet<String> {
    attribute.meta.require_list().map(|list| words(list.tokens.clone())).unwrap_or_default()
}

fn words(tokens: TokenStream) -> BTreeSet<String> {
    let words = tokens.into_iter().flat_map(|token| match token {
        TokenTree::Group(group) => words(group.stream()),
        TokenTree::Ident(word) => BTreeSet::from([word.to_string()]),
        TokenTree::Punct(_) | TokenTree::Literal(_) => BTreeSet::new(),
    });
    words.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(params: &str, attribute: &str) -> usize {
        let text = format!(
            "{attribute} struct Wanted {{ a: u8 }}
             #[utoipa::path(get, path = \"/v1/a\", {params})]
             async fn list(cx: Cx, Query(wanted): Query<Wanted>) {{}}"
        );
        check(&Tree::of(&[("crates/chat/src/a.rs", &text)])).unwrap().len()
    }

    #[test]
    fn a_query_is_named_in_the_document_and_strict() {
        let strict = "#[serde(deny_unknown_fields)]";
        assert_eq!(found("params((\"id\" = Id, Path), Wanted)", strict), 0);
        assert_eq!(found("params((\"id\" = Id, Path))", strict), 1);
        assert_eq!(found("params(Wanted)", "#[derive(Deserialize)]"), 1);
    }
}
