//! A log line carries ids, never content: no field that could hold what somebody is called, wrote or signs in with, and none that
//! the data map does not declare. What a whole run of the stories really said is compared in `e2e/reality.js`.

use std::collections::BTreeSet;

use anyhow::Result;
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::{
    spanned::Spanned,
    visit::{self, Visit},
};

use super::Finding;
use crate::{generate, source, tree::Tree};

const MACROS: [&str; 11] =
    ["trace", "debug", "info", "warn", "error", "event", "span", "debug_span", "info_span", "warn_span", "error_span"];
const CONTENT: [&str; 31] = [
    "name",
    "names",
    "user_name",
    "first_name",
    "last_name",
    "nickname",
    "email",
    "mail",
    "phone",
    "mobile",
    "login",
    "body",
    "text",
    "content",
    "title",
    "subject",
    "excerpt",
    "draft",
    "signature",
    "birthday",
    "query",
    "plain",
    "password",
    "passphrase",
    "secret",
    "token",
    "cookie",
    "authorization",
    "bearer",
    "user_id",
    "setup_code",
];

pub fn check(tree: &Tree) -> Result<Vec<Finding>> {
    let map = generate::data_map::map_of(tree)?;
    let declared: BTreeSet<String> = map.log.into_keys().chain(map.technical_log).collect();
    let mut findings = Vec::new();
    let is_ours = |path: &str| path.starts_with("crates/") && !path.contains("/tests/");
    for (path, text) in tree.rust().filter(|(path, _)| is_ours(path)) {
        let parsed = source::parse(path, text)?;
        Lines { path, declared: &declared, findings: &mut findings }.visit_file(&parsed.syntax);
    }
    Ok(findings)
}

struct Lines<'a> {
    path: &'a str,
    declared: &'a BTreeSet<String>,
    findings: &'a mut Vec<Finding>,
}

impl Lines<'_> {
    fn note(&mut self, line: usize, name: &str) {
        if CONTENT.contains(&name) {
            let what =
                format!("logs {name}: a log line carries ids, never what somebody is called, wrote or signs in with");
            self.findings.push(Finding::new(self.path, line, what));
        }
    }

    /// Each argument on its own: `field = value`, `%value`, `?value`, `value`, or the text of the message.
    fn arguments(&mut self, tokens: TokenStream) {
        let tokens: Vec<_> = tokens.into_iter().collect();
        for argument in tokens.split(|token| matches!(token, TokenTree::Punct(sign) if sign.as_char() == ',')) {
            self.argument(argument);
        }
    }

    /// What the argument is called in the line: `code` of `code = error.code()`, of `%code` and of `code` alone.
    fn field(&mut self, argument: &[TokenTree]) {
        let (sign, rest) = match argument {
            [TokenTree::Punct(sign), rest @ ..] if matches!(sign.as_char(), '%' | '?') => (true, rest),
            all => (false, all),
        };
        let [TokenTree::Ident(name), rest @ ..] = rest else { return };
        let is_field = match rest.first() {
            None => true,
            Some(TokenTree::Punct(next)) => next.as_char() == '=' || (sign && next.as_char() == '.'),
            Some(_) => false,
        };
        let said = name.to_string();
        if is_field && said != "skip_all" && !self.declared.contains(&said) {
            let what = format!(
                "logs {said}, which no data_map.toml declares: [log.{said}], or technical_log for what is about nobody"
            );
            self.findings.push(Finding::new(self.path, name.span().start().line, what));
        }
    }

    fn argument(&mut self, argument: &[TokenTree]) {
        self.field(argument);
        for token in argument {
            match token {
                TokenTree::Literal(text) => self.message(&text.to_string(), text.span().start().line),
                TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => self.arguments(group.stream()),
                _ => {}
            }
        }
        if let [TokenTree::Ident(word), TokenTree::Group(group)] = argument
            && word == "fields"
        {
            self.arguments(group.stream());
        }
        // The field and the last name of a shown value: `who = %member.name`.
        let ends = argument.iter().enumerate().filter(|(at, _)| {
            let next = argument.get(at + 1);
            let is_call = matches!(next, Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Parenthesis);
            let goes_on = matches!(next, Some(TokenTree::Punct(sign)) if matches!(sign.as_char(), '.' | ':'));
            !is_call && !goes_on
        });
        let is_constant = |argument: &[TokenTree]| matches!(argument, [TokenTree::Ident(field), ..] if STATIC.contains(&field.to_string().as_str()));
        for (at, token) in ends {
            if let TokenTree::Ident(name) = token
                && (at == 0 || !is_constant(argument))
            {
                self.note(name.span().start().line, &name.to_string());
            }
        }
    }

    /// Names in braces: `"{email} signed in"`.
    fn message(&mut self, text: &str, line: usize) {
        for part in text.split('{').skip(1) {
            let name: String = part.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect();
            self.note(line, &name);
        }
    }
}

