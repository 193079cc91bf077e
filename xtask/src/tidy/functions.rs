//! A function is read in one look: at most eighty lines that are not blank or comment.

use anyhow::Result;
use syn::{
    spanned::Spanned,
    visit::{self, Visit},
};

use super::Finding;
use crate::{source, tree::Tree};

const LIMIT: usize = 80;

pub fn check(tree: &Tree) -> Result<Vec<Finding>> {
    let mut findings = Vec::new();
    for (path, text) in tree.rust() {
        let parsed = source::parse(path, text)?;
        let lines: Vec<&str> = text.lines().collect();
        Functions { path, lines: &lines, findings: &mut findings }.visit_file(&parsed.syntax);
    }
    Ok(findings)
}

struct Functions<'a> {
    path: &'a str,
    lines: &'a [&'a str],
    findings: &'a mut Vec<Finding>,
}

impl Functions<'_> {
    fn measure(&mut self, name: &syn::Ident, block: &syn::Block) {
        let (first, last) = (block.span().start().line, block.span().end().line);
        let says_something = |line: &&&str| !line.trim().is_empty() && !line.trim().starts_with("//");
        let lines = self.lines.get(first..last).unwrap_or_default().iter().filter(says_something).count();
        if lines > LIMIT {
            let what = format!("{name} has {lines} lines, the limit is {LIMIT}");
            self.findings.push(Finding::new(self.path, first, what));
        }
    }
}

impl Visit<'_> for Functions<'_> {
    fn visit_item_fn(&mut self, item: &syn::ItemFn) {
        self.measure(&item.sig.ident, &item.block);
        visit::visit_item_fn(self, item);
    }

    fn visit_impl_item_fn(&mut self, item: &syn::ImplItemFn) {
        self.measure(&item.sig.ident, &item.block);
        visit::visit_impl_item_fn(self, item);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(lines: usize) -> usize {
        let text = format!(
            "impl A {{\n    fn long(&self) {{\n{}    }}\n}}\n",
            "        a();\n        // why\n\n".repeat(lines)
        );
        check(&Tree::of(&[("crates/chat/src/a.rs", &text)])).unwrap().len()
    }

    #[test]
    fn comments_and_blank_lines_do_not_count() {
        assert_eq!((found(79), found(81)), (0, 1));
    }
}
