//! Proof under fire: three nodes of the real program on one database, people who talk, and one misfortune after the other.
//! After each of them every acknowledged message is there exactly once, in one order on every device, no number is
//! missing and no count is wrong, or the run fails and says what is not so (`IM-16`, `IM-17`, `IM-19`).

mod acts;
mod bucket;
mod checker;
mod database;
mod device;
#[cfg(test)]
mod fake;
mod fault;
mod history;
mod line;
mod nats;
mod node;
mod program;
mod stage;
mod state;
#[cfg(test)]
mod trial;
mod verdict;
mod world;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use tokio::signal::unix::{SignalKind, signal};
use tokio::task::LocalSet;
use tokio::time::sleep;

use acts::{Act, SHORT, WHOLE, mend};
use stage::{Programs, Stage};
use verdict::{Court, Verdict};

/// How long everything may take to come to rest.
const PATIENCE: Duration = Duration::from_secs(60);
/// What was mended is used for so long before it is judged.
const AFTERWARDS: Duration = Duration::from_secs(5);
/// Faults that are written out; more are counted.
const SHOWN: usize = 20;

/// Plays the acts that are named, or all: `short`, or names of acts; by NATS where that is said first.
pub async fn run(tulou: &Path, wanted: &[&str]) -> Result<()> {
    let (has_nats, wanted) = match wanted {
        ["nats", wanted @ ..] => (true, wanted),
        wanted => (false, wanted),
    };
    let acts: Vec<Act> = match wanted {
        [] => WHOLE.iter().copied().filter(|act| has_nats || *act != Act::KillBus).collect(),
        ["short"] => SHORT.to_vec(),
        some => some.iter().map(|name| named(name)).collect::<Result<_>>()?,
    };
    let programs = programs(tulou, has_nats)?;
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    let play = LocalSet::new();
    tokio::select! {
        outcome = play.run_until(play_all(&programs, &acts)) => outcome,
        _ = terminate.recv() => bail!("ended from outside"),
        _ = interrupt.recv() => bail!("ended from outside"),
    }
}

fn named(name: &str) -> Result<Act> {
    let names = || WHOLE.iter().map(|act| format!("\"{}\"", act.name())).collect::<Vec<_>>().join(", ");
    let found = WHOLE.iter().copied().find(|act| act.name() == name);
    found.with_context(|| format!("there is no act \"{name}\"; there are nats before the others, short, {}", names()))
}

fn programs(tulou: &Path, has_nats: bool) -> Result<Programs> {
    let path = |name: &str, hint: &str| -> Result<PathBuf> {
        let path = std::env::var_os(name).filter(|path| !path.is_empty()).map(PathBuf::from);
        let path = path.with_context(|| format!("{name} is not set: {hint}"))?;
        path.canonicalize().with_context(|| format!("{} is not there: {hint}", path.display()))
    };
    ensure!(tulou.exists(), "{} is not there: build the server first", tulou.display());
    Ok(Programs {
        tulou: tulou.canonicalize()?,
        postgres: path("TULOU_POSTGRES", "scripts/postgres fetches it")?,
        weed: path("TULOU_SEAWEEDFS", "scripts/seaweedfs fetches it")?,
        nats: has_nats.then(|| path("TULOU_NATS", "scripts/nats-server fetches it")).transpose()?,
        may_mount: std::env::var_os("CHAOS_MAY_MOUNT").is_some(),
    })
}

async fn play_all(programs: &Programs, acts: &[Act]) -> Result<()> {
    let begun = Instant::now();
    let mut stage = Stage::set(programs).await.context("the stage")?;
    println!("{} nodes, {} devices: {:.0} s", stage.nodes.len(), stage.devices.len(), begun.elapsed().as_secs_f64());
    let (mut failed, mut not_run) = (Vec::new(), Vec::new());
    for (number, act) in acts.iter().enumerate() {
        if *act == Act::FillDisk && !programs.may_mount {
            println!("{}: not run: only root may mount a small disk, in a mount space of its own", act.name());
            not_run.push(act.name());
            continue;
        }
        let outcome = play(&mut stage, *act, number).await;
        if let Err(error) = outcome {
            println!("  FAILED: {error:#}");
            failed.push(act.name());
        }
    }
    let (said, acknowledged) = stage.world.messages();
    println!(
        "{said} messages said, {acknowledged} acknowledged, {} acts, {} failed, {} not run, {:.0} s",
        acts.len(),
        failed.len(),
        not_run.len(),
        begun.elapsed().as_secs_f64()
    );
    if failed.is_empty() {
        return stage.strike().await;
    }
    let logs = std::env::temp_dir().join(format!("tulou-chaos-{}", std::process::id()));
    stage.keep_logs(&logs)?;
    bail!("failed: {}; the logs are in {}", failed.join(", "), logs.display())
}

async fn play(stage: &mut Stage, act: Act, number: usize) -> Result<()> {
    let (begun, before, tally) = (Instant::now(), stage.world.messages(), stage.world.tally());
    println!("{}", act.name());
    stage.world.longest_pause();
    stage.world.delays();
    let outcome = act.play(stage, number).await;
    let court = Court { world: &stage.world, devices: &stage.devices, tokens: &stage.tokens };
    if act.may_last() {
        let verdict = court.sit(PATIENCE).await;
        mend(stage);
        println!("  while it lasts:");
        judge(&verdict?)?;
        sleep(AFTERWARDS).await;
    }
    let verdict = court.sit(PATIENCE).await;
    let after = stage.world.messages();
    let (said, acknowledged) = (after.0 - before.0, after.1 - before.1);
    let (took, pause) = (begun.elapsed().as_secs_f64(), stage.world.longest_pause().as_secs_f64());
    println!("  {said} said, {acknowledged} acknowledged in {took:.0} s, at most {pause:.1} s without any");
    println!("  {}", stage.world.delays());
    println!("  {}", what_happened(&tally, &stage.world.tally()));
    outcome?;
    judge(&verdict?)
}

fn what_happened(before: &BTreeMap<String, usize>, after: &BTreeMap<String, usize>) -> String {
    let new = after.iter().map(|(what, count)| (what, count - before.get(what).copied().unwrap_or(0)));
    let new: Vec<String> = new.filter(|(_, count)| *count > 0).map(|(what, n)| format!("{what} ×{n}")).collect();
    new.join(", ")
}

fn judge(verdict: &Verdict) -> Result<()> {
    let rest = verdict.rest.as_secs_f64();
    if verdict.is_sound() {
        println!("  sound: every device has the same, {rest:.1} s after the last word");
        return Ok(());
    }
    for fault in verdict.faults.iter().take(SHOWN) {
        println!("  {fault}");
    }
    bail!("{} faults, {} messages never acknowledged, after {rest:.1} s", verdict.faults.len(), verdict.unanswered)
}