/// What is called by a name written in the source: `job = job.name`.
const STATIC: [&str; 7] = ["job", "event", "module", "task", "channel", "subscriber", "operation"];

impl Visit<'_> for Lines<'_> {
    fn visit_macro(&mut self, call: &syn::Macro) {
        let last = call.path.segments.last().map(|segment| segment.ident.to_string()).unwrap_or_default();
        let is_tracing = call.path.segments.first().is_some_and(|segment| segment.ident == "tracing");
        if MACROS.contains(&last.as_str()) && (is_tracing || call.path.segments.len() == 1) {
            self.arguments(call.tokens.clone());
        } else {
            // A log line inside another macro, as in `select!`.
            self.nested(call.tokens.clone());
        }
    }

    fn visit_attribute(&mut self, attribute: &syn::Attribute) {
        if let syn::Meta::List(list) = &attribute.meta
            && list.path.segments.last().is_some_and(|segment| segment.ident == "instrument")
        {
            self.arguments(list.tokens.clone());
            if !list.tokens.to_string().contains("skip_all") {
                let line = list.path.span().start().line;
                self.findings.push(Finding::new(
                    self.path,
                    line,
                    "logs every parameter: say skip_all and name the fields",
                ));
            }
        }
        visit::visit_attribute(self, attribute);
    }
}

impl Lines<'_> {
    fn nested(&mut self, tokens: TokenStream) {
        let mut is_tracing = false;
        let mut before = [const { String::new() }; 2];
        for token in tokens {
            match &token {
                TokenTree::Group(group) if is_tracing && before[1] == "!" => self.arguments(group.stream()),
                TokenTree::Group(group) => self.nested(group.stream()),
                _ => {}
            }
            let word = token.to_string();
            is_tracing = (is_tracing && word == "!") || (before[1] == ":" && MACROS.contains(&word.as_str()));
            before.rotate_left(1);
            before[1] = word;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(line: &str) -> usize {
        let declared = "technical_log = [\"code\", \"count\", \"email\", \"error\", \"job\", \"member\", \"name_length\", \"password\", \"body\", \"token\", \"who\"]";
        let source = format!("fn a() {{ {line} }}");
        check(&Tree::of(&[("crates/chat/src/a.rs", &source), ("crates/chat/data_map.toml", declared)])).unwrap().len()
    }

    #[test]
    fn a_field_that_nobody_declared_is_found() {
        for line in [
            "tracing::info!(colour = 3);",
            "tracing::warn!(%colour, code, \"x\");",
            "info_span!(\"x\", code = 1, colour);",
        ] {
            assert_eq!(found(line), 1, "{line}");
        }
        assert_eq!(found("tracing::warn!(target: \"database\", code = 1, \"colour\");"), 0);
    }

    #[test]
    fn ids_counts_and_names_from_the_source_pass() {
        for line in [
            "tracing::info!(%member, count = rows.len(), \"sent\");",
            "tracing::warn!(job = job.name, ?error, \"a name in the text\");",
            "tracing::info!(name_length = 3);",
            "tracing::error!(error = error.body_length(), \"{error}\");",
            "let name = member.name;",
        ] {
            assert_eq!(found(line), 0, "{line}");
        }
    }

    #[test]
    fn content_is_found_however_it_is_logged() {
        for line in [
            "tracing::info!(email = %input.address, \"signed in\");",
            "tracing::info!(%email);",
            "info!(who = %member.name);",
            "tracing::debug!(\"{phone} signed in\");",
            "tracing::info!(token);",
            "tokio::select! { _ = a => { tracing::warn!(?body, \"x\"); } }",
            "let span = tracing::info_span!(\"sign_in\", password = %p);",
        ] {
            assert_eq!(found(line), 1, "{line}");
        }
        let instrumented = |arguments: &str| found(&format!("#[tracing::instrument({arguments})] fn b(e: &str) {{}}"));
        assert_eq!(instrumented("skip_all, fields(email = %e)"), 1);
        assert_eq!(instrumented("skip_all, fields(member = %e)"), 0);
        assert_eq!(instrumented("fields(member = %e)"), 1);
    }
}
