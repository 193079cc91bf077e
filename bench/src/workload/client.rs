//! The client in Chromium with its processor four times slower: for somebody in 2,000 conversations, one of which has
//! 100,000 messages. `bench/client.mjs` drives the browser; this fills the house and writes the figures down.

use std::process::Stdio;
use std::rc::Rc;

use anyhow::{Context, ensure};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::Command;
use tokio::task::LocalSet;

use super::{Bench, history};
use crate::folder::Folder;
use crate::house::House;
use crate::measure::Results;
use crate::peer::tulou::Server;
use crate::target::tulou::Tulou;

const PORT: u16 = 18108;
const PEOPLE: usize = 40;
const CONVERSATIONS: usize = 2000;
const OUTSTANDING: usize = 100;
/// A slow computer has slow cores, not one: Chromium's processes are not held on the load client's, but where all may be.
const DRIVE: &str = "command -v taskset >/dev/null || exec node bench/client.mjs
exec taskset -c \"$(cat /sys/devices/system/cpu/online)\" node bench/client.mjs";

pub async fn run(results: &mut Results) -> anyhow::Result<()> {
    let folder = Folder::new("client")?;
    let server = Server::start(&folder.path, PORT).await?;
    let mut house = House::build(&server, PEOPLE).await?;
    let long = house.direct(0, 1).await?;
    let target = Tulou(Rc::new(house));
    let bench = Bench { target: target.clone(), watched: server.watched()?, results };
    LocalSet::new().run_until(history::fill(&bench, history::MESSAGES)).await?;
    notes(&target, &groups(&target.0).await?).await?;
    browse(&target.0, &long, results).await?;
    server.stop().await
}

/// Groups of three to eleven, all with the owner and one other who writes.
async fn groups(house: &House) -> anyhow::Result<Vec<String>> {
    let mut groups = Vec::with_capacity(CONVERSATIONS);
    for n in 0..CONVERSATIONS {
        let others = (0..1 + n % 9).map(|m| 2 + (n + m) % (PEOPLE - 2));
        let ids: Vec<&str> = std::iter::once(1).chain(others).map(|p| house.people[p].member.as_str()).collect();
        let body = json!({ "kind": "group", "name": format!("Project {n:04}"), "member_ids": ids });
        groups.push(house.begin(0, body).await?);
    }
    Ok(groups)
}

/// One message in each, with the number by which the browser knows it again.
async fn notes(target: &Tulou, groups: &[String]) -> anyhow::Result<()> {
    let note = |n| format!("Note {n:05}: the beams of the **north** wall are dry, see [plan](https://example.com/{n})");
    let texts: Vec<String> = (0..groups.len()).map(note).collect();
    let notes: Vec<(&str, &str)> = groups.iter().zip(&texts).map(|(group, text)| (&**group, &**text)).collect();
    target.say(1, &notes, OUTSTANDING).await
}

async fn browse(house: &House, long: &str, results: &mut Results) -> anyhow::Result<()> {
    let mut command = Command::new("sh");
    command.args(["-c", DRIVE]).env("BENCH_URL", &house.url).env("BENCH_LONG", long);
    command.env("BENCH_PASSWORD", House::owner_password()).stdout(Stdio::piped()).kill_on_drop(true);
    let mut child = command.spawn().context("node is not installed")?;
    let mut lines = BufReader::new(child.stdout.take().context("no output")?).lines();
    while let Some(line) = lines.next_line().await? {
        let figure: Value = serde_json::from_str(&line).with_context(|| line.clone())?;
        let value = figure["value"].as_f64().context("a value")?;
        let n = figure["n"].as_u64().and_then(|n| usize::try_from(n).ok()).unwrap_or(1);
        let text = |name: &str| figure[name].as_str().unwrap_or_default();
        results.say("client", text("metric"), (value, text("unit")), n)?;
    }
    ensure!(child.wait().await?.success(), "the browser did not come to its end; e2e/README.md says what it needs");
    Ok(())
}
