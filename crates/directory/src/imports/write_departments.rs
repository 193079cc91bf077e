//! New departments, and those that are called or hung differently, in as many statements as there are kinds of change.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use kernel::{Result, Tx};

use super::plan::{DepartmentChange, PlannedDepartment};
use crate::departments::tree::seal_name;
use crate::model::DepartmentId;

pub async fn write(tx: &mut Tx, planned: &[Option<PlannedDepartment>]) -> Result<()> {
    let used = || planned.iter().flatten().filter(|planned| planned.is_used);
    let mut new: Vec<&PlannedDepartment> = used().filter(|one| one.change == DepartmentChange::New).collect();
    // The greatest first, as WeCom orders them; without an order they come as the list has them.
    new.sort_by_key(|planned| std::cmp::Reverse(planned.order.unwrap_or(i64::MIN)));
    let changed: Vec<&PlannedDepartment> =
        used().filter(|one| !matches!(one.change, DepartmentChange::New | DepartmentChange::None)).collect();
    create(tx, &new).await?;
    change(tx, &changed).await
}

async fn create(tx: &mut Tx, new: &[&PlannedDepartment]) -> Result<()> {
    if new.is_empty() {
        return Ok(());
    }
    let taken: Vec<(Option<DepartmentId>, i32)> =
        sqlx::query_as("select parent_id, max(position) from directory.department group by parent_id")
            .fetch_all(tx.db())
            .await?;
    let mut next: HashMap<Option<DepartmentId>, i32> =
        taken.into_iter().map(|(parent, last)| (parent, last + 1)).collect();
    let mut positions = Vec::with_capacity(new.len());
    for planned in new {
        let position = next.entry(planned.parent).or_insert(0);
        positions.push(*position);
        *position += 1;
    }
    let ids: Vec<DepartmentId> = new.iter().map(|planned| planned.id).collect();
    let parents: Vec<Option<DepartmentId>> = new.iter().map(|planned| planned.parent).collect();
    let numbers: Vec<Option<&str>> = new.iter().map(|planned| planned.number.as_deref()).collect();
    let (names, now): (Vec<Vec<u8>>, DateTime<Utc>) = (sealed(tx, new)?, tx.now());
    sqlx::query(
        "insert into directory.department (id, parent_id, name, position, number, created_at)
         select n.id, n.parent_id, n.name, n.position, n.number, $6
         from unnest($1::uuid[], $2::uuid[], $3::bytea[], $4::integer[], $5::text[])
              as n (id, parent_id, name, position, number)",
    )
    .bind(&ids)
    .bind(&parents)
    .bind(&names)
    .bind(&positions)
    .bind(&numbers)
    .bind(now)
    .execute(tx.db())
    .await?;
    Ok(())
}

async fn change(tx: &mut Tx, changed: &[&PlannedDepartment]) -> Result<()> {
    if changed.is_empty() {
        return Ok(());
    }
    let ids: Vec<DepartmentId> = changed.iter().map(|planned| planned.id).collect();
    let parents: Vec<Option<DepartmentId>> = changed.iter().map(|planned| planned.parent).collect();
    let numbers: Vec<Option<&str>> = changed.iter().map(|planned| planned.number.as_deref()).collect();
    let names = sealed(tx, changed)?;
    sqlx::query(
        "update directory.department d set parent_id = n.parent_id, name = n.name, number = n.number
         from unnest($1::uuid[], $2::uuid[], $3::bytea[], $4::text[]) as n (id, parent_id, name, number)
         where d.id = n.id",
    )
    .bind(&ids)
    .bind(&parents)
    .bind(&names)
    .bind(&numbers)
    .execute(tx.db())
    .await?;
    Ok(())
}

fn sealed(tx: &Tx, departments: &[&PlannedDepartment]) -> Result<Vec<Vec<u8>>> {
    departments.iter().map(|planned| seal_name(tx, planned.id, &planned.name)).collect()
}
