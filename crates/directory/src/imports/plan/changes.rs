//! Who and what an import creates, changes and moves, one by one, with what was there before.

use std::collections::HashMap;

use kernel::MemberId;
use lists::{Draft, Field, PlaceChange};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::departments::{DepartmentChange, PlannedDepartments};
use super::existing::{Existing, Matched};
use super::people::{Act, Placement, Update};
use super::{Outcome, outcome};
use crate::model::{DepartmentId, Profile};
use crate::people::person::Person;

/// One thing known of a person that is not what it was.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = ImportFieldChange)]
pub struct FieldChange {
    /// What.
    pub field: Field,
    /// As it is now; absent when nothing is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// As it will be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
}

/// A person an import is about.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = ImportPerson)]
pub struct PersonChange {
    /// The first row they stand in, as the spreadsheet program counts.
    pub row: u32,
    /// Who they are here; absent for those who are new.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub member_id: Option<MemberId>,
    /// Their name, as it will be.
    pub name: String,
    /// What becomes of them.
    pub outcome: Outcome,
    /// Where they will be, from the top down: `Research / Backend`.
    pub departments: Vec<String>,
    /// What is not what it was; empty for those who are new.
    pub changes: Vec<FieldChange>,
}

impl PersonChange {
    /// Whether it is counted as this: who is changed and moved is both.
    pub fn is(&self, wanted: Outcome) -> bool {
        let is_place = |one: &FieldChange| matches!(one.field, Field::Departments | Field::Leads);
        match wanted {
            Outcome::Moved => self.changes.iter().any(is_place),
            _ => self.outcome == wanted,
        }
    }
}

/// A department an import makes, renames, hangs elsewhere or puts into another order.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = ImportDepartment)]
pub struct PathChange {
    /// The row that names it first, as the spreadsheet program counts.
    pub row: u32,
    /// Its path now; absent for one that is new.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// Its path then, from the top down.
    pub after: String,
    /// Its place among those beside it, when the order of the list changes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<PlaceChange>,
}

/// Departments by their ids: the one above, and the name.
struct Paths<'a>(HashMap<DepartmentId, (Option<DepartmentId>, &'a str)>);

impl<'a> Paths<'a> {
    fn before(existing: &'a [Existing]) -> Self {
        Self(existing.iter().map(|one| (one.id, (one.parent, one.name.as_str()))).collect())
    }

    fn after(existing: &'a [Existing], planned: &'a PlannedDepartments) -> Self {
        let mut paths = Self::before(existing);
        let named = planned.all.iter().flatten().filter(|one| one.change.is_visible());
        paths.0.extend(named.map(|one| (one.id, (one.parent, one.name.as_str()))));
        paths
    }

    fn path(&self, department: DepartmentId) -> String {
        let (mut names, mut at) = (Vec::new(), Some(department));
        while let Some((parent, name)) = at.and_then(|id| self.0.get(&id)) {
            names.insert(0, *name);
            at = parent.filter(|_| names.len() < 32);
        }
        names.join(" / ")
    }

    fn all(&self, departments: &[DepartmentId]) -> Vec<String> {
        departments.iter().map(|one| self.path(*one)).collect()
    }
}

/// Everybody but those left out, in the order of the list.
pub fn people(
    draft: &Draft,
    acts: &[Act],
    matched: &Matched,
    tree: (&[Existing], &PlannedDepartments),
) -> Vec<PersonChange> {
    let (before, after) = (Paths::before(tree.0), Paths::after(tree.0, tree.1));
    let told = |(row, act): (u32, &Act)| {
        let (member_id, name, departments, changes) = match act {
            Act::LeaveOut => return None,
            Act::Create { profile, places } | Act::Invite { profile, places, .. } => {
                (None, profile.name.clone(), after.all(&places.departments), Vec::new())
            }
            Act::Update(update) => {
                let existing = matched.people.get(&update.member)?;
                let places = update.places.as_ref().map_or(&existing.department_ids, |places| &places.departments);
                let changes = changes(existing, update, (&before, &after));
                (Some(update.member), update.profile.name.clone(), after.all(places), changes)
            }
        };
        Some(PersonChange { row, member_id, name, outcome: outcome(act), departments, changes })
    };
    draft.people.iter().map(lists::DraftPerson::row).zip(acts).filter_map(told).collect()
}

fn changes(existing: &Person, update: &Update, (before, after): (&Paths<'_>, &Paths<'_>)) -> Vec<FieldChange> {
    let (old, new) = (texts(&existing.profile), texts(&update.profile));
    let differs = old.into_iter().zip(new).filter(|((_, old), (_, new))| old != new);
    let change = |field, before: Option<String>, after: Option<String>| FieldChange { field, before, after };
    let mut changes: Vec<FieldChange> = differs.map(|((field, old), (_, new))| change(field, old, new)).collect();
    if let Some(Placement { departments, leads }) = &update.places {
        let joined = |paths: Vec<String>| Some(paths.join("; ")).filter(|text| !text.is_empty());
        let led = |own: &[DepartmentId], leads: &[DepartmentId]| -> Vec<DepartmentId> {
            own.iter().copied().filter(|one| leads.contains(one)).collect()
        };
        if *departments != existing.department_ids {
            let now = joined(before.all(&existing.department_ids));
            changes.push(change(Field::Departments, now, joined(after.all(departments))));
        }
        let (old, new) = (led(&existing.department_ids, &existing.leads), led(departments, leads));
        if old != new {
            changes.push(change(Field::Leads, joined(before.all(&old)), joined(after.all(&new))));
        }
    }
    changes
}

fn texts(profile: &Profile) -> [(Field, Option<String>); 6] {
    [
        (Field::Name, Some(profile.name.clone())),
        (Field::UserId, profile.user_id.clone()),
        (Field::Phone, profile.phone.clone()),
        (Field::Email, profile.email.clone()),
        (Field::StaffNumber, profile.staff_number.clone()),
        (Field::Position, profile.position.clone()),
    ]
}

/// Those that are new, renamed, moved or put into another order, in the order of the lists.
pub fn departments(existing: &[Existing], planned: &PlannedDepartments) -> Vec<PathChange> {
    let (before, after) = (Paths::before(existing), Paths::after(existing, planned));
    let told = |one: &super::PlannedDepartment| PathChange {
        row: one.row,
        before: (one.change == DepartmentChange::Changed).then(|| before.path(one.id)),
        after: after.path(one.id),
        place: one.place,
    };
    planned.used().filter(|one| one.change.is_visible()).map(told).collect()
}
