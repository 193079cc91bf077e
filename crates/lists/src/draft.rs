//! What the lists say, before anybody looks at who is there already: people, a tree of departments, and what is wrong.

use std::collections::HashSet;

use profiles::FieldId;
use texts::{are_unlike, unspaced};

use super::field::{Field, Kind};
use super::header::is_supervisor;
use super::list::List;
use super::problem::{Problem, Severity, letters};
use super::tree::{DepartmentRef, Tree};
use super::{departments, paths, people};

/// What is needed to read the lists.
pub struct Setting {
    /// Where the organisation is: phone numbers are written as they are there.
    pub region: String,
}

/// What stands in a column of the organisation's own making.
#[derive(Clone)]
pub struct OwnValue {
    /// In which field.
    pub field: FieldId,
    /// In which column, from 0.
    pub column: usize,
    /// As it stands there, without what programs and hands did to it.
    pub text: String,
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
    /// Whether the list says that they have left.
    pub leaves: bool,
    /// What stands in the other columns.
    pub values: Vec<OwnValue>,
}

impl DraftPerson {
    /// The first row they stand in.
    pub fn row(&self) -> u32 {
        self.rows.first().copied().unwrap_or(0)
    }

    /// What they go by, the surest first.
    pub fn names(&self) -> Vec<(Field, &str)> {
        NAMES.into_iter().zip(self.goes_by()).filter_map(|(field, value)| Some((field, value?))).collect()
    }

    fn goes_by(&self) -> [Option<&str>; 4] {
        [&self.user_id, &self.staff_number, &self.phone, &self.email].map(Option::as_deref)
    }

    /// The row shares a name with somebody who is called `name` and goes by these, in the order of [`DraftPerson::names`]. A
    /// phone number or e-mail address alone makes nobody somebody else who has another user id or staff number; and whoever
    /// shares one thing only and is called otherwise is perhaps not meant. By a user id or staff number that nothing else
    /// speaks against, people are renamed; yet when nothing of the name stays, it is perhaps the wrong row.
    pub fn compare(&self, problems: &mut Problems, name: &str, here: [Option<&str>; 4]) {
        let both = |(new, old): (Option<&str>, Option<&str>)| Some(new?.to_lowercase() == old?.to_lowercase());
        let is_same: Vec<Option<bool>> = self.goes_by().into_iter().zip(here).map(both).collect();
        let Some(place) = is_same.iter().position(|same| *same == Some(true)) else { return };
        let (is_by_id, has_other_id) = (place < 2, is_same[..2].contains(&Some(false)));
        let is_alone = is_same.iter().filter(|same| **same == Some(true)).count() == 1;
        if !is_by_id && has_other_id {
            let own = NAMES.into_iter().zip(self.goes_by());
            for ((field, value), _) in own.zip(is_same).filter(|(_, same)| *same == Some(true)) {
                problems.taken(Place::person(self.row(), field), value.unwrap_or_default(), Some(name));
            }
        } else if is_alone
            && !self.name.is_empty()
            && unspaced(&self.name) != unspaced(name)
            && (!is_by_id || is_same.contains(&Some(false)) || are_unlike(&self.name, name))
        {
            problems.warn(Place::person(self.row(), Field::Name), "perhaps_somebody_else", Some(name));
        }
    }
}

/// What names a person in a list and in the directory.
const NAMES: [Field; 4] = [Field::UserId, Field::StaffNumber, Field::Phone, Field::Email];

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
    /// Whether a new department that sounds like one that is here is that one.
    pub joins_alike: bool,
    /// Whether people who work here and are not in the list leave.
    pub others_leave: bool,
}

/// Reads the lists, departments first. Takes a second for the largest: not for a thread that serves requests.
pub fn draft(lists: &[List], setting: &Setting) -> Draft {
    let joins_alike = lists.iter().any(|list| list.mapping.joins_alike);
    let others_leave = lists.iter().any(|list| list.mapping.kind == Kind::People && list.mapping.others_leave);
    let mut draft = Draft { joins_alike, others_leave, ..Draft::default() };
    for list in lists {
        draft.problems.learn_columns(list);
        check_cells(list, &mut draft.problems);
    }
    for list in lists.iter().filter(|list| list.mapping.kind == Kind::Departments) {
        if list.column(Field::Path).is_some() {
            paths::read(list, &mut draft);
        } else {
            departments::read(list, &mut draft);
        }
    }
    for list in lists.iter().filter(|list| list.mapping.kind == Kind::People) {
        people::read(list, setting, &mut draft);
    }
    draft
}

