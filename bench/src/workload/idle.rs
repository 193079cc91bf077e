//! What an open window costs: 1,000 signed-in sockets in silence, then after each has been sent a message.

use std::time::Duration;

use serde_json::json;

use super::{Folder, client_id};
use crate::house::House;
use crate::measure::Results;
use crate::process::Server;
use crate::socket;

const PORT: u16 = 18104;
const PEOPLE: usize = 100;
const WINDOWS: usize = 10;
const SILENCE: Duration = Duration::from_secs(5);

pub async fn run(results: &mut Results) -> anyhow::Result<()> {
    let folder = Folder::new("idle")?;
    let server = Server::start(&folder.0, PORT).await?;
    let house = House::build(&server, PEOPLE).await?;
    let members: Vec<&str> = house.people.iter().skip(1).map(|person| person.member.as_str()).collect();
    let group = json!({ "kind": "group", "name": "Everybody", "member_ids": members });
    let group = house.call(Some(&house.people[0]), reqwest::Method::POST, "/v1/conversations", group).await?;
    tokio::time::sleep(SILENCE).await;
    let (before, _) = server.memory()?;
    let mut windows = Vec::new();
    for person in &house.people {
        for _ in 0..WINDOWS {
            windows.push(socket::open(&house, person).await?);
        }
    }
    tokio::time::sleep(SILENCE).await;
    let (idle, _) = server.memory()?;
    let each = |now: u64| now.saturating_sub(before) as f64 / windows.len() as f64;
    results.say("idle", "memory_per_socket_idle", (each(idle), "KiB PSS"), windows.len())?;
    let frame = json!({"c": "chat", "k": "send", "client_id": client_id(), "conversation_id": group["id"],
        "body": {"v": 1, "kind": "text", "text": "Good morning, everybody."}});
    let count = windows.len();
    socket::send(&mut windows[0].0, &frame).await?;
    for (_, receiver) in windows.iter_mut().skip(1) {
        receiver.next_of("message").await?;
    }
    tokio::time::sleep(SILENCE).await;
    let (used, _) = server.memory()?;
    let each = used.saturating_sub(before) as f64 / count as f64;
    results.say("idle", "memory_per_socket_used", (each, "KiB PSS"), count)?;
    drop(windows);
    server.stop().await
}
