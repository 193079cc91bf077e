//! Roles and grants in the database: the only place that changes them.

use access::{BuiltIn, PermissionSet, RoleId};
use chrono::{DateTime, Utc};
use kernel::{Bucket, Error, MemberId, Result, Tx};
use texts::{fold, one_line};

use super::holding::parsed;
use crate::events::{RoleGiven, RoleTaken};
use crate::model::DepartmentId;
use crate::principals;

kernel::id!(
    /// A role somebody has, for the whole organisation or for a department.
    RoleGrantId
);

const KIND: &str = "directory.role.name";

/// A role that the organisation wrote.
pub(crate) struct Written {
    pub id: RoleId,
    pub name: String,
    pub permissions: PermissionSet,
    pub revision: i64,
}

/// A grant as the database holds it.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct Grant {
    pub id: RoleGrantId,
    pub member_id: MemberId,
    pub role_id: RoleId,
    pub department_id: Option<DepartmentId>,
    pub given_by: Option<MemberId>,
    pub given_at: DateTime<Utc>,
}

/// One line, not empty, and of the roles there are only `own` is called so: whoever gives one reads nothing but its name. Whoever
/// calls this holds the lock of the tree.
pub(crate) async fn checked_name(tx: &mut Tx, own: Option<RoleId>, name: &str) -> Result<String> {
    let name = one_line("name", name, 64)?.ok_or(Error::Invalid { field: "name", why: "is_empty" })?;
    let others = roles(tx, None).await?.into_iter().filter(|other| Some(other.id) != own);
    let built_in = BuiltIn::ALL.into_iter().flat_map(BuiltIn::titles).map(fold);
    let is_taken = built_in.chain(others.map(|other| fold(&other.name))).any(|other| other == fold(&name));
    if is_taken { Err(Error::Taken("name", "directory.role_name_taken")) } else { Ok(name) }
}

pub(crate) fn seal_name(tx: &Tx, id: RoleId, name: &str) -> Result<Vec<u8>> {
    tx.seal(Bucket::Organisation, KIND, id.0, name.as_bytes())
}

/// The written role, or all of them, in the order in which they were written.
pub(crate) async fn roles(tx: &mut Tx, only: Option<RoleId>) -> Result<Vec<Written>> {
    let rows: Vec<(RoleId, Vec<u8>, Vec<String>, i64)> = sqlx::query_as(
        "select id, name, permissions, revision from directory.role
         where $1::uuid is null or id = $1 order by created_at, id",
    )
    .bind(only)
    .fetch_all(tx.db())
    .await?;
    let opened = |(id, name, permissions, revision): (RoleId, Vec<u8>, Vec<String>, i64)| {
        let name = String::from_utf8(tx.open(Bucket::Organisation, KIND, id.0, &name)?).map_err(anyhow::Error::from)?;
        Ok(Written { id, name, permissions: parsed(&permissions), revision })
    };
    rows.into_iter().map(opened).collect()
}

/// What the role holds, whoever wrote it.
pub(crate) async fn permissions(tx: &mut Tx, role: RoleId) -> Result<PermissionSet> {
    if let Some(role) = BuiltIn::of(role) {
        return Ok(role.permissions());
    }
    let written = roles(tx, Some(role)).await?.pop().ok_or(Error::NotFound("role"))?;
    Ok(written.permissions)
}

/// The grants of a role, of some members, or all of them; the oldest first.
pub(crate) async fn grants(tx: &mut Tx, role: Option<RoleId>, members: Option<&[MemberId]>) -> Result<Vec<Grant>> {
    Ok(sqlx::query_as(
        "select id, member_id, role_id, department_id, given_by, given_at from directory.role_grant
         where ($1::uuid is null or role_id = $1) and ($2::uuid[] is null or member_id = any($2))
         order by given_at, id limit 2000",
    )
    .bind(role)
    .bind(members)
    .fetch_all(tx.db())
    .await?)
}

/// Writes the grant; `Conflict` when they have that role for it already. Whoever calls this was let.
pub(crate) async fn insert(
    tx: &mut Tx,
    member: MemberId,
    role: RoleId,
    department: Option<DepartmentId>,
) -> Result<Grant> {
    let by = tx.member().ok();
    let grant = Grant {
        id: RoleGrantId(tx.new_id()),
        member_id: member,
        role_id: role,
        department_id: department,
        given_by: by,
        given_at: tx.now(),
    };
    sqlx::query(
        "insert into directory.role_grant (id, member_id, role_id, department_id, given_by, given_at)
         values ($1, $2, $3, $4, $5, $6)",
    )
    .bind(grant.id)
    .bind(member)
    .bind(role)
    .bind(department)
    .bind(by)
    .bind(grant.given_at)
    .execute(tx.db())
    .await
    .map_err(|error| {
        if kernel::violates(&error, "role_grant_once") { Error::Conflict("directory.has_role") } else { error.into() }
    })?;
    follow_rank(tx, member).await?;
    principals::follow_members(tx, &[member]).await?;
    tx.emit(&RoleGiven { grant: grant.id, member, role, department })?;
    Ok(grant)
}

/// Takes the grant away; silent when somebody else did meanwhile.
pub(crate) async fn delete(tx: &mut Tx, grant: &Grant) -> Result<()> {
    let done = sqlx::query("delete from directory.role_grant where id = $1").bind(grant.id).execute(tx.db()).await?;
    if done.rows_affected() == 0 {
        return Ok(());
    }
    let Grant { id, member_id: member, role_id: role, department_id: department, .. } = *grant;
    follow_rank(tx, member).await?;
    principals::follow_members(tx, &[member]).await?;
    tx.emit(&RoleTaken { grant: id, member, role, department })
}

/// What everybody sees of somebody's roles follows them.
async fn follow_rank(tx: &mut Tx, member: MemberId) -> Result<()> {
    sqlx::query(
        "update directory.member m set revision = m.revision + 1, role = case
             when exists (select from directory.role_grant g where g.member_id = m.id and g.role_id = $2) then 'owner'
             when exists (select from directory.role_grant g where g.member_id = m.id and g.role_id = $3)
                 then 'administrator'
             else 'member' end
         where m.id = $1",
    )
    .bind(member)
    .bind(BuiltIn::Owner.id())
    .bind(BuiltIn::Administrator.id())
    .execute(tx.db())
    .await?;
    Ok(())
}
