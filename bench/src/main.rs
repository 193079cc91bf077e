//! Measures a Tulou that runs as its people will run it: release build, private database, durable, sealed; and beside it
//! the servers it is compared with.
//!
//! usage: bench [quick|full [WORKLOAD…]|10m [WORKLOAD…]|WORKLOAD…]
//!        bench chaos PROGRAM [short|ACT…]: proof under fire, not a measurement (`chaos/`)
//!
//! One JSON object a line goes into `bench/results/<workload>.jsonl`; docs/performance.md says what each means.

mod chaos;
mod database;
mod folder;
mod house;
mod measure;
mod peer;
mod process;
mod ratio;
mod runner;
mod target;
mod template;
mod tracker;
mod wire;
mod workload;

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use measure::Results;
use peer::ejabberd::Ejabberd;
use peer::prosody::Prosody;
use runner::Scale;
use template::{Template, people};
use workload::files::MIB;

/// Those that every server goes through, and ours alone.
const COMMON: [&str; 5] = ["direct", "group", "idle", "history", "start"];
const OURS: [&str; 11] =
    ["size", "import", "people", "departments", "search", "files", "client", "growth", "storm", "audit", "copy"];
const QUICK: [&str; 10] =
    ["size", "start", "direct", "group", "history", "idle", "import", "people", "search", "files"];
/// Those that show whether what is stored makes a difference.
const AT_TEN_MILLION: [&str; 2] = ["growth", "audit"];
/// Those that make data of their own.
const APART: [&str; 10] =
    ["size", "import", "people", "departments", "search", "files", "client", "start", "audit", "copy"];
const ROUNDS: usize = 3;
const PORT: u16 = 18100;
/// How long a measurement waits for a second in which the machine does nothing else.
const QUIET_WITHIN: Duration = Duration::from_secs(10);

const FEW: Scale = Scale { idle: &[1_000], rows: 100_000, file: 256 * MIB };
const FULL: Scale = Scale { idle: &[1_000, 5_000, 10_000], rows: 1_000_000, file: 4_096 * MIB };
const TEN_MILLION: Scale = Scale { rows: 10_000_000, ..FULL };

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let named: Vec<String> = std::env::args().skip(1).collect();
    let named: Vec<&str> = named.iter().map(String::as_str).collect();
    if let ["chaos", tulou, acts @ ..] = named.as_slice() {
        return chaos::run(Path::new(tulou), acts).await;
    }
    let mut results = Results::new()?;
    match named.as_slice() {
        [] | ["quick"] => ours(&mut results, &QUICK, FEW).await?,
        ["full"] => {
            full(&mut results, &COMMON).await?;
            ours(results.of("tulou", 1), &OURS, FULL).await?;
        }
        ["full", some @ ..] if some.iter().all(|name| COMMON.contains(name)) => full(&mut results, some).await?,
        ["full", ..] => bail!("compared are {}", COMMON.join(" ")),
        ["10m"] => ours(&mut results, &AT_TEN_MILLION, TEN_MILLION).await?,
        ["10m", some @ ..] if some.iter().all(|name| AT_TEN_MILLION.contains(name)) => {
            ours(&mut results, some, TEN_MILLION).await?;
        }
        ["10m", ..] => bail!("measured with ten million are {}", AT_TEN_MILLION.join(" ")),
        some => match some.iter().find(|name| !COMMON.contains(name) && !OURS.contains(name)) {
            Some(other) => bail!("no workload {other}; there are {} {}", COMMON.join(" "), OURS.join(" ")),
            None => ours(&mut results, some, FULL).await?,
        },
    }
    ratio::print(results.said());
    Ok(())
}

/// Everybody in turn, so that what the machine does meanwhile meets all of them alike.
async fn full(results: &mut Results, wanted: &[&str]) -> Result<()> {
    for (is_there, name) in [(Prosody::is_installed(), "prosody"), (Ejabberd::is_installed(), "ejabberd")] {
        if !is_there {
            println!("{name} is not installed and is left out: bench/peers/install as root");
        }
    }
    let template = Template::build(PORT, people(wanted)).await?;
    for round in 1..=ROUNDS {
        for workload in wanted {
            quiet().await;
            runner::tulou(results.of("tulou", round), &template, workload, FULL).await?;
            quiet().await;
            runner::floor(results.of("floor", round), workload, FULL).await?;
            if Prosody::is_installed() {
                quiet().await;
                runner::prosody(results.of("prosody", round), workload, FULL).await?;
            }
            if Ejabberd::is_installed() {
                quiet().await;
                runner::ejabberd(results.of("ejabberd", round), workload, FULL).await?;
            }
        }
    }
    Ok(())
}

async fn ours(results: &mut Results, wanted: &[&str], scale: Scale) -> Result<()> {
    let mut template = None;
    for workload in wanted {
        quiet().await;
        match *workload {
            "size" => workload::size::run(results)?,
            "import" => workload::import::run(results).await?,
            "people" => workload::people::run(results).await?,
            "departments" => workload::departments::run(results).await?,
            "search" => workload::search::run(results).await?,
            "files" => workload::files::run(results, scale.file).await?,
            "client" => workload::client::run(results).await?,
            "start" => workload::start::tulou(results).await?,
            "audit" => workload::audit::run(results, scale.rows).await?,
            "copy" => workload::copy::run(results).await?,
            other => {
                if template.is_none() {
                    let needed: Vec<&str> = wanted.iter().copied().filter(|name| !APART.contains(name)).collect();
                    template = Some(Template::build(PORT, people(&needed)).await?);
                }
                let Some(template) = &template else { continue };
                runner::tulou(results, template, other, scale).await?;
            }
        }
    }
    Ok(())
}

/// Waits for a quiet second, but not for ever: the figures say who else was there.
async fn quiet() {
    let begun = Instant::now();
    while begun.elapsed() < QUIET_WITHIN {
        let before = process::busy();
        tokio::time::sleep(Duration::from_secs(1)).await;
        if process::busy() - before < 0.1 {
            return;
        }
    }
}
