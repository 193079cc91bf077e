//! Search against plain `grep` on texts that nobody here wrote (`SRCH-01`): the fortunes of Debian in Chinese and English
//! and the Chinese manual pages, more than 100,000 messages over two months. Installed by `scripts/test`, not committed.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

use chat::{Sending, Text};
use chrono::{DateTime, TimeDelta, Utc};
use futures_util::future::join_all;
use rust_stemmers::{Algorithm, Stemmer};
use serde_json::Value;

use crate::talk::Office;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

const FORTUNES: &str = "/usr/share/games/fortunes";
const MANUAL: &str = "/usr/share/man/zh_CN";
const MESSAGES: usize = 101_000;
/// Messages that are sent at once, as by so many people.
const AT_ONCE: usize = 2_000;
const TERMS: usize = 300;
/// Of a term that is found more often the newest so many are compared.
const COMPARED: usize = 500;

/// Alphabets with words are before this; Chinese text beside an English word does not belong to it.
const FIRST_NO_ALPHABET: char = '\u{2e80}';

/// What may be a mark of Markdown.
const MARKS: &str = "*_~`\\";

/// A message that was sent, in the order in which it is found.
struct Said {
    key: Reverse<(DateTime<Utc>, String, i64)>,
    text: String,
}

/// Fortunes whole, the manual line by line; fortunes come last, so that they are mixed with it.
fn corpus() -> Option<Vec<String>> {
    if [FORTUNES, MANUAL].iter().any(|folder| !fs::exists(folder).unwrap()) {
        return None;
    }
    let mut texts = Vec::new();
    let mut fortunes: Vec<_> = fs::read_dir(FORTUNES).ok()?.map(|entry| entry.unwrap().path()).collect();
    fortunes.sort();
    for path in fortunes.iter().filter(|path| path.extension().is_none()) {
        let Ok(text) = fs::read_to_string(path) else { continue };
        texts.extend(text.split("\n%\n").map(ToOwned::to_owned));
    }
    let pages = format!("find {MANUAL} -type f -name '*.gz' | LC_ALL=C sort | xargs zcat");
    let manual = String::from_utf8_lossy(&Command::new("sh").args(["-c", &pages]).output().ok()?.stdout).into_owned();
    texts.extend(manual.lines().filter(|line| line.chars().count() > 3).map(ToOwned::to_owned));
    texts.retain(|text| !text.trim().is_empty() && text.len() < 4_000 && !text.contains('\0'));
    texts.truncate(MESSAGES);
    assert_eq!(texts.len(), MESSAGES, "there is less in the packages than there was");
    Some(texts)
}

/// Sends everything, a part of it where the reader is not; says what the reader may find, newest first.
async fn talk(office: &Office, texts: Vec<String>) -> Vec<Said> {
    let (lunch, direct) =
        (office.group(&office.ann, &[&office.bob]).await, office.direct(&office.ann, &office.bob).await);
    let elsewhere = office.direct(&office.ann, &office.eve).await;
    let rooms = [&lunch, &direct, &lunch, &elsewhere];
    let mut said = Vec::new();
    for chunk in texts.chunks(AT_ONCE) {
        office.t.clock.advance(TimeDelta::hours(28));
        let sendings = chunk.iter().enumerate().map(|(at, text)| {
            let conversation = rooms[at % rooms.len()].parse().unwrap();
            let body = Text {
                v: 1,
                text: text.clone(),
                mentions: vec![],
                mentions_all: false,
                reply_to: None,
                forwarded: None,
                files: vec![],
            };
            let sending = Sending { conversation, client_id: office.client_id(), body, file_ids: vec![] };
            chat::send(&office.t.app, office.ann.org, office.ann.id, sending)
        });
        for (at, sent) in join_all(sendings).await.into_iter().enumerate() {
            let (_, message) = sent.unwrap();
            let room = rooms[at % rooms.len()];
            if *room != elsewhere {
                said.push(Said { key: Reverse((message.sent_at, room.clone(), message.seq)), text: chunk[at].clone() });
            }
        }
    }
    said.sort_by(|a, b| a.key.cmp(&b.key));
    said
}

/// Chance that is the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % most
    }
}

fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// Terms of two to six characters as they stand in the texts: two of three parts of Chinese text, the others beginnings of
/// English words.
fn sample(said: &[Said]) -> Vec<String> {
    let (mut dice, mut terms) = (Dice(20_261_129), BTreeSet::new());
    while terms.len() < TERMS {
        let (is_chinese, length) = (dice.below(3) > 0, 2 + dice.below(5));
        let chars: Vec<char> = said[dice.below(said.len())].text.chars().collect();
        let is_part = |c: char| if is_chinese { is_han(c) } else { c.is_ascii_alphabetic() };
        let is_start = |at: usize| is_chinese || at == 0 || !chars[at - 1].is_ascii_alphabetic();
        let starts: Vec<usize> = (0..(chars.len() + 1).saturating_sub(length))
            .filter(|at| is_start(*at) && chars[*at..*at + length].iter().all(|c| is_part(*c)))
            .collect();
        if !starts.is_empty() {
            let from = starts[dice.below(starts.len())];
            terms.insert(chars[from..from + length].iter().collect::<String>().to_lowercase());
        }
    }
    terms.into_iter().collect()
}

