//! A company of 20,000 arrives with the spreadsheet it has: tried, written, tried again unchanged; then its people are
//! searched, each word of theirs after the other.

use std::fmt::Write;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use reqwest::Method;
use serde_json::{Value, json};

use crate::folder::Folder;
use crate::house::House;
use crate::measure::Results;
use crate::peer::tulou::Server;

const PORT: u16 = 18106;
pub const PEOPLE: usize = 20_000;
const SEARCHES: usize = 200;
const LOOK: Duration = Duration::from_millis(100);

const SURNAMES: [&str; 10] = ["王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "欧阳"];
const GIVEN: [&str; 12] = ["伟", "芳", "娜", "敏", "静", "丽", "强", "磊", "洋", "勇", "艳", "杰"];
const TYPED: [&str; 8] = ["张", "张伟", "zhang", "zw", "wangf", "ouyang", "yw-1999", "x"];

pub async fn run(results: &mut Results) -> anyhow::Result<()> {
    let folder = Folder::new("import")?;
    let server = Server::start(&folder.path, PORT).await?;
    let house = House::build(&server, 1).await?;
    let list = list(team);
    let begun = Instant::now();
    let tried = upload(&house, &list).await?;
    results.say("import", "dry_run", (begun.elapsed().as_secs_f64(), "s"), PEOPLE)?;
    ensure!(tried["report"]["counts"]["created"] == PEOPLE, "{}", tried["report"]["counts"]);
    let begun = Instant::now();
    write(&house, &tried).await?;
    results.say("import", "write", (begun.elapsed().as_secs_f64(), "s"), PEOPLE)?;
    let begun = Instant::now();
    let again = upload(&house, &list).await?;
    results.say("import", "dry_run_again", (begun.elapsed().as_secs_f64(), "s"), PEOPLE)?;
    ensure!(again["report"]["counts"]["unchanged"] == PEOPLE, "{}", again["report"]["counts"]);
    search(&house, results).await?;
    let memory = server.watched()?.memory().server_pss;
    results.say("import", "memory_afterwards", (memory as f64 / 1024.0, "MiB PSS"), 1)?;
    server.stop().await
}

/// Tries a list and writes it; what it did, as it was told.
pub async fn bring(house: &House, list: &str) -> anyhow::Result<Value> {
    let tried = upload(house, list).await?;
    write(house, &tried).await?;
    Ok(tried)
}

/// The department of the person of this number: 8 × 25 that have a team each.
pub fn team(person: usize) -> String {
    let team = person % 200;
    format!("事业部{}/部门{}/组{team}", team % 8, team / 8)
}

/// As WeCom exports it, departments as paths, which `path` says for each of the people; some of them are in two.
pub fn list(path: impl Fn(usize) -> String) -> String {
    let mut list = String::from("姓名,帐号,手机号,邮箱,部门,职务,工号,是否部门负责人\n");
    for n in 0..PEOPLE {
        let (surname, first, second) = (SURNAMES[n % 10], GIVEN[n / 10 % 12], GIVEN[n / 120 % 12]);
        let path = path(n);
        let second_department = if n % 10 == 0 { ";项目/P1" } else { "" };
        let leads = match (n % 100, n % 10) {
            (0, _) => "1;0",
            (_, 0) => "0;0",
            _ => "0",
        };
        // Writing into a string never fails.
        let _ = writeln!(
            list,
            "{surname}{first}{second},u{n:05},138{n:08},u{n:05}@bench.example,{path}{second_department},工程师,YW-{n:05},{leads}"
        );
    }
    list
}

async fn upload(house: &House, list: &str) -> anyhow::Result<Value> {
    let request = house.client.post(format!("{}/v1/imports", house.url)).bearer_auth(&house.people[0].token);
    let request = request.header("tulou-organisation", "bench").header("content-type", "text/csv");
    let answer = request.body(list.to_owned()).send().await?;
    let (status, text) = (answer.status(), answer.text().await?);
    ensure!(status.is_success(), "{status} {text}");
    Ok(serde_json::from_str(&text)?)
}

async fn write(house: &House, tried: &Value) -> anyhow::Result<()> {
    let ann = Some(&house.people[0]);
    let path = format!("/v1/imports/{}", tried["id"].as_str().context("an id")?);
    house.call(ann, Method::POST, &format!("{path}/confirm"), json!({})).await?;
    loop {
        let now = house.call(ann, Method::GET, &path, Value::Null).await?;
        match now["state"].as_str() {
            Some("done") => return Ok(()),
            Some("queued" | "writing") => tokio::time::sleep(LOOK).await,
            _ => anyhow::bail!("{now}"),
        }
    }
}

/// The answer as the list asks for it while somebody types.
async fn search(house: &House, results: &mut Results) -> anyhow::Result<()> {
    let mut times = Vec::new();
    for n in 0..SEARCHES {
        let typed = TYPED[n % TYPED.len()];
        let begun = Instant::now();
        let path = format!("/v1/members?limit=50&query={typed}");
        let page = house.call(Some(&house.people[0]), Method::GET, &path, Value::Null).await?;
        times.push(begun.elapsed());
        ensure!(typed == "x" || page["items"].as_array().is_some_and(|items| !items.is_empty()), "{typed}: {page}");
    }
    // What the server takes is less by the way there and back.
    results.times("import", "people_search", times)
}
