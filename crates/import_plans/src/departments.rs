//! Which departments of the lists are there already, which are new, and which are called or hung differently now.

use std::collections::{HashMap, HashSet};

use access::DepartmentId;
use lists::{DepartmentRef, Draft, Field, Kind, Node, Place, PlaceChange, Siblings};
use texts::Reading;

/// Where something would be below itself a way up ends nowhere.
const DEEPEST_AT_ALL: usize = 100;

/// A department that is there.
pub struct Existing {
    /// Which.
    pub id: DepartmentId,
    /// The one above.
    pub parent: Option<DepartmentId>,
    /// What it is called.
    pub name: String,
    /// In the product that wrote a list before.
    pub number: Option<String>,
    /// Whether it is out of use.
    pub is_archived: bool,
    /// Its place among its siblings, as it is kept.
    pub position: i32,
}

/// What somebody may hang elsewhere.
#[derive(Clone, Copy)]
pub struct MayHang<'a> {
    /// Whether anything: not who may not hand over what was given for departments, nor let people out of hidden or limited ones.
    pub anything: bool,
    /// Those below which they bring nothing that is not there: they lead them.
    pub closed: &'a [DepartmentId],
}

/// The one above each.
pub(crate) type Parents = HashMap<DepartmentId, Option<DepartmentId>>;

impl MayHang<'_> {
    /// Whether from here to there, each in its tree.
    pub(crate) fn may_hang(
        self,
        (now, here): (&Parents, Option<DepartmentId>),
        (then, there): (&Parents, Option<DepartmentId>),
    ) -> bool {
        let is_closed = |tree: &Parents, at: Option<DepartmentId>| {
            let up = std::iter::successors(at, |one| tree.get(one).copied().flatten());
            up.take(DEEPEST_AT_ALL).any(|one| self.closed.contains(&one))
        };
        self.anything && (!is_closed(then, there) || is_closed(now, here))
    }
}

/// What becomes of a department of the lists; one that they name in two ways is there twice.
pub struct PlannedDepartment {
    /// Which.
    pub id: DepartmentId,
    /// The one above it then.
    pub parent: Option<DepartmentId>,
    /// As the list calls it.
    pub name: String,
    /// In the product that wrote the list.
    pub number: Option<String>,
    /// Order among siblings: the greatest first.
    pub order: Option<i64>,
    /// What becomes of it.
    pub change: DepartmentChange,
    /// Its place among the siblings that are there already and stay, when the order of the list changes it.
    pub place: Option<PlaceChange>,
    /// The row that names it.
    pub row: u32,
}

/// What becomes of a department.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum DepartmentChange {
    /// Not there yet.
    New,
    /// Renamed, moved or put into another order.
    Changed,
    /// Only its number in the other product was not known.
    Numbered,
    /// As before.
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
    /// Each, as the lists name it.
    pub all: Vec<Option<PlannedDepartment>>,
    /// Where each of the organisation stands among its siblings then.
    pub positions: HashMap<DepartmentId, i32>,
    by_number: HashMap<String, DepartmentId>,
    /// Those that are new, with the one above each.
    made: Parents,
    used: HashSet<DepartmentId>,
}

impl PlannedDepartments {
    /// The department a person's row names.
    pub fn find(&self, named: &DepartmentRef) -> Option<DepartmentId> {
        match named {
            DepartmentRef::Node(node) => self.all.get(*node)?.as_ref().map(|planned| planned.id),
            DepartmentRef::Numbered(number) => self.by_number.get(number).copied(),
        }
    }

    /// These departments; instead of a new one, what is here already and lies nearest above it.
    pub fn standing(&self, departments: &[DepartmentId]) -> Vec<DepartmentId> {
        let standing = |one: &DepartmentId| {
            let up = std::iter::successors(Some(*one), |one| self.made.get(one).copied().flatten());
            up.take(DEEPEST_AT_ALL).find(|one| !self.made.contains_key(one))
        };
        departments.iter().filter_map(standing).collect()
    }

