//! W7: the line of 5,000 windows breaks at once; meanwhile somebody goes on talking. All come back, each asks what it
//! missed, and each must get exactly that.

use std::rc::Rc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use reqwest::Method;
use serde_json::{Value, json};
use tokio::task::JoinSet;
use tokio::time::timeout;

use super::{Bench, Session};
use crate::process::Cores;
use crate::target::tulou::Tulou;
use crate::target::{Event, Outgoing, Reader, Recipient, Stamp, Target, Writer};

const WINDOWS: u32 = 5_000;
/// What they miss.
const MISSED: u32 = 20;
const PATIENCE: Duration = Duration::from_secs(120);

pub async fn run(bench: &mut Bench<'_, Tulou>) -> Result<()> {
    let house = Rc::clone(&bench.target.0);
    let sessions = bench.connect(0..WINDOWS).await?;
    let path = format!("/v1/conversations/{}", house.group);
    let before = house.call(Some(house.person(0)), Method::GET, &path, Value::Null).await?;
    let (seq, pos) = (before["last"]["seq"].as_i64().context("a number")?, position(&bench.target).await?);
    let question = Rc::new(json!({ "pos": pos, "positions": [{ "conversation_id": house.group, "seq": seq }] }));
    drop(sessions);
    // The talk goes on while nobody is there.
    talk(&bench.target).await?;
    let (begun, cores) = (Instant::now(), Cores::now(bench.watched));
    let mut windows = JoinSet::new();
    for user in 0..WINDOWS {
        windows.spawn_local(come_back(bench.target.clone(), user, pos, Rc::clone(&question)));
    }
    let mut times = Vec::with_capacity(WINDOWS as usize);
    let mut held = Vec::with_capacity(WINDOWS as usize);
    while let Some(one) = timeout(PATIENCE, windows.join_next()).await? {
        let (session, took) = one??;
        held.push(session);
        times.push(took);
    }
    let (all, shares) = (begun.elapsed(), cores.since());
    bench.results.say("storm", "all_are_back", (all.as_secs_f64(), "s"), times.len())?;
    bench.results.times("storm", "sync", times)?;
    bench.results.shares("storm", "coming_back", shares)
}

/// Where the organisation's events stand now.
async fn position(target: &Tulou) -> Result<i64> {
    let house = &target.0;
    let question = json!({ "positions": [] });
    let answer = house.call(Some(house.person(0)), Method::POST, "/v1/sync", question).await?;
    answer["pos"].as_i64().context("a position")
}

async fn talk(target: &Tulou) -> Result<()> {
    let (mut writer, mut reader) = target.connect(0).await?;
    for number in 0..MISSED {
        let stamp = Stamp::new(0, number);
        writer.send(&[Outgoing { to: Recipient::Group("".into()), stamp, body: stamp.body(100) }]).await?;
        let mut events = Vec::new();
        while !events.contains(&Event::Acknowledged(stamp)) {
            timeout(PATIENCE, reader.read(&mut events)).await??;
        }
    }
    Ok(())
}

/// As `docs/api/socket.md` has it: the window first, then the question. The time is the question's.
async fn come_back(target: Tulou, user: u32, pos: i64, question: Rc<Value>) -> Result<(Session<Tulou>, Duration)> {
    let window = target.window(user, Some(pos)).await?;
    let house = &target.0;
    let asked = Instant::now();
    let answer = house.call(Some(house.person(user)), Method::POST, "/v1/sync", (*question).clone()).await?;
    let took = asked.elapsed();
    let missed = answer["messages"][0]["items"].as_array().map_or(0, Vec::len);
    ensure!(missed == MISSED as usize, "user {user} was told {missed} of {MISSED} messages: {answer}");
    Ok((window, took))
}
