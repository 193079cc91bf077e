//! Which departments of the lists are there already, which are new, and which are called or hung differently now.

use std::collections::HashMap;

use kernel::Tx;
use lists::{DepartmentRef, Draft, Field, Kind, Node, Place, compared_department_name};
use texts::Reading;

use super::existing::Existing;
use crate::model::DepartmentId;
use crate::policy::Importer;

/// What becomes of a department of the lists.
pub struct PlannedDepartment {
    pub id: DepartmentId,
    pub parent: Option<DepartmentId>,
    pub name: String,
    pub number: Option<String>,
    pub order: Option<i64>,
    pub change: DepartmentChange,
    /// Whether anybody who is imported, or the list of departments itself, names it.
    pub is_used: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum DepartmentChange {
    New,
    /// Renamed or moved.
    Changed,
    /// Only its number in the other product was not known.
    Numbered,
    None,
}

impl DepartmentChange {
    /// Whether colleagues will see it.
    pub fn is_visible(self) -> bool {
        matches!(self, Self::New | Self::Changed)
    }
}

/// All of them, by their place in the tree of the lists; `None` for those with something wrong.
#[derive(Default)]
pub struct PlannedDepartments {
    pub all: Vec<Option<PlannedDepartment>>,
    by_number: HashMap<String, DepartmentId>,
}

impl PlannedDepartments {
    /// The department a person's row names.
    pub fn find(&self, named: &DepartmentRef) -> Option<DepartmentId> {
        match named {
            DepartmentRef::Node(node) => self.all.get(*node)?.as_ref().map(|planned| planned.id),
            DepartmentRef::Numbered(number) => self.by_number.get(number).copied(),
        }
    }

    /// Whoever may not hand over what was given for departments, or let people out of hidden ones, hangs none elsewhere.
    pub fn check_moves(&mut self, by: &Importer, draft: &mut Draft, existing: &[Existing]) {
        if by.may_hang {
            return;
        }
        let parents: HashMap<DepartmentId, Option<DepartmentId>> =
            existing.iter().map(|one| (one.id, one.parent)).collect();
        for (place, node) in self.all.iter_mut().zip(&draft.tree.nodes) {
            let is_moved =
                place.as_ref().is_some_and(|one| parents.get(&one.id).is_some_and(|parent| *parent != one.parent));
            if is_moved {
                draft.problems.error(at(node, Field::ParentId), "not_allowed", Some(&node.name));
                *place = None;
            }
        }
    }

