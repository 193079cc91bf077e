//! The rules of retention that the data map goes by: how long each is by the settings in force, what goes by it, and who decides
//! (`RET-01` to `RET-25`). What people are told of another period, before it is in force (C3).

use std::collections::{BTreeMap, BTreeSet};

use kernel::data_map::{DataMap, RuleKind};
use serde::Serialize;
use utoipa::ToSchema;

use super::clause;
use super::flow;
use crate::asking::until::{Until, UntilKind};
use crate::words::Words;

/// One of them.
#[derive(Debug, Serialize, ToSchema)]
pub struct RetentionRule {
    /// As the data map says it: a number such as `RET-09`, the life of something such as `session`, or a period such as `P90D`.
    pub id: String,
    /// What goes by it; only of what has a number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<Words>,
    /// Who decides how long that is.
    pub kind: RuleKind,
    /// How long that is now.
    pub until: Until,
    /// The clause of the sources; only of what has a number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clause: Option<String>,
    /// The parts of the program in which something goes by it.
    pub functions: Vec<RetentionFunction>,
    /// In how many places that is.
    pub places: usize,
}

/// A part of the program.
#[derive(Debug, Serialize, ToSchema)]
pub struct RetentionFunction {
    /// What it is called.
    pub name: Words,
    /// The section of the statement that speaks of it; none where none does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub section: Option<String>,
}

/// What is known of one rule while the map is read.
#[derive(Default)]
struct Found<'a> {
    functions: BTreeSet<&'a str>,
    places: BTreeSet<(u8, &'a str)>,
}

/// Every rule by which something of people goes, and every numbered one, where messages are kept for so many days: what the
/// organisation decides first, then what is longest.
pub fn rules(map: &DataMap, chat_days: i32) -> Vec<RetentionRule> {
    let flows = flow::flows(map, chat_days);
    let mut found: BTreeMap<&str, Found<'_>> = BTreeMap::new();
    for flow in &flows {
        let Some(rule) = &flow.rule else { continue };
        let one = found.entry(rule).or_default();
        one.functions.insert(&flow.function);
        one.places.insert((flow.place_kind as u8, &flow.place));
    }
    // What is about nobody may still have to go in time.
    for (id, table) in map.table.iter().filter(|(_, table)| map.rule.contains_key(&table.rule)) {
        let one = found.entry(&table.rule).or_default();
        one.functions.extend(table.function.as_deref());
        one.places.insert((flow::FlowPlace::Table as u8, id));
    }
    let stored =
        [(flow::FlowPlace::Log, &map.log), (flow::FlowPlace::Queue, &map.queue), (flow::FlowPlace::Blob, &map.blob)];
    for (kind, all) in stored {
        for (id, one) in all.iter().filter(|(_, one)| map.rule.contains_key(&one.rule)) {
            found.entry(&one.rule).or_default().places.insert((kind as u8, id));
        }
    }
    let mut rules: Vec<_> = found.into_iter().map(|(id, found)| rule(map, id, &found, chat_days)).collect();
    rules.sort_by_key(|one| (one.kind, one.clause.is_none(), std::cmp::Reverse(one.until.kept_for_s), one.id.clone()));
    rules
}

fn rule(map: &DataMap, id: &str, found: &Found<'_>, chat_days: i32) -> RetentionRule {
    let (known, until) = (map.rule.get(id), Until::of(id, chat_days));
    let lasting = if matches!(until.kind, UntilKind::Period | UntilKind::AfterEnd) {
        RuleKind::Fixed
    } else {
        RuleKind::Lifecycle
    };
    let function = |id: &&str| {
        let name = Words::from(&map.function.get(*id)?.names);
        Some(RetentionFunction { name, section: clause::section(id).map(str::to_owned) })
    };
    RetentionRule {
        id: id.to_owned(),
        name: known.map(|rule| Words::from(&rule.names)),
        kind: known.map_or(lasting, |rule| rule.kind),
        until,
        clause: known.map(|rule| rule.clause.clone()),
        functions: found.functions.iter().filter_map(function).collect(),
        places: found.places.len(),
    }
}

/// The purposes of which people read another period when messages are kept for `to` days instead of `from`: in the records of
/// processing, in the data map, and in what is told of where things are kept.
pub fn told_otherwise(map: &DataMap, from: i32, to: i32) -> Vec<Words> {
    let flows = flow::flows(map, from);
    let is_another =
        |flow: &&flow::Flow| flow.rule.as_deref().is_some_and(|rule| Until::of(rule, from) != Until::of(rule, to));
    let purposes: BTreeSet<&str> = flows.iter().filter(is_another).map(|flow| flow.purpose.as_str()).collect();
    purposes.into_iter().filter_map(|id| Some(Words::from(&map.purpose.get(id)?.sentence))).collect()
}
