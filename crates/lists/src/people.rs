//! A list of people: one row a person, or several when somebody is in several departments.

use std::collections::HashMap;

use texts::{contact, one_line};

use super::clean::{clean, has_left, is_yes};
use super::departments::{checked_department_name, why};
use super::draft::{Draft, DraftPerson, OwnValue, Place, Setting};
use super::field::{Field, Kind};
use super::list::{DepartmentForm, List};
use super::sheet::Row;
use super::tree::DepartmentRef;
use crate::{DEEPEST, MOST_DEPARTMENTS};

/// What one signs in with.
const LOGINS: [Field; 3] = [Field::UserId, Field::Phone, Field::Email];

/// Reads the list. People of rows in which something is wrong are among the others, so that all that is wrong is found at
/// once; they are left out in the end.
pub fn read(list: &List, setting: &Setting, draft: &mut Draft) {
    let (mut known, mut wrong) = (Known::default(), Vec::new());
    for row in &list.rows {
        if draft.problems.is_wrong(Kind::People, row.number) {
            draft.rows += 1;
            continue;
        }
        let mut reader = RowReader { list, row, draft: &mut *draft };
        if reader.is_disabled() {
            draft.disabled += 1;
            continue;
        }
        let person = reader.person(setting);
        draft.rows += 1;
        if !draft.problems.is_wrong(Kind::People, row.number) {
            known.add(person, draft);
        } else if !known.is_told(&person, draft) {
            wrong.push(person);
        }
    }
    draft.people.append(&mut wrong);
    draft.people.sort_by_key(DraftPerson::row);
}

/// One row, on its way to a person.
struct RowReader<'a> {
    list: &'a List,
    row: &'a Row,
    draft: &'a mut Draft,
}

