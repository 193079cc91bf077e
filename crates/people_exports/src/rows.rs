//! What the file holds: of whom and what the caller sees, a row each.

use std::collections::HashMap;

use directory::{Department, DepartmentId, Field, FieldId, Member};
use kernel::{MemberId, Result, Tx};
use profiles::{BuiltIn, Kind};

use crate::titles::Titles;

/// People who are opened at a time.
const STEP: usize = 500;

/// A table, ready to be written.
pub struct Table {
    /// Above the columns.
    pub titles: Vec<String>,
    /// Below them.
    pub rows: Vec<Vec<String>>,
    /// Which fields the columns are.
    pub fields: Vec<FieldId>,
}

/// Departments by their path from the top, as the import reads them.
struct Paths(HashMap<DepartmentId, String>);

/// These people, in this order, as whoever `tx` runs for sees them.
pub async fn table(tx: &mut Tx, ids: &[MemberId], titles: Titles) -> Result<Table> {
    let paths = Paths::of(&directory::departments_with_archived(tx, None).await?);
    let fields: Vec<Field> = directory::fields(tx).await?.into_iter().filter(is_column).collect();
    let mut head = vec![titles.name().to_owned()];
    head.extend(fields.iter().map(|field| title(field, titles)));
    head.extend([titles.departments(), titles.leads(), titles.state()].map(ToOwned::to_owned));
    let mut rows = Vec::with_capacity(ids.len());
    for step in ids.chunks(STEP) {
        let people = directory::members(tx, step).await?;
        let names = named(tx, &fields, &people).await?;
        let mut by_id: HashMap<MemberId, Member> = people.into_iter().map(|one| (one.id, one)).collect();
        for person in step.iter().filter_map(|id| by_id.remove(id)) {
            let mut row = vec![person.name.clone()];
            row.extend(fields.iter().map(|field| cell(field, &person, &names, titles)));
            row.extend([paths.of_person(&person), leads(&person, titles), titles.state_of(person.state).to_owned()]);
            rows.push(row.into_iter().map(lists::marked).collect());
        }
        tokio::task::yield_now().await;
    }
    Ok(Table { titles: head, rows, fields: fields.into_iter().map(|field| field.id).collect() })
}

/// A picture is no cell, and of a field that is off nothing is shown.
fn is_column(field: &Field) -> bool {
    field.is_collected && field.kind != Kind::Picture
}

fn title(field: &Field, titles: Titles) -> String {
    field.built_in.map_or_else(|| titles.own(&field.names), |one| titles.field(one).to_owned())
}

/// What people are called whom fields name.
async fn named(tx: &mut Tx, fields: &[Field], people: &[Member]) -> Result<HashMap<MemberId, String>> {
    let of_people = |id: FieldId| fields.iter().any(|field| field.id == id && field.kind == Kind::Person);
    let values = people.iter().flat_map(|person| &person.values).filter(|value| of_people(value.field_id));
    let ids: Vec<MemberId> = values.filter_map(|value| value.value.parse().ok()).collect();
    let seen = directory::seen_members(tx, ids).await?;
    directory::names(tx, &seen).await
}

fn cell(field: &Field, person: &Member, names: &HashMap<MemberId, String>, titles: Titles) -> String {
    let text = match field.built_in {
        Some(BuiltIn::UserId) => person.user_id.clone(),
        Some(BuiltIn::StaffNumber) => person.staff_number.clone(),
        Some(BuiltIn::Phone) => person.phone.clone(),
        Some(BuiltIn::Email) => person.email.clone(),
        Some(BuiltIn::Position) => person.position.clone(),
        Some(BuiltIn::Signature) => person.signature.clone(),
        Some(BuiltIn::Birthday) => person.birthday.map(|day| day.to_string()),
        _ => None,
    };
    let value = || person.values.iter().find(|value| value.field_id == field.id).map(|value| value.value.as_str());
    // Of what is masked the shown part stands among the values, wherever the field has its place.
    let Some(text) = text.or_else(|| value().map(ToOwned::to_owned)) else { return String::new() };
    match field.kind {
        Kind::Choice if field.built_in.is_some() => titles.gender(&text).to_owned(),
        Kind::Choice => {
            let choice = field.choices.iter().find(|choice| choice.id == text);
            choice.map(|choice| titles.own(&choice.names)).unwrap_or_default()
        }
        Kind::Person => text.parse().ok().and_then(|id: MemberId| names.get(&id).cloned()).unwrap_or_default(),
        _ => text,
    }
}

/// A word for each department, in their order: the import reads them so.
fn leads(person: &Member, titles: Titles) -> String {
    let answers = person.department_ids.iter().map(|id| titles.yes_or_no(person.leads.contains(id)));
    answers.collect::<Vec<_>>().join(";")
}

impl Paths {
    fn of(departments: &[Department]) -> Self {
        let by_id: HashMap<DepartmentId, &Department> = departments.iter().map(|one| (one.id, one)).collect();
        let path = |department: &Department| {
            let mut levels = vec![lists::escaped(&department.name)];
            let mut above = department.parent_id;
            while let Some(one) = above.and_then(|id| by_id.get(&id)) {
                levels.push(lists::escaped(&one.name));
                above = one.parent_id;
            }
            levels.reverse();
            levels.join("/")
        };
        Self(departments.iter().map(|one| (one.id, path(one))).collect())
    }

    fn of_person(&self, person: &Member) -> String {
        let paths = person.department_ids.iter().filter_map(|id| self.0.get(id).map(String::as_str));
        paths.collect::<Vec<_>>().join(";")
    }
}
