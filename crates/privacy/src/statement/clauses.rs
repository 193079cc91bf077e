//! The clauses: sentences of ours, in which fields stand where the data map says the number or the list. A section whose id has a stroke
//! (`cookies/browser`) belongs to the document of that name, every other to the statement.

use chrono::NaiveDate;

/// What one language's file says.
#[derive(Debug, Clone)]
pub struct Clauses {
    /// The same in every language.
    pub version: String,
    /// The day the first version was released (`DOC-08`).
    pub issued_at: NaiveDate,
    /// The day this one was.
    pub released_at: NaiveDate,
    /// The day it came into force.
    pub effective_at: NaiveDate,
    /// Whether it says of itself that it changes something that matters, also where the data map does not.
    pub is_material: bool,
    /// Of the statement.
    pub title: String,
    /// A sentence each.
    pub summary: Vec<String>,
    /// In reading order; the ids are the same in every language.
    pub sections: Vec<Clause>,
}

/// A section.
#[derive(Debug, Clone)]
pub struct Clause {
    /// Stable across versions and languages.
    pub id: String,
    /// In the language of the file.
    pub heading: String,
    /// Key sentences stand between `**`, fields in braces.
    pub paragraphs: Vec<String>,
}

/// Reads one file.
pub fn parse(text: &str) -> Result<Clauses, String> {
    let mut blocks = text.split("\n\n").map(str::trim).filter(|block| !block.is_empty());
    let head = blocks.next().ok_or("is empty")?;
    let found = |name: &str| head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':')).map(str::trim);
    let field = |name: &str| found(name).ok_or(format!("has no {name}"));
    let day = |name: &str| -> Result<NaiveDate, String> {
        field(name)?.parse().map_err(|_| format!("has no date in {name}"))
    };
    let mut clauses = Clauses {
        version: field("version")?.to_owned(),
        issued_at: day("issued")?,
        released_at: day("released")?,
        effective_at: day("effective")?,
        is_material: found("change") == Some("material"),
        title: String::new(),
        summary: Vec::new(),
        sections: Vec::new(),
    };
    for block in blocks {
        if let Some(title) = block.strip_prefix("# ") {
            clauses.title = title.to_owned();
        } else if let Some(heading) = block.strip_prefix("## ") {
            let (id, heading) = heading.split_once(" | ").ok_or("has a section without id")?;
            clauses.sections.push(Clause { id: id.to_owned(), heading: heading.to_owned(), paragraphs: Vec::new() });
        } else if let Some(section) = clauses.sections.last_mut() {
            section.paragraphs.push(block.to_owned());
        } else {
            clauses.summary = block.lines().map(|line| line.trim_start_matches("- ").to_owned()).collect();
        }
    }
    Ok(clauses)
}