impl RowReader<'_> {
    fn at(&self, field: impl Into<Option<Field>>) -> Place {
        Place::person(self.row.number, field)
    }

    fn text(&mut self, field: Field) -> Option<String> {
        let cell = self.list.column(field).and_then(|column| self.row.cells.get(column))?;
        match clean(cell, field) {
            Ok(None) => None,
            Ok(Some(cleaned)) => {
                if let Some(note) = cleaned.note {
                    self.draft.problems.note(self.at(field), note, Some(&cell.text));
                }
                Some(cleaned.text)
            }
            Err(code) => {
                self.draft.problems.error(self.at(field), code, cell.seen());
                None
            }
        }
    }

    /// Whether nothing stands there; what is wrong with something is said of that.
    fn is_blank(&self, field: Field) -> bool {
        let cell = self.list.column(field).and_then(|column| self.row.cells.get(column));
        cell.is_none_or(|cell| matches!(clean(cell, field), Ok(None)))
    }

    fn is_disabled(&mut self) -> bool {
        let text = self.text(Field::IsDisabled).unwrap_or_default();
        let is_disabled = is_yes(&text) == Some(true);
        if is_disabled {
            self.draft.problems.note(self.at(Field::IsDisabled), "disabled_left_out", None);
        }
        is_disabled
    }

    /// Whether the list says that they have left; a word that nobody knows says nothing.
    fn leaves(&mut self) -> bool {
        let Some(text) = self.text(Field::Status) else { return false };
        let leaves = has_left(&text);
        if leaves.is_none() {
            self.draft.problems.warn(self.at(Field::Status), "status_unknown", Some(&text));
        }
        leaves == Some(true)
    }

    /// What stands in the columns of the organisation's own making.
    fn values(&mut self) -> Vec<OwnValue> {
        let mut values = Vec::new();
        for (column, field) in self.list.mapping.own_fields.iter().enumerate() {
            let (Some(field), Some(cell)) = (field, self.row.cells.get(column)) else { continue };
            match clean(cell, Field::Own) {
                Ok(None) => {}
                Ok(Some(cleaned)) => values.push(OwnValue { field: *field, column, text: cleaned.text }),
                Err(code) => {
                    let at = Place::cell(Kind::People, self.row.number, column);
                    self.draft.problems.error(at, code, cell.seen());
                }
            }
        }
        values
    }

    /// The value in the form it is kept in.
    fn value(&mut self, field: Field, checked: impl FnOnce(&str) -> kernel::Result<Option<String>>) -> Option<String> {
        let text = self.text(field)?;
        checked(&text).unwrap_or_else(|error| {
            self.draft.problems.error(self.at(field), why(&error), Some(&text));
            None
        })
    }

    fn person(&mut self, setting: &Setting) -> DraftPerson {
        let name = self.value(Field::Name, |text| one_line("name", text, 64));
        let person = DraftPerson {
            rows: vec![self.row.number],
            user_id: self.value(Field::UserId, |text| contact::user_id(text).map(Some)),
            phone: self.value(Field::Phone, |text| contact::phone(text, &setting.region).map(Some)),
            email: self.value(Field::Email, |text| contact::email(text).map(Some)),
            staff_number: self.value(Field::StaffNumber, |text| one_line("staff_number", text, 32)),
            position: self.value(Field::Position, |text| one_line("position", text, 64)),
            leaves: self.leaves(),
            values: self.values(),
            ..DraftPerson::default()
        };
        if name.is_none() && self.is_blank(Field::Name) {
            self.draft.problems.error(self.at(Field::Name), "is_empty", None);
        }
        let has_login = person.user_id.is_some() || person.phone.is_some() || person.email.is_some();
        let says_nothing = LOGINS.iter().all(|field| self.is_blank(*field));
        if !has_login && person.staff_number.is_none() && says_nothing {
            self.draft.problems.error(self.at(None), "one_of_user_id_phone_email", None);
        }
        // The organisation itself is no department, but it has its place in the list of leaders.
        let named = self.departments();
        let leads = named.as_ref().and_then(|named| self.leads(named.len()));
        let leads = leads.zip(named.as_ref()).map(|(leads, named)| {
            leads
                .into_iter()
                .zip(named)
                .filter(|(_, department)| department.is_some())
                .map(|(leads, _)| leads)
                .collect()
        });
        let departments = named.map(|named| named.into_iter().flatten().collect());
        DraftPerson { name: name.unwrap_or_default(), departments, leads, ..person }
    }

    /// `None` when the list does not say.
    fn departments(&mut self) -> Option<Vec<Option<DepartmentRef>>> {
        let text = self.text(Field::Departments)?;
        let list = self.list;
        let mut departments = Vec::new();
        for one in list.mapping.departments(&text) {
            match list.mapping.department_form {
                DepartmentForm::Ids => departments.push(self.numbered(one)),
                DepartmentForm::Paths => departments.push(self.path(one)),
            }
        }
        if departments.len() > MOST_DEPARTMENTS {
            self.draft.problems.error(self.at(Field::Departments), "too_many", Some(&text));
        }
        Some(departments)
    }

    fn numbered(&mut self, number: &str) -> Option<DepartmentRef> {
        match self.draft.tree.numbered(number) {
            Some(node) => Some(DepartmentRef::Node(node)),
            None if matches!(number, "0" | "1") => None,
            None => Some(DepartmentRef::Numbered(number.to_owned())),
        }
    }

    fn path(&mut self, path: &str) -> Option<DepartmentRef> {
        let levels = self.list.mapping.levels(path);
        if levels.len() > usize::try_from(DEEPEST).unwrap_or(0) {
            self.draft.problems.error(self.at(Field::Departments), "too_deep", Some(path));
            return None;
        }
        let mut node = None;
        for level in levels {
            match checked_department_name(&level) {
                Ok(name) => node = Some(self.draft.tree.child(node, &name, self.row.number)),
                Err(error) => {
                    self.draft.problems.error(self.at(Field::Departments), why(&error), Some(&level));
                    return None;
                }
            }
        }
        node.map(DepartmentRef::Node)
    }

    /// One answer for all departments, or one for each in their order.
    fn leads(&mut self, departments: usize) -> Option<Vec<bool>> {
        let text = self.text(Field::Leads)?;
        let separators = [self.list.mapping.list_separator.clone(), ";".into(), ",".into()];
        let separator = separators.iter().find(|separator| text.contains(separator.as_str())).unwrap_or(&separators[0]);
        let answers: Vec<Option<bool>> = text.split(separator.as_str()).map(is_yes).collect();
        let Some(answers) = answers.into_iter().collect::<Option<Vec<bool>>>() else {
            self.draft.problems.error(self.at(Field::Leads), "not_yes_or_no", Some(&text));
            return None;
        };
        match answers[..] {
            [one] => Some(vec![one; departments]),
            _ if answers.len() == departments => Some(answers),
            _ => {
                self.draft.problems.error(self.at(Field::Leads), "leaders_do_not_match", Some(&text));
                None
            }
        }
    }
}

/// Who stands in the list already, by everything that names a person.
#[derive(Default)]
struct Known {
    by: HashMap<(Field, String), usize>,
}

impl Known {
    /// Adds the person, or what the row adds to somebody above; a row that contradicts one above is wrong.
    fn add(&mut self, person: DraftPerson, draft: &mut Draft) {
        match self.above(&person).first().copied() {
            None => {
                self.learn(names(&person), draft.people.len());
                draft.people.push(person);
            }
            Some((field, place)) if !self.contradicts(&person, draft) => {
                let (row, above) = (person.row(), draft.people[place].row());
                draft.problems.note_with(Place::person(row, field), "same_person_again", None, above);
                self.learn(names(&person), place);
                merge(&mut draft.people[place], person);
            }
            Some(_) => {}
        }
    }

