//! The tables of the documents, made of the facts: a paragraph that is only `{collection}` becomes one.

use std::collections::{BTreeMap, BTreeSet};

use kernel::data_map::Category;

use super::facts::{Facts, Store};
use super::kept;
use super::model::Block;
use super::words::{self, place};
use texts::{Language, Text};

const DAY_S: u32 = 86_400;

/// What stands for the field. None when there is no table of that name.
pub fn block(name: &str, facts: &Facts, language: Language) -> Option<Block> {
    let table = match name {
        "{collection}" => collection(facts, language),
        "{recipients}" => recipients(facts, language),
        "{permissions}" => permissions(facts, language),
        "{components}" => components(facts, language),
        "{cookies}" => cookies(facts, language),
        "{browser}" => browser(facts, language),
        _ => return None,
    };
    let Table { columns, rows } = table;
    if rows.is_empty() {
        return Some(Block::paragraph(language.of(words::NOBODY)));
    }
    Some(Block::Table { columns: columns.iter().map(|title| language.of(*title).to_owned()).collect(), rows })
}

struct Table {
    columns: Vec<Text>,
    rows: Vec<Vec<String>>,
}

/// Where a kind of data stands for one purpose, and until when.
#[derive(Default)]
struct Held<'a> {
    kinds: BTreeSet<Category>,
    stores: Vec<&'a Store>,
    has_cookie: bool,
}

/// Each purpose for which something about people is kept, with what it is (`DOC-04`).
fn collection(facts: &Facts, language: Language) -> Table {
    let mut held: BTreeMap<(&str, &str), Held<'_>> = BTreeMap::new();
    let function = |purpose: &str| facts.purposes.get(purpose).map_or("", |one| one.function.as_str());
    for store in facts.stores.values() {
        for (purpose, kinds) in store.holds.iter().filter(|(_, kinds)| !is_technical(kinds)) {
            let one = held.entry((function(purpose), purpose.as_str())).or_default();
            one.kinds.extend(kinds);
            one.stores.push(store);
        }
    }
    for cookie in facts.cookies.values() {
        let purpose = cookie.purpose.as_str();
        held.entry((function(purpose), purpose)).or_default().has_cookie = true;
    }
    let row = |((function, purpose), one): ((&str, &str), Held<'_>)| {
        let known = facts.purposes.get(purpose)?;
        let function = facts.functions.get(function).map_or("", |function| function.names.in_language(language));
        let grounds = [known.cn.words(), known.eu.words()].map(|ground| language.of(ground));
        let until = one.stores.iter().map(|store| kept::until(facts, &store.rule, language));
        let until = until.chain(one.has_cookie.then(|| cookies_until(facts, purpose, language)));
        let places = one.stores.iter().map(|store| language.of(place(store.place)));
        let places = places.chain(one.has_cookie.then(|| language.of(words::COOKIE)));
        Some(vec![
            function.to_owned(),
            known.sentence.in_language(language).to_owned(),
            kinds(&one.kinds, language),
            grounds.join(language.of(["；", "；", "; "])),
            each_once(until, language),
            each_once(places.map(str::to_owned), language),
        ])
    };
    Table {
        columns: vec![words::FUNCTION, words::PURPOSE, words::KINDS, words::GROUND, words::KEPT, words::WHERE],
        rows: held.into_iter().filter_map(row).collect(),
    }
}

/// Who outside gets something, and what (`DOC-06`, `SHR-02`).
fn recipients(facts: &Facts, language: Language) -> Table {
    let row = |one: &super::facts::Recipient| {
        let purpose = facts.purposes.get(&one.purpose).map(|purpose| &purpose.sentence);
        let (who, what) = ([&one.name, &one.contact, &one.region].map(Some), [&one.kinds, &one.method].map(Some));
        let cells = who.into_iter().chain([purpose]).chain(what);
        cells.map(|cell| cell.map_or("", |words| words.in_language(language)).to_owned()).collect::<Vec<_>>()
    };
    Table {
        columns: vec![words::RECIPIENT, words::CONTACT, words::REGION, words::PURPOSE, words::KINDS, words::METHOD],
        rows: facts.recipients.values().map(row).collect(),
    }
}

