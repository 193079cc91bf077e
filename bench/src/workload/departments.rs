//! A structure of fifty thousand departments, 20,000 people in them, comes as a list of paths: read whole, level by level and
//! by what somebody types, and a thousand of them hung elsewhere.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use reqwest::Method;
use serde_json::{Value, json};

use super::people::ask;
use super::{Chance, import};
use crate::folder::Folder;
use crate::house::House;
use crate::measure::Results;
use crate::peer::tulou::Server;

const PORT: u16 = 18109;
const READINGS: usize = 200;
/// Of what takes long.
const FEW: usize = 20;
/// Companies, each of them a thousand departments with itself: 9 centres of 10 units of 10 teams.
const COMPANIES: usize = 50;
const TEAMS: usize = COMPANIES * 9 * 10 * 10;
const DEPARTMENTS: usize = COMPANIES * 1000;

const PLACES: [&str; 10] = ["华东", "华北", "华南", "华中", "西南", "西北", "东北", "港澳", "海外", "总部"];
const KINDS: [&str; 9] = ["研发", "市场", "销售", "财务", "人力", "法务", "质量", "采购", "客服"];
const NAMES: [&str; 10] = ["晨星", "远山", "长河", "青松", "白露", "流云", "飞鸿", "明月", "朝阳", "苍穹"];
/// Of a dozen departments at most, and of hundreds or thousands: all of them are the answer.
const NARROW: [&str; 8] = ["华东公司1", "晨星00010", "huadong", "hdgs", "远山00021", "公司4", "晨星4400", "华北"];
const BROAD: [&str; 4] = ["研发", "yf", "晨星", "zhongxin"];

pub async fn run(results: &mut Results) -> anyhow::Result<()> {
    let folder = Folder::new("departments")?;
    let server = Server::start(&folder.path, PORT).await?;
    let house = House::build(&server, 2).await?;
    let begun = Instant::now();
    let tried = import::bring(&house, &list()).await?;
    ensure!(tried["report"]["counts"]["departments_created"] == DEPARTMENTS, "{}", tried["report"]);
    results.say("departments", "import", (begun.elapsed().as_secs_f64(), "s"), DEPARTMENTS)?;
    import::bring(&house, &import::list(|n| path(n * TEAMS / import::PEOPLE))).await?;
    let (ann, bob) = (&house.people[0], &house.people[1]);

    let (_, whole) = house.asked(bob, "/v1/departments").await?;
    results.say("departments", "whole_size", (whole.len() as f64 / 1024.0 / 1024.0, "MiB"), DEPARTMENTS)?;
    let tree = Tree::read(&serde_json::from_str(&whole)?)?;
    let all = |_: usize| "/v1/departments".to_owned();
    results.times("departments", "whole", ask(&house, bob, FEW, all).await?)?;
    results.times("departments", "whole_console", ask(&house, ann, FEW, all).await?)?;
    let top = |_: usize| "/v1/departments/children?limit=200".to_owned();
    results.times("departments", "top", ask(&house, bob, READINGS, top).await?)?;
    let mut chance = Chance::new(9);
    let end = u32::try_from(tree.parents.len())?;
    let parents: Vec<&String> = (0..READINGS).map(|_| &tree.parents[chance.below(end) as usize]).collect();
    let below = |n: usize| format!("/v1/departments/children?limit=200&parent={}", parents[n]);
    results.times("departments", "children", ask(&house, bob, READINGS, below).await?)?;
    for (name, typed, readings) in [("narrow", NARROW.as_slice(), READINGS), ("broad", BROAD.as_slice(), FEW)] {
        let query = |n: usize| format!("/v1/departments?query={}", typed[n % typed.len()]);
        results.times("departments", &format!("search_{name}"), ask(&house, bob, readings, query).await?)?;
    }
    results.times("departments", "move_a_thousand", moves(&house, &tree).await?)?;
    let memory = server.watched()?.memory().server_pss;
    results.say("departments", "memory_afterwards", (memory as f64 / 1024.0, "MiB PSS"), 1)?;
    server.stop().await
}

fn list() -> String {
    let mut list = String::from("Path\n");
    for team in 0..TEAMS {
        list.push_str(&path(team));
        list.push('\n');
    }
    list
}

/// Of a team, from its company down.
fn path(team: usize) -> String {
    let (company, kind) = (team / 900, KINDS[team / 100 % 9]);
    let (place, unit, name) = (PLACES[company % 10], team / 10 % 10, NAMES[team % 10]);
    format!("{place}公司{company}/{kind}中心/{kind}{unit}部/{name}{team:05}组")
}

/// The departments by their ids: companies and teams in the order of their numbers, and all below which there are others.
struct Tree {
    companies: BTreeMap<usize, String>,
    teams: BTreeMap<usize, String>,
    parents: Vec<String>,
}

impl Tree {
    fn read(answer: &Value) -> anyhow::Result<Self> {
        let mut tree = Self { companies: BTreeMap::new(), teams: BTreeMap::new(), parents: Vec::new() };
        for one in answer["items"].as_array().context("departments")? {
            let id = one["id"].as_str().context("an id")?.to_owned();
            let name = one["name"].as_str().context("a name")?;
            let number = name.chars().filter(char::is_ascii_digit).collect::<String>().parse().unwrap_or(0);
            if one["has_children"] == true {
                tree.parents.push(id.clone());
            }
            if name.contains("公司") {
                tree.companies.insert(number, id);
            } else if name.ends_with('组') {
                tree.teams.insert(number, id);
            }
        }
        ensure!((tree.companies.len(), tree.teams.len()) == (COMPANIES, TEAMS), "another tree");
        Ok(tree)
    }
}

/// Hangs a company with all that is in it below a team of the next one, eight levels deep, and back to the top.
async fn moves(house: &House, tree: &Tree) -> anyhow::Result<Vec<Duration>> {
    let ann = Some(&house.people[0]);
    let mut times = Vec::with_capacity(FEW);
    for n in 0..FEW / 2 {
        let (company, team) = (&tree.companies[&n], &tree.teams[&((n + 1) * TEAMS / COMPANIES)]);
        for to in [json!(team), Value::Null] {
            let body = json!({ "parent_id": to, "before": null });
            let begun = Instant::now();
            house.call(ann, Method::PATCH, &format!("/v1/departments/{company}"), body).await?;
            times.push(begun.elapsed());
        }
    }
    Ok(times)
}