    /// Whether a row in which something is wrong is about somebody above, and where it contradicts them: more is not asked of it.
    fn is_told(&self, person: &DraftPerson, draft: &mut Draft) -> bool {
        self.contradicts(person, draft);
        !self.above(person).is_empty()
    }

    /// Who above goes by the same names.
    fn above(&self, person: &DraftPerson) -> Vec<(Field, usize)> {
        let named = names(person).into_iter();
        named.filter_map(|name| Some((name.0, *self.by.get(&name)?))).collect()
    }

    /// Whether the row says something else of the same person, or names two; each cell that does is told.
    fn contradicts(&self, person: &DraftPerson, draft: &mut Draft) -> bool {
        let found = self.above(person);
        let Some((_, place)) = found.first().copied() else { return false };
        let differing = contradictions(&draft.people[place], person);
        // Two of different names: what they share is wrong, not what each has for themselves.
        let is_another = differing.contains(&Field::Name);
        let shared: Vec<(Field, usize)> =
            found.into_iter().filter(|(_, other)| is_another || *other != place).collect();
        let is_told = |field: &Field| is_another || shared.iter().any(|(own, _)| own == field);
        let others: Vec<Field> = differing.into_iter().filter(|field| !is_told(field)).collect();
        let shared = shared.into_iter().map(|(field, other)| (field, twice(field), other));
        let others = others.into_iter().map(|field| (field, "differs_from_row", place));
        let told: Vec<(Field, &'static str, usize)> = shared.chain(others).collect();
        for (field, code, other) in &told {
            let (at, above) = (Place::person(person.row(), *field), draft.people[*other].row());
            draft.problems.clash(at, code, value(person, *field).as_deref(), above);
        }
        !told.is_empty()
    }

    fn learn(&mut self, names: Vec<(Field, String)>, place: usize) {
        for name in names {
            self.by.entry(name).or_insert(place);
        }
    }
}

/// Two people with one phone number, and its like.
fn twice(field: Field) -> &'static str {
    match field {
        Field::Phone => "phone_twice",
        Field::Email => "email_twice",
        Field::StaffNumber => "staff_number_twice",
        _ => "user_id_twice",
    }
}

fn names(person: &DraftPerson) -> Vec<(Field, String)> {
    person.names().into_iter().map(|(field, value)| (field, value.to_lowercase())).collect()
}

fn value(person: &DraftPerson, field: Field) -> Option<String> {
    match field {
        Field::Name => Some(person.name.clone()).filter(|name| !name.is_empty()),
        Field::UserId => person.user_id.clone(),
        Field::StaffNumber => person.staff_number.clone(),
        Field::Phone => person.phone.clone(),
        Field::Email => person.email.clone(),
        Field::Position => person.position.clone(),
        _ => None,
    }
}

/// All that the row says differently from the one above; the position may differ by department.
fn contradictions(above: &DraftPerson, person: &DraftPerson) -> Vec<Field> {
    let fields = [Field::Name, Field::UserId, Field::StaffNumber, Field::Phone, Field::Email];
    let differs = |field: &Field| {
        let (old, new) = (value(above, *field), value(person, *field));
        old.is_some() && new.is_some() && old != new
    };
    let status = (above.leaves != person.leaves).then_some(Field::Status);
    fields.into_iter().filter(differs).chain(status).collect()
}

fn merge(above: &mut DraftPerson, person: DraftPerson) {
    above.rows.extend(person.rows);
    above.user_id = above.user_id.take().or(person.user_id);
    above.phone = above.phone.take().or(person.phone);
    above.email = above.email.take().or(person.email);
    above.staff_number = above.staff_number.take().or(person.staff_number);
    above.position = above.position.take().or(person.position);
    for value in person.values {
        if above.values.iter().all(|own| own.field != value.field) {
            above.values.push(value);
        }
    }
    let Some(more) = person.departments else { return };
    let departments = above.departments.get_or_insert_default();
    let mut leads = above.leads.take().unwrap_or_else(|| vec![false; departments.len()]);
    let says_leads = person.leads.is_some() || leads.iter().any(|leads| *leads);
    let new_leads = person.leads.unwrap_or_else(|| vec![false; more.len()]);
    for (department, is_led) in more.into_iter().zip(new_leads) {
        match departments.iter().position(|own| *own == department) {
            Some(place) => leads[place] |= is_led,
            None => {
                departments.push(department);
                leads.push(is_led);
            }
        }
    }
    above.leads = says_leads.then_some(leads);
}
