//! What is done to the nodes and what they stand on while people talk.

use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use rustix::process::Signal;
use tokio::time::sleep;

use super::line::Cut;
use super::stage::{NODES, Stage};

/// Everything that can be done, in the order in which it is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Nothing: what follows is compared with it.
    Peace,
    KillNode,
    FreezeNode,
    CutBus,
    SilenceBus,
    CutLine,
    KillBus,
    KillDatabase,
    FillDisk,
    KillTwoNodes,
    RollingRestart,
}

pub const SHORT: [Act; 2] = [Act::KillNode, Act::FreezeNode];
pub const WHOLE: [Act; 11] = [
    Act::Peace,
    Act::KillNode,
    Act::FreezeNode,
    Act::CutBus,
    Act::SilenceBus,
    Act::CutLine,
    Act::KillBus,
    Act::KillDatabase,
    Act::FillDisk,
    Act::KillTwoNodes,
    Act::RollingRestart,
];

/// What nobody may see while nodes are restarted one by one. A request that comes in the instant in which a door closes
/// has no answer, and is handed over again like any other.
const SEEN: [&str; 4] = ["window: broken", "refused for good", "left a silent node", ": 5"];
const FROZEN: Duration = Duration::from_secs(10);
/// Long enough to be noticed: nodes beat every five seconds, and three of them are waited for.
const CUT: Duration = Duration::from_secs(20);
const MOMENT: Duration = Duration::from_secs(2);
const FULL: Duration = Duration::from_secs(8);
const BLOCK: usize = 1024 * 1024;

impl Act {
    pub fn name(self) -> &'static str {
        match self {
            Self::Peace => "nothing happens",
            Self::KillNode => "a node is killed",
            Self::FreezeNode => "a node stands still for 10 s",
            Self::CutBus => "a node's bus is cut",
            Self::SilenceBus => "a node's bus falls silent",
            Self::CutLine => "a node's direct line is cut",
            Self::KillBus => "NATS is killed",
            Self::KillDatabase => "the database is killed",
            Self::FillDisk => "the database's disk is full",
            Self::KillTwoNodes => "two nodes are killed",
            Self::RollingRestart => "nodes restart one by one",
        }
    }

    /// Whether everybody must have everything although it goes on: what a node does not hear it finds by looking.
    pub fn may_last(self) -> bool {
        matches!(self, Self::CutBus | Self::SilenceBus)
    }

    /// Plays it, and ends when everything runs again, or when it has lasted a while.
    pub async fn play(self, stage: &mut Stage, number: usize) -> Result<()> {
        let at = number % NODES;
        // Everybody is where they belong, so that each node has people.
        stage.world.homecoming.set(stage.world.homecoming.get() + 1);
        sleep(MOMENT).await;
        match self {
            Self::Peace => sleep(MOMENT).await,
            Self::KillNode => {
                stage.nodes[at].kill().await?;
                sleep(MOMENT).await;
                stage.nodes[at].start().await?;
            }
            Self::KillTwoNodes => {
                let other = (at + 1) % NODES;
                stage.nodes[at].kill().await?;
                stage.nodes[other].kill().await?;
                sleep(MOMENT).await;
                stage.nodes[at].start().await?;
                stage.nodes[other].start().await?;
            }
            Self::FreezeNode => {
                stage.nodes[at].signal(Signal::STOP)?;
                sleep(FROZEN).await;
                stage.nodes[at].signal(Signal::CONT)?;
            }
            Self::CutBus => cut(stage, at, Cut::Bus).await?,
            Self::SilenceBus => cut(stage, at, Cut::SilentBus).await?,
            Self::CutLine => {
                cut(stage, at, Cut::All).await?;
                mend(stage);
            }
            Self::KillBus => {
                let nats = stage.nats.as_mut().context("there is no NATS")?;
                nats.kill().await?;
                sleep(CUT).await;
                nats.start().await?;
            }
            Self::KillDatabase => {
                stage.database.kill().await?;
                sleep(MOMENT).await;
                stage.database.start().await?;
            }
            Self::FillDisk => fill(stage).await?,
            Self::RollingRestart => restart_all(stage).await?,
        }
        sleep(MOMENT).await;
        Ok(())
    }
}

async fn cut(stage: &Stage, at: usize, how: Cut) -> Result<()> {
    let node = &stage.nodes[at];
    let before = node.struck();
    node.cut(how);
    sleep(CUT).await;
    let is_cut = node.struck().iter().zip(&before).all(|(now, before)| now > before);
    ensure!(is_cut, "nothing was cut: the node has no such connection");
    Ok(())
}

/// All lines carry again.
pub fn mend(stage: &Stage) {
    stage.nodes.iter().for_each(|node| node.cut(Cut::Nothing));
}

/// Until nothing more can be written, for a while; then there is room again. A database that ended of it is started anew.
async fn fill(stage: &mut Stage) -> Result<()> {
    let filler = stage.database.folder().join("filler");
    let begun = Instant::now();
    while begun.elapsed() < FULL {
        fill_up(&filler)?;
        sleep(Duration::from_millis(100)).await;
    }
    std::fs::remove_file(&filler)?;
    if !stage.database.is_there() {
        println!("  it ended of it, and is started anew");
        stage.database.start().await?;
    }
    Ok(())
}

fn fill_up(filler: &Path) -> Result<()> {
    let mut file = File::options().create(true).append(true).open(filler)?;
    let block = vec![0; BLOCK];
    // Whole blocks first, then what is left.
    for size in [BLOCK, 4096] {
        while file.write_all(&block[..size]).is_ok() {}
    }
    Ok(())
}

/// As an operator brings a new version: asked to stop, started, the next one. Nobody may see an error of it.
async fn restart_all(stage: &mut Stage) -> Result<()> {
    let before = stage.world.tally();
    for at in 0..NODES {
        stage.nodes[at].stop().await?;
        stage.nodes[at].start().await?;
        sleep(MOMENT).await;
    }
    let after = stage.world.tally();
    let seen: Vec<String> = after
        .iter()
        .filter(|(what, _)| SEEN.iter().any(|one| what.contains(one)))
        .map(|(what, count)| (what, count - before.get(what).copied().unwrap_or(0)))
        .filter(|(_, count)| *count > 0)
        .map(|(what, count)| format!("{what} ×{count}"))
        .collect();
    ensure!(seen.is_empty(), "clients saw it: {}", seen.join(", "));
    Ok(())
}
