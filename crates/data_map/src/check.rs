//! What a data map must satisfy, in itself and against the database.

use std::collections::BTreeSet;

use anyhow::{Result, ensure};
use sqlx::PgConnection;

use crate::{Category, Cn, Column, DataMap, Eu, Export, Opens, Personal, Scope, Table};

/// Before a period that begins when the thing is over, not when the row was written: `end+P180D`.
pub const AFTER_END: &str = "end+";

/// The rule that the organisation sets for messages.
const MESSAGES: &str = "RET-09";

/// How columns are called that hold what somebody could sign in with, or be found by.
const CREDENTIALS: [&str; 3] = ["hash", "hmac", "token"];

/// Lives of things that rows may share instead of a numbered rule.
const LIVES: [&str; 9] = [
    "installation",
    "organisation",
    "account",
    "membership",
    "session",
    "conversation",
    "technical",
    "request",
    "setting",
];

/// Every purpose, function and recipient that is named is declared; rules are known; sensitive content is sealed.
pub(crate) fn consistent(map: &DataMap) -> Result<()> {
    let mut wrong = Vec::new();
    wrong.extend(map.rule.iter().filter_map(|(id, rule)| Some(format!("rule {id}: {}", rule.problem()?))));
    for (id, purpose) in &map.purpose {
        if !map.function.contains_key(&purpose.function) {
            wrong.push(format!("purpose {id}: no function {}", purpose.function));
        }
        let rests_on_it = purpose.ground.cn == Cn::Consent || purpose.ground.eu == Eu::Consent;
        match &purpose.consent {
            None if rests_on_it => {
                wrong.push(format!("purpose {id}: rests on consent, and nothing says what is asked"))
            }
            Some(asked) if !map.table.contains_key(&asked.kept_in) => {
                wrong.push(format!("purpose {id}: no table {}", asked.kept_in));
            }
            Some(asked) if asked.kinds.is_empty() => wrong.push(format!("purpose {id}: asks for no kind of data")),
            _ => {}
        }
    }
    for (id, table) in &map.table {
        check_rule(&mut wrong, id, &table.rule);
        if table.function.as_ref().is_some_and(|f| !map.function.contains_key(f)) {
            wrong.push(format!("table {id}: no such function"));
        }
        let people = table.subject.iter().filter(|subject| *subject != "conversation").chain(&table.also);
        let unknown = people.chain(&table.kept_from).filter(|column| !table.columns.contains_key(*column));
        wrong.extend(unknown.map(|column| format!("table {id}: no column {column}")));
        if table.export != Export::None {
            check_exported(&mut wrong, map, id, table);
        }
        for (name, column) in &table.columns {
            let Column::Personal(personal) = column else { continue };
            check_opens(&mut wrong, table, &format!("{id}.{name}"), personal);
            check_purpose(&mut wrong, map, &format!("{id}.{name}"), &personal.purpose);
            let must_be_sealed =
                matches!(personal.category, Category::CommunicationContent | Category::Location | Category::Contact);
            if must_be_sealed && !personal.sealed && !name.ends_with("_hmac") {
                wrong.push(format!("{id}.{name}: {:?} must be sealed", personal.category));
            }
        }
    }
    let places = [&map.blob, &map.index, &map.queue, &map.log, &map.export, &map.backup];
    for (id, stored) in places.into_iter().flatten() {
        check_rule(&mut wrong, id, &stored.rule);
        if let Some(purpose) = &stored.purpose {
            check_purpose(&mut wrong, map, id, purpose);
        }
    }
    let purposes = map
        .cookie
        .iter()
        .map(|(id, c)| (id, &c.purpose))
        .chain(map.browser.iter().map(|(id, b)| (id, &b.purpose)))
        .chain(map.permission.iter().map(|(id, p)| (id, &p.purpose)))
        .chain(map.memory.iter().map(|(id, m)| (id, &m.purpose)));
    for (id, purpose) in purposes {
        check_purpose(&mut wrong, map, id, purpose);
    }
    for (id, host) in &map.host {
        if !map.recipient.contains_key(&host.recipient) {
            wrong.push(format!("host {id}: no recipient {}", host.recipient));
        }
    }
    ensure!(wrong.is_empty(), "data map: {}", wrong.join("; "));
    Ok(())
}

fn check_purpose(wrong: &mut Vec<String>, map: &DataMap, id: &str, purpose: &str) {
    if !map.purpose.contains_key(purpose) {
        wrong.push(format!("{id}: no purpose {purpose}"));
    }
}

