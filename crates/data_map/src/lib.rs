//! The data map: every place personal data can stand, and for what, on what ground, how long. Each crate declares its
//! part in `data_map.toml`; the composed map is what retention, erasure, export, prompts and documents run from.

mod check;
mod model;
mod places;
mod restricted;
mod rules;
mod words;

pub use check::{AFTER_END, Undeclared, undeclared_columns};
pub use model::{
    Asked, Category, Cn, Column, Erasure, Eu, Export, Function, FunctionKind, Grounds, Holds, Names, Nobody, Opens,
    Personal, Purpose, Role, Scope, Stored, Table,
};
pub use places::{Browser, Cookie, CookieKind, Host, Memory, Permission, Recipient};
pub use restricted::Restricted;
pub use rules::{Rule, RuleKind};
pub use words::Words;

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

/// The parts of one crate, or of all of them together. Keys are ids; ids of tables are `schema.table`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct DataMap {
    /// What can be switched.
    pub function: BTreeMap<String, Function>,
    /// What data is for.
    pub purpose: BTreeMap<String, Purpose>,
    /// Who outside gets data.
    pub recipient: BTreeMap<String, Recipient>,
    /// What the numbered rules of retention are.
    pub rule: BTreeMap<String, Rule>,
    /// Rows.
    pub table: BTreeMap<String, Table>,
    /// Bytes outside rows: files, recordings.
    pub blob: BTreeMap<String, Stored>,
    /// What is derived to find things.
    pub index: BTreeMap<String, Stored>,
    /// Payloads of jobs.
    pub queue: BTreeMap<String, Stored>,
    /// Fields of log lines that tell who or what somebody's was meant.
    pub log: BTreeMap<String, Stored>,
    /// Fields of log lines that are about nobody: codes, counts, durations.
    pub technical_log: BTreeSet<String>,
    /// Cookies.
    pub cookie: BTreeMap<String, Cookie>,
    /// Local storage, IndexedDB, caches of the browser.
    pub browser: BTreeMap<String, Browser>,
    /// Hosts the program calls.
    pub host: BTreeMap<String, Host>,
    /// What a browser or device is asked for.
    pub permission: BTreeMap<String, Permission>,
    /// What is only ever in memory.
    pub memory: BTreeMap<String, Memory>,
    /// Files the program writes for people.
    pub export: BTreeMap<String, Stored>,
    /// What backups carry.
    pub backup: BTreeMap<String, Stored>,
}

/// Reads the part of one crate; its tables are those of the schema of the crate's name.
pub fn parse(schema: &str, text: &str) -> Result<DataMap> {
    let mut map: DataMap = toml::from_str(text).with_context(|| format!("data_map.toml of {schema}"))?;
    map.table = map.table.into_iter().map(|(name, table)| (format!("{schema}.{name}"), table)).collect();
    Ok(map)
}

/// The map of all crates, from their names and texts; two entries of one id, or a purpose, function or recipient that
/// nobody declares, is an error.
pub fn compose(parts: &[(&str, &str)]) -> Result<DataMap> {
    let mut all = DataMap::default();
    for (name, text) in parts {
        let part = parse(name, text)?;
        join(&mut all.function, part.function)?;
        join(&mut all.purpose, part.purpose)?;
        join(&mut all.recipient, part.recipient)?;
        join(&mut all.rule, part.rule)?;
        join(&mut all.table, part.table)?;
        join(&mut all.blob, part.blob)?;
        join(&mut all.index, part.index)?;
        join(&mut all.queue, part.queue)?;
        join(&mut all.log, part.log)?;
        all.technical_log.extend(part.technical_log);
        join(&mut all.cookie, part.cookie)?;
        join(&mut all.browser, part.browser)?;
        join(&mut all.host, part.host)?;
        join(&mut all.permission, part.permission)?;
        join(&mut all.memory, part.memory)?;
        join(&mut all.export, part.export)?;
        join(&mut all.backup, part.backup)?;
    }
    check::consistent(&all)?;
    Ok(all)
}

fn join<T>(all: &mut BTreeMap<String, T>, part: BTreeMap<String, T>) -> Result<()> {
    for (id, entry) in part {
        ensure!(!all.contains_key(&id), "the data map declares {id} twice");
        all.insert(id, entry);
    }
    Ok(())
}
