//! A list of departments with ids, as WeCom exports it: rows in any order, the parent by its id (`DIR-04`).

use kernel::{Error, Result};
use texts::one_line;

use super::clean::clean;
use super::draft::{Draft, Place};
use super::field::{Field, Kind};
use super::list::List;
use super::sheet::{Cell, Row};
use super::tree::Node;
use crate::DEEPEST;

/// A department's name as it is kept: one line, not empty, at most 64 characters.
pub fn checked_department_name(name: &str) -> Result<String> {
    one_line("name", name, 64)?.ok_or(Error::Invalid { field: "name", why: "is_empty" })
}

/// Parents of these ids are the organisation itself.
const TOPS: [&str; 3] = ["", "0", "1"];
const LONGEST_NUMBER: usize = 64;

struct Line {
    row: u32,
    node: Option<usize>,
    parent: String,
}

pub fn read(list: &List, draft: &mut Draft) {
    let lines: Vec<Line> = list.rows.iter().filter_map(|row| line(list, row, draft)).collect();
    for line in &lines {
        let Some(node) = line.node else { continue };
        if TOPS.contains(&line.parent.as_str()) && draft.tree.numbered(&line.parent).is_none() {
            continue;
        }
        match draft.tree.numbered(&line.parent) {
            Some(parent) => draft.tree.nodes[node].parent = Some(parent),
            None => {
                let place = Place::department(line.row, Field::ParentId);
                draft.problems.error(place, "parent_unknown", Some(&line.parent));
            }
        }
    }
    check_shape(&lines, draft);
}

/// `None` for the row that is the organisation itself, and for one that cannot be told into cells.
fn line(list: &List, row: &Row, draft: &mut Draft) -> Option<Line> {
    if draft.problems.is_wrong(Kind::Departments, row.number) {
        return None;
    }
    let mut text = |field: Field| {
        let cell = list.column(field).and_then(|column| row.cells.get(column))?;
        match clean(cell, field) {
            Ok(cleaned) => Some(cleaned?.text),
            Err(code) => {
                draft.problems.error(Place::department(row.number, field), code, cell.seen());
                None
            }
        }
    };
    let (name, number, parent) = (text(Field::Name), text(Field::DepartmentId), text(Field::ParentId));
    let order = text(Field::Order);
    let leaders = leaders(list, row, draft);
    let (number, parent) = (number.unwrap_or_default(), parent.unwrap_or_default());
    if number == "1" && TOPS.contains(&parent.as_str()) {
        return None;
    }
    let at = |field| Place::department(row.number, field);
    let is_long = number.chars().count() > LONGEST_NUMBER;
    if number.is_empty() || is_long {
        let (code, shown) = if is_long { ("is_too_long", Some(number.as_str())) } else { ("is_empty", None) };
        draft.problems.error(at(Field::DepartmentId), code, shown);
        return Some(Line { row: row.number, node: None, parent });
    }
    if let Some(other) = draft.tree.numbered(&number) {
        let other = draft.tree.nodes[other].row;
        draft.problems.clash(at(Field::DepartmentId), "department_twice", Some(&number), other);
        return Some(Line { row: row.number, node: None, parent });
    }
    let name = match checked_department_name(name.as_deref().unwrap_or_default()) {
        Ok(name) => name,
        Err(error) => {
            draft.problems.error(at(Field::Name), why(&error), name.as_deref());
            String::new()
        }
    };
    let order = order.and_then(|text| {
        let order = text.parse().ok();
        if order.is_none() {
            draft.problems.note(at(Field::Order), "order_not_a_number", Some(&text));
        }
        order
    });
    let (number, kind) = (Some(number), Kind::Departments);
    let node = Node { name, parent: None, number, order, leaders, kind, row: row.number };
    let node = draft.tree.add(node);
    Some(Line { row: row.number, node: Some(node), parent })
}

/// Between people in one cell, besides a new line.
const BETWEEN: [char; 6] = [';', '；', ',', '，', '、', '|'];

/// More do not lead one department.
const MOST_LEADERS: usize = 20;

/// Who leads the department of this row, each once and as they are written there; nobody where the cell cannot be read or
/// names too many: the department keeps its leaders.
pub fn leaders(list: &List, row: &Row, draft: &mut Draft) -> Vec<String> {
    let Some(cell) = list.column(Field::Leaders).and_then(|column| row.cells.get(column)) else { return Vec::new() };
    let at = Place::department(row.number, Field::Leaders);
    let lines = Cell { text: cell.text.replace(['\r', '\n'], ";"), kind: cell.kind };
    let text = match clean(&lines, Field::Leaders) {
        Ok(cleaned) => cleaned.map(|cleaned| cleaned.text).unwrap_or_default(),
        Err(code) => {
            draft.problems.warn(at, code, cell.seen());
            return Vec::new();
        }
    };
    let mut leaders: Vec<String> = Vec::new();
    for one in text.split(BETWEEN).map(str::trim).filter(|one| !one.is_empty()) {
        if leaders.iter().any(|known| known == one) {
            continue;
        }
        if leaders.len() == MOST_LEADERS {
            draft.problems.warn(at, "too_many_leaders", Some(&text));
            return Vec::new();
        }
        leaders.push(one.to_owned());
    }
    leaders
}

/// A department that is its own ancestor, one too deep, two of one name under one parent.
fn check_shape(lines: &[Line], draft: &mut Draft) {
    for line in lines {
        let Some(node) = line.node else { continue };
        match draft.tree.depth(node) {
            None => {
                let place = Place::department(line.row, Field::ParentId);
                draft.problems.error(place, "department_cycle", Some(&line.parent));
            }
            Some(depth) if depth > usize::try_from(DEEPEST).unwrap_or(0) => {
                draft.problems.error(Place::department(line.row, Field::ParentId), "too_deep", None);
            }
            Some(_) => {
                if let Some(other) = draft.tree.name(node) {
                    let (place, other) = (Place::department(line.row, Field::Name), draft.tree.nodes[other].row);
                    let name = draft.tree.nodes[node].name.clone();
                    draft.problems.clash(place, "department_name_twice", Some(&name), other);
                }
            }
        }
    }
}

/// The stable word of a refusal.
pub fn why(error: &Error) -> &'static str {
    match error {
        Error::Invalid { why, .. } => why,
        _ => "is_wrong",
    }
}