    /// Takes out what the caller may not hang elsewhere.
    pub fn forbid_moves(&mut self, draft: &mut Draft, existing: &[Existing], by: MayHang<'_>) {
        if by.anything && by.closed.is_empty() {
            return;
        }
        let parents: Parents = existing.iter().map(|one| (one.id, one.parent)).collect();
        let mut then = parents.clone();
        then.extend(self.all.iter().flatten().map(|one| (one.id, one.parent)));
        for (place, node) in self.all.iter_mut().zip(&draft.tree.nodes) {
            let is_refused = |one: &PlannedDepartment| {
                let is_moved = parents.get(&one.id).is_some_and(|parent| *parent != one.parent);
                is_moved && !by.may_hang((&parents, Some(one.id)), (&then, one.parent))
            };
            if place.as_ref().is_some_and(is_refused) {
                draft.problems.error(at(node, Field::ParentId), "not_allowed", Some(&node.name));
                *place = None;
            }
        }
    }

    /// Those that anybody who is imported, or the list of departments itself, names.
    pub fn used(&self) -> impl Iterator<Item = &PlannedDepartment> {
        self.all.iter().flatten().filter(|planned| self.used.contains(&planned.id))
    }

    /// Somebody who is imported is there.
    pub fn use_it(&mut self, draft: &Draft, named: &DepartmentRef) {
        let DepartmentRef::Node(node) = named else { return };
        let mut at = Some(*node);
        while let Some(node) = at {
            let Some(Some(planned)) = self.all.get(node) else { return };
            if !self.used.insert(planned.id) {
                return;
            }
            at = draft.tree.nodes[node].parent;
        }
    }

    /// Orders siblings as the list does; what is new or comes from elsewhere stands last where the list gives no order.
    pub fn arrange(&mut self, existing: &[Existing]) {
        let mut wanted: HashMap<DepartmentId, (Option<DepartmentId>, Option<i64>)> = HashMap::new();
        for one in self.all.iter().flatten() {
            wanted.entry(one.id).or_insert((one.parent, one.order));
        }
        let stays = |one: &&Existing| wanted.get(&one.id).is_none_or(|(parent, _)| *parent == one.parent);
        let staying: Vec<&Existing> = existing.iter().filter(stays).collect();
        let come = self.all.iter().flatten().map(|one| (wanted[&one.id].0, one.id));
        let mut siblings: HashMap<_, Vec<(DepartmentId, Option<i64>)>> = HashMap::new();
        let mut seen: HashSet<DepartmentId> = staying.iter().map(|one| one.id).collect();
        for one in &staying {
            let order = wanted.get(&one.id).and_then(|(_, order)| *order);
            siblings.entry(one.parent).or_default().push((one.id, order));
        }
        for (parent, id) in come.filter(|(_, id)| seen.insert(*id)) {
            lists::join(siblings.entry(parent).or_default(), (id, wanted[&id].1));
        }
        let counted: HashSet<DepartmentId> = staying.iter().filter(|one| !one.is_archived).map(|one| one.id).collect();
        let mut changes: HashMap<DepartmentId, PlaceChange> = HashMap::new();
        for mut siblings in siblings.into_values() {
            changes.extend(lists::arrange(&mut siblings, |id| counted.contains(id)));
            self.positions.extend(siblings.into_iter().map(|(id, _)| id).zip(0..));
        }
        for one in self.all.iter_mut().flatten().filter(|one| one.order.is_some()) {
            if let Some(place) = changes.get(&one.id) {
                (one.place, one.change) = (Some(*place), DepartmentChange::Changed);
            }
        }
    }
}

