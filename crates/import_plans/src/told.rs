//! Who and what an import creates, changes and moves, one by one, with what was there before.

use std::collections::HashMap;

use access::DepartmentId;
use kernel::MemberId;
use lists::{Field, PlaceChange};
use profiles::FieldId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::departments::{DepartmentChange, Existing, PlannedDepartment, PlannedDepartments};
use crate::report::Outcome;

/// What an import does, one by one: what its confirmation is about.
#[derive(Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// Everybody but those left out, in the order of the list; then those whom it changes without naming them in a row.
    pub people: Vec<PersonChange>,
    /// Departments that are new, renamed, moved or put into another order.
    pub departments: Vec<PathChange>,
}

/// One thing known of a person that is not what it was.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = ImportFieldChange)]
pub struct FieldChange {
    /// What.
    pub field: Field,
    /// Which one, when it is of the organisation's own making.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field_id: Option<FieldId>,
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
    /// The first row they stand in, as the spreadsheet program counts; 0 for those who stand in none: they leave, or lead
    /// otherwise by the list of departments.
    pub row: u32,
    /// Who they are here; absent for those who are new.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub member_id: Option<MemberId>,
    /// Their name, as it will be.
    pub name: String,
    /// What becomes of them.
    pub outcome: Outcome,
    /// Where they will be, from the top down: `Research / Backend`; of those who leave, where they are.
    pub departments: Vec<String>,
    /// What is not what it was; of those who are new, what they will lead.
    pub changes: Vec<FieldChange>,
}

impl PersonChange {
    /// Whether it is counted as this: who is changed and moved is both.
    pub fn is(&self, wanted: Outcome) -> bool {
        match wanted {
            Outcome::Moved => self.changes.iter().any(|one| one.field == Field::Departments),
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
pub struct Paths<'a>(HashMap<DepartmentId, (Option<DepartmentId>, &'a str)>);

impl<'a> Paths<'a> {
    /// As they are now.
    pub fn before(existing: &'a [Existing]) -> Self {
        Self(existing.iter().map(|one| (one.id, (one.parent, one.name.as_str()))).collect())
    }

    /// As they will be.
    pub fn after(existing: &'a [Existing], planned: &'a PlannedDepartments) -> Self {
        let mut paths = Self::before(existing);
        let named = planned.all.iter().flatten().filter(|one| one.change.is_visible());
        paths.0.extend(named.map(|one| (one.id, (one.parent, one.name.as_str()))));
        paths
    }

    /// From the top down: `Research / Backend`.
    pub fn path(&self, department: DepartmentId) -> String {
        let (mut names, mut at) = (Vec::new(), Some(department));
        while let Some((parent, name)) = at.and_then(|id| self.0.get(&id)) {
            names.insert(0, *name);
            at = parent.filter(|_| names.len() < 32);
        }
        names.join(" / ")
    }

    /// Of each of them.
    pub fn all(&self, departments: &[DepartmentId]) -> Vec<String> {
        departments.iter().map(|one| self.path(*one)).collect()
    }
}

/// Those that are new, renamed, moved or put into another order, in the order of the lists.
pub fn departments(existing: &[Existing], planned: &PlannedDepartments) -> Vec<PathChange> {
    let (before, after) = (Paths::before(existing), Paths::after(existing, planned));
    let told = |one: &PlannedDepartment| PathChange {
        row: one.row,
        before: (one.change == DepartmentChange::Changed).then(|| before.path(one.id)),
        after: after.path(one.id),
        place: one.place,
    };
    planned.used().filter(|one| one.change.is_visible()).map(told).collect()
}
