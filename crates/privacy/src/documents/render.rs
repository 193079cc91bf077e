//! Make a document of a version: clauses with their fields filled in, and what is made of the facts alone.

use std::collections::BTreeSet;

use kernel::data_map::Category;

use super::changes::{self, Change};
use super::kept;
use super::model::{Block, Document, Kind, Section};
use super::{tables, words};
use crate::statement::clauses::Clause;
use crate::statement::versions::{self, Version};
use texts::Language;

/// A version in one language.
#[derive(Clone, Copy)]
pub struct Page<'a> {
    version: &'a Version,
    language: Language,
}

/// The document, where that version has it. `older` are those before it, the newest first.
pub fn document(
    (version, older): (&Version, &[Version]),
    kind: Kind,
    language: Language,
    address: &str,
) -> Option<Document> {
    let page = Page::new(version, language);
    let clauses = version.clauses(language);
    let sections = page.document(kind, older);
    if sections.is_empty() {
        return None;
    }
    Some(Document {
        kind,
        version: version.name().to_owned(),
        language: language.tag(),
        title: if kind == Kind::Statement { clauses.title.clone() } else { language.of(words::title(kind)).to_owned() },
        address: address.to_owned(),
        issued_at: clauses.issued_at,
        released_at: clauses.released_at,
        effective_at: clauses.effective_at,
        sections,
    })
}

/// Which documents a version has.
pub fn kinds(version: &Version) -> Vec<Kind> {
    let of_lists = [Kind::Collection, Kind::Permissions, Kind::Sharing, Kind::Components, Kind::Cookies];
    let page = Page::new(version, Language::English);
    let is_there = |kind: &Kind| !page.clauses(folder(*kind)).is_empty();
    [Kind::Statement, Kind::Summary, Kind::Changes].into_iter().chain(of_lists.into_iter().filter(is_there)).collect()
}

/// The beginning of the ids of a document's sections.
fn folder(kind: Kind) -> &'static str {
    match kind {
        Kind::Statement | Kind::Summary | Kind::Changes => "",
        Kind::Collection => "collection",
        Kind::Permissions => "permissions",
        Kind::Sharing => "sharing",
        Kind::Components => "components",
        Kind::Cookies => "cookies",
    }
}

impl<'a> Page<'a> {
    /// Of that version in that language.
    pub fn new(version: &'a Version, language: Language) -> Self {
        Self { version, language }
    }

    fn document(self, kind: Kind, older: &[Version]) -> Vec<Section> {
        match kind {
            Kind::Summary => {
                let blocks = self.version.clauses(self.language).summary.iter().map(|line| self.block(line)).collect();
                let heading = self.language.of(words::title(kind)).to_owned();
                vec![Section { id: "summary".to_owned(), heading, blocks }]
            }
            Kind::Changes => self.history(older),
            _ => self.sections(folder(kind)),
        }
    }