/// As `grep -i` finds: Chinese anywhere, English where a word begins.
fn grep(text: &str, term: &str) -> bool {
    if !term.is_ascii() {
        return text.contains(term);
    }
    let text = text.to_lowercase();
    let is_inside =
        |at: usize| text[..at].chars().next_back().is_some_and(|c| c.is_alphabetic() && c < FIRST_NO_ALPHABET);
    text.match_indices(term).any(|(at, _)| !is_inside(at))
}

/// Whether a word of the same English stem stands in it: rightly found, although `grep` does not.
fn has_stem(text: &str, term: &str) -> bool {
    let stemmer = Stemmer::create(Algorithm::English);
    let stem = stemmer.stem(term);
    let text = text.to_lowercase();
    text.split(|c: char| !c.is_ascii_alphabetic()).any(|word| stemmer.stem(word) == stem)
}

/// A word is found without its accents too: `et` in d'état.
fn without_accents(text: &str) -> String {
    text.nfd().filter(|c| !is_combining_mark(*c)).collect()
}

type Key = (DateTime<Utc>, String, i64);

/// The newest hits, page by page.
async fn found(office: &Office, term: &str) -> Vec<Key> {
    let (mut found, mut cursor): (Vec<Key>, _) = (Vec::new(), String::new());
    loop {
        let answer = office.search(&office.bob, &format!("q={term}&limit=100{cursor}")).await;
        found.extend(answer["hits"].as_array().unwrap().iter().map(key));
        match answer["next"].as_str() {
            Some(next) if found.len() < COMPARED => cursor = format!("&cursor={next}"),
            _ => return found,
        }
    }
}

fn key(hit: &Value) -> Key {
    let at = hit["message"]["sent_at"].as_str().unwrap().parse().unwrap();
    (at, hit["conversation_id"].as_str().unwrap().to_owned(), hit["message"]["seq"].as_i64().unwrap())
}

/// What the comparison came to.
#[derive(Default)]
struct Tally {
    expected: usize,
    missed: Vec<(String, String)>,
    wrong: Vec<(String, String)>,
    by_stem: usize,
}

impl Tally {
    fn compare(&mut self, term: &str, said: &[Said], found: &[Key]) {
        // Further back than the last hit nothing was asked for.
        let last = if found.len() < COMPARED { None } else { found.last() };
        let found: BTreeSet<&Key> = found.iter().collect();
        let asked = said.iter().take_while(|said| last.is_none_or(|last| said.key.0 >= *last));
        for said in asked.filter(|said| grep(&said.text, term)) {
            self.expected += 1;
            if !found.contains(&said.key.0) {
                self.missed.push((term.to_owned(), said.text.clone()));
            }
        }
        for key in found {
            let place = said.binary_search_by(|said| said.key.cmp(&Reverse(key.clone())));
            self.judge(term, place.map_or("", |place| said[place].text.as_str()));
        }
    }

    fn judge(&mut self, term: &str, text: &str) {
        if grep(text, term) {
            return;
        }
        // Across what is a mark in the source: independent of how marks are read, and lenient.
        let bare: String = text.chars().filter(|c| !MARKS.contains(*c)).collect();
        if grep(&bare, term) {
            return;
        }
        if term.is_ascii() && (has_stem(text, term) || grep(&without_accents(text), term)) {
            self.by_stem += 1;
        } else {
            self.wrong.push((term.to_owned(), text.to_owned()));
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everything_that_grep_finds_is_found_and_nothing_else() {
    let texts =
        corpus().expect("manpages-zh, fortunes-zh and fortunes are needed; `scripts/test system` installs them");
    let office = Office::open().await;
    let said = talk(&office, texts).await;
    office.index().await;
    let mut tally = Tally::default();
    for term in sample(&said) {
        tally.compare(&term, &said, &found(&office, &term).await);
    }
    let Tally { expected, missed, wrong, by_stem } = tally;
    let recall = 1.0 - missed.len() as f64 / expected as f64;
    println!(
        "{} messages, {expected} places: recall {recall:.5}, wrong {}, by stem {by_stem}",
        said.len(),
        wrong.len()
    );
    assert!(expected > 5_000, "a sample that says something");
    assert!(recall >= 0.995, "missed {:?}", &missed[..missed.len().min(10)]);
    assert!(wrong.is_empty(), "{:?}", &wrong[..wrong.len().min(10)]);
}
