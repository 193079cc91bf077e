//! Somebody who wrote 100,000 messages asks for a copy of their own data: until it is ready, and until it is downloaded. Then somebody who
//! wrote ten between them: there is no index by author, so all of them are looked at.

use std::rc::Rc;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use reqwest::Method;
use serde_json::{Value, json};

use crate::folder::Folder;
use crate::house::House;
use crate::measure::Results;
use crate::peer::tulou::Server;
use crate::target::tulou::Tulou;

const PORT: u16 = 18102;
const MESSAGES: usize = 100_000;
const FEW: usize = 10;
const OUTSTANDING: usize = 400;
const TEXT: &str = "the beam of the north wall is dry and the door is hung; tell the carpenter when you see him";
const LOOK: Duration = Duration::from_millis(200);
const WITHIN: Duration = Duration::from_secs(600);

pub async fn run(results: &mut Results) -> anyhow::Result<()> {
    let folder = Folder::new("copy")?;
    let server = Server::start(&folder.path, PORT).await?;
    let mut house = House::build(&server, 2).await?;
    let conversation = house.direct(0, 1).await?;
    let target = Tulou(Rc::new(house));
    target.say(0, &vec![(conversation.as_str(), TEXT); MESSAGES], OUTSTANDING).await?;
    target.say(1, &[(conversation.as_str(), TEXT); FEW], OUTSTANDING).await?;
    let house = &target.0;
    let path = write(house, 0, MESSAGES, ("ready", &mut *results)).await?;
    let (took, archive) = house.asked(&house.people[0], &format!("{path}/file")).await?;
    ensure!(archive.contains("data.json"), "the archive has no data.json");
    results.say("copy", "download", (took.as_secs_f64(), "s"), MESSAGES)?;
    write(house, 1, FEW, ("ready_few", results)).await?;
    server.stop().await
}

/// Has a copy written for somebody who wrote so many messages; says where it is, and how long it took.
async fn write(
    house: &House,
    number: usize,
    messages: usize,
    (metric, results): (&str, &mut Results),
) -> anyhow::Result<String> {
    let person = house.people.get(number).context("a person")?;
    let proof = json!({ "password": House::password_of(number) });
    house.call(Some(person), Method::POST, "/v1/session/proof", proof).await?;
    let begun = Instant::now();
    let asked = json!({ "language": "en" });
    let made = house.call(Some(person), Method::POST, "/v1/personal-exports", asked).await?;
    let path = format!("/v1/personal-exports/{}", made["id"].as_str().context("a copy")?);
    let mut shown = Value::Null;
    while shown["state"] != "ready" {
        ensure!(begun.elapsed() < WITHIN, "not ready in time: {shown}");
        tokio::time::sleep(LOOK).await;
        shown = house.call(Some(person), Method::GET, &path, Value::Null).await?;
    }
    results.say("copy", metric, (begun.elapsed().as_secs_f64(), "s"), messages)?;
    let written = usize::try_from(shown["records"].as_u64().context("how many records")?)?;
    ensure!(written >= messages, "only {written} records");
    Ok(path)
}