    fn clauses(self, folder: &str) -> Vec<&'a Clause> {
        let of = |id: &str| id.split_once('/').map_or("", |(folder, _)| folder).to_owned();
        self.version.clauses(self.language).sections.iter().filter(|clause| of(&clause.id) == folder).collect()
    }

    /// Those of a document; of the statement those without a stroke in their id.
    pub fn sections(self, folder: &str) -> Vec<Section> {
        let section = |clause: &Clause| Section {
            id: clause.id.replace('/', "-"),
            heading: clause.heading.clone(),
            blocks: clause.paragraphs.iter().map(|text| self.block(text)).collect(),
        };
        self.clauses(folder).into_iter().map(section).collect()
    }

    /// A paragraph with its fields, or the table that it names.
    pub fn block(self, text: &str) -> Block {
        tables::block(text, &self.version.facts, self.language).unwrap_or_else(|| Block::paragraph(&self.filled(text)))
    }

    /// `{kept:STORE}` is the number of the rule of a store, `{rule:RULE}` that of a rule, `{sensitive}` the sensitive kinds that are kept.
    /// A field that names nothing stays as it is: a test finds it.
    fn filled(self, text: &str) -> String {
        let mut filled = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            filled.push_str(before);
            let Some((field, left)) = after.split_once('}') else {
                filled.push('{');
                rest = after;
                continue;
            };
            filled.push_str(&self.field(field).unwrap_or_else(|| format!("{{{field}}}")));
            rest = left;
        }
        filled.push_str(rest);
        filled
    }

    fn field(self, field: &str) -> Option<String> {
        let facts = &self.version.facts;
        if field == "sensitive" {
            let kept: BTreeSet<Category> =
                facts.stores.values().flat_map(|store| store.holds.values().flatten().copied()).collect();
            let sensitive = kept.into_iter().filter(|kind| kind.is_sensitive());
            let named: Vec<&str> = sensitive.map(|kind| self.language.of(kind.words())).collect();
            return Some(named.join(self.language.of(words::LIST)));
        }
        let rule = match field.split_once(':')? {
            ("kept", store) => facts.stores.get(store)?.rule.as_str(),
            ("rule", rule) => rule,
            _ => return None,
        };
        kept::number(facts, rule, self.language)
    }

    /// What each version changed, the newest first.
    fn history(self, older: &[Version]) -> Vec<Section> {
        let mut sections = Vec::new();
        let mut newer = self.version;
        for old in older {
            sections.push(Page::new(newer, self.language).since(old));
            newer = old;
        }
        let name = newer.name();
        let first = Block::paragraph(self.language.of(words::FIRST));
        sections.push(Section { id: format!("v{name}"), heading: name.to_owned(), blocks: vec![first] });
        sections
    }

    /// What this one changed of the one before: what the two maps say, then each sentence.
    fn since(self, old: &Version) -> Section {
        let clauses = self.version.clauses(self.language);
        let facts = changes::between(self.language, &old.facts, &self.version.facts);
        let told = if versions::is_material(old, self.version) { words::MATERIAL } else { words::EDITORIAL };
        let marked = |change: &Change| if change.is_material { " ★" } else { "" };
        let mut rows: Vec<Vec<String>> = facts
            .iter()
            .map(|one| vec![format!("{}{}", one.what, marked(one)), one.before.clone(), one.after.clone()])
            .collect();
        rows.extend(self.sentences(old));
        let titles = [words::WHAT, words::BEFORE, words::NOW].map(|title| self.language.of(title).to_owned());
        let mut blocks = vec![Block::paragraph(self.language.of(told))];
        if !rows.is_empty() {
            blocks.push(Block::Table { columns: titles.to_vec(), rows });
        }
        let heading = self.language.of(words::FROM_TO);
        let heading = heading.replace("{old}", old.name()).replace("{new}", self.version.name());
        let heading = heading.replace("{day}", &clauses.effective_at.to_string());
        Section { id: format!("v{}", self.version.name()), heading, blocks }
    }

    /// The paragraphs of the statement that are not as they were, section by section.
    fn sentences(self, old: &Version) -> Vec<Vec<String>> {
        let (are, were) = (self.sections(""), Page::new(old, self.language).sections(""));
        let gone = were.iter().filter(|section| are.iter().all(|one| one.id != section.id));
        let mut rows = Vec::new();
        for section in are.iter().chain(gone) {
            let lines = |sections: &[Section]| -> Vec<String> {
                let found = sections.iter().find(|one| one.id == section.id);
                found.map(|one| one.blocks.iter().flat_map(Block::lines).collect()).unwrap_or_default()
            };
            let (before, after) = (lines(&were), lines(&are));
            let gone: Vec<_> = before.iter().filter(|line| !after.contains(line)).collect();
            let new: Vec<_> = after.iter().filter(|line| !before.contains(line)).collect();
            for at in 0..gone.len().max(new.len()) {
                let [old, new] =
                    [gone.get(at), new.get(at)].map(|line| line.map(|one| (*one).clone()).unwrap_or_default());
                rows.push(vec![section.heading.clone(), old, new]);
            }
        }
        rows
    }
}
