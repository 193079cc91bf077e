//! Texts that a crate gave a name: `const SEATS: &str = "select …"`.

use std::collections::HashMap;

use syn::visit::{self, Visit};

use super::Source;

/// By name; two constants of one name are both kept, for a path does not say which module it means.
#[derive(Default)]
pub struct Constants(pub HashMap<String, Vec<syn::Expr>>);

impl Constants {
    pub fn of(sources: &[Source]) -> Self {
        let mut constants = Self::default();
        for source in sources {
            constants.visit_file(&source.syntax);
        }
        constants
    }

    fn add(&mut self, name: &syn::Ident, value: &syn::Expr) {
        self.0.entry(name.to_string()).or_default().push(value.clone());
    }

    /// Every text the expression may stand for; nothing when it is not made of literals alone.
    pub fn texts(&self, expression: &syn::Expr) -> Vec<String> {
        match expression {
            syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) => vec![text.value()],
            syn::Expr::Reference(inner) => self.texts(&inner.expr),
            syn::Expr::Paren(inner) => self.texts(&inner.expr),
            syn::Expr::Path(path) => {
                let name = path.path.segments.last().map(|segment| segment.ident.to_string()).unwrap_or_default();
                self.0.get(&name).into_iter().flatten().flat_map(|value| self.texts(value)).collect()
            }
            syn::Expr::Macro(call) if call.mac.path.is_ident("concat") => self.joined(&call.mac),
            _ => Vec::new(),
        }
    }

    fn joined(&self, call: &syn::Macro) -> Vec<String> {
        let separated = syn::punctuated::Punctuated::<syn::Expr, syn::Token![,]>::parse_terminated;
        let Ok(parts) = call.parse_body_with(separated) else { return Vec::new() };
        let mut joined = vec![String::new()];
        for part in &parts {
            let texts = self.texts(part);
            joined = joined.iter().flat_map(|start| texts.iter().map(move |end| format!("{start}{end}"))).collect();
        }
        joined
    }
}

impl Visit<'_> for Constants {
    fn visit_item_const(&mut self, item: &syn::ItemConst) {
        self.add(&item.ident, &item.expr);
        visit::visit_item_const(self, item);
    }

    fn visit_item_static(&mut self, item: &syn::ItemStatic) {
        self.add(&item.ident, &item.expr);
    }

    fn visit_impl_item_const(&mut self, item: &syn::ImplItemConst) {
        self.add(&item.ident, &item.expr);
    }
}
