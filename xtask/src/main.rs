//! The chores of this repository: `cargo xtask tidy | gen | sql | new-domain NAME | ci`.

mod generate;
mod new_domain;
mod run;
mod source;
mod sql;
mod tidy;
mod tree;

use std::process::ExitCode;

const HELP: &str = "cargo xtask …
  tidy [CHECK…]            every rule of STYLE.md that a program can check; `tidy list` names the checks
  sql [--postgres DIR]…    prepares every SQL literal on a freshly migrated database of each PostgreSQL
  gen [--check]            writes api/openapi.json, the client's types, docs/api/access.md,
                           docs/permissions.md and DATA_MAP.md
  new-domain NAME          writes the skeleton of a domain that compiles and passes its contract tests
  ci                       the same as `make test`";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = tree::root().and_then(|root| match words.as_slice() {
        ["tidy", "list"] => tidy::list(),
        ["tidy", names @ ..] => tidy::run(&root, names),
        ["sql", options @ ..] => sql::run(&root, options),
        ["gen"] => generate::write(&root),
        ["gen", "--check"] => generate::compare(&root),
        ["new-domain", name] => new_domain::run(&root, name),
        ["ci"] => run::show(&root, &["scripts/test"]),
        _ => anyhow::bail!("{HELP}"),
    });
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}