/// Of what is in a person's export it is known whose it is and until when; what one could sign in with, or be found by, never leaves.
fn check_exported(wrong: &mut Vec<String>, map: &DataMap, id: &str, table: &Table) {
    if table.subject.as_deref() == Some("conversation") {
        check_through(wrong, map, id, table);
    }
    if table.rule == MESSAGES && table.kept_from.is_none() {
        wrong.push(format!("table {id}: is exported, and nothing says from when {MESSAGES} counts"));
    }
    for (name, column) in &table.columns {
        let is_credential = matches!(column, Column::Personal(personal) if personal.category == Category::Credential);
        if CREDENTIALS.iter().any(|end| name.ends_with(end)) && !is_credential {
            wrong.push(format!("{id}.{name}: is exported, and no credential"));
        }
    }
}

/// Shared rows are somebody's through a table with both ids.
fn check_through(wrong: &mut Vec<String>, map: &DataMap, id: &str, table: &Table) {
    let Some((name, through)) = table.through.as_ref().and_then(|name| Some((name, map.table.get(name)?))) else {
        wrong.push(format!("table {id}: no table to be exported through"));
        return;
    };
    let noun = id.split('.').next_back().unwrap_or(id);
    for column in ["member_id".to_owned(), format!("{noun}_id")] {
        if !through.columns.contains_key(&column) {
            wrong.push(format!("table {id}: is exported through {name}, which has no {column}"));
        }
    }
    if !table.columns.contains_key("id") {
        wrong.push(format!("table {id}: is exported through {name}, and has no id"));
    }
}

/// What is in a person's export can be read there: of what is sealed it is said how it is opened. Credentials never leave.
fn check_opens(wrong: &mut Vec<String>, table: &Table, id: &str, personal: &Personal) {
    let is_read = table.export != Export::None && personal.sealed && personal.category != Category::Credential;
    let is_known = |opens: &Opens| {
        let mut columns = std::iter::once(&opens.object).chain(&opens.unless_from);
        columns.all(|column| table.columns.contains_key(column))
    };
    if is_read && (table.bucket.is_none() || !personal.opens.as_ref().is_some_and(is_known)) {
        wrong.push(format!("{id}: is exported, and nothing says how it is opened"));
    }
}

/// A numbered rule, a life, or a period of ISO 8601 (`P90D`), also of what is over (`end+P90D`).
fn check_rule(wrong: &mut Vec<String>, id: &str, rule: &str) {
    let is_numbered = rule.strip_prefix("RET-").is_some_and(|n| n.len() == 2 && n.bytes().all(|b| b.is_ascii_digit()));
    let period = rule.strip_prefix(AFTER_END).unwrap_or(rule);
    let is_period =
        period.strip_prefix('P').is_some_and(|p| p.len() > 1 && p.bytes().all(|b| b.is_ascii_alphanumeric()));
    if !is_numbered && !is_period && !LIVES.contains(&rule) {
        wrong.push(format!("{id}: no rule {rule}"));
    }
}

/// Where the map and the database differ.
#[derive(Debug, PartialEq, Eq)]
pub struct Undeclared {
    /// `schema.table.column` that stand in the database only.
    pub missing: BTreeSet<String>,
    /// `schema.table.column` that stand in the map only.
    pub surplus: BTreeSet<String>,
    /// Tables whose boundary is not the declared one.
    pub unguarded: BTreeSet<String>,
}

/// Compares the map with the database, as its owner sees it. Partitions belong to their parent.
pub async fn undeclared_columns(map: &DataMap, db: &mut PgConnection) -> Result<Undeclared> {
    let real: Vec<(String, bool)> = sqlx::query_as(
        "select n.nspname || '.' || c.relname || '.' || a.attname, c.relrowsecurity and c.relforcerowsecurity
         from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
         where c.relkind in ('r', 'p') and not c.relispartition and a.attnum > 0 and not a.attisdropped
           and n.nspname not in ('pg_catalog', 'information_schema', 'public') and n.nspname !~ '^pg_'",
    )
    .fetch_all(db)
    .await?;
    let mut declared = BTreeSet::new();
    let mut unguarded = BTreeSet::new();
    for (name, table) in &map.table {
        declared.extend(table.columns.keys().map(|column| format!("{name}.{column}")));
        let prefix = format!("{name}.");
        let is_guarded = real.iter().filter(|(column, _)| column.starts_with(&prefix)).all(|(_, guarded)| *guarded);
        if is_guarded != (table.scope == Scope::Organisation) {
            unguarded.insert(name.clone());
        }
    }
    let real: BTreeSet<String> = real.into_iter().map(|(column, _)| column).collect();
    Ok(Undeclared {
        missing: real.difference(&declared).cloned().collect(),
        surplus: declared.difference(&real).cloned().collect(),
        unguarded,
    })
}