/// What can be said of cells whatever they mean: quotes that nothing closes, and columns that come to nothing.
fn check_cells(list: &List, problems: &mut Problems) {
    let (kind, header_row) = (list.mapping.kind, list.mapping.header_row);
    for (row, column, text) in list.unclosed() {
        problems.error(Place::cell(kind, row, column), "quote_not_closed", Some(text));
    }
    for (column, title) in list.left_out() {
        let is_supervisor = kind == Kind::People && is_supervisor(title);
        let code = if is_supervisor { "supervisor_not_kept" } else { "column_not_imported" };
        problems.note(Place::cell(kind, header_row.unwrap_or(1), column), code, Some(title));
    }
}

/// What is wrong so far, and which rows cannot be imported.
#[derive(Default)]
pub struct Problems {
    list: Vec<Problem>,
    wrong: HashSet<(Kind, u32)>,
    told: HashSet<(Kind, u32, Field, &'static str, Option<String>)>,
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
    column: Option<usize>,
}

impl Place {
    /// In a row of the people.
    pub fn person(row: u32, field: impl Into<Option<Field>>) -> Self {
        Self { kind: Kind::People, row, field: field.into(), column: None }
    }

    /// In a row of the departments.
    pub fn department(row: u32, field: impl Into<Option<Field>>) -> Self {
        Self { kind: Kind::Departments, row, field: field.into(), column: None }
    }

    /// In a cell, whatever its column is.
    pub fn cell(kind: Kind, row: u32, column: usize) -> Self {
        Self { kind, row, field: None, column: Some(column) }
    }
}

impl Problems {
    fn learn_columns(&mut self, list: &List) {
        let kind = list.mapping.kind;
        let fields = list.mapping.fields.iter().enumerate();
        self.columns.extend(fields.filter_map(|(column, field)| Some((kind, (*field)?, column))));
    }

    /// The row cannot be imported; the same of one field is said once.
    pub fn error(&mut self, place: Place, code: &'static str, value: Option<&str>) {
        self.wrong.insert((place.kind, place.row));
        let told = place.field.map(|field| (place.kind, place.row, field, code, value.map(str::to_owned)));
        if told.is_none_or(|told| self.told.insert(told)) {
            self.push(place, Severity::Error, code, value, None);
        }
    }

    /// What stands there is somebody else's; of whom, when whoever reads it may know.
    pub fn taken(&mut self, place: Place, value: &str, whom: Option<&str>) {
        let before = self.list.len();
        self.error(place, "belongs_to_somebody_else", Some(value));
        for problem in &mut self.list[before..] {
            problem.whom = whom.map(str::to_owned);
        }
    }

    /// Two rows do not go together; the later one is wrong.
    pub fn clash(&mut self, place: Place, code: &'static str, value: Option<&str>, other_row: u32) {
        self.wrong.insert((place.kind, place.row));
        self.push(place, Severity::Error, code, value, Some(other_row));
    }

    /// The row can be imported; somebody decides whether it is meant so.
    pub fn warn(&mut self, place: Place, code: &'static str, value: Option<&str>) {
        self.push(place, Severity::Warning, code, value, None);
    }

    /// The same, with whom it is about, when whoever reads it may know.
    pub fn warn_of(&mut self, place: Place, code: &'static str, whom: &str) {
        self.warn(place, code, None);
        if let Some(problem) = self.list.last_mut() {
            problem.whom = Some(whom.to_owned());
        }
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
        let is_meant = |(kind, field, column): &&(Kind, Field, usize)| {
            *kind == place.kind && (Some(*field) == place.field || Some(*column) == place.column)
        };
        let known = self.columns.iter().find(is_meant);
        self.list.push(Problem {
            kind: place.kind,
            row: place.row,
            column: place.column.or_else(|| known.map(|(_, _, column)| *column)).map(letters),
            field: place.field.or_else(|| known.map(|(_, field, _)| *field)),
            severity,
            code: code.to_owned(),
            value: value.map(|value| value.chars().take(80).collect()),
            other_row,
            whom: None,
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
