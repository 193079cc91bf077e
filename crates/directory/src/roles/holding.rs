//! What people hold, as the database knows it.

use std::collections::{BTreeSet, HashMap};

use access::{BuiltIn, Held, Holdings, Lineage, Permission, PermissionSet, RoleId};
use kernel::{MemberId, Result, Tx};

use crate::model::DepartmentId;

/// A role as it was given, with what a written one holds.
#[derive(sqlx::FromRow)]
struct Row {
    member_id: MemberId,
    role_id: RoleId,
    department_id: Option<DepartmentId>,
    permissions: Option<Vec<String>>,
}

impl Row {
    fn held(&self) -> Held {
        let written = || parsed(self.permissions.as_deref().unwrap_or_default());
        let permissions = BuiltIn::of(self.role_id).map_or_else(written, BuiltIn::permissions);
        Held { permissions, scope: self.department_id.into() }
    }
}

/// Names that are not known any more hold nothing.
pub(crate) fn parsed(names: &[String]) -> PermissionSet {
    names.iter().filter_map(|name| Permission::named(name)).collect()
}

/// What each of these members holds; whoever has no role is left out.
pub(crate) async fn holdings(tx: &mut Tx, members: &[MemberId]) -> Result<HashMap<MemberId, Holdings>> {
    let rows: Vec<Row> = sqlx::query_as(
        "select g.member_id, g.role_id, g.department_id, r.permissions
         from directory.role_grant g left join directory.role r on r.id = g.role_id
         where g.member_id = any($1)",
    )
    .bind(members)
    .fetch_all(tx.db())
    .await?;
    let mut held: HashMap<MemberId, Vec<Held>> = HashMap::new();
    for row in rows {
        held.entry(row.member_id).or_default().push(row.held());
    }
    Ok(held.into_iter().map(|(member, held)| (member, Holdings::of(held))).collect())
}

/// Everything that was given for departments, to whomever, and lent to programs.
pub(crate) async fn delegated(tx: &mut Tx) -> Result<Vec<Held>> {
    let rows: Vec<Row> = sqlx::query_as(
        "select g.member_id, g.role_id, g.department_id, r.permissions
         from directory.role_grant g left join directory.role r on r.id = g.role_id
         where g.department_id is not null",
    )
    .fetch_all(tx.db())
    .await?;
    Ok(rows.iter().map(Row::held).chain(tokens::delegated(tx).await?).collect())
}

/// What lies above each of these departments.
pub(crate) async fn lineage(tx: &mut Tx, departments: impl IntoIterator<Item = DepartmentId>) -> Result<Lineage> {
    let wanted: BTreeSet<DepartmentId> = departments.into_iter().collect();
    if wanted.is_empty() {
        return Ok(Lineage::default());
    }
    let pairs: Vec<(DepartmentId, DepartmentId)> = sqlx::query_as(
        "with recursive up as (
             select id as department_id, id as above_id from directory.department where id = any($1)
             union
             select up.department_id, d.parent_id from up
             join directory.department d on d.id = up.above_id where d.parent_id is not null)
         select department_id, above_id from up",
    )
    .bind(wanted.into_iter().collect::<Vec<_>>())
    .fetch_all(tx.db())
    .await?;
    Ok(Lineage::of(pairs))
}

/// The departments that these holdings were given for.
pub(crate) fn scopes(holdings: &Holdings) -> impl Iterator<Item = DepartmentId> {
    holdings.held().iter().filter_map(|held| held.scope.department())
}

/// The active people who hold this for a department that is `near`, or for the whole organisation; and since when.
pub(crate) async fn holders(
    tx: &mut Tx,
    permission: Permission,
    near: &[DepartmentId],
) -> Result<Vec<(MemberId, chrono::DateTime<chrono::Utc>)>> {
    let built_in: Vec<RoleId> =
        BuiltIn::ALL.into_iter().filter(|role| role.permissions().has(permission)).map(BuiltIn::id).collect();
    Ok(sqlx::query_as(
        "select g.member_id, min(g.given_at)
         from directory.role_grant g
         join directory.member m on m.id = g.member_id and m.state = 'active'
         left join directory.role r on r.id = g.role_id
         where (g.department_id is null or g.department_id = any($3))
             and (g.role_id = any($1) or $2 = any(r.permissions))
         group by g.member_id order by bool_and(g.department_id is null), g.member_id",
    )
    .bind(built_in)
    .bind(permission.name())
    .bind(near)
    .fetch_all(tx.db())
    .await?)
}
