//! A department as the database holds it, and the shape of the tree.

use kernel::{Bucket, Error, Result, Tx};
pub(crate) use lists::{DEEPEST, checked_department_name as checked_name};

use crate::model::DepartmentId;

const KIND: &str = "directory.department.name";

/// Which department it is says nothing; what it is called may.
pub(crate) fn seal_name(tx: &Tx, id: DepartmentId, name: &str) -> Result<Vec<u8>> {
    tx.seal(Bucket::Organisation, KIND, id.0, name.as_bytes())
}

pub(crate) fn open_name(tx: &Tx, id: DepartmentId, sealed: &[u8]) -> Result<String> {
    let plain = tx.open(Bucket::Organisation, KIND, id.0, sealed)?;
    Ok(String::from_utf8(plain).map_err(anyhow::Error::from)?)
}

/// Nobody else changes the tree until the transaction ends; cycles and lost parents come from two changes at once.
pub async fn lock(tx: &mut Tx) -> Result<()> {
    let key = format!("directory.department {}", tx.org());
    sqlx::query("select pg_advisory_xact_lock(hashtextextended($1, 0))").bind(key).execute(tx.db()).await?;
    Ok(())
}

/// Its revision. Nobody else changes the department, or puts somebody there, until the transaction ends.
pub(super) async fn hold(tx: &mut Tx, id: DepartmentId) -> Result<i64> {
    sqlx::query_scalar("select revision from directory.department where id = $1 for update")
        .bind(id)
        .fetch_optional(tx.db())
        .await?
        .ok_or(Error::NotFound("department"))
}

/// How deep a department lies; the top is 1. `Invalid` when it is not there.
pub(crate) async fn depth(tx: &mut Tx, id: DepartmentId) -> Result<i32> {
    let depth: Option<i32> = sqlx::query_scalar(
        "with recursive up as (
             select parent_id, 1 as depth from directory.department where id = $1
             union all
             select d.parent_id, up.depth + 1 from directory.department d join up on d.id = up.parent_id
             where up.depth < 100)
         select max(depth) from up",
    )
    .bind(id)
    .fetch_one(tx.db())
    .await?;
    depth.ok_or(Error::Invalid { field: "parent_id", why: "unknown" })
}

/// Whether there is such a department.
pub async fn exists(tx: &mut Tx, id: DepartmentId) -> Result<bool> {
    const EXISTS: &str = "select exists (select from directory.department where id = $1)";
    Ok(sqlx::query_scalar(EXISTS).bind(id).fetch_one(tx.db()).await?)
}

/// Whether any department is hidden, or its people see no more than their own.
pub(crate) async fn hides(tx: &mut Tx) -> Result<bool> {
    const HIDES: &str = "select exists (select from directory.department where is_hidden or sees = 'own')";
    Ok(sqlx::query_scalar(HIDES).fetch_one(tx.db()).await?)
}

/// `Invalid` with `field` when one of the departments is out of use.
pub(crate) async fn check_in_use(tx: &mut Tx, ids: &[DepartmentId], field: &'static str) -> Result<()> {
    let is_archived: bool = sqlx::query_scalar(
        "select exists (select from directory.department where id = any($1) and archived_at is not null)",
    )
    .bind(ids)
    .fetch_one(tx.db())
    .await?;
    if is_archived { Err(Error::Invalid { field, why: "is_archived" }) } else { Ok(()) }
}

/// `Invalid` with `field` when another one in use below `parent` is called so: lists could not tell them apart (`DIR-04`).
pub(super) async fn check_name(
    tx: &mut Tx,
    (id, name): (Option<DepartmentId>, &str),
    (parent, field): (Option<DepartmentId>, &'static str),
) -> Result<()> {
    let beside: Vec<(DepartmentId, Vec<u8>)> = sqlx::query_as(
        "select id, name from directory.department
         where parent_id is not distinct from $1::uuid and id is distinct from $2::uuid and archived_at is null",
    )
    .bind(parent)
    .bind(id)
    .fetch_all(tx.db())
    .await?;
    for (other, sealed) in beside {
        if open_name(tx, other, &sealed)? == name {
            return Err(Error::Invalid { field, why: "department_name_taken" });
        }
    }
    Ok(())
}

/// How many levels hang on a department, itself included, and whether `other` is one of them.
pub(crate) async fn below(tx: &mut Tx, id: DepartmentId, other: DepartmentId) -> Result<(i32, bool)> {
    Ok(sqlx::query_as(
        "with recursive down as (
             select id, 1 as depth from directory.department where id = $1
             union all
             select d.id, down.depth + 1 from directory.department d join down on d.parent_id = down.id
             where down.depth < 100)
         select coalesce(max(depth), 0), coalesce(bool_or(id = $2), false) from down",
    )
    .bind(id)
    .bind(other)
    .fetch_one(tx.db())
    .await?)
}

/// These departments, and all that lie below them.
pub(crate) async fn all_below(tx: &mut Tx, tops: &[DepartmentId]) -> Result<Vec<DepartmentId>> {
    Ok(sqlx::query_scalar(
        "with recursive tree as (
             select id from directory.department where id = any($1)
             union select d.id from directory.department d join tree on d.parent_id = tree.id)
         select id from tree",
    )
    .bind(tops)
    .fetch_all(tx.db())
    .await?)
}

/// Every department there is.
pub async fn ids(tx: &mut Tx) -> Result<Vec<DepartmentId>> {
    Ok(sqlx::query_scalar("select id from directory.department order by id").fetch_all(tx.db()).await?)
}

/// Refuses to take away a department that somebody holds a role for.
pub async fn check_without_roles(tx: &mut Tx, id: DepartmentId) -> Result<()> {
    let has_roles: bool =
        sqlx::query_scalar("select exists (select from directory.role_grant where department_id = $1)")
            .bind(id)
            .fetch_one(tx.db())
            .await?;
    if has_roles { Err(Error::Conflict("directory.department_has_roles")) } else { Ok(()) }
}
