//! Give what somebody has who is not here any more to somebody else (`ORG-03`): no more than whoever does it holds.

use access::{BuiltIn, Permission};
use kernel::{Error, MemberId, Result, Tx};

use super::give::{GiveRole, give};
use super::grants::{self, RoleGrant};
use super::take;
use super::written::{self, RoleGrantId};
use crate::departments::tree;
use crate::people::person;
use crate::policy::{Acting, Permitted};

/// What the person has besides the owner's role, which two give and take; as far as the caller sees it.
pub async fn grants_of(tx: &mut Tx, member: MemberId) -> Result<Vec<RoleGrant>> {
    let acting = Acting::load(tx).await?;
    let grants = written::grants(tx, None, Some(member)).await?;
    let grants = grants.into_iter().filter(|grant| grant.role_id != BuiltIn::Owner.id()).collect();
    grants::shown(tx, &acting, grants).await
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
    let theirs = written::grants(tx, Some(grant.role_id), Some(to)).await?;
    if theirs.iter().all(|one| one.department_id != grant.department_id) {
        let (role_id, department_id) = (grant.role_id, grant.department_id);
        give(tx, &by, GiveRole { member_id: to, role_id, department_id }).await?;
    }
    take::take(tx, &from, &grant).await
}
