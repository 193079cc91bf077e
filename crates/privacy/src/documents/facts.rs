//! What the documents say of the data map, apart from their sentences: kept with every version, so that an older one stays as it was
//! and two of them can be compared (`DOC-03`).

use std::collections::{BTreeMap, BTreeSet};

use kernel::data_map::{Asked, Category, Cn, Column, CookieKind, DataMap, Eu, Role, Stored, Table};
use serde::{Deserialize, Serialize};

use crate::periods;
use crate::words::Words;

/// What is built into the client, and nothing else of others is loaded by it.
const PACKAGE: &str = include_str!("../../../../web/package.json");

/// The facts of one version.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Facts {
    /// Whose they are.
    pub version: String,
    /// The days of the rules that are no period themselves; of `RET-04` the years, of `RET-17` how many.
    pub periods: BTreeMap<String, Vec<i64>>,
    /// The fewest and the most days an organisation may choose of its own besides, by rule.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub own: BTreeMap<String, [i64; 2]>,
    /// What can be used, by id.
    pub functions: BTreeMap<String, Function>,
    /// What data is for, by id.
    pub purposes: BTreeMap<String, Purpose>,
    /// Where something about people stands, by id: `chat.message` for tables, else the kind of place before it.
    pub stores: BTreeMap<String, Store>,
    /// By name.
    pub cookies: BTreeMap<String, Cookie>,
    /// Who outside gets something, by id.
    pub recipients: BTreeMap<String, Recipient>,
    /// What a browser or device is asked for, by id.
    pub permissions: BTreeMap<String, Permission>,
    /// Libraries of others in the client (`DOC-07`).
    pub components: BTreeSet<String>,
}

/// A function.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Function {
    /// What people read.
    pub names: Words,
    /// Whether it is on before anybody chooses.
    pub is_on_at_first: bool,
}

/// A purpose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Purpose {
    /// In plain words.
    pub sentence: Words,
    /// The function it serves.
    pub function: String,
    /// Whose purpose it is.
    pub role: Role,
    /// PIPL article 13.
    pub cn: Cn,
    /// GDPR article 6.
    pub eu: Eu,
    /// Whether each person is asked first.
    pub needs_consent: bool,
    /// What they are asked: of a version of its own, which a consent names, so that its words can be read later (`CON-14`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consent: Option<Asked>,
}

/// A place where something about people stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Store {
    /// What kind of place.
    pub place: Place,
    /// When it goes.
    pub rule: String,
    /// The kinds of data, by purpose.
    pub holds: BTreeMap<String, BTreeSet<Category>>,
}

/// What kind of place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// Rows on the server.
    Database,
    /// Files on the server, or in the store its operator chose.
    Files,
    /// What is derived to find things.
    Index,
    /// What waits to be done.
    Jobs,
    /// Lines the server writes.
    Logs,
    /// Files the program writes for people.
    Exports,
    /// Copies of the server.
    Backups,
    /// Nowhere but in the memory of the server.
    Memory,
    /// The browser, until it is deleted there.
    LocalStorage,
    /// The browser, until the window closes.
    SessionStorage,
    /// The browser's database.
    IndexedDb,
    /// The browser's cache of the program.
    Cache,
}

/// A cookie.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cookie {
    /// There is no fourth kind.
    pub kind: CookieKind,
    /// What for.
    pub purpose: String,
    /// Seconds; 0: until the browser closes.
    pub kept_for_s: u32,
    /// Whether scripts of the page can read it.
    pub is_script_readable: bool,
}

/// Who outside gets something (`SHR-02`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recipient {
    /// Who.
    pub name: Words,
    /// How to reach them.
    pub contact: Words,
    /// Where.
    pub region: Words,
    /// How it gets there.
    pub method: Words,
    /// What.
    pub kinds: Words,
    /// What for.
    pub purpose: String,
}

/// What a browser or device is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Permission {
    /// What it is called there.
    pub names: Words,
    /// The function it serves.
    pub function: String,
    /// What for.
    pub purpose: String,
    /// What becomes of what it opens, and what one does without it.
    pub otherwise: Words,
}

impl Facts {
    /// What a map says, under the name of a version.
    pub fn of(map: &DataMap, version: &str) -> Self {
        let function = |one: &kernel::data_map::Function| Function {
            names: Words::from(&one.names),
            is_on_at_first: one.default_on,
        };
        let stores: BTreeMap<String, Store> = rows(map).chain(places(map)).chain(elsewhere(map)).collect();
        let rules = stores.values().map(|store| store.rule.as_str()).chain(map.table.values().map(|t| t.rule.as_str()));
        let periods = rules.chain(periods::SIGN_INS);
        Self {
            version: version.to_owned(),
            periods: periods.filter_map(|rule| Some((rule.to_owned(), days(map, rule)?))).collect(),
            own: map.rule.iter().filter_map(|(id, rule)| Some((id.clone(), rule.own?.map(i64::from)))).collect(),
            functions: map.function.iter().map(|(id, one)| (id.clone(), function(one))).collect(),
            purposes: map.purpose.iter().map(|(id, one)| (id.clone(), Purpose::from(one))).collect(),
            cookies: map.cookie.iter().map(|(id, one)| (id.clone(), Cookie::from(one))).collect(),
            recipients: map.recipient.iter().map(|(id, one)| (id.clone(), Recipient::from(one))).collect(),
            permissions: map.permission.iter().map(|(id, one)| (id.clone(), Permission::from(one))).collect(),
            components: components(PACKAGE),
            stores,
        }
    }
}

