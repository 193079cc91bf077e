//! A record of processing: what the law asks an organisation to write down of each purpose, in one language (GDPR 30, PIPL 56).

use std::collections::{BTreeMap, BTreeSet};

use kernel::data_map::{self, DataMap, Names};
use serde::Serialize;

use super::clause;
use super::flow::{self, Flow};
use texts::Language;

/// What is done for one purpose.
#[derive(Debug, Serialize)]
pub struct Record {
    /// The purpose: an id of the data map.
    pub id: String,
    /// The part of the program.
    pub function: String,
    /// The section of the statement that speaks of it.
    pub clause: String,
    /// In plain words.
    pub purpose: String,
    /// Who decides.
    pub role: String,
    /// On what ground, by both laws.
    pub grounds: Vec<String>,
    /// Whether each person is asked first.
    pub needs_consent: bool,
    /// Whom it is about.
    pub subjects: Vec<String>,
    /// Which kinds of data.
    pub categories: Vec<String>,
    /// Those of them that the law calls sensitive.
    pub sensitive: Vec<String>,
    /// Where it stands.
    pub places: Vec<String>,
    /// Who outside gets it, and where they are.
    pub recipients: Vec<String>,
    /// Until when, each way once, with its rule.
    pub kept: Vec<String>,
    /// What becomes of it when the person is erased.
    pub erasure: Vec<String>,
}

/// One for each purpose, in the order of the map.
pub fn records(map: &DataMap, chat_days: i32, language: Language) -> Vec<Record> {
    let flows = flow::flows(map, chat_days);
    let mut by_purpose: BTreeMap<(&str, &str), Vec<&Flow>> = BTreeMap::new();
    for flow in &flows {
        by_purpose.entry((flow.function.as_str(), flow.purpose.as_str())).or_default().push(flow);
    }
    by_purpose.into_values().filter_map(|flows| record(map, &flows, language)).collect()
}

fn record(map: &DataMap, flows: &[&Flow], language: Language) -> Option<Record> {
    let first = flows.first()?;
    let (purpose, function) = (map.purpose.get(&first.purpose)?, map.function.get(&first.function)?);
    let say = |words: data_map::Words| language.of(words).to_owned();
    let categories: BTreeSet<_> = flows.iter().flat_map(|flow| flow.categories.iter().copied()).collect();
    let sensitive = categories.iter().filter(|category| category.is_sensitive());
    let kept = flows.iter().filter_map(|flow| Some((flow.until?, flow.rule.as_ref()?)));
    let recipients = flows.iter().filter_map(|flow| map.recipient.get(flow.recipient.as_ref()?));
    Some(Record {
        id: first.purpose.clone(),
        function: name(language, &function.names).to_owned(),
        clause: clause::heading(&first.function, language).unwrap_or_default().to_owned(),
        purpose: name(language, &purpose.sentence).to_owned(),
        role: say(purpose.role.words()),
        grounds: vec![say(purpose.ground.cn.words()), say(purpose.ground.eu.words())],
        needs_consent: purpose.needs_consent(),
        subjects: once(flows.iter().map(|flow| say(flow.subject.words()))),
        sensitive: sensitive.map(|category| say(category.words())).collect(),
        categories: categories.iter().map(|category| say(category.words())).collect(),
        places: once(flows.iter().map(|flow| format!("{}: {}", say(flow.place_kind.words()), flow.place))),
        recipients: once(
            recipients.map(|one| format!("{} ({})", name(language, &one.name), name(language, &one.region))),
        ),
        kept: once(kept.map(|(until, rule)| format!("{} ({rule})", until.said(language)))),
        erasure: once(flows.iter().filter_map(|flow| flow.erasure).map(|erasure| say(erasure.words()))),
    })
}

/// The one of the names of the map.
fn name(language: Language, names: &Names) -> &str {
    match language {
        Language::Simplified => &names.zh_cn,
        Language::Traditional => &names.zh_tw,
        Language::English => &names.en,
    }
}

/// Each once, as they come.
fn once(texts: impl Iterator<Item = String>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    texts.filter(|text| seen.insert(text.clone())).collect()
}
