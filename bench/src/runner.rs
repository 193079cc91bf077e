//! One workload on one server: fresh data, started, measured, stopped, removed.

use anyhow::{Context, Result};
use tokio::task::LocalSet;

use crate::folder::Folder;
use crate::measure::Results;
use crate::peer::ejabberd::{self, Ejabberd};
use crate::peer::floor::{self, Floor};
use crate::peer::prosody::{self, Prosody};
use crate::process::Watched;
use crate::target::Target;
use crate::target::floor::Floor as FloorTarget;
use crate::target::xmpp::Xmpp;
use crate::template::Template;
use crate::workload::direct::Way;
use crate::workload::{Bench, direct, group, growth, history, idle, start, storm};

const PORT: u16 = 18100;
/// Accounts of a peer: a user for each connection.
const ACCOUNTS: u32 = 10_000;

/// How much is measured.
#[derive(Clone, Copy)]
pub struct Scale {
    /// Connections of W3, ascending.
    pub idle: &'static [u32],
    /// Messages stored for W6, lines of the audit log for `audit`.
    pub rows: u64,
    /// Bytes of the file of `files`.
    pub file: u64,
}

/// Ours.
pub async fn tulou(results: &mut Results, template: &Template, workload: &str, scale: Scale) -> Result<()> {
    if workload == "start" {
        return start::tulou(results).await;
    }
    let copy = template.start(PORT).await?;
    let watched = copy.server.watched()?;
    let mut bench = Bench { target: copy.target.clone(), watched, results };
    let local = LocalSet::new();
    match workload {
        "storm" => local.run_until(storm::run(&mut bench)).await?,
        "growth" => local.run_until(growth::run(&mut bench, copy.folder(), scale.rows)).await?,
        "history" => {
            local.run_until(history::fill(&bench, history::MESSAGES)).await?;
            local.run_until(read(&mut bench)).await?;
        }
        "idle" => {
            let empty = watched.memory().server_pss;
            let sessions = local.run_until(idle::run(&mut bench, scale.idle)).await?;
            local.run_until(idle::used(&mut bench, sessions, empty)).await?;
        }
        _ => {
            drop(local);
            common(&mut bench, workload, scale).await?;
        }
    }
    copy.stop().await
}

/// What every server can be put through. Each case has connections of its own.
async fn common<T: Target>(bench: &mut Bench<'_, T>, workload: &str, scale: Scale) -> Result<()> {
    match workload {
        "direct" => {
            LocalSet::new().run_until(direct::run(bench, Way::Paced)).await?;
            LocalSet::new().run_until(direct::run(bench, Way::Saturated)).await
        }
        "group" => {
            LocalSet::new().run_until(group::run(bench, false)).await?;
            LocalSet::new().run_until(group::run(bench, true)).await
        }
        "idle" => LocalSet::new().run_until(idle::run(bench, scale.idle)).await.map(drop),
        "history" => LocalSet::new().run_until(read(bench)).await,
        other => anyhow::bail!("{other} is not measured of a peer"),
    }
}

async fn read<T: Target>(bench: &mut Bench<'_, T>) -> Result<()> {
    history::run(bench, history::MESSAGES, ("history", "page")).await
}

pub async fn floor(results: &mut Results, workload: &str, scale: Scale) -> Result<()> {
    let folder = Folder::new("floor")?;
    let target = FloorTarget { address: address(floor::PORT) };
    if workload == "start" {
        Floor::start(&folder.path).await?.stop().await?;
    }
    let server = Floor::start(&folder.path).await?;
    let (watched, begun) = (server.watched()?, server.begun());
    if workload == "start" {
        LocalSet::new().run_until(start::peer(results, &target, (watched, begun))).await?;
        return server.stop().await;
    }
    let mut bench = Bench { target, watched, results };
    if workload == "history" {
        LocalSet::new().run_until(history::fill(&bench, history::MESSAGES)).await?;
    }
    common(&mut bench, workload, scale).await?;
    server.stop().await
}

pub async fn prosody(results: &mut Results, workload: &str, scale: Scale) -> Result<()> {
    let folder = Folder::new("prosody")?;
    Prosody::prepare(&folder.path, ACCOUNTS)?;
    let target = Xmpp { address: address(prosody::PORT) };
    if workload == "start" {
        Prosody::start(&folder.path).await?.stop().await?;
    }
    let mut server = Prosody::start(&folder.path).await?;
    if workload == "start" {
        let seen = (server.watched()?, server.begun());
        LocalSet::new().run_until(start::peer(results, &target, seen)).await?;
        return server.stop().await;
    }
    if workload == "history" {
        one_message(results, &target, server.watched()?).await?;
        server.stop().await?;
        Prosody::lengthen(&folder.path, history::MESSAGES)?;
        server = Prosody::start(&folder.path).await?;
    }
    let mut bench = Bench { target, watched: server.watched()?, results };
    common(&mut bench, workload, scale).await?;
    server.stop().await
}

pub async fn ejabberd(results: &mut Results, workload: &str, scale: Scale) -> Result<()> {
    let folder = Folder::new("ejabberd")?;
    Ejabberd::prepare(&folder.path, ACCOUNTS).await?;
    let target = Xmpp { address: address(ejabberd::PORT) };
    if workload == "start" {
        Ejabberd::start(&folder.path).await?.stop().await?;
    }
    let server = Ejabberd::start(&folder.path).await.context("ejabberd did not come up")?;
    Ejabberd::demand_durable(&folder.path)?;
    let (watched, begun) = (server.watched()?, server.begun());
    if workload == "start" {
        LocalSet::new().run_until(start::peer(results, &target, (watched, begun))).await?;
        return server.stop().await;
    }
    if workload == "history" {
        one_message(results, &target, watched).await?;
        Ejabberd::lengthen(&folder.path, history::MESSAGES)?;
    }
    let mut bench = Bench { target, watched, results };
    common(&mut bench, workload, scale).await?;
    server.stop().await
}

/// What the copies are made of.
async fn one_message<T: Target>(results: &mut Results, target: &T, watched: Watched) -> Result<()> {
    let bench = Bench { target: target.clone(), watched, results };
    LocalSet::new().run_until(history::fill(&bench, 1)).await
}

fn address(port: u16) -> String {
    format!("127.0.0.1:{port}")
}
