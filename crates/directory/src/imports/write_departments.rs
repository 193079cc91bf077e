//! New departments, and those that are called, hung or ordered differently, in as many statements as there are kinds of change.

use chrono::{DateTime, Utc};
use kernel::{Result, Tx};

use crate::departments::tree::seal_name;
use crate::model::DepartmentId;
use crate::principals;
use import_plans::{DepartmentChange, PlannedDepartment, PlannedDepartments};

pub async fn write(tx: &mut Tx, planned: &PlannedDepartments) -> Result<()> {
    let new: Vec<&PlannedDepartment> = planned.used().filter(|one| one.change == DepartmentChange::New).collect();
    let is_known = |one: &&PlannedDepartment| !matches!(one.change, DepartmentChange::New | DepartmentChange::None);
    let changed: Vec<&PlannedDepartment> = planned.used().filter(is_known).collect();
    create(tx, &new).await?;
    change(tx, &changed).await?;
    if !new.is_empty() || !changed.is_empty() {
        arrange(tx, planned.positions.iter().unzip()).await?;
    }
    Ok(())
}

/// Departments stand in these places among their siblings.
pub(super) async fn arrange(tx: &mut Tx, (ids, positions): (Vec<DepartmentId>, Vec<i32>)) -> Result<()> {
    sqlx::query(
        "update directory.department d set position = n.position
         from unnest($1::uuid[], $2::integer[]) as n (id, position) where d.id = n.id and d.position <> n.position",
    )
    .bind(&ids)
    .bind(&positions)
    .execute(tx.db())
    .await?;
    Ok(())
}

async fn create(tx: &mut Tx, new: &[&PlannedDepartment]) -> Result<()> {
    if new.is_empty() {
        return Ok(());
    }
    let ids: Vec<DepartmentId> = new.iter().map(|planned| planned.id).collect();
    let parents: Vec<Option<DepartmentId>> = new.iter().map(|planned| planned.parent).collect();
    let numbers: Vec<Option<&str>> = new.iter().map(|planned| planned.number.as_deref()).collect();
    let (names, now): (Vec<Vec<u8>>, DateTime<Utc>) = (sealed(tx, new)?, tx.now());
    sqlx::query(
        "insert into directory.department (id, parent_id, name, position, number, created_at)
         select n.id, n.parent_id, n.name, 0, n.number, $5
         from unnest($1::uuid[], $2::uuid[], $3::bytea[], $4::text[]) as n (id, parent_id, name, number)",
    )
    .bind(&ids)
    .bind(&parents)
    .bind(&names)
    .bind(&numbers)
    .bind(now)
    .execute(tx.db())
    .await?;
    Ok(())
}

/// What hangs elsewhere from now on has other people in it and above it.
async fn change(tx: &mut Tx, changed: &[&PlannedDepartment]) -> Result<()> {
    if changed.is_empty() {
        return Ok(());
    }
    let ids: Vec<DepartmentId> = changed.iter().map(|planned| planned.id).collect();
    let parents: Vec<Option<DepartmentId>> = changed.iter().map(|planned| planned.parent).collect();
    let numbers: Vec<Option<&str>> = changed.iter().map(|planned| planned.number.as_deref()).collect();
    let names = sealed(tx, changed)?;
    let moved: Vec<DepartmentId> = sqlx::query_scalar(
        "with n as (
             select * from unnest($1::uuid[], $2::uuid[], $3::bytea[], $4::text[]) as n (id, parent_id, name, number)),
         written as (
             update directory.department d
             set (parent_id, name, number, revision) = (n.parent_id, n.name, n.number, d.revision + 1)
             from n where d.id = n.id)
         select d.id from directory.department d join n on n.id = d.id where d.parent_id is distinct from n.parent_id",
    )
    .bind(&ids)
    .bind(&parents)
    .bind(&names)
    .bind(&numbers)
    .fetch_all(tx.db())
    .await?;
    principals::follow_departments(tx, &moved).await
}

fn sealed(tx: &Tx, departments: &[&PlannedDepartment]) -> Result<Vec<Vec<u8>>> {
    departments.iter().map(|planned| seal_name(tx, planned.id, &planned.name)).collect()
}