/// Finds each department by its number, else by its name under its parent; those that are new are called by `new_id`.
pub fn plan(draft: &mut Draft, existing: &[Existing], new_id: impl Fn() -> DepartmentId) -> PlannedDepartments {
    let by_number = existing.iter().filter_map(|one| Some((one.number.clone()?, one.id))).collect();
    let mut planned = PlannedDepartments { by_number, ..PlannedDepartments::default() };
    planned.all.resize_with(draft.tree.nodes.len(), || None);
    // Those with a number first: paths may mean them by their new names.
    let mut places: Vec<(usize, bool, usize)> = (draft.tree.nodes.iter().enumerate())
        .filter_map(|(place, node)| Some((draft.tree.depth(place)?, node.number.is_none(), place)))
        .collect();
    places.sort_unstable();
    let by_id: HashMap<DepartmentId, &Existing> = existing.iter().map(|one| (one.id, one)).collect();
    let (mut siblings, mut seen) = (named(existing), HashSet::new());
    let in_use = || existing.iter().filter(|one| !one.is_archived);
    let by_sound: Option<HashMap<(Option<DepartmentId>, String), &Existing>> =
        draft.joins_alike.then(|| in_use().map(|one| ((one.parent, sound(&one.name)), one)).collect());
    for (_, _, place) in places {
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
        let numbered = node.number.as_ref().and_then(|number| planned.by_number.get(number));
        let may_be = |id: &DepartmentId| node.number.is_none() || by_id.get(id).is_some_and(|one| one.number.is_none());
        let meant = numbered.map_or_else(|| siblings.named(parent, &node.name, may_be), |id| vec![*id]);
        let existing = meant.first().and_then(|id| by_id.get(id)).copied();
        let wrong = match meant[..] {
            [_, _, ..] => Some("department_ambiguous"),
            _ => existing.filter(|one| one.is_archived).map(|_| "is_archived"),
        };
        if let Some(code) = wrong {
            draft.problems.error(at(node, Field::Name), code, Some(&node.name));
            continue;
        }
        let alike = by_sound.as_ref().filter(|_| meant.is_empty()).and_then(|by| by.get(&(parent, sound(&node.name))));
        let one = match (alike, meant.first()) {
            (Some(existing), _) => joined(node, existing),
            // What becomes of it is said once, by whoever names it first.
            (None, Some(id)) => found(node, (parent, *id), existing.filter(|_| !seen.contains(id))),
            (None, None) => PlannedDepartment::of(node, parent, new_id()),
        };
        siblings.add(parent, &one.name, one.id);
        if one.change == DepartmentChange::New {
            planned.made.insert(one.id, one.parent);
        }
        seen.insert(one.id);
        let is_listed = node.kind == Kind::Departments;
        planned.all[place] = Some(one);
        if is_listed {
            // A path may be the only one that names what lies above it.
            planned.use_it(draft, &DepartmentRef::Node(place));
        }
    }
    note_alike(draft, &planned, existing);
    planned
}

/// What is out of use gives way to what is in use.
fn named(existing: &[Existing]) -> Siblings<Option<DepartmentId>, DepartmentId> {
    let mut siblings = Siblings::default();
    let (archived, in_use): (Vec<&Existing>, Vec<&Existing>) = existing.iter().partition(|one| one.is_archived);
    for one in in_use.into_iter().chain(archived) {
        if !one.is_archived || siblings.named(one.parent, &one.name, |_| true).is_empty() {
            siblings.add(one.parent, &one.name, one.id);
        }
    }
    siblings
}

/// Where the lists name it.
fn at(node: &Node, field: Field) -> Place {
    match node.kind {
        Kind::People => Place::person(node.row, Field::Departments),
        Kind::Departments => Place::department(node.row, field),
    }
}

impl PlannedDepartment {
    /// As the list has it, when nothing is known of it.
    fn of(node: &Node, parent: Option<DepartmentId>, id: DepartmentId) -> Self {
        let (name, number) = (node.name.clone(), node.number.clone());
        let (order, row, change) = (node.order, node.row, DepartmentChange::New);
        Self { id, parent, name, number, order, change, place: None, row }
    }
}

/// One that is there, or, without `existing`, one that the lists named already.
fn found(
    node: &Node,
    (parent, id): (Option<DepartmentId>, DepartmentId),
    existing: Option<&Existing>,
) -> PlannedDepartment {
    let new = PlannedDepartment::of(node, parent, id);
    let change = match existing {
        Some(one) if one.parent != parent || (node.number.is_some() && one.name != node.name) => {
            DepartmentChange::Changed
        }
        Some(one) if node.number.is_some() && one.number.is_none() => DepartmentChange::Numbered,
        _ => DepartmentChange::None,
    };
    let number = new.number.clone().or_else(|| existing?.number.clone());
    PlannedDepartment { number, change, ..new }
}

/// A department under the name it has here.
fn joined(node: &Node, existing: &Existing) -> PlannedDepartment {
    let is_numbered = node.number.is_some() && existing.number.is_none();
    let change = if is_numbered { DepartmentChange::Numbered } else { DepartmentChange::None };
    let number = existing.number.clone().or_else(|| node.number.clone());
    let (name, new) = (existing.name.clone(), PlannedDepartment::of(node, existing.parent, existing.id));
    PlannedDepartment { name, number, change, ..new }
}

fn sound(name: &str) -> String {
    Reading::of(name).sound()
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
        if *id != planned.id {
            let both = format!("{} / {other}", planned.name);
            draft.problems.warn(at(node, Field::Name), "department_sounds_alike", Some(&both));
        }
    }
}
