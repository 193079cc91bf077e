//! The client in Chromium with its processor four times slower: for somebody in 2,000 conversations, one of which has
//! 100,000 messages. `bench/client.mjs` drives the browser; this fills the house and writes the figures down.

use std::process::Stdio;

use anyhow::{Context, ensure};
use reqwest::Method;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::Command;

use super::{Folder, client_id, history};
use crate::house::House;
use crate::measure::Results;
use crate::process::Server;
use crate::socket;

const PORT: u16 = 18107;
const PEOPLE: usize = 40;
const CONVERSATIONS: usize = 2000;
const OUTSTANDING: usize = 100;

pub async fn run(results: &mut Results) -> anyhow::Result<()> {
    let folder = Folder::new("client")?;
    let server = Server::start(&folder.0, PORT).await?;
    let house = House::build(&server, PEOPLE).await?;
    let long = house.direct(0, 1).await?;
    history::fill(&house, &long).await?;
    let groups = groups(&house).await?;
    notes(&house, &groups).await?;
    browse(&house, &long, results).await?;
    server.stop().await
}

/// Groups of three to eleven, all with the owner and one other who writes.
async fn groups(house: &House) -> anyhow::Result<Vec<String>> {
    let mut groups = Vec::with_capacity(CONVERSATIONS);
    for n in 0..CONVERSATIONS {
        let others = (0..1 + n % 9).map(|m| 2 + (n + m) % (PEOPLE - 2));
        let ids: Vec<&str> = std::iter::once(1).chain(others).map(|p| house.people[p].member.as_str()).collect();
        let body = json!({ "kind": "group", "name": format!("Project {n:04}"), "member_ids": ids });
        let made = house.call(Some(&house.people[0]), Method::POST, "/v1/conversations", body).await?;
        groups.push(made["id"].as_str().context("a conversation")?.to_owned());
    }
    Ok(groups)
}

/// One message in each, with the number by which the browser knows it again.
async fn notes(house: &House, groups: &[String]) -> anyhow::Result<()> {
    let (mut sender, mut receiver) = socket::open(house, &house.people[1]).await?;
    let (mut sent, mut done) = (0, 0);
    while done < groups.len() {
        while sent < groups.len() && sent - done < OUTSTANDING {
            let text = format!("Note {sent:05}: the beams of the **north** wall are dry, see [plan](https://example.com/{sent})");
            let frame = json!({"c": "chat", "k": "send", "client_id": client_id(), "conversation_id": groups[sent],
                "body": {"v": 1, "kind": "text", "text": text}});
            socket::send(&mut sender, &frame).await?;
            sent += 1;
        }
        let answer = receiver.next().await?;
        ensure!(answer["k"] != "refused" && answer["k"] != "error", "refused: {answer}");
        done += usize::from(answer["k"] == "sent");
    }
    Ok(())
}

async fn browse(house: &House, long: &str, results: &mut Results) -> anyhow::Result<()> {
    let mut command = Command::new("node");
    command.arg("bench/client.mjs").env("BENCH_URL", &house.url).env("BENCH_LONG", long);
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
