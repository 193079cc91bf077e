//! A list of departments as paths from the top down: `Research/Backend`, with an id in the product that wrote it or without (`DIR-04`).

use super::clean::clean;
use super::departments::{checked_department_name, leaders, why};
use super::draft::{Draft, Place};
use super::field::{Field, Kind};
use super::list::List;
use super::sheet::Row;
use crate::DEEPEST;

pub fn read(list: &List, draft: &mut Draft) {
    for row in &list.rows {
        if !draft.problems.is_wrong(Kind::Departments, row.number) {
            line(list, row, draft);
        }
    }
}

fn line(list: &List, row: &Row, draft: &mut Draft) {
    let at = |field| Place::department(row.number, field);
    let mut text = |field: Field| {
        let cell = list.column(field).and_then(|column| row.cells.get(column))?;
        clean(cell, field).unwrap_or_else(|code| {
            draft.problems.error(at(field), code, Some(&cell.text));
            None
        })
    };
    let (path, number, order) = (text(Field::Path), text(Field::DepartmentId), text(Field::Order));
    let path = path.map(|cleaned| cleaned.text).unwrap_or_default();
    let levels = list.mapping.levels(&path);
    if levels.is_empty() {
        // The organisation itself is no department.
        if path.is_empty() && !draft.problems.is_wrong(Kind::Departments, row.number) {
            draft.problems.error(at(Field::Path), "is_empty", None);
        }
        return;
    }
    if levels.len() > usize::try_from(DEEPEST).unwrap_or(0) {
        return draft.problems.error(at(Field::Path), "too_deep", Some(&path));
    }
    let mut node = None;
    for level in levels {
        match checked_department_name(&level) {
            Ok(name) => node = Some(draft.tree.child(node, &name, row.number)),
            Err(error) => return draft.problems.error(at(Field::Path), why(&error), Some(&level)),
        }
    }
    let Some(node) = node else { return };
    if draft.tree.nodes[node].kind == Kind::Departments {
        let other = draft.tree.nodes[node].row;
        return draft.problems.clash(at(Field::Path), "department_twice", Some(&path), other);
    }
    let number = number.map(|cleaned| cleaned.text);
    if let Some(other) = number.as_ref().and_then(|number| draft.tree.numbered(number)) {
        let other = draft.tree.nodes[other].row;
        return draft.problems.clash(at(Field::DepartmentId), "department_twice", number.as_deref(), other);
    }
    let order = order.map(|cleaned| cleaned.text);
    let place = order.as_ref().and_then(|order| order.parse().ok());
    if let Some(order) = order.filter(|_| place.is_none()) {
        draft.problems.note(at(Field::Order), "order_not_a_number", Some(&order));
    }
    draft.tree.list(node, (row.number, number, place));
    draft.tree.nodes[node].leaders = leaders(list, row, draft);
}
