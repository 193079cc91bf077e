//! Give what somebody has who is not here any more to somebody else (`ORG-03`): no more than whoever does it holds.

use access::{BuiltIn, Permission, RoleId};
use kernel::{Error, MemberId, Result, Tx};

use super::give::{GiveRole, give};
use super::take;
use super::written::{self, Grant, RoleGrantId};
use crate::departments::tree;
use crate::model::DepartmentId;
use crate::people::person;
use crate::policy::{Acting, Permitted};

/// A role somebody has.
pub struct HeldRole {
    /// Names it.
    pub id: RoleGrantId,
    /// Which role.
    pub role: RoleId,
    /// For which department and everything below it; `None` for the whole organisation.
    pub department: Option<DepartmentId>,
    /// Whether whoever asked may take it.
    pub can_pass: bool,
}

/// What the person has besides the owner's role, which two give and take. Whoever calls this holds a proof that they may know.
pub async fn roles_of(tx: &mut Tx, member: MemberId) -> Result<Vec<HeldRole>> {
    let acting = Acting::load(tx).await?;
    let person = person::load(tx, member).await?;
    let can_pass = match take::check(tx, &acting, &person).await {
        Ok(()) => true,
        Err(Error::Forbidden) => false,
        Err(error) => return Err(error),
    };
    let grants = written::grants(tx, None, Some(&[member])).await?.into_iter();
    let held = |grant: Grant| HeldRole { id: grant.id, role: grant.role_id, department: grant.department_id, can_pass };
    Ok(grants.filter(|grant| grant.role_id != BuiltIn::Owner.id()).map(held).collect())
}

/// Takes the role from whoever has it and gives it, for the same, to `to`, who may have it already. To oneself nobody gives.
pub async fn pass_role(tx: &mut Tx, grant: RoleGrantId, to: MemberId) -> Result<()> {
    tree::lock(tx).await?;
    let by = Permitted::load(tx, Permission::RolesGive).await?;
    let grant = take::find(tx, grant).await?;
    if grant.role_id == BuiltIn::Owner.id() {
        return Err(Error::Conflict("directory.owner_needs_second"));
    }
    let from = person::load(tx, grant.member_id).await?;
    take::check(tx, by.acting(), &from).await?;
    let theirs = written::grants(tx, Some(grant.role_id), Some(&[to])).await?;
    if theirs.iter().all(|one| one.department_id != grant.department_id) {
        let (role_id, department_id) = (grant.role_id, grant.department_id);
        give(tx, &by, GiveRole { member_id: to, role_id, department_id }).await?;
    }
    take::take(tx, &from, &grant).await
}
