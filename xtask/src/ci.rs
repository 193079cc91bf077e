//! Everything that proves the repository, in one order here and in CI, with the time of each step.

use std::{path::Path, time::Instant};

use anyhow::{Result, bail};

use crate::run;

const STEPS: [(&str, &str, &[&str]); 9] = [
    ("fmt", ".", &["cargo", "fmt", "--all", "--check"]),
    ("tidy", ".", &["cargo", "xtask", "tidy"]),
    ("clippy", ".", &["cargo", "clippy", "--workspace", "--all-targets", "--locked", "--", "--deny", "warnings"]),
    ("test", ".", &["cargo", "test", "--workspace", "--locked"]),
    ("web lint", "web", &["npm", "run", "--silent", "lint"]),
    ("web types", "web", &["npm", "run", "--silent", "types"]),
    ("web test", "web", &["npm", "test", "--silent"]),
    ("web build", "web", &["npm", "run", "--silent", "build"]),
    ("e2e", "e2e", &["npm", "test", "--silent"]),
];

/// Runs every step even if one fails, so that one run says everything.
pub fn run(root: &Path) -> Result<()> {
    let start = Instant::now();
    let mut times = Vec::new();
    for (name, folder, line) in STEPS {
        eprintln!("── {name}");
        let begun = Instant::now();
        let outcome = run::show(&root.join(folder), line);
        if let Err(error) = &outcome {
            eprintln!("{error:#}");
        }
        times.push((name, begun.elapsed(), outcome.is_ok()));
    }
    for (name, time, is_ok) in &times {
        eprintln!("{name:<10} {:>7.1} s  {}", time.as_secs_f32(), if *is_ok { "ok" } else { "FAILED" });
    }
    eprintln!("{:<10} {:>7.1} s", "all", start.elapsed().as_secs_f32());
    let failed: Vec<_> = times.iter().filter(|(_, _, is_ok)| !is_ok).map(|(name, ..)| *name).collect();
    if failed.is_empty() { Ok(()) } else { bail!("failed: {}", failed.join(", ")) }
}
