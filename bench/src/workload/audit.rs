//! Pages of a long audit log, narrowed in every way the page offers. The lines are made by SQL after the form of lines the
//! server wrote: two thousand people, twenty thousand targets, one line a second.

use std::time::Instant;

use anyhow::{Result, ensure};
use reqwest::Method;
use serde_json::{Value, json};

use super::Chance;
use crate::database::ask;
use crate::folder::Folder;
use crate::house::House;
use crate::measure::Results;
use crate::peer::tulou::Server;

const PORT: u16 = 18107;
const READINGS: u32 = 200;
const ACTORS: u32 = 2000;
const TARGETS: u32 = 20_000;
/// The first of the made lines, far from the present: one a second from here on.
const FIRST: &str = "2030-01-01T00:00:00Z";

pub async fn run(results: &mut Results, lines: u64) -> Result<()> {
    let folder = Folder::new("audit")?;
    let server = Server::start(&folder.path, PORT).await?;
    let house = House::build(&server, 2).await?;
    fill(&folder.path, lines)?;
    let size =
        ask(&folder.path, "select pg_total_relation_size('kernel.audit_entry') / count(*) from kernel.audit_entry")?;
    results.say("audit", "line_and_keys", (size.trim().parse()?, "B"), 1)?;
    let mut chance = Chance::new(7);
    let made = u32::try_from(lines)?;
    for (name, filter) in FILTERS {
        let (mut times, mut filled) = (Vec::new(), 0);
        for _ in 0..READINGS {
            let path = format!("/v1/audit?limit=50{}", filter(&mut chance, made));
            let begun = Instant::now();
            let page = house.call(Some(&house.people[0]), Method::GET, &path, Value::Null).await?;
            times.push(begun.elapsed());
            filled += usize::from(page["items"].as_array().is_some_and(|items| !items.is_empty()));
        }
        ensure!((filled == 0) == (*name == "nothing"), "{name}: {filled} of {READINGS} pages had lines");
        results.times("audit", &format!("lines_{lines}_{name}"), times)?;
    }
    let begun = Instant::now();
    let body = json!({ "format": "jsonl", "filter": { "name": "bench.name_7" } });
    house.call(Some(&house.people[0]), Method::POST, "/v1/audit/export", body).await?;
    results.say("audit", &format!("lines_{lines}_export_a_fortieth"), (begun.elapsed().as_secs_f64(), "s"), 1)?;
    server.stop().await
}

type Filter = fn(&mut Chance, u32) -> String;

/// What is asked for, by the name of the figure.
const FILTERS: &[(&str, Filter)] = &[
    ("newest", |_, _| String::new()),
    ("deep", |chance, lines| format!("&before={}", 100 + chance.below(lines - 100))),
    ("actor", |chance, _| format!("&actor={}", person(chance))),
    ("target", |chance, _| format!("&target={}", target(chance))),
    ("name", |chance, _| format!("&name=bench.name_{}", chance.below(40))),
    ("rare_name", |_, _| "&name=bench.rare".to_owned()),
    ("refused", |_, _| "&is_refused=true".to_owned()),
    ("period", |chance, lines| period(chance, lines)),
    ("actor_and_name", |chance, _| format!("&actor={}&name=bench.name_{}", person(chance), chance.below(40))),
    ("actor_and_period", |chance, lines| format!("&actor={}{}", person(chance), period(chance, lines))),
    ("target_and_refused", |chance, _| format!("&target={}&is_refused=true", target(chance))),
    ("refused_and_period", |chance, lines| format!("&is_refused=true{}", period(chance, lines))),
    ("nothing", |chance, _| format!("&actor={}&name=bench.rare&is_refused=true", person(chance))),
];

/// A day, or what there is of one.
fn period(chance: &mut Chance, lines: u32) -> String {
    let first = chrono::DateTime::parse_from_rfc3339(FIRST).unwrap_or_default();
    let from = first + chrono::TimeDelta::seconds(i64::from(chance.below(lines)));
    let text = |at: chrono::DateTime<chrono::FixedOffset>| at.to_rfc3339().replace("+00:00", "Z");
    format!("&from={}&until={}", text(from), text(from + chrono::TimeDelta::days(1)))
}

/// As the statement below names them: by the digits of a number.
fn person(chance: &mut Chance) -> String {
    format!("00000000-0000-4000-8000-{:012}", chance.below(ACTORS))
}

fn target(chance: &mut Chance) -> String {
    format!("00000000-0000-4000-9000-{:012}", chance.below(TARGETS))
}

fn fill(data: &std::path::Path, lines: u64) -> Result<()> {
    let id = |form: &str, n: &str| format!("('00000000-0000-4000-{form}-' || lpad(({n})::text, 12, '0'))::uuid");
    let (person, stands, to) = (id("8000", "n"), id("a000", "n * 7919 % 2000"), id("9000", "n * 104729 % 20000"));
    let pseudonym = id("a000", "n");
    ask(
        data,
        &format!(
            "insert into kernel.pseudonym (pseudonym, member_id) select {pseudonym}, {person} from generate_series(0, {ACTORS} - 1) n"
        ),
    )?;
    ask(
        data,
        &format!(
            "insert into kernel.audit_entry
                 (line, id, at, actor_kind, actor, name, target_kind, target, data, code, rule, request_id, trace, link)
             select c.line + n, gen_random_uuid(), '{FIRST}'::timestamptz + n * interval '1 second', 'member', {stands},
                 case when n % 100003 = 0 then 'bench.rare' else 'bench.name_' || ((n / 2000 + n * 31) % 40) end,
                 'member', {to}, e.data, case when n % 1009 = 0 then 'forbidden' end, 'people.edit', e.id, null, e.link
             from kernel.org_clock c,
                  (select * from kernel.audit_entry where name = 'directory.member_added' order by line limit 1) e,
                  generate_series(1::bigint, {lines}) n"
        ),
    )?;
    ask(data, &format!("update kernel.org_clock set line = line + {lines}"))?;
    ask(data, "analyze kernel.audit_entry")?;
    Ok(())
}
