//! 100,000 messages that nobody here wrote, Debian's fortunes and Chinese manual pages, in forty conversations of which
//! the reader is in half; then searches of two to six characters as they stand in them, a page of twenty each.

use std::fs;
use std::process::Command;
use std::rc::Rc;
use std::time::{Duration, Instant};

use anyhow::Context;
use reqwest::{Method, Url};
use serde_json::{Value, json};

use crate::folder::Folder;
use crate::house::House;
use crate::measure::Results;
use crate::peer::tulou::Server;
use crate::target::tulou::Tulou;

const PORT: u16 = 18107;
const MESSAGES: usize = 100_000;
const CONVERSATIONS: usize = 40;
const SEARCHES: usize = 1000;
const OUTSTANDING: usize = 400;
/// Messages whose way into the index is measured once everything is found.
const ORDINARY: usize = 40;
const LOOK: Duration = Duration::from_millis(20);
const LAST: &str = "xylophonequartz";

pub async fn run(results: &mut Results) -> anyhow::Result<()> {
    let texts = corpus().context("search needs the packages manpages-zh, fortunes-zh and fortunes")?;
    let folder = Folder::new("search")?;
    let server = Server::start(&folder.path, PORT).await?;
    let target = Tulou(Rc::new(House::build(&server, 3).await?));
    let house = &target.0;
    let begun = Instant::now();
    let conversations = fill(&target, &texts).await?;
    let sent = begun.elapsed();
    while found(house, LAST, 20).await? < CONVERSATIONS / 2 {
        tokio::time::sleep(LOOK).await;
    }
    results.say("search", "fill", (texts.len() as f64 / sent.as_secs_f64(), "messages/s"), texts.len())?;
    results.say("search", "lag_after_fill", ((begun.elapsed() - sent).as_secs_f64(), "s"), 1)?;
    let mut times = Vec::with_capacity(SEARCHES);
    let mut dice = Dice(20_261_129);
    for _ in 0..SEARCHES {
        let term = term(&texts, &mut dice);
        let begun = Instant::now();
        found(house, &term, 20).await?;
        times.push(begun.elapsed());
    }
    results.times("search", "words", times)?;
    let mut times = Vec::new();
    for _ in 0..SEARCHES / 10 {
        let term: String = term(&texts, &mut dice).chars().take(1).collect();
        let begun = Instant::now();
        found(house, &term, 20).await?;
        times.push(begun.elapsed());
    }
    results.times("search", "single_character", times)?;
    let mut lags = Vec::with_capacity(ORDINARY);
    for n in 0..ORDINARY {
        lags.push(lag(&target, &conversations[0], n).await?);
    }
    results.times("search", "lag_in_ordinary_use", lags)?;
    server.stop().await
}

/// From the acknowledgement of a message, which comes with forty others, until it can be found by a word nobody used yet.
async fn lag(target: &Tulou, conversation: &str, n: usize) -> anyhow::Result<Duration> {
    let letters: String = format!("{n:04}").bytes().map(|digit| char::from(b'a' + digit - b'0')).collect();
    let word = format!("zyxquvw{letters}");
    let mut messages = vec![(conversation, "the beam of the north wall is dry and the door is hung"); 40];
    messages.push((conversation, &word));
    target.say(0, &messages, OUTSTANDING).await?;
    let begun = Instant::now();
    while found(&target.0, &word, 1).await? == 0 {
        tokio::time::sleep(LOOK).await;
    }
    Ok(begun.elapsed())
}

/// How many are found on the first page.
async fn found(house: &House, term: &str, limit: usize) -> anyhow::Result<usize> {
    let url = Url::parse_with_params("http://x/v1/messages/search", [("q", term), ("limit", &limit.to_string())])?;
    let path = format!("{}?{}", url.path(), url.query().unwrap_or_default());
    let answer = house.call(Some(&house.people[1]), Method::GET, &path, Value::Null).await?;
    Ok(answer["hits"].as_array().map_or(0, Vec::len))
}

/// Half of the conversations with the reader, half without.
async fn fill(target: &Tulou, texts: &[String]) -> anyhow::Result<Vec<String>> {
    let house = &target.0;
    let mut conversations = Vec::new();
    for number in 0..CONVERSATIONS {
        let other = &house.people[1 + number % 2].member;
        let body = json!({"kind": "group", "name": format!("Group {number}"), "member_ids": [other]});
        conversations.push(house.begin(0, body).await?);
    }
    let places = conversations.iter().cycle().map(String::as_str);
    let mut messages: Vec<(&str, &str)> = places.zip(texts.iter().map(String::as_str)).collect();
    // The last one is in each conversation, since they are indexed one after the other.
    messages.extend(conversations.iter().map(|conversation| (&**conversation, LAST)));
    target.say(0, &messages, OUTSTANDING).await?;
    Ok(conversations)
}

/// Fortunes whole, the manual line by line.
fn corpus() -> Option<Vec<String>> {
    let mut texts = Vec::new();
    let mut fortunes: Vec<_> =
        fs::read_dir("/usr/share/games/fortunes").ok()?.flatten().map(|file| file.path()).collect();
    fortunes.sort();
    for path in fortunes.iter().filter(|path| path.extension().is_none()) {
        let Ok(text) = fs::read_to_string(path) else { continue };
        texts.extend(text.split("\n%\n").map(ToOwned::to_owned));
    }
    let pages = "find /usr/share/man/zh_CN -type f -name '*.gz' | LC_ALL=C sort | xargs zcat";
    let manual = String::from_utf8_lossy(&Command::new("sh").args(["-c", pages]).output().ok()?.stdout).into_owned();
    texts.extend(manual.lines().filter(|line| line.chars().count() > 3).map(ToOwned::to_owned));
    texts.retain(|text| !text.trim().is_empty() && text.len() < 4_000 && !text.contains('\0'));
    texts.truncate(MESSAGES);
    (texts.len() == MESSAGES).then_some(texts)
}

/// Two to six characters as they stand in the texts: two of three of Chinese, the others of the beginning of a word.
fn term(texts: &[String], dice: &mut Dice) -> String {
    loop {
        let (is_chinese, length) = (dice.below(3) > 0, 2 + dice.below(5));
        let chars: Vec<char> = texts[dice.below(texts.len())].chars().collect();
        let is_part =
            |c: &char| if is_chinese { ('\u{4e00}'..='\u{9fff}').contains(c) } else { c.is_ascii_alphabetic() };
        let is_start = |at: usize| is_chinese || at == 0 || !chars[at - 1].is_alphanumeric();
        let starts: Vec<usize> = (0..(chars.len() + 1).saturating_sub(length))
            .filter(|at| is_start(*at) && chars[*at..*at + length].iter().all(is_part))
            .collect();
        if !starts.is_empty() {
            let from = starts[dice.below(starts.len())];
            return chars[from..from + length].iter().collect();
        }
    }
}

/// Chance that is the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % most
    }
}
