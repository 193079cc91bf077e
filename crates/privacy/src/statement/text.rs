//! The statement as it is shown where it is accepted: plain sentences, in the version in force.

use std::sync::LazyLock;

use chrono::NaiveDate;
use kernel::{Error, Result};
use serde::Serialize;
use utoipa::ToSchema;

use super::clauses::Clauses;
use super::versions::{self, Version};
use crate::documents::model::Block;
use crate::documents::render::Page;
use texts::Language;

/// The statement in one language.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Statement {
    /// Acceptance is asked again when something that matters has changed.
    pub version: String,
    /// `zh-CN`, `zh-TW` or `en`.
    pub language: &'static str,
    /// The day it came into force.
    pub effective_at: NaiveDate,
    /// Of the whole text.
    pub title: String,
    /// A sentence each.
    pub summary: Vec<String>,
    /// In reading order; the ids are the same in every language.
    pub sections: Vec<Section>,
}

/// A part of the statement one can link to.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Section {
    /// Stable across versions and languages.
    pub id: String,
    /// In the language of the statement.
    pub heading: String,
    /// Plain text.
    pub paragraphs: Vec<String>,
}

static STATEMENTS: LazyLock<Result<Vec<(Language, Statement)>, String>> = LazyLock::new(|| {
    let version = versions::current().map_err(|why| why.to_string())?;
    Ok(Vec::from(Language::ALL.map(|language| (language, plain(version, language)))))
});

/// The text in force in a language.
pub fn in_language(language: Language) -> Result<&'static Statement> {
    let statements = STATEMENTS.as_ref().map_err(|why| Error::Internal(anyhow::anyhow!("{why}")))?;
    let found = statements.iter().find(|(of, _)| *of == language).map(|(_, statement)| statement);
    found.ok_or_else(|| Error::Internal(anyhow::anyhow!("there is no statement")))
}

/// The version in force.
pub fn version() -> Result<&'static str> {
    versions::current().map(Version::name)
}

fn plain(version: &Version, language: Language) -> Statement {
    let Clauses { effective_at, title, summary, .. } = version.clauses(language);
    let page = Page::new(version, language);
    let sections = page.sections("").into_iter().map(|section| Section {
        id: section.id,
        heading: section.heading,
        paragraphs: section.blocks.iter().flat_map(Block::lines).collect(),
    });
    Statement {
        version: version.name().to_owned(),
        language: language.tag(),
        effective_at: *effective_at,
        title: title.clone(),
        summary: summary.iter().flat_map(|line| page.block(line).lines()).collect(),
        sections: sections.collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::in_language;
    use crate::statement::versions;
    use texts::Language;

    #[test]
    fn every_language_says_the_same_things_in_the_same_order() {
        for version in versions::all().unwrap() {
            let ids = |language: Language| {
                let clauses = version.clauses(language);
                let sections = clauses.sections.iter().map(|s| (s.id.clone(), s.paragraphs.len())).collect::<Vec<_>>();
                let days = [clauses.issued_at, clauses.released_at, clauses.effective_at];
                (clauses.version.clone(), days, clauses.is_material, clauses.summary.len(), sections)
            };
            assert_eq!(ids(Language::Simplified), ids(Language::English));
            assert_eq!(ids(Language::Traditional), ids(Language::English));
            assert!(version.clauses(Language::English).sections.iter().all(|s| !s.paragraphs.is_empty()));
            assert_eq!(version.facts.version, version.name(), "the facts are those of the version");
        }
    }

    #[test]
    fn ret_01_it_says_how_long_lines_of_the_audit_log_stay() {
        let period = kernel::audit::KEPT.num_days().to_string();
        for language in Language::ALL {
            let statement = in_language(language).unwrap();
            for id in ["audit", "ending"] {
                let section = statement.sections.iter().find(|section| section.id == id).unwrap();
                assert!(section.paragraphs.iter().any(|text| text.contains(&period)), "{id} {}", statement.language);
            }
        }
    }

    #[test]
    fn no_field_and_no_mark_is_left_in_what_people_read() {
        for language in Language::ALL {
            let text = serde_json::to_string(&in_language(language).unwrap().sections).unwrap();
            assert!(!text.contains("{kept") && !text.contains("{rule") && !text.contains("**"), "{text}");
        }
    }
}