    pub fn use_it(&mut self, draft: &Draft, named: &DepartmentRef) {
        let DepartmentRef::Node(node) = named else { return };
        let mut at = Some(*node);
        while let Some(node) = at {
            let Some(Some(planned)) = self.all.get_mut(node) else { return };
            if planned.is_used {
                return;
            }
            planned.is_used = true;
            at = draft.tree.nodes[node].parent;
        }
    }
}

/// Finds each department by its number, else by its name under its parent.
pub fn plan(tx: &Tx, draft: &mut Draft, existing: &[Existing]) -> PlannedDepartments {
    let number = |one: &Existing| Some((one.number.clone()?, one.id));
    let mut planned = PlannedDepartments { all: Vec::new(), by_number: existing.iter().filter_map(number).collect() };
    planned.all.resize_with(draft.tree.nodes.len(), || None);
    let mut places: Vec<(usize, usize)> =
        (0..draft.tree.nodes.len()).filter_map(|node| Some((draft.tree.depth(node)?, node))).collect();
    places.sort_unstable();
    let by_id: HashMap<DepartmentId, &Existing> = existing.iter().map(|one| (one.id, one)).collect();
    let by_name: HashMap<(Option<DepartmentId>, String), &Existing> =
        existing.iter().map(|one| ((one.parent, compared_department_name(&one.name)), one)).collect();
    let in_use = || existing.iter().filter(|one| !one.is_archived);
    let by_sound: Option<HashMap<(Option<DepartmentId>, String), &Existing>> =
        draft.joins_alike.then(|| in_use().map(|one| ((one.parent, sound(&one.name)), one)).collect());
    for (_, place) in places {
        let node = &draft.tree.nodes[place];
        if draft.problems.is_wrong(node.kind, node.row) && node.kind == Kind::Departments {
            continue;
        }
        let parent = match node.parent {
            None => None,
            Some(parent) => match &planned.all[parent] {
                Some(parent) => Some(parent.id),
                None => continue,
            },
        };
        let numbered = node.number.as_ref().and_then(|number| by_id.get(planned.by_number.get(number)?));
        let named = by_name
            .get(&(parent, compared_department_name(&node.name)))
            .filter(|one| node.number.is_none() || one.number.is_none() || one.number == node.number);
        let found = numbered.or(named).copied();
        if found.is_some_and(|one| one.is_archived) {
            draft.problems.error(at(node, Field::Name), "is_archived", Some(&node.name));
            continue;
        }
        let alike = by_sound.as_ref().filter(|_| found.is_none()).and_then(|by| by.get(&(parent, sound(&node.name))));
        planned.all[place] = Some(match alike {
            Some(existing) => joined(node, existing),
            None => one(tx, node, parent, found),
        });
    }
    note_alike(draft, &planned, existing);
    planned
}

/// Where the lists name it.
fn at(node: &Node, field: Field) -> Place {
    match node.kind {
        Kind::People => Place::person(node.row, Field::Departments),
        Kind::Departments => Place::department(node.row, field),
    }
}

fn one(tx: &Tx, node: &Node, parent: Option<DepartmentId>, existing: Option<&Existing>) -> PlannedDepartment {
    let change = match existing {
        None => DepartmentChange::New,
        Some(one) if one.parent != parent || (node.number.is_some() && one.name != node.name) => {
            DepartmentChange::Changed
        }
        Some(one) if node.number.is_some() && one.number.is_none() => DepartmentChange::Numbered,
        Some(_) => DepartmentChange::None,
    };
    PlannedDepartment {
        id: existing.map_or_else(|| DepartmentId(tx.new_id()), |one| one.id),
        parent,
        name: node.name.clone(),
        number: node.number.clone().or_else(|| existing.and_then(|one| one.number.clone())),
        order: node.order,
        change,
        is_used: node.kind == Kind::Departments,
    }
}

/// A department under the name it has here.
fn joined(node: &Node, existing: &Existing) -> PlannedDepartment {
    let is_numbered = node.number.is_some() && existing.number.is_none();
    PlannedDepartment {
        id: existing.id,
        parent: existing.parent,
        name: existing.name.clone(),
        number: existing.number.clone().or_else(|| node.number.clone()),
        order: node.order,
        change: if is_numbered { DepartmentChange::Numbered } else { DepartmentChange::None },
        is_used: node.kind == Kind::Departments,
    }
}

fn sound(name: &str) -> String {
    Reading::of(name).sort
}

/// 研發部 beside 研发部: one department in two scripts is read alike. Only said, since two may be called alike and differ.
fn note_alike(draft: &mut Draft, planned: &PlannedDepartments, existing: &[Existing]) {
    let mut known: HashMap<(Option<DepartmentId>, String), (String, DepartmentId)> =
        existing.iter().map(|one| ((one.parent, sound(&one.name)), (one.name.clone(), one.id))).collect();
    for (node, planned) in draft.tree.nodes.iter().zip(&planned.all) {
        let Some(planned) = planned.as_ref().filter(|planned| planned.change == DepartmentChange::New) else {
            continue;
        };
        let key = (planned.parent, sound(&planned.name));
        let Some((other, id)) = known.get(&key) else {
            known.insert(key, (planned.name.clone(), planned.id));
            continue;
        };
        if *id != planned.id && compared_department_name(other) != compared_department_name(&planned.name) {
            let both = format!("{} / {other}", planned.name);
            draft.problems.warn(at(node, Field::Name), "department_sounds_alike", Some(&both));
        }
    }
}
