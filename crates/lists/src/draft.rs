//! What the lists say, before anybody looks at who is there already: people, a tree of departments, and what is wrong.

use std::collections::HashSet;

use super::field::{Field, Kind};
use super::list::List;
use super::problem::{Problem, Severity, letters};
use super::tree::{DepartmentRef, Tree};
use super::{departments, people};

/// What is needed to read the lists.
pub struct Setting {
    /// Where the organisation is: phone numbers are written as they are there.
    pub region: String,
}

/// A person as the list has them.
#[derive(Default)]
pub struct DraftPerson {
    /// The rows they stand in, the first one first.
    pub rows: Vec<u32>,
    /// As it is kept; the others too.
    pub name: String,
    /// What one signs in with.
    pub user_id: Option<String>,
    /// With country code.
    pub phone: Option<String>,
    /// In lower case.
    pub email: Option<String>,
    /// Unique in the organisation.
    pub staff_number: Option<String>,
    /// What one is called.
    pub position: Option<String>,
    /// `None` when the list says nothing of departments.
    pub departments: Option<Vec<DepartmentRef>>,
    /// For each department; `None` when the list says nothing of leaders.
    pub leads: Option<Vec<bool>>,
}

impl DraftPerson {
    /// The first row they stand in.
    pub fn row(&self) -> u32 {
        self.rows.first().copied().unwrap_or(0)
    }
}

/// All that the lists say.
#[derive(Default)]
pub struct Draft {
    /// Each once, in the order of the list.
    pub people: Vec<DraftPerson>,
    /// The departments they name.
    pub tree: Tree,
    /// What is wrong so far.
    pub problems: Problems,
    /// Rows of people.
    pub rows: u32,
    /// Rows of people that were passed over because the list says they are disabled.
    pub disabled: u32,
}

/// Reads the lists, departments first. Takes a second for the largest: not for a thread that serves requests.
pub fn draft(lists: &[List], setting: &Setting) -> Draft {
    let mut draft = Draft::default();
    for list in lists {
        draft.problems.learn_columns(list);
    }
    for list in lists.iter().filter(|list| list.mapping.kind == Kind::Departments) {
        departments::read(list, &mut draft);
    }
    for list in lists.iter().filter(|list| list.mapping.kind == Kind::People) {
        people::read(list, setting, &mut draft);
    }
    draft
}

/// What is wrong so far, and which rows cannot be imported.
#[derive(Default)]
pub struct Problems {
    list: Vec<Problem>,
    wrong: HashSet<(Kind, u32)>,
    columns: Vec<(Kind, Field, usize)>,
}

/// Where something is wrong.
#[derive(Clone, Copy)]
pub struct Place {
    /// In which list.
    pub kind: Kind,
    /// As the spreadsheet program counts.
    pub row: u32,
    /// In which column; the row as a whole when absent.
    pub field: Option<Field>,
}

impl Place {
    /// In a row of the people.
    pub fn person(row: u32, field: impl Into<Option<Field>>) -> Self {
        Self { kind: Kind::People, row, field: field.into() }
    }

    /// In a row of the departments.
    pub fn department(row: u32, field: impl Into<Option<Field>>) -> Self {
        Self { kind: Kind::Departments, row, field: field.into() }
    }
}

impl Problems {
    fn learn_columns(&mut self, list: &List) {
        let kind = list.mapping.kind;
        let fields = list.mapping.fields.iter().enumerate();
        self.columns.extend(fields.filter_map(|(column, field)| Some((kind, (*field)?, column))));
    }

    /// The row cannot be imported.
    pub fn error(&mut self, place: Place, code: &'static str, value: Option<&str>) {
        self.wrong.insert((place.kind, place.row));
        self.push(place, Severity::Error, code, value, None);
    }

    /// Two rows do not go together; the later one is wrong.
    pub fn clash(&mut self, place: Place, code: &'static str, value: Option<&str>, other_row: u32) {
        self.wrong.insert((place.kind, place.row));
        self.push(place, Severity::Error, code, value, Some(other_row));
    }

    /// Something was put right or is worth a look.
    pub fn note(&mut self, place: Place, code: &'static str, value: Option<&str>) {
        self.push(place, Severity::Note, code, value, None);
    }

    /// The same of two rows.
    pub fn note_with(&mut self, place: Place, code: &'static str, value: Option<&str>, other_row: u32) {
        self.push(place, Severity::Note, code, value, Some(other_row));
    }

    #[expect(clippy::too_many_arguments, reason = "a problem is made of exactly these")]
    fn push(&mut self, place: Place, severity: Severity, code: &str, value: Option<&str>, other_row: Option<u32>) {
        let column = self.columns.iter().find(|(kind, field, _)| *kind == place.kind && Some(*field) == place.field);
        self.list.push(Problem {
            kind: place.kind,
            row: place.row,
            column: column.map(|(_, _, column)| letters(*column)),
            field: place.field,
            severity,
            code: code.to_owned(),
            value: value.map(|value| value.chars().take(80).collect()),
            other_row,
        });
    }

    /// Whether the row cannot be imported.
    pub fn is_wrong(&self, kind: Kind, row: u32) -> bool {
        self.wrong.contains(&(kind, row))
    }

    /// How many rows cannot be imported.
    pub fn wrong_rows(&self) -> u32 {
        u32::try_from(self.wrong.len()).unwrap_or(u32::MAX)
    }

    /// What keeps rows out first, then in the order of the lists.
    pub fn into_list(mut self) -> Vec<Problem> {
        self.list.sort_by_key(|problem| (problem.severity, problem.kind == Kind::People, problem.row));
        self.list
    }
}
