//! Departments as they were before an import: where they hung, what they were called, in their order, or not there at all.

use import_plans::{Deed, Kept};
use kernel::{Result, Tx};

use super::Now;
use crate::departments::tree::seal_name;
use crate::imports::write_departments::arrange;
use crate::model::DepartmentId;
use crate::principals;

/// Departments hang where they hung and stand in the order in which they stood.
pub async fn hang_back(tx: &mut Tx, now: &Now<'_>, deeds: &[&Deed], kept: &mut Kept) -> Result<()> {
    let hanging = import_plans::hang_back(&now.departments, now.by.hangs(), deeds, kept);
    let (ids, parents): (Vec<DepartmentId>, Vec<Option<DepartmentId>>) = hanging.parents.into_iter().unzip();
    sqlx::query(
        "update directory.department d set parent_id = n.parent_id, revision = d.revision + 1
         from unnest($1::uuid[], $2::uuid[]) as n (id, parent_id)
         where d.id = n.id and d.parent_id is distinct from n.parent_id",
    )
    .bind(&ids)
    .bind(&parents)
    .execute(tx.db())
    .await?;
    principals::follow_departments(tx, &ids).await?;
    arrange(tx, hanging.positions.into_iter().unzip()).await
}

/// Departments are called what they were called, by us and by the other product.
pub async fn name_back(tx: &mut Tx, now: &Now<'_>, deeds: &[&Deed], kept: &mut Kept) -> Result<()> {
    let naming = import_plans::name_back(&now.departments, deeds, kept);
    let (ids, names): (Vec<DepartmentId>, Vec<String>) = naming.names.into_iter().unzip();
    let seal = |(id, name): (&DepartmentId, &String)| seal_name(tx, *id, name);
    let names: Vec<Vec<u8>> = ids.iter().zip(&names).map(seal).collect::<Result<_>>()?;
    sqlx::query(
        "update directory.department d set name = n.name, revision = d.revision + 1
         from unnest($1::uuid[], $2::bytea[]) as n (id, name) where d.id = n.id",
    )
    .bind(&ids)
    .bind(&names)
    .execute(tx.db())
    .await?;
    sqlx::query("update directory.department set number = null where id = any($1)")
        .bind(&naming.numberless)
        .execute(tx.db())
        .await?;
    Ok(())
}

/// New departments in which nobody and nothing is are gone again, the deepest first; which.
pub async fn take_out(tx: &mut Tx, now: &Now<'_>, deeds: &[&Deed], kept: &mut Kept) -> Result<Vec<DepartmentId>> {
    let mut made = import_plans::still_made(&now.departments, deeds, kept);
    let mut gone: Vec<DepartmentId> = Vec::new();
    loop {
        let some = delete_empty(tx, made.keys().copied().collect()).await?;
        if some.is_empty() {
            break;
        }
        made.retain(|one, _| !some.contains(one));
        gone.extend(some);
    }
    kept.extend(made.into_values().map(|at| (at, "department_not_empty")));
    Ok(gone)
}

/// Those below which and in which nobody is, for which nobody has a role, and of which nobody said who sees or leads them.
async fn delete_empty(tx: &mut Tx, ids: Vec<DepartmentId>) -> Result<Vec<DepartmentId>> {
    Ok(sqlx::query_scalar(
        "delete from directory.department d where d.id = any($1)
             and not exists (select from directory.department below where below.parent_id = d.id)
             and not exists (select from directory.department_member p where p.department_id = d.id)
             and not exists (select from directory.role_grant g where g.department_id = d.id)
             and not exists (select from directory.dotted_leader l where l.department_id = d.id)
             and not exists (select from directory.department_sight s where d.id in (s.department_id, s.seen_id))
             and not d.is_hidden and d.sees = 'inherit'
         returning d.id",
    )
    .bind(ids)
    .fetch_all(tx.db())
    .await?)
}