/// Of a rule, each choice where there is one.
fn days(map: &DataMap, rule: &str) -> Option<Vec<i64>> {
    let chosen = map.rule.get(rule).filter(|known| !known.choices.is_empty());
    chosen.map(|known| known.choices.iter().map(|days| i64::from(*days)).collect()).or_else(|| periods::days(rule))
}

/// Tables with a column about people.
fn rows(map: &DataMap) -> impl Iterator<Item = (String, Store)> {
    map.table.iter().filter_map(|(id, table)| {
        let holds = columns(table);
        let store = Store { place: Place::Database, rule: table.rule.clone(), holds };
        (!store.holds.is_empty()).then(|| (id.clone(), store))
    })
}

fn columns(table: &Table) -> BTreeMap<String, BTreeSet<Category>> {
    let mut holds: BTreeMap<String, BTreeSet<Category>> = BTreeMap::new();
    for column in table.columns.values() {
        if let Column::Personal(personal) = column {
            holds.entry(personal.purpose.clone()).or_default().insert(personal.category);
        }
    }
    holds
}

/// Files, indexes and whatever else is kept on the server, where it is about people.
fn places(map: &DataMap) -> impl Iterator<Item = (String, Store)> {
    let kinds = [
        ("files", Place::Files, &map.blob),
        ("index", Place::Index, &map.index),
        ("jobs", Place::Jobs, &map.queue),
        ("logs", Place::Logs, &map.log),
        ("exports", Place::Exports, &map.export),
        ("backups", Place::Backups, &map.backup),
    ];
    kinds.into_iter().flat_map(|(word, place, stored)| {
        stored.iter().filter_map(move |(id, one)| Some((format!("{word} {id}"), kept(place, one)?)))
    })
}

fn kept(place: Place, stored: &Stored) -> Option<Store> {
    let (purpose, category) = (stored.purpose.clone()?, stored.category?);
    Some(Store { place, rule: stored.rule.clone(), holds: BTreeMap::from([(purpose, BTreeSet::from([category]))]) })
}

/// What stands in browsers, and what is only in memory.
fn elsewhere(map: &DataMap) -> impl Iterator<Item = (String, Store)> {
    let of = |purpose: &str, category: Category| BTreeMap::from([(purpose.to_owned(), BTreeSet::from([category]))]);
    let browsers = map.browser.iter().map(move |(id, one)| {
        let place = match one.kind.as_str() {
            "session_storage" => Place::SessionStorage,
            "indexed_db" => Place::IndexedDb,
            "cache" => Place::Cache,
            _ => Place::LocalStorage,
        };
        let store = Store { place, rule: one.rule.clone(), holds: of(&one.purpose, one.category) };
        (format!("browser {id}"), store)
    });
    let memory = map.memory.iter().map(move |(id, one)| {
        let holds = of(&one.purpose, one.category);
        (format!("memory {id}"), Store { place: Place::Memory, rule: one.rule.clone(), holds })
    });
    browsers.chain(memory)
}

/// The names of what the client is built of; their numbers change without anything that is told here changing.
fn components(package: &str) -> BTreeSet<String> {
    let package: serde_json::Value = serde_json::from_str(package).unwrap_or_default();
    package["dependencies"].as_object().into_iter().flatten().map(|(name, _)| name.clone()).collect()
}

impl From<&kernel::data_map::Purpose> for Purpose {
    fn from(one: &kernel::data_map::Purpose) -> Self {
        Self {
            sentence: Words::from(&one.sentence),
            function: one.function.clone(),
            role: one.role,
            cn: one.ground.cn,
            eu: one.ground.eu,
            needs_consent: one.needs_consent(),
            consent: one.consent.clone(),
        }
    }
}

impl From<&kernel::data_map::Cookie> for Cookie {
    fn from(one: &kernel::data_map::Cookie) -> Self {
        Self {
            kind: one.kind,
            purpose: one.purpose.clone(),
            kept_for_s: one.kept_for_s,
            is_script_readable: one.is_script_readable,
        }
    }
}

impl From<&kernel::data_map::Recipient> for Recipient {
    fn from(one: &kernel::data_map::Recipient) -> Self {
        Self {
            name: Words::from(&one.name),
            contact: Words::from(&one.contact),
            region: Words::from(&one.region),
            method: Words::from(&one.method),
            kinds: Words::from(&one.kinds),
            purpose: one.purpose.clone(),
        }
    }
}

impl From<&kernel::data_map::Permission> for Permission {
    fn from(one: &kernel::data_map::Permission) -> Self {
        Self {
            names: Words::from(&one.names),
            function: one.function.clone(),
            purpose: one.purpose.clone(),
            otherwise: Words::from(&one.otherwise),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::components;

    #[test]
    fn doc_07_the_libraries_are_those_the_client_is_built_of() {
        let found =
            components(r#"{ "dependencies": { "react": "1", "qr": "2" }, "devDependencies": { "vite": "3" } }"#);
        assert_eq!(found.into_iter().collect::<Vec<_>>(), ["qr", "react"]);
    }
}
