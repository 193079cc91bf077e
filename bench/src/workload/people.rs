//! A company of 20,000 is looked through as the client does it: the directory's first page with its length, the console's,
//! both further down by scrolling, and departments by what somebody types.

use std::time::Duration;

use anyhow::{Context, ensure};
use serde_json::Value;

use super::import;
use crate::folder::Folder;
use crate::house::{House, Person};
use crate::measure::Results;
use crate::peer::tulou::Server;

const PORT: u16 = 18109;
const READINGS: usize = 200;
const PAGES: usize = 50;
/// What the directory of a member asks for, and the list of people in the console of an administrator.
const DIRECTORY: &str = "/v1/members?limit=200";
const CONSOLE: &str = "/v1/members?limit=50";
const TYPED: [&str; 8] = ["部", "部门", "部门1", "事业部3", "组1", "sy", "bumen", "zu"];

pub async fn run(results: &mut Results) -> anyhow::Result<()> {
    let folder = Folder::new("people")?;
    let server = Server::start(&folder.path, PORT).await?;
    let house = House::build(&server, 2).await?;
    import::bring(&house, &import::list(import::team)).await?;
    let (ann, bob) = (&house.people[0], &house.people[1]);
    let first = |path: &'static str| move |_: usize| path.to_owned();
    results.times("people", "directory_first_page", ask(&house, bob, READINGS, first(DIRECTORY)).await?)?;
    results.times("people", "directory_length", ask(&house, bob, READINGS, first("/v1/members/count")).await?)?;
    results.times("people", "console_first_page", ask(&house, ann, READINGS, first(CONSOLE)).await?)?;
    results.times("people", "directory_scrolled", scroll(&house, bob, DIRECTORY).await?)?;
    results.times("people", "console_scrolled", scroll(&house, ann, CONSOLE).await?)?;
    let typed = |n: usize| format!("/v1/departments?query={}", TYPED[n % TYPED.len()]);
    results.times("people", "departments_typed", ask(&house, bob, READINGS, typed).await?)?;
    results.times("people", "structure", ask(&house, bob, READINGS, first("/v1/departments")).await?)?;
    server.stop().await
}

/// Asks so often, and is answered with something each time.
pub async fn ask(
    house: &House,
    who: &Person,
    readings: usize,
    path: impl Fn(usize) -> String,
) -> anyhow::Result<Vec<Duration>> {
    let mut times = Vec::with_capacity(readings);
    for n in 0..readings {
        let path = path(n);
        let (took, text) = house.asked(who, &path).await?;
        ensure!(!text.contains("\"items\":[]"), "{path}: {text}");
        times.push(took);
    }
    Ok(times)
}

/// Goes on from page to page.
async fn scroll(house: &House, who: &Person, path: &str) -> anyhow::Result<Vec<Duration>> {
    let (mut times, mut after) = (Vec::with_capacity(PAGES), String::new());
    for _ in 0..PAGES {
        let (took, text) = house.asked(who, &format!("{path}{after}")).await?;
        times.push(took);
        let page: Value = serde_json::from_str(&text)?;
        after = format!("&after={}", page["next"].as_str().context("there is more")?);
    }
    Ok(times)
}
