//! Departments: put in order among their siblings, and taken out of use once nobody is in them.

use std::collections::{BTreeMap, HashMap};

use directory::{DepartmentId, EditDepartment, Edition, ManageableDepartment};
use kernel::{Result, Tx};

use super::problem::over;
use super::{Problems, UpsertDepartment, Work, begin_row, end_row};
use crate::link::Kind;
use crate::policy::Provisioner;

/// Puts those that this call gives a place into that order, as far as they are siblings. The others stay where they are.
pub async fn order(
    tx: &mut Tx,
    _by: &Provisioner,
    rows: &[UpsertDepartment],
    work: &mut Work,
    problems: &mut Problems,
) -> Result<()> {
    let wanted = |(place, row): (usize, &UpsertDepartment)| {
        Some((*work.places.get(row.external_id.trim())?, (row.position?, place)))
    };
    let places: HashMap<DepartmentId, (i32, usize)> = rows.iter().enumerate().filter_map(wanted).collect();
    if places.is_empty() || !problems.is_empty() {
        return Ok(());
    }
    let mut siblings: BTreeMap<Option<DepartmentId>, Vec<DepartmentId>> = BTreeMap::new();
    for one in directory::departments_with_archived(tx, None).await? {
        if places.contains_key(&one.id) {
            siblings.entry(one.parent_id).or_default().push(one.id);
        }
    }
    for mut now in siblings.into_values() {
        let mut sorted = now.clone();
        sorted.sort_by_key(|id| places.get(id).copied());
        // From the last one on: what stands before it already stays.
        for (first, second) in sorted.iter().zip(sorted.iter().skip(1)).rev() {
            let at = |id: &DepartmentId| now.iter().position(|one| one == id);
            if at(first) < at(second) {
                continue;
            }
            let row = places.get(first).map_or(0, |(_, row)| *row);
            let before = EditDepartment { before: Some(Some(*second)), ..EditDepartment::default() };
            edit(tx, (*first, row), before, work, problems).await?;
            now.retain(|one| one != first);
            let place = now.iter().position(|one| one == second).unwrap_or_default();
            now.insert(place, *first);
        }
    }
    Ok(())
}

/// Takes those out of use that are to be, what lies lowest first.
pub async fn archive(tx: &mut Tx, _by: &Provisioner, work: &mut Work, problems: &mut Problems) -> Result<()> {
    let mut waiting = std::mem::take(&mut work.archives);
    while !waiting.is_empty() && problems.is_empty() {
        let (tried, mut blocked, mut wrong) = (waiting.len(), Vec::new(), Problems::default());
        for (row, id) in waiting {
            let out = EditDepartment { is_archived: Some(true), ..EditDepartment::default() };
            if !edit(tx, (id, row), out, work, &mut wrong).await? {
                blocked.push((row, id));
            }
        }
        // Something may have lain below it that is out of use by now; else it stays wrong.
        if blocked.len() == tried {
            *problems = wrong;
        }
        waiting = blocked;
    }
    Ok(())
}

/// Whether it could be.
async fn edit(
    tx: &mut Tx,
    (id, row): (DepartmentId, usize),
    change: EditDepartment,
    work: &mut Work,
    problems: &mut Problems,
) -> Result<bool> {
    begin_row(tx).await?;
    let field = if change.is_archived.is_some() { "is_archived" } else { "position" };
    let outcome = match ManageableDepartment::load(tx, id).await {
        Ok(managed) => directory::edit_department(tx, &managed, &Edition::any(), change).await,
        Err(error) => Err(error),
    };
    let is_done = end_row(tx, outcome.map_err(over(field)), (Kind::Department, row), problems).await?.is_some();
    if is_done {
        work.note_changed(id);
    }
    Ok(is_done)
}
