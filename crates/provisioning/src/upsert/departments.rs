//! Departments: made, renamed, hung elsewhere, taken back into use.

use std::collections::{HashMap, HashSet};

use directory::{
    CreateDepartment, Department, DepartmentId, EditDepartment, Edition, ManageableDepartment, Permission, Permitted,
};
use kernel::{Error, Result, Tx};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{Given, Outcome, Problems, UpsertedRow, Work, begin_row, end_row, given};
use crate::link::{self, Kind};
use crate::policy::Provisioner;

/// A department, as it is to be.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UpsertDepartment {
    /// What the program calls it, always the same.
    pub external_id: String,
    /// What people call it.
    pub name: String,
    /// The one above, by what the program calls it: in this call or an earlier one. `null`: at the top. Absent: where it is, and a
    /// new one at the top.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    pub parent_external_id: Given<String>,
    /// Its place among those of its siblings to which this call gives one: the smallest first. Absent: where it is.
    pub position: Option<i32>,
    /// Whether it is out of use; it can be once nobody is in it and nothing in use lies below it.
    pub is_archived: Option<bool>,
}

/// Writes them, whatever their order: one whose parent is not there yet waits for it.
pub async fn write(
    tx: &mut Tx,
    _by: &Provisioner,
    rows: &[UpsertDepartment],
    work: &mut Work,
    problems: &mut Problems,
) -> Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let here: HashMap<DepartmentId, Department> =
        directory::departments_with_archived(tx, None).await?.into_iter().map(|one| (one.id, one)).collect();
    work.places = known(tx, rows, &here).await?;
    let mut done: Vec<Option<UpsertedRow>> = rows.iter().map(|_| None).collect();
    let (mut waiting, mut seen) = (Vec::new(), HashSet::new());
    for (place, row) in rows.iter().enumerate() {
        let is_new = |id: String| {
            if seen.insert(id) { Ok(()) } else { Err(Error::Invalid { field: "external_id", why: "twice" }) }
        };
        match link::checked(&row.external_id).and_then(is_new) {
            Err(error) => problems.note((Kind::Department, place), error)?,
            Ok(()) => waiting.push(place),
        }
    }
    let own: HashSet<&str> = rows.iter().map(|row| row.external_id.trim()).collect();
    loop {
        // Known from before, but hung by this call: it is in its place only once its row is done.
        let is_ready = |place: &usize| match rows[*place].parent_external_id.as_ref().and_then(Option::as_deref) {
            None => true,
            Some(parent) => {
                let in_call = own.contains(parent.trim());
                let is_done =
                    rows.iter().zip(&done).any(|(row, done)| row.external_id.trim() == parent.trim() && done.is_some());
                if in_call { is_done } else { work.places.contains_key(parent.trim()) }
            }
        };
        let (ready, later): (Vec<usize>, Vec<usize>) = waiting.into_iter().partition(is_ready);
        waiting = later;
        if ready.is_empty() {
            break;
        }
        for place in ready {
            begin_row(tx).await?;
            let outcome = upsert(tx, &rows[place], &here, &work.places).await;
            if let Some(row) = end_row(tx, outcome, (Kind::Department, place), problems).await? {
                work.places.extend(row.id.map(|id| (row.external_id.clone(), DepartmentId(id))));
                done[place] = Some(row);
            }
        }
    }
    let named: HashMap<&str, usize> = waiting.iter().map(|place| (rows[*place].external_id.trim(), *place)).collect();
    for place in &waiting {
        // Below itself; or what it names is not there, or wrong itself.
        let why = if is_below_itself(rows, &named, *place) { "is_below_it" } else { "unknown" };
        problems.note((Kind::Department, *place), Error::Invalid { field: "parent_external_id", why })?;
    }
    work.departments = done.into_iter().flatten().collect();
    work.archives = to_archive(rows, &here, &work.places);
    Ok(())
}

/// Whether the way up from a row, through rows that wait as it does, comes back to it.
fn is_below_itself(rows: &[UpsertDepartment], waiting: &HashMap<&str, usize>, place: usize) -> bool {
    let above = |at: &usize| {
        let parent = rows[*at].parent_external_id.as_ref()?.as_ref()?.trim();
        waiting.get(parent).copied()
    };
    std::iter::successors(above(&place), above).take(waiting.len()).any(|at| at == place)
}

/// Those that are to be out of use and are not, each with its row.
fn to_archive(
    rows: &[UpsertDepartment],
    here: &HashMap<DepartmentId, Department>,
    places: &HashMap<String, DepartmentId>,
) -> Vec<(usize, DepartmentId)> {
    let wanted = rows.iter().enumerate().filter(|(_, row)| row.is_archived == Some(true));
    let found = wanted.filter_map(|(place, row)| Some((place, *places.get(row.external_id.trim())?)));
    found.filter(|(_, id)| here.get(id).is_none_or(|now| !now.is_archived)).collect()
}

/// Of all external ids that the rows name, those that are linked to departments that are still here.
async fn known(
    tx: &mut Tx,
    rows: &[UpsertDepartment],
    here: &HashMap<DepartmentId, Department>,
) -> Result<HashMap<String, DepartmentId>> {
    let parents = rows.iter().filter_map(|row| row.parent_external_id.as_ref()?.as_ref());
    let names: Vec<String> =
        rows.iter().map(|row| &row.external_id).chain(parents).map(|id| id.trim().to_owned()).collect();
    let links = link::find(tx, Kind::Department, &names).await?;
    Ok(links.into_iter().map(|(id, link)| (id, link.department())).filter(|(_, id)| here.contains_key(id)).collect())
}

async fn upsert(
    tx: &mut Tx,
    row: &UpsertDepartment,
    here: &HashMap<DepartmentId, Department>,
    places: &HashMap<String, DepartmentId>,
) -> Result<UpsertedRow> {
    let external_id = link::checked(&row.external_id)?;
    let above = |id: &String| places.get(id.trim()).copied();
    let parent: Given<DepartmentId> = row.parent_external_id.as_ref().map(|parent| parent.as_ref().and_then(above));
    let Some(id) = places.get(&external_id).copied() else {
        let by = Permitted::load(tx, Permission::DepartmentsManage).await?;
        let new = CreateDepartment { name: row.name.clone(), parent_id: parent.flatten() };
        let id = directory::create_department(tx, &by, new).await?;
        link::insert(tx, Kind::Department, &external_id, id.0).await?;
        return Ok(UpsertedRow { external_id, id: Some(id.0), outcome: Outcome::Created, stays: None });
    };
    let comes_back = row.is_archived == Some(false) && here.get(&id).is_some_and(|now| now.is_archived);
    let is_same = here
        .get(&id)
        .is_some_and(|now| now.name == row.name.trim() && parent.is_none_or(|parent| parent == now.parent_id));
    if is_same && !comes_back {
        return Ok(UpsertedRow { external_id, id: Some(id.0), outcome: Outcome::Unchanged, stays: None });
    }
    let managed = ManageableDepartment::load(tx, id).await?;
    let parent_id = parent.filter(|parent| here.get(&id).is_none_or(|now| now.parent_id != *parent));
    let is_archived = comes_back.then_some(false);
    let change = EditDepartment { name: Some(row.name.clone()), parent_id, is_archived, ..EditDepartment::default() };
    directory::edit_department(tx, &managed, &Edition::any(), change).await?;
    Ok(UpsertedRow { external_id, id: Some(id.0), outcome: Outcome::Changed, stays: None })
}