/// What browser and device are asked for (`DOC-05`).
fn permissions(facts: &Facts, language: Language) -> Table {
    let row = |one: &super::facts::Permission| {
        let function = facts.functions.get(&one.function).map_or("", |known| known.names.in_language(language));
        let purpose = facts.purposes.get(&one.purpose).map_or("", |known| known.sentence.in_language(language));
        let (names, otherwise) = (one.names.in_language(language), one.otherwise.in_language(language));
        [names, function, purpose, otherwise].map(str::to_owned).to_vec()
    };
    Table {
        columns: vec![words::PERMISSION, words::FUNCTION, words::PURPOSE, words::OTHERWISE],
        rows: facts.permissions.values().map(row).collect(),
    }
}

/// Libraries of others in the client: none of them sends anything anywhere (`DOC-07`, `SDK-03`).
fn components(facts: &Facts, language: Language) -> Table {
    let row = |name: &String| vec![name.clone(), language.of(words::NOTHING).to_owned()];
    Table { columns: vec![words::COMPONENT, words::RECEIVES], rows: facts.components.iter().map(row).collect() }
}

/// Every cookie there is (`CKE-01`, `CKE-04`).
fn cookies(facts: &Facts, language: Language) -> Table {
    let row = |(name, one): (&String, &super::facts::Cookie)| {
        let purpose = facts.purposes.get(&one.purpose).map_or("", |known| known.sentence.in_language(language));
        let readable = if one.is_script_readable { words::YES } else { words::NO };
        vec![
            name.clone(),
            language.of(words::cookie(one.kind)).to_owned(),
            purpose.to_owned(),
            seconds(one.kept_for_s, language),
            language.of(readable).to_owned(),
        ]
    };
    Table {
        columns: vec![words::NAME, words::KIND, words::PURPOSE, words::KEPT, words::READABLE],
        rows: facts.cookies.iter().map(row).collect(),
    }
}

/// What else browsers keep.
fn browser(facts: &Facts, language: Language) -> Table {
    let stores = facts.stores.iter().filter_map(|(id, store)| Some((id.strip_prefix("browser ")?, store)));
    let rows = stores.flat_map(|(name, store)| {
        store.holds.iter().map(move |(purpose, held)| {
            let purpose = facts.purposes.get(purpose).map_or("", |known| known.sentence.in_language(language));
            vec![
                name.to_owned(),
                language.of(place(store.place)).to_owned(),
                kinds(held, language),
                purpose.to_owned(),
                kept::until(facts, &store.rule, language),
            ]
        })
    });
    Table { columns: vec![words::NAME, words::WHERE, words::KINDS, words::PURPOSE, words::KEPT], rows: rows.collect() }
}

fn is_technical(kinds: &BTreeSet<Category>) -> bool {
    kinds.iter().all(|kind| *kind == Category::Technical)
}

/// By name, the sensitive ones marked (`CON-03`).
fn kinds(kinds: &BTreeSet<Category>, language: Language) -> String {
    let named = kinds.iter().map(|kind| {
        let mark = if kind.is_sensitive() { " ★" } else { "" };
        format!("{}{mark}", language.of(kind.words()))
    });
    named.collect::<Vec<_>>().join(language.of(words::LIST))
}

fn each_once(texts: impl Iterator<Item = String>, language: Language) -> String {
    let mut said: Vec<String> = Vec::new();
    for text in texts {
        if !said.contains(&text) {
            said.push(text);
        }
    }
    said.join(language.of(["；", "；", "; "]))
}

fn cookies_until(facts: &Facts, purpose: &str, language: Language) -> String {
    let longest = facts.cookies.values().filter(|one| one.purpose == purpose).map(|one| one.kept_for_s).max();
    seconds(longest.unwrap_or_default(), language)
}

fn seconds(seconds: u32, language: Language) -> String {
    let (words, number) = match seconds {
        0 => (words::BROWSER_END, 0),
        DAY_S.. => (words::DAYS, seconds / DAY_S),
        _ => (words::HOURS, seconds / 3_600),
    };
    language.of(words).replace("{n}", &number.to_string())
}
