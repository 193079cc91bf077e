//! The newest 50 of a conversation of 100,000 messages, again and again, opened and whole.

use std::time::Instant;

use anyhow::ensure;
use reqwest::Method;
use serde_json::{Value, json};

use super::{Folder, client_id};
use crate::house::House;
use crate::measure::Results;
use crate::process::Server;
use crate::socket;

const PORT: u16 = 18103;
const MESSAGES: usize = 100_000;
const PAGES: usize = 1000;
const OUTSTANDING: usize = 400;

pub async fn run(results: &mut Results) -> anyhow::Result<()> {
    let folder = Folder::new("history")?;
    let server = Server::start(&folder.0, PORT).await?;
    let house = House::build(&server, 2).await?;
    let conversation = house.direct(0, 1).await?;
    fill(&house, &conversation).await?;
    let path = format!("/v1/conversations/{conversation}/messages?limit=50");
    let mut times = Vec::new();
    for number in 0..=PAGES {
        let begun = Instant::now();
        let page = house.call(Some(&house.people[1]), Method::GET, &path, Value::Null).await?;
        let took = begun.elapsed();
        let items = page["items"].as_array().map_or(0, Vec::len);
        ensure!(
            items == 50 && page["items"][49]["body"]["text"].is_string(),
            "a page that is not whole: {items} items"
        );
        if number > 0 {
            times.push(took);
        }
    }
    results.times("history", "page", times)?;
    server.stop().await
}

/// 100,000 messages of the first person.
pub async fn fill(house: &House, conversation: &str) -> anyhow::Result<()> {
    let (mut sender, mut receiver) = socket::open(house, &house.people[0]).await?;
    let (mut sent, mut done) = (0, 0);
    while done < MESSAGES {
        while sent < MESSAGES && sent - done < OUTSTANDING {
            let text = format!("Message {sent:.<91}");
            let frame = json!({"c": "chat", "k": "send", "client_id": client_id(), "conversation_id": conversation,
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
