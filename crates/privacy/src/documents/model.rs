//! What a document is: sections of paragraphs and tables, so that whoever shows it needs to know no markup.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Which document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = PrivacyDocumentKind)]
pub enum Kind {
    /// The privacy statement (`DOC-01`).
    Statement,
    /// In short (`DOC-02`).
    Summary,
    /// What each version changed (`DOC-03`).
    Changes,
    /// What is collected (`DOC-04`).
    Collection,
    /// What browser and device are asked for (`DOC-05`).
    Permissions,
    /// Who outside gets something (`DOC-06`).
    Sharing,
    /// Parts of others in the client (`DOC-07`).
    Components,
    /// Cookies, and what browsers keep (`CKE-01` to `CKE-04`).
    Cookies,
}

/// One document, in one version and language.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PrivacyDocument)]
pub struct Document {
    /// Which.
    pub kind: Kind,
    /// Of what version.
    pub version: String,
    /// `zh-CN`, which prevails, `zh-TW` or `en`.
    pub language: &'static str,
    /// In that language.
    pub title: String,
    /// Where this server is reached: what it says holds there.
    pub address: String,
    /// The day the first version was released.
    pub issued_at: NaiveDate,
    /// The day this one was.
    pub released_at: NaiveDate,
    /// The day it came into force.
    pub effective_at: NaiveDate,
    /// In reading order.
    pub sections: Vec<Section>,
}

/// A part one can link to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = PrivacySection)]
pub struct Section {
    /// Stable across versions and languages.
    pub id: String,
    /// In the language of the document.
    pub heading: String,
    /// In reading order.
    pub blocks: Vec<Block>,
}

/// A paragraph or a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[schema(as = PrivacyBlock)]
pub enum Block {
    /// Sentences.
    Paragraph {
        /// One after the other.
        runs: Vec<Run>,
    },
    /// Rows under titles; the first cell names the row.
    Table {
        /// The titles.
        columns: Vec<String>,
        /// As many cells as there are titles.
        rows: Vec<Vec<String>>,
    },
}

/// A piece of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = PrivacyRun)]
pub struct Run {
    /// Plain text.
    pub text: String,
    /// Whether it is a key clause, and bold (`DOC-10`).
    pub is_key: bool,
}

impl Block {
    /// Text in which what stands between `**` is a key clause.
    pub fn paragraph(text: &str) -> Self {
        let runs = text.split("**").enumerate().filter(|(_, text)| !text.is_empty());
        Self::Paragraph { runs: runs.map(|(n, text)| Run { text: text.to_owned(), is_key: n % 2 == 1 }).collect() }
    }

    /// The same as plain lines: one of a paragraph, one of each row.
    pub fn lines(&self) -> Vec<String> {
        match self {
            Self::Paragraph { runs } => vec![runs.iter().map(|run| run.text.as_str()).collect()],
            Self::Table { rows, .. } => rows.iter().map(|cells| cells.join(" · ")).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Block;

    #[test]
    fn doc_10_key_clauses_are_told_apart() {
        let Block::Paragraph { runs } = Block::paragraph("a **b** c") else { unreachable!("it is a paragraph") };
        assert_eq!(
            runs.iter().map(|run| (run.text.as_str(), run.is_key)).collect::<Vec<_>>(),
            [("a ", false), ("b", true), (" c", false)]
        );
        assert_eq!(Block::paragraph("**b** c").lines(), ["b c"]);
    }
}
