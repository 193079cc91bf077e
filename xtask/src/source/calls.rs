//! Where the sources speak SQL: what is passed to `sqlx::query` and its kin.

use syn::{
    spanned::Spanned,
    visit::{self, Visit},
};

use super::{Source, constants::Constants, is_for_tests};
use crate::tree::is_test;

/// One call. `texts` is empty when the argument is not made of literals.
#[derive(Debug)]
pub struct Statement {
    pub path: String,
    pub line: usize,
    pub texts: Vec<String>,
    pub is_test: bool,
    /// `raw_sql`: several statements in one text.
    pub is_raw: bool,
    /// Said to be safe by `AssertSqlSafe`, which only listed files may.
    pub is_asserted: bool,
}

const CALLS: [&str; 6] = ["query", "query_as", "query_scalar", "query_with", "query_as_with", "raw_sql"];

/// All statements of one crate.
pub fn statements(sources: &[Source]) -> Vec<Statement> {
    let constants = Constants::of(sources);
    let mut found = Vec::new();
    for source in sources {
        let mut calls = Calls { source, constants: &constants, found: &mut found, is_test: is_test(source.path) };
        calls.visit_file(&source.syntax);
    }
    found
}

struct Calls<'a> {
    source: &'a Source<'a>,
    constants: &'a Constants,
    found: &'a mut Vec<Statement>,
    is_test: bool,
}

impl Calls<'_> {
    fn note(&mut self, name: &str, argument: &syn::Expr) {
        self.found.push(Statement {
            path: self.source.path.to_owned(),
            line: argument.span().start().line,
            texts: self.constants.texts(argument),
            is_test: self.is_test,
            is_raw: name == "raw_sql",
            is_asserted: is_asserted(argument),
        });
    }
}

impl Visit<'_> for Calls<'_> {
    fn visit_item_mod(&mut self, item: &syn::ItemMod) {
        let outside = self.is_test;
        self.is_test |= is_for_tests(&item.attrs);
        visit::visit_item_mod(self, item);
        self.is_test = outside;
    }

    fn visit_item_fn(&mut self, item: &syn::ItemFn) {
        let outside = self.is_test;
        self.is_test |= is_for_tests(&item.attrs);
        visit::visit_item_fn(self, item);
        self.is_test = outside;
    }

    fn visit_expr_call(&mut self, call: &syn::ExprCall) {
        if let syn::Expr::Path(function) = &*call.func
            && let Some(name) = sqlx_call(&function.path)
            && let Some(argument) = call.args.first()
        {
            self.note(name, argument);
        }
        visit::visit_expr_call(self, call);
    }

    /// Most macros take expressions; what does not parse as such speaks no SQL.
    fn visit_macro(&mut self, call: &syn::Macro) {
        let separated = syn::punctuated::Punctuated::<syn::Expr, syn::Token![,]>::parse_terminated;
        for argument in call.parse_body_with(separated).iter().flatten() {
            self.visit_expr(argument);
        }
    }
}

/// `sqlx::query…`, or one of the unmistakable names alone.
fn sqlx_call(path: &syn::Path) -> Option<&'static str> {
    let last = path.segments.last()?.ident.to_string();
    let name = *CALLS.iter().find(|name| **name == last)?;
    let is_sqlx = path.segments.first().is_some_and(|first| first.ident == "sqlx");
    (is_sqlx || (path.segments.len() == 1 && name != "query")).then_some(name)
}

fn is_asserted(argument: &syn::Expr) -> bool {
    let syn::Expr::Call(call) = argument else { return false };
    let syn::Expr::Path(function) = &*call.func else { return false };
    function.path.segments.last().is_some_and(|segment| segment.ident == "AssertSqlSafe")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::parse;

    fn found(text: &str) -> Vec<Statement> {
        statements(&[parse("crates/chat/src/a.rs", text).unwrap()])
    }

    #[test]
    fn literals_constants_and_joined_texts_are_read() {
        let found = found(
            r#"
            const SEAT: &str = "select 1";
            async fn a() {
                sqlx::query("select 2").execute(db).await;
                let x = sqlx::query_as::<_, Row>(SEAT).fetch_one(db);
                assert!(sqlx::query_scalar(concat!("select ", "3")).fetch_one(db));
            }"#,
        );
        let texts: Vec<_> = found.iter().flat_map(|statement| &statement.texts).collect();
        assert_eq!(texts, ["select 2", "select 1", "select 3"]);
        assert_eq!(found[0].line, 4);
    }

    #[test]
    fn what_is_put_together_at_run_time_is_noticed() {
        let found = found("fn a() { sqlx::query(&format!(\"select {x}\")); sqlx::query(AssertSqlSafe(text)); }");
        assert!(found.iter().all(|statement| statement.texts.is_empty()));
        assert_eq!(found.iter().map(|statement| statement.is_asserted).collect::<Vec<_>>(), [false, true]);
    }

    #[test]
    fn tests_are_told_apart() {
        let found = found("#[cfg(test)] mod tests { fn a() { sqlx::query(\"select 1\"); } }");
        assert!(found[0].is_test);
    }
}
