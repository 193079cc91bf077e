//! The statement as people read it: three texts of one version, parsed when the program starts.

use std::sync::LazyLock;

use chrono::NaiveDate;
use kernel::{Error, Result};
use serde::Serialize;
use utoipa::ToSchema;

/// What one language's file says.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Statement {
    /// Acceptance is asked again when it changes.
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

static STATEMENTS: LazyLock<Result<Vec<Statement>, String>> = LazyLock::new(|| {
    [
        ("zh-CN", include_str!("../../statement/zh-CN.md")),
        ("zh-TW", include_str!("../../statement/zh-TW.md")),
        ("en", include_str!("../../statement/en.md")),
    ]
    .into_iter()
    .map(|(language, text)| parse(language, text).map_err(|why| format!("statement/{language}.md: {why}")))
    .collect()
});

/// The texts in force, in every language.
pub fn all() -> Result<&'static [Statement]> {
    match &*STATEMENTS {
        Ok(statements) => Ok(statements),
        Err(why) => Err(Error::Internal(anyhow::anyhow!("{why}"))),
    }
}

/// The text in force in a language; English when there is none in that one.
pub fn in_language(language: &str) -> Result<&'static Statement> {
    let statements = all()?;
    let found = statements.iter().find(|s| s.language == language).or_else(|| statements.last());
    found.ok_or_else(|| Error::Internal(anyhow::anyhow!("there is no statement")))
}

/// The language of ours that readers of `tag` (BCP 47) read: Chinese goes by script, else by region.
pub fn nearest(tag: &str) -> Option<&'static str> {
    let tag = tag.to_ascii_lowercase();
    let mut parts = tag.split('-');
    match parts.next()? {
        "en" => Some("en"),
        "zh" => {
            let is_script = |part: &&str| matches!(*part, "hans" | "hant");
            let is_traditional = match parts.clone().find(is_script) {
                Some(script) => script == "hant",
                None => parts.any(|part| matches!(part, "tw" | "hk" | "mo")),
            };
            Some(if is_traditional { "zh-TW" } else { "zh-CN" })
        }
        _ => None,
    }
}

/// The version in force.
pub fn version() -> Result<&'static str> {
    in_language("en").map(|statement| statement.version.as_str())
}

fn parse(language: &'static str, text: &str) -> Result<Statement, String> {
    let mut blocks = text.split("\n\n").map(str::trim).filter(|block| !block.is_empty());
    let head = blocks.next().ok_or("is empty")?;
    let field = |name: &str| {
        let line = head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
        line.map(str::trim).ok_or(format!("has no {name}"))
    };
    let mut statement = Statement {
        version: field("version")?.to_owned(),
        language,
        effective_at: field("effective")?.parse().map_err(|_| "has no date in effective")?,
        title: String::new(),
        summary: Vec::new(),
        sections: Vec::new(),
    };
    for block in blocks {
        if let Some(title) = block.strip_prefix("# ") {
            statement.title = title.to_owned();
        } else if let Some(heading) = block.strip_prefix("## ") {
            let (id, heading) = heading.split_once(" | ").ok_or("has a section without id")?;
            statement.sections.push(Section { id: id.to_owned(), heading: heading.to_owned(), paragraphs: Vec::new() });
        } else if let Some(section) = statement.sections.last_mut() {
            section.paragraphs.push(block.to_owned());
        } else {
            statement.summary = block.lines().map(|line| line.trim_start_matches("- ").to_owned()).collect();
        }
    }
    Ok(statement)
}

#[cfg(test)]
mod tests {
    use super::{all, in_language, nearest};

    #[test]
    fn every_language_says_the_same_things_in_the_same_order() {
        let ids = |language: &str| {
            let statement = in_language(language).unwrap();
            let sections = statement.sections.iter().map(|s| (s.id.clone(), s.paragraphs.len())).collect::<Vec<_>>();
            (statement.version.clone(), statement.effective_at, statement.summary.len(), sections)
        };
        assert_eq!(all().unwrap().len(), 3);
        assert_eq!(ids("zh-CN"), ids("en"));
        assert_eq!(ids("zh-TW"), ids("en"));
        assert!(in_language("en").unwrap().sections.iter().all(|s| !s.paragraphs.is_empty()));
    }

    #[test]
    fn ret_01_it_says_how_long_lines_of_the_audit_log_stay() {
        let period = kernel::audit::KEPT.num_days().to_string();
        for statement in all().unwrap() {
            for id in ["audit", "ending"] {
                let section = statement.sections.iter().find(|section| section.id == id).unwrap();
                assert!(section.paragraphs.iter().any(|text| text.contains(&period)), "{id} {}", statement.language);
            }
        }
    }

    #[test]
    fn a_region_reads_the_nearest_text() {
        let tags = ["zh", "zh-CN", "zh-SG", "zh-Hans-HK", "ZH-tw", "zh-HK", "zh-MO", "zh-Hant", "en", "en-GB"];
        let texts = ["zh-CN", "zh-CN", "zh-CN", "zh-CN", "zh-TW", "zh-TW", "zh-TW", "zh-TW", "en", "en"];
        assert_eq!(tags.map(nearest), texts.map(Some));
        assert_eq!(["", "zz", "english"].map(nearest), [None; 3]);
    }

    #[test]
    fn an_unknown_language_gets_english() {
        assert_eq!(in_language("eo").unwrap().language, "en");
    }
}
