//! What is not right in a list, named by row and column.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::field::{Field, Kind};

/// What a problem means for the row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ImportSeverity)]
pub enum Severity {
    /// The row cannot be imported.
    Error,
    /// It can, but not all of it may be meant so: somebody decides.
    Warning,
    /// It can; something was put right or is worth a look.
    Note,
}

/// One thing that is not right.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = ImportProblem)]
pub struct Problem {
    /// In which list.
    pub kind: Kind,
    /// As the spreadsheet program counts, from 1.
    pub row: u32,
    /// As the spreadsheet program names it: `C`; absent when the row as a whole is meant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// What the column holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<Field>,
    /// What it means for the row.
    pub severity: Severity,
    /// A stable word.
    pub code: String,
    /// What stands there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// The other row, when two do not go together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other_row: Option<u32>,
    /// Whose it is already, or who is called so already, as they are called here, and where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub whom: Option<String>,
}

/// How often a problem occurs.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = ImportProblemCount)]
pub struct ProblemCount {
    /// What it means for the rows.
    pub severity: Severity,
    /// The word.
    pub code: String,
    /// How many there are.
    pub count: u32,
}

/// The name of a column: `A` to `Z`, then `AA`.
pub fn letters(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        letters.insert(0, char::from(b'A' + u8::try_from((rest - 1) % 26).unwrap_or(0)));
        rest = (rest - 1) / 26;
    }
    letters.into_iter().collect()
}

/// Counts by severity and code, errors first, the most frequent first.
pub fn counted(problems: &[Problem]) -> Vec<ProblemCount> {
    let mut counts: Vec<ProblemCount> = Vec::new();
    for problem in problems {
        match counts.iter_mut().find(|count| count.severity == problem.severity && count.code == problem.code) {
            Some(count) => count.count += 1,
            None => counts.push(ProblemCount { severity: problem.severity, code: problem.code.clone(), count: 1 }),
        }
    }
    counts.sort_by(|a, b| (a.severity, b.count, &a.code).cmp(&(b.severity, a.count, &b.code)));
    counts
}

#[cfg(test)]
mod tests {
    use super::letters;

    #[test]
    fn columns_are_named_as_spreadsheets_name_them() {
        assert_eq!([0, 25, 26, 51, 52, 127].map(letters), ["A", "Z", "AA", "AZ", "BA", "DX"]);
    }
}
